"""Questionnaires, chats and the ledger through their pages."""

import re

from deliberation.domain.roles import Role
from deliberation.store import questions as rows
from deliberation.store import remarks
from tests import make
from tests.make_people import staff
from tests.web.browsing import Browser


def test_asking_and_answering(app):
    one = make.consultation(make.office(), slug="ask")
    clerk = staff(app, one.office, Role.CLERK).open("/c/ask/questions/results")
    clerk.submit(status=422, having="article", text="三百米远不远？", article="第九十条")
    assert "三百米远不远？" in clerk.page.html
    clerk.submit(having="article", text="三百米远不远？", article="3")
    clerk.submit(having="article", text="还缺什么？")
    first, second = rows.standing(one.id)
    guest = Browser(app).open("/c/ask/")
    assert "/c/ask/questions" in guest.page.links
    guest.open("/c/ask/questions")
    guest.submit(
        status=422,
        having="category",
        **{f"attitude-{first.id}": "no_view", f"attitude-{second.id}": "no_view"},
    )
    guest.submit(
        having="category",
        **{
            f"attitude-{first.id}": "oppose",
            f"text-{first.id}": "太远",
            f"attitude-{second.id}": "no_view",
            f"text-{second.id}": "缺消防",
        },
    )
    assert guest.url == "/c/ask/receipts"
    assert len(remarks.all_of(one.id)) == 2
    assert clerk.open("/c/ask/questions/results").says("1 人回答")
    clerk.open("/c/ask/questions/sheet")
    clerk.submit(
        having="said_by",
        said_by="王大娘",
        **{f"text-{second.id}": "缺车棚", f"attitude-{second.id}": "no_view"},
    )
    assert remarks.all_of(one.id)[-1].said_by == "王大娘"


def test_a_chat_is_chosen_and_taken_in(app):
    one = make.consultation(make.office(), slug="chat")
    clerk = staff(app, one.office, Role.CLERK).open("/c/chat/remarks/chat")
    clerk.submit(status=422, having="pasted", pasted="")
    assert clerk.says("请把群里复制的消息粘贴进来。")
    pasted = "张三 10:22\n第三条的三百米太远了，老人走不动\n李四 10:23\n收到\n"
    clerk.submit(having="pasted", pasted=pasted, source="东湖群")
    assert clerk.says("第三条的三百米太远了")
    key = re.search(r'name="(chat-[0-9a-f]{32})"[^>]*checked', clerk.page.html)[1]
    clerk.submit(
        status=422, having="go", pasted=pasted, source="东湖群", **{key: "1", f"at-{key}": "第八十条"}
    )
    assert "第八十条" in clerk.page.html
    clerk.submit(
        having="go",
        pasted=pasted,
        source="东湖群",
        **{key: "1", f"at-{key}": "第三条", f"attitude-{key}": "oppose"},
    )
    made = remarks.all_of(one.id)
    assert [(r.eid, r.said_by, r.attitude, r.origin) for r in made] == [("art_3", "张三", "oppose", "东湖群")]
    assert clerk.says("东湖群")
    clerk.open("/c/chat/remarks/chat")
    clerk.submit(having="pasted", pasted=pasted)
    assert clerk.says("已经收过")


def test_a_drop_in_day_counts_among_the_visits(app):
    one = make.consultation(make.office(), slug="day")
    clerk = staff(app, one.office, Role.CLERK).open("/c/day/remarks/record")
    clerk.submit(
        having="said_by", article="3", text="太远", channel="reception", source="街道大厅", attitude="amend"
    )
    made = remarks.all_of(one.id)[0]
    assert (made.channel, made.origin) == ("visit", "接待日　街道大厅")


def test_staff_pages_are_staffs(app):
    one = make.consultation(make.office(), slug="mine")
    panel = staff(app, one.office, Role.PANEL)
    for path in ("remarks/chat", "remarks/sources", "questions/results", "questions/sheet"):
        panel.open(f"/c/mine/{path}", status=403)
    Browser(app, "en").open("/c/mine/questions")
