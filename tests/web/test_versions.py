"""Pages of several versions: older texts at their own address, remarks where their words are, review, comparison."""

import io

import pytest
from python_calamine import CalamineWorkbook

from bench.statements import counted
from deliberation.domain.roles import Role
from deliberation.services import lineage, sessions
from deliberation.store import drafts as rows
from deliberation.store import remarks
from deliberation.web import texts
from tests import make
from tests.make_people import staff
from tests.make_versions import FIRST, MOVED, SECOND
from tests.web.browsing import Browser


@pytest.fixture
def office(app):
    return make.office()


@pytest.fixture
def one(office):
    made = make.consultation(office, FIRST, slug="bikes")
    make.remark(made, "巡查要每天", eid="art_2")
    make.remark(made, "三百米太远", eid="art_3__para_1", quote="不超过三百米")
    make.remark(made, "平台不用建", eid="art_4")
    return made


@pytest.fixture
def two(one):
    return make.publish(one.task, SECOND)


@pytest.fixture
def lead(app, office):
    return staff(app, office)


def test_a_remark_stands_at_its_words_and_says_where_it_stood(two, lead):
    page = lead.open("/c/bikes/at/art_3")
    assert page.says("巡查要每天")
    assert page.says("原第二条，现第三条，文字未变")
    assert "/c/bikes/v/1/at/art_2" in page.page.links
    assert not lead.open("/c/bikes/at/art_2").says("巡查要每天")
    assert lead.says("这一条是本稿新增的")
    assert lead.open("/c/bikes/at/art_4").says("三百米太远")
    assert lead.says("有改动")
    assert lead.open("/c/bikes/at/art_4/remarks").says("三百米太远")


def test_an_older_article_stays_at_its_address(app, two):
    guest = Browser(app)
    page = guest.open("/c/bikes/v/1/at/art_3")
    assert page.says("三百米")
    assert page.says("已有新稿")
    assert "/c/bikes/at/art_4" in page.page.links
    assert guest.open("/c/bikes/v/1/at/art_4").says("已删去")
    assert guest.open("/c/bikes/v/1/").says("三百米")
    assert guest.open("/c/bikes/v/2/at/art_4").url == "/c/bikes/at/art_4"
    assert guest.open("/c/bikes/versions").says("现行稿")
    guest.open("/c/bikes/v/3/", status=404)
    guest.open("/c/bikes/v/1/at/art_99", status=404)


def test_every_remark_on_an_older_article_is_on_one_of_its_pages(app, one, monkeypatch):
    monkeypatch.setattr(texts, "A_PAGE", 2)
    for n in range(4):
        make.remark(one, f"再说第{n}点", eid="art_2")
    make.publish(one.task, SECOND)
    lead = staff(app, one.office)
    words = ["巡查要每天", *(f"再说第{n}点" for n in range(4))]
    seen = []
    for page in (1, 2, 3):
        lead.open(f"/c/bikes/v/1/at/art_2?page={page}")
        seen += [said for said in words if lead.says(said)]
        assert lead.says("下一页") == (page < 3)
    assert seen == words


def test_lists_of_staff_follow_the_words(two, lead):
    assert lead.open("/c/bikes/remarks/?article=art_3").says("巡查要每天")
    assert not lead.open("/c/bikes/remarks/?article=art_2").says("巡查要每天")
    assert lead.open("/c/bikes/suggestions/at/art_3").says("巡查要每天")
    assert lead.open("/c/bikes/suggestions/at/gone").says("平台不用建")
    assert lead.open("/c/bikes/suggestions/").says("已删除的条文")
    page = lead.open("/c/bikes/remarks/").page
    assert "/c/bikes/remarks/orphans" in page.links
    assert lead.open("/c/bikes/remarks/orphans").says("平台不用建")
    assert lead.open("/c/bikes/remarks/1/origin").says("原第二条，现第三条")
    assert lead.open("/c/bikes/attitudes").says("第三条")


