"""Staff take in and sort remarks through the pages: nothing twice, nothing lost, what was typed kept."""

import io
import re

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.roles import Role
from deliberation.services import remarks
from deliberation.store import remarks as rows
from tests import make
from tests.web.browsing import Browser

CODE = re.compile(r"\d{4} \d{4} \d{4}")
TABLE = "条款,态度,意见,姓名\n第三条第一款,建议修改,三百米太远,王大娘\n第九十九条,赞成,没有这条,\n总体意见,赞成,早该管,\n"


@pytest.fixture
def one(app):
    return make.consultation(make.office(), slug="bikes")


@pytest.fixture
def clerk(app, one):
    make.account(one.office, make.person(one.office, "钱会计", role=Role.CLERK), "clerk1")
    return Browser(app).sign_in("clerk1")


def hidden(b, having="key"):
    return {
        g["name"]: g.get("value", "") for t, g in b.form(having=having)["fields"] if g.get("type") == "hidden"
    }


def test_forty_paper_forms_in_a_row(clerk, one):
    b = clerk.open("/c/bikes/remarks/record")
    b.submit(having="key", article="3", paragraph="1", text="头一张\r\n两行", attitude="amend", category="居民", said_by="王大娘",
             channel="box", received_on="2026-01-05", received_time="", source="东湖社区", private="y")  # fmt: skip
    assert CODE.search(b.page.text)
    assert b.says("第三条第一款")
    fields = {g.get("name"): g.get("value") for _t, g in b.form(having="key")["fields"]}
    assert (fields["category"], fields["received_on"], fields["source"]) == ("居民", "2026-01-05", "东湖社区")
    assert fields["said_by"] == ""
    assert 'value="box" selected' in b.page.html or 'selected value="box"' in b.page.html
    b.submit(having="key", article="", text="第二张", attitude="support", channel="box")
    made = rows.all_of(one.id)
    assert [(r.eid, r.text, r.channel, r.private) for r in made] == [
        ("art_3__para_1", "头一张\n两行", "box", True),
        ("", "第二张", "box", False),
    ]
    assert (made[0].said_by, made[0].origin, made[0].place, made[1].place) == (
        "王大娘",
        "东湖社区",
        "paragraph",
        "whole",
    )
    slips = b.open("/c/bikes/receipts")
    assert len(set(CODE.findall(slips.page.text))) == 2


@pytest.mark.parametrize(
    ("article", "paragraph", "place", "eid"),
    [
        ("3", "", "article", "art_3"),
        ("第三条", "2", "paragraph", "art_3__para_2"),
        ("三", "2", "paragraph", "art_3__para_2"),
        ("第三条第二款", "", "paragraph", "art_3__para_2"),
        ("第3条第2款第1项", "", "paragraph", "art_3__para_2__point_1"),
        ("标题", "", "title", "title"),
        ("总体意见", "", "whole", ""),
        ("在第二条后增加", "", "after", "art_2"),
    ],
)
def test_places_as_clerks_type_them(clerk, one, article, paragraph, place, eid):
    clerk.open("/c/bikes/remarks/record").submit(
        having="key", article=article, paragraph=paragraph, text="一句", attitude="amend", channel="paper"
    )
    made = rows.all_of(one.id)[0]
    assert (made.place, made.eid) == (place, eid)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"article": "第三条和第四条"}, "看不懂条款位置"),
        ({"article": "99"}, "没有您指的这一条"),
        ({"article": "3", "received_on": "2199-01-01"}, "将来"),
        ({"article": "3", "text": "", "attitude": "no_view"}, "请写下"),
        ({"article": "3", "said_by": "长" * 90}, "写得太长"),
        ({"article": "3", "channel": "online"}, ""),
    ],
)
def test_a_refused_entry_keeps_what_was_typed(clerk, one, given, words):
    b = clerk.open("/c/bikes/remarks/record")
    b.submit(
        status=422,
        having="key",
        **{"text": "我录了很久", "attitude": "amend", "channel": "paper", "category": "骑手", **given},
    )
    assert b.says(words)
    assert "骑手" in b.page.html
    assert rows.all_of(one.id) == []


def test_the_same_entry_sent_again_is_one(clerk, one):
    form = hidden(clerk.open("/c/bikes/remarks/record"))
    given = {**form, "article": "3", "text": "一次", "attitude": "amend", "channel": "paper"}
    for _each in range(3):
        clerk.post("/c/bikes/remarks/record", given)
    assert clerk.post("/c/bikes/remarks/record", {**given, "text": "另一条"}).status_code == 409
    assert [r.text for r in rows.all_of(one.id)] == ["一次"]


def test_a_table_comes_in_after_a_look_and_only_once(clerk, one):
    for added in (2, 0):
        b = clerk.open("/c/bikes/remarks/import").submit(having="pasted", pasted=TABLE)
        assert b.says("草案里没有这一条")
        assert b.says("表里的意见这里都有了") == (not added)  # said before, not only after
        assert ("导入这 2 条" in b.page.html) == bool(added)
        assert rows.tallies(one.id).get("standing", 0) == (0 if added else 2)
        columns = selected(b)
        b.submit(having="fallback", go="import", **columns)
        assert b.says("没有导入的行")
        assert b.says(f"新增 {added}") or b.says(f"新增{added}")
    assert [(r.eid, r.text, r.said_by) for r in rows.all_of(one.id)] == [
        ("art_3__para_1", "三百米太远", "王大娘"),
        ("", "早该管", None),
    ]
    link = next(each for each in b.page.links if each.endswith("refused.csv"))
    answer = b.client.get(link)
    text = answer.get_data().decode("utf-8-sig")
    assert "第九十九条" in text
    assert "三百米" not in text


def selected(b):
    """The columns as the page proposes them."""
    found = {}
    for name, inner in re.findall(
        r'<select[^>]*name="(c_\w+|fallback)"[^>]*>(.*?)</select>', b.page.html, re.S
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', inner)
        found[name] = chosen[1] if chosen else "-"
    return found


def test_a_file_is_brought_and_columns_are_named_by_hand(clerk, one):
    answer = clerk.post(
        "/c/bikes/remarks/import",
        {**hidden(clerk.open("/c/bikes/remarks/import"), "pasted"), "file": (io.BytesIO("想说的,哪里\n太远了,第三条\n".encode()), "a.csv")},
        content_type="multipart/form-data",
    )  # fmt: skip
    b = clerk.open(answer.request.path)
    assert b.says("可以导入")
    columns = {**selected(b), "c_text": "0", "c_place": "1"}
    b.submit(having="fallback", go="look", **columns)
    assert rows.all_of(one.id) == []
    b.submit(having="fallback", go="import", **columns)
    assert [(r.eid, r.text) for r in rows.all_of(one.id)] == [("art_3", "太远了")]
    again = clerk.open("/c/bikes/remarks/import").submit(
        having="pasted", pasted="想说的,哪里\n第二句,第四条\n"
    )
    assert again.says("以前导入过")
    assert selected(again)["c_text"] == "0"


@pytest.mark.parametrize("given", [{}, {"pasted": "   "}, {"pasted": "\x00"}])
def test_nothing_brought_gets_a_sentence(clerk, one, given):
    clerk.open("/c/bikes/remarks/import").submit(status=422, having="pasted", **given)
    assert rows.all_of(one.id) == []


def test_the_blank_form_is_a_spreadsheet(clerk, one):
    answer = clerk.client.get("/c/bikes/remarks/blank.xlsx")
    assert answer.get_data().startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_list_narrows_and_keeps_late_ones_apart(clerk, one):
    make.remark(one, "三百米太远", eid="art_3__para_1", attitude="amend")
    make.remark(one, "不要棚子", eid="art_4", attitude="oppose")
    make.recorded(make.member(one.office), one, "总的很好", "visit", "", attitude="support", place="whole")
    with make.later(days=11):
        make.remark(one, "来晚了", eid="art_3")
    for query, seen in (
        ("", {"三百米太远", "不要棚子", "总的很好"}),
        ("?article=art_3", {"三百米太远"}),
        ("?article=whole", {"总的很好"}),
        ("?attitude=oppose", {"不要棚子"}),
        ("?channel=visit", {"总的很好"}),
        ("?words=棚", {"不要棚子"}),
        ("?words=0002", {"不要棚子"}),
        ("?words=%25", set()),
        ("?stage=settled", set()),
        ("?state=withdrawn", set()),
        ("?late=1", {"来晚了"}),
        ("?attitude=nonsense&page=99", {"三百米太远", "不要棚子", "总的很好"}),
    ):
        b = clerk.open(f"/c/bikes/remarks/{query}")
        assert {w for w in ("三百米太远", "不要棚子", "总的很好", "来晚了") if b.says(w)} == seen, query
        assert b.says(f"共 {len(seen)} 条"), query


def test_the_list_is_paged(clerk, one):
    for n in range(1, 56):
        make.remark(one, f"第{n}句话")
    assert not clerk.open("/c/bikes/remarks/").says("第51句话")
    assert clerk.open("/c/bikes/remarks/?page=2").says("第51句话")


def test_showing_several_after_a_look(app, clerk, one):
    for text in ("甲的话", "乙的话"):
        make.remark(one, text)
    remarks.make_remark(make.GUEST, one, make.words("丙不愿公开"), private=True)
    b = clerk.open("/c/bikes/remarks/release?n=1&n=3&n=99&show=1")
    assert b.says("有 1 条不能公开")
    assert not rows.by_number(one.id, 1).released_at
    b.submit(having="chosen")
    assert [bool(r.released_at) for r in rows.all_of(one.id)] == [True, False, False]
    assert Browser(app).open("/c/bikes/at/art_3").says("甲的话")
    assert not Browser(app).open("/c/bikes/at/art_3").says("丙不愿公开")
    clerk.open("/c/bikes/remarks/release?n=1&show=0").submit(having="chosen")
    assert not Browser(app).open("/c/bikes/at/art_3").says("甲的话")


def test_what_its_author_keeps_private_is_never_released(one):
    made = remarks.make_remark(make.GUEST, one, make.words("丙"), private=True).remark
    with pytest.raises(Refusal):
        remarks.release_remark(make.member(one.office), made, show=True)
    assert rows.get(made.id).released_at is None


def test_settling_several(clerk, one):
    for text in ("甲", "乙", "丙"):
        make.remark(one, text)
    b = clerk.open("/c/bikes/remarks/settle?n=1&n=2")
    b.submit(status=422, having="chosen", ending="unrelated", reason=" ")
    assert [r.ending for r in rows.all_of(one.id)] == [None, None, None]
    b.submit(having="chosen", ending="unrelated", reason="说的是修路")
    clerk.open("/c/bikes/remarks/settle?n=3").submit(
        having="chosen", ending="referred", department="街道物业科"
    )
    assert [(r.ending, r.ending_reason, r.ending_to) for r in rows.all_of(one.id)] == [
        ("unrelated", "说的是修路", ""),
        ("unrelated", "说的是修路", ""),
        ("referred", "街道物业科", "街道物业科"),
    ]
    clerk.open("/c/bikes/remarks/settle?n=1").submit(having="chosen", ending="wait")
    assert rows.by_number(one.id, 1).ending is None


def test_one_remark_with_where_it_came_from(app, clerk, one):
    make.recorded(
        make.member(one.office, name="孙信息"),
        one,
        "原话在此",
        "visit",
        "art_3__para_2",
        said_by="赵大爷",
        place="paragraph",
    )
    b = clerk.open("/c/bikes/remarks/1/origin")
    assert all(b.says(words) for words in ("原话在此", "第三条第二款", "入户走访", "孙信息", "代录意见"))
    assert not b.says("赵大爷")
    make.account(one.office, make.person(one.office, role=Role.LIAISON), "lead1")
    assert Browser(app).sign_in("lead1").open("/c/bikes/remarks/1/origin").says("赵大爷")


@pytest.mark.parametrize(
    "path",
    [
        "remarks/",
        "remarks/record",
        "remarks/import",
        "remarks/release?n=1",
        "remarks/settle?n=1",
        "remarks/1/origin",
        "remarks/blank.xlsx",
    ],
)
def test_the_staffs_side_is_not_for_others(app, one, path):
    make.remark(one)
    make.account(one.office, make.person(one.office), "panel1")
    make.account(make.office(), make.person(make.office(), role=Role.CLERK), "other1")
    for login in ("panel1", "other1"):
        answer = Browser(app).sign_in(login).client.get(f"/c/bikes/{path}")
        assert answer.status_code in {403, 404}


def elder(app):
    b = Browser(app)
    b.client.set_cookie("elder", "1")
    return b


def test_one_question_a_page_and_nothing_lost_on_the_way_back(app, one):
    b = elder(app).open("/c/bikes/say?at=art_3__para_1")
    assert b.says("第 1 问")
    b.submit(having="step", attitude="oppose", go="next")
    b.submit(having="step", text="推不动\r\n太远", go="next")
    assert b.says("推不动")
    assert rows.all_of(one.id) == []
    b.submit(having="step", go="back")
    assert "推不动" in b.page.html
    b.submit(having="step", text="推不动\r\n太远了", go="back")
    b.submit(having="step", attitude="amend", go="next")
    assert "太远了" in b.page.html
    b.submit(having="step", text="推不动\r\n太远了", go="next").submit(having="step", go="send")
    assert CODE.search(b.page.text)
    assert [(r.text, r.attitude, r.eid, r.place) for r in rows.all_of(one.id)] == [
        ("推不动\n太远了", "amend", "art_3__para_1", "paragraph")
    ]


def test_saying_nothing_at_all_is_told_at_the_question(app, one):
    b = elder(app).open("/c/bikes/say?at=art_3").submit(having="step", attitude="no_view", go="next")
    b.submit(status=422, having="step", text="", go="next")
    assert b.says("第 2 问")
    assert b.says("请写下您的意见")


@pytest.mark.parametrize(
    "path",
    [
        "remarks/",
        "remarks/record",
        "remarks/import",
        "remarks/release?n=1",
        "remarks/settle?n=1",
        "remarks/1/origin",
    ],
)
def test_pages_in_english_too(app, one, path):
    make.account(one.office, make.person(one.office, "Lin", role=Role.CLERK), "clerk1")
    make.remark(one)
    assert Browser(app, "en").sign_in("clerk1").open(f"/c/bikes/{path}").page.lang == "en"