def test_a_remark_made_anew_stands_where_its_words_are_now(app, office):
    one = make.consultation(office, FIRST, slug="mine")
    actor = make.member(office, Role.PANEL)
    account = make.account(office, actor.person)
    make.remark(one, "巡查要每天", actor=actor, eid="art_2")
    make.publish(one.task, SECOND)
    me = Browser(app).sign_in(account.login)
    me.open("/c/mine/remarks/1/replace").submit(having="text", text="巡查要每天两次")
    assert staff(app, office).open("/c/mine/at/art_3").says("巡查要每天两次")


def test_reviewing_by_hand(app, one, office, lead):
    version = make.publish(one.task, MOVED)
    page = lead.open(f"/versions/{version.id}/links")
    assert page.says("第五条")
    address = f"/versions/{version.id}/links/art_5"
    assert address in page.page.links
    lead.open(address).submit(status=422, having="choice", choice="other")
    assert lead.says("请在“另选一条”里选出")
    lead.submit(having="choice", choice="proposed")
    found = lineage.lineage(version)
    assert [(k.new, k.sure) for k in found.of("art_5")] == [("art_1", True)]
    lead.open(address)
    assert lead.says("以前的决定")
    lead.post(f"{address}/undo", {"csrf_token": lead.page.forms[-1]["fields"][0][1]["value"]})
    clerk = staff(app, office, Role.CLERK)
    assert clerk.open(f"/versions/{version.id}/links").says("第五条")
    clerk.open(address, status=403)
    staff(app, make.office()).open(address, status=404)


def test_a_new_article_is_said_to_be_new_by_a_button(app, one, office, lead):
    version = make.publish(one.task, MOVED)
    lead.open(f"/versions/{version.id}/links")
    address = f"/versions/{version.id}/links/art_1/new"
    assert lead.says("第一条是新增的")
    lead.submit(to=address, having="csrf_token")
    found = lineage.lineage(version)
    assert [(k.old, k.sure) for k in found.links if k.new == "art_1"] == [(None, True)]
    assert "art_5" in found.waiting
    lead.open(f"/versions/{version.id}/links")
    assert lead.says("人工确认过")
    assert not lead.says("第一条是新增的")
    clerk = staff(app, office, Role.CLERK)
    assert "/new" not in clerk.open(f"/versions/{version.id}/links").page.html
    clerk.open(address, status=403)


def test_comparing_two_texts(app, one, two):
    guest = Browser(app)
    page = guest.open("/c/bikes/compare").page
    assert {"art_2", "art_4", "was-art_4"} <= page.ids
    assert "<del>三百</del>" in page.html
    assert "<ins>二百</ins>" in page.html
    same = guest.client.get("/c/bikes/compare", headers={"If-None-Match": guest.response.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    only = guest.open("/c/bikes/compare?old=1&new=2&only=changed").page
    assert "art_4" in only.ids
    assert "art_1" not in only.ids
    got = guest.client.get("/c/bikes/compare.xlsx?old=1&new=2")
    table = CalamineWorkbook.from_filelike(io.BytesIO(got.data)).get_sheet_by_index(0).to_python()
    changes = [row[2] for row in table]
    assert "新增" in changes
    assert "删去" in changes
    assert guest.client.get("/c/bikes/compare.docx").data[:2] == b"PK"
    guest.open("/c/bikes/compare?old=2&new=2", status=404)


def test_what_is_not_published_is_compared_by_those_who_bring_it(app, one, lead):
    lead.open(f"/tasks/{one.task_id}/drafts/new").submit(having="pasted", pasted=SECOND, stage="二审稿")
    version = rows.versions(one.task_id)[1]
    assert lead.open(f"/versions/{version.id}").says("与上一稿")
    assert "<ins>二百</ins>" in lead.open(f"/versions/{version.id}/compare").page.html
    assert lead.open(f"/tasks/{one.task_id}/drafts").says("二审稿")
    staff(app, make.office()).open(f"/versions/{version.id}/compare", status=404)
    assert Browser(app).open("/c/bikes/compare").says("只有一稿")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_in_both_languages(app, office, one, lang):
    make.publish(one.task, SECOND)
    version = make.publish(one.task, MOVED)
    b = staff(app, office, lang=lang)
    for path in (
        "/c/bikes/", "/c/bikes/versions", "/c/bikes/v/1/", "/c/bikes/v/1/at/art_3", "/c/bikes/compare",
        "/c/bikes/compare?old=1&new=3", f"/versions/{version.id}/links", f"/versions/{version.id}/links/art_5",
        f"/versions/{version.id}/compare", f"/tasks/{one.task_id}/drafts", "/c/bikes/remarks/orphans", "/c/bikes/at/art_3",
        "/c/bikes/manage", f"/tasks/{one.task_id}",
    ):  # fmt: skip
        b.open(path)


@pytest.mark.parametrize(
    "path",
    ["/c/bikes/", "/c/bikes/at/art_4", "/c/bikes/v/1/at/art_3", "/c/bikes/versions", "/c/bikes/compare"],
)
def test_statements_of_pages_with_two_versions(app, one, two, office, path):
    for token, most in (("", 8), (sessions.admit(make.member(office).person), 12)):
        client = app.test_client()
        if token:
            with client.session_transaction() as kept:
                kept["token"] = token
        client.get(path)
        with counted() as sent:
            assert client.get(path).status_code == 200
        assert len(sent) <= most, [str(s)[:90] for s in sent]


def test_a_version_is_made_from_the_one_before(app, one, lead):
    first = rows.current(one.task_id)
    lead.open(f"/tasks/{one.task_id}/drafts")
    begin = f"/versions/{first.id}/begin"
    assert begin in lead.page.links
    lead.open(begin).submit(having="csrf_token", to=begin)
    desk = lead.url
    address = next(link for link in lead.page.links if link.endswith("/reword"))
    lead.open(address).submit(status=422, having="first", first="")
    lead.submit(having="first", first="为了规范充电行为，保障安全，制定本条例。")
    assert lead.url == desk
    assert lead.says("为了规范充电行为，保障安全")
    for kind in ("insert", "move", "split", "merge", "delete"):
        lead.open(next(link for link in lead.page.links if link.endswith(f"/{kind}")))
        lead.open(desk)
    assert lead.says("已改 1 处")
    staff(app, make.office()).open(desk, status=404)


def test_the_promulgated_text_beside_a_suggestion(app, one, office, lead):
    from deliberation.domain.suggestions import Proposal, Spot
    from deliberation.services import suggestions

    wording = "住宅小区应当设置集中充电设施，服务半径一般不超过二百米。"
    suggestions.make_suggestion(
        make.member(office), one, Spot("paragraph", "art_3__para_1"), Proposal("改为二百米", "wording", wording), key=make.key()
    )  # fmt: skip
    assert lead.open("/c/bikes/adoptions/").says("公布文本还没有导入")
    lead.open(f"/tasks/{one.task_id}/drafts/new").submit(having="pasted", pasted=SECOND, stage="公布文本")
    version = rows.versions(one.task_id)[1]
    lead.submit(
        having="title", to=f"/versions/{version.id}/publish", title="某条例", stage="公布文本", sure="y"
    )
    assert "/c/bikes/adoptions/" in lead.open("/c/bikes/suggestions/").page.links
    assert "<mark>" in lead.open("/c/bikes/adoptions/").page.html
    lead.open("/c/bikes/adoptions/1").submit(status=422, having="outcome", outcome="not", note="")
    lead.submit(having="outcome", outcome="adopted", eid="art_4")
    assert lead.says("核对过的")
    Browser(app).open("/c/bikes/adoptions/")
    assert not Browser(app).open("/c/bikes/at/art_4").says("采纳")
    for lang in ("zh", "en"):
        staff(app, office, lang=lang).open("/c/bikes/adoptions/1")


def test_what_is_sent_after_a_new_text_came_out_is_shown_at_its_new_place_first(app, one):
    guest = Browser(app)
    guest.open("/c/bikes/say?at=art_2")
    version = make.publish(one.task, SECOND)
    guest.submit(status=422, having="text", text="巡查要有记录")
    assert guest.says("新的一稿")
    assert guest.says("第三条")
    guest.submit(having="text", text="巡查要有记录")
    said = remarks.all_of(one.id)[-1]
    assert (said.version_id, said.eid, said.text) == (version.id, "art_3", "巡查要有记录")
