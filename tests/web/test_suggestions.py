"""The workbench through its pages: without script, every step confirmed, both editors shown, others kept out."""

import pytest

from deliberation.domain.roles import Role
from deliberation.services import suggestions
from deliberation.store import bench
from deliberation.store import remarks as said
from deliberation.store import suggestions as rows
from tests import make, make_dossiers
from tests.web.browsing import Browser

AT = "/c/bikes/suggestions/at/art_3"


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    make.account(found.office, make.member(found.office, Role.CLERK).person, "clerk")
    return found


@pytest.fixture
def clerk(app, one):
    return Browser(app).sign_in("clerk")


def test_from_ticked_remarks_to_a_suggestion(app, one, clerk):
    a, b = make.remark(one, "三百米太远"), make.remark(one, "改成\n二百米")
    clerk.open("/c/bikes/suggestions/").open(AT)
    assert clerk.says("还有 2 条没有归入")
    b_ = clerk.open(f"/c/bikes/suggestions/new?at=art_3&remark={a.number}&remark={b.number}")
    assert b_.says("这 2 条意见会归在它后面")
    wording = "住宅小区应当设置集中充电设施，服务半径一般不超过二百米。"
    b_.submit(
        at="art_3__para_1",
        kind="substance",
        title="缩短服务半径",
        wording=wording,
        reasons="走不动",
        having="title",
    )
    made = rows.by_number(one.id, 1)
    assert (made.eid, made.wording, made.reasons) == ("art_3__para_1", wording, "走不动")
    assert rows.sources_of_remarks(one.id) == {a.id: [1], b.id: [1]}
    assert b_.says("建议 1 缩短服务半径")
    assert "<del>三百</del><ins>二百</ins>" in b_.page.html


def test_the_same_form_sent_twice_makes_one(app, one, clerk):
    clerk.open("/c/bikes/suggestions/new?at=art_3")
    fields = {
        g["name"]: g.get("value", "")
        for t, g in clerk.form(having="title")["fields"]
        if g.get("type") == "hidden"
    }
    for _ in range(2):
        clerk.post(
            "/c/bikes/suggestions/new?at=art_3",
            {**fields, "at": "art_3", "kind": "wording", "relation": "alike", "title": "一次"},
        )
    assert len(rows.of_consultation(one.id)) == 1


def test_merging_lists_first_and_unmerging_brings_back(app, one, clerk):
    first = make.remark(one, "早在里面")
    make_dossiers.suggestion(one, first)
    more = make.remark(one, "改成步行五分钟")
    clerk.open(f"/c/bikes/suggestions/1/merge?at=art_3&remark={more.number}&remark={first.number}")
    assert clerk.says("将归入 1 条意见")
    assert clerk.says("来源由 1 条变为 2 条")
    assert clerk.says("所选另外 1 条已在这条建议里")
    assert rows.sources_of_remarks(one.id) == {first.id: [1]}
    clerk.submit(having="relation", relation="part")
    assert rows.sources_of_remarks(one.id) == {first.id: [1], more.id: [1]}
    clerk.submit(to="/c/bikes/suggestions/1/unmerge", having="csrf_token", remark=str(more.number))
    assert rows.sources_of_remarks(one.id) == {first.id: [1]}


def test_nothing_ticked_says_what_to_do(app, one, clerk):
    make_dossiers.suggestion(one)
    assert clerk.open("/c/bikes/suggestions/1/merge?at=art_3").says("没有勾选意见")


def test_refused_words_are_kept(app, one, clerk):
    clerk.open("/c/bikes/suggestions/new?at=art_3")
    clerk.submit(
        422,
        having="title",
        at="art_3",
        kind="addition",
        title="增加一款",
        wording="",
        reasons="写了很久的理由",
    )
    assert "写了很久的理由" in clerk.page.html
    assert clerk.says("建议新增的，请写出增加的文字")
    assert rows.of_consultation(one.id) == []


def test_two_editors_see_both(app, one, clerk):
    make_dossiers.suggestion(one)
    other = Browser(app).sign_in("clerk").open("/c/bikes/suggestions/1/reword")
    clerk.open("/c/bikes/suggestions/1/reword").submit(
        having="title", kind="substance", title="甲的写法", wording="甲文"
    )
    other.submit(409, having="title", kind="substance", title="乙的写法", wording="乙文")
    assert other.says("甲的写法")
    assert "乙的写法" in other.page.html
    assert rows.by_number(one.id, 1).title == "甲的写法"
    other.submit(having="title", kind="substance", title="乙的写法", wording="乙文")
    assert rows.by_number(one.id, 1).title == "乙的写法"
    assert other.open("/c/bikes/suggestions/1/changes").says("甲的写法")


def test_two_who_merge_the_same_remarks_at_once_are_told(app, one, clerk):
    a, b = make.remark(one, "三百米太远"), make.remark(one, "二百米也行")
    first, second = make_dossiers.suggestion(one), make_dossiers.suggestion(one)
    ask = f"remark={a.number}&remark={b.number}"
    clerk.open(f"/c/bikes/suggestions/2/merge?{ask}")
    assert not clerk.says("已在建议")
    suggestions.merge_remarks(make.OPERATOR, first, [a])
    clerk.submit(having="relation", relation="part", status=409)
    assert clerk.says("其中有的意见刚刚被别人归入或取出")
    assert clerk.says("刚才有了变化，请再看一遍，您写的都留着")
    assert not clerk.says("处要改")  # nothing that was written is wrong
    assert clerk.says("已在建议 1")
    assert rows.sources_of_remarks(one.id) == {a.id: [1]}
    clerk.submit(having="relation")  # seen, and wanted all the same
    assert rows.sources_of_remarks(one.id) == {a.id: [1, 2], b.id: [2]}
    clerk.open(f"/c/bikes/suggestions/new?at=art_3&{ask}")
    suggestions.unmerge_remark(make.OPERATOR, first, a)
    clerk.submit(having="title", title="第三条路", reasons="写了很久", at="art_3", status=409)
    assert clerk.says("写了很久")
    assert rows.by_number(one.id, 3) is None
    clerk.submit(having="title")
    assert [s.remark_id for s in rows.by_number(one.id, 3).sources] == [a.id, b.id]
    clerk.open("/c/bikes/suggestions/2/drop")
    assert clerk.says("另外 2 条还在别的建议里")
    assert not clerk.says("回到没有归入的样子")
    assert second.state == "open"


def test_order_drop_and_annex(app, one, clerk):
    a, b = make.remark(one, "甲"), make.remark(one, "乙")
    make_dossiers.suggestion(one, a, title="第一")
    make_dossiers.suggestion(one, title="第二")
    clerk.open(AT).submit(to="/c/bikes/suggestions/2/move", having="way", way="up")
    assert [s.number for s in rows.of_consultation(one.id)] == [2, 1]
    assert clerk.open("/c/bikes/suggestions/1/drop").says("甲")
    clerk.submit(having="remark")
    assert [s.number for s in rows.of_consultation(one.id)] == [2]
    assert clerk.open("/c/bikes/suggestions/annex").says("将有 2 条意见原文照附上报")
    clerk.submit(having="remark")
    assert {r.ending for r in said.all_of(one.id)} == {"annex"}
    assert bench.desk(one.id)["art_3"].waiting == 0
    assert b.text == "乙"


def test_what_waits_is_listed_as_the_articles_stand(app):
    text = "\n\n".join(["办法（草案）", *(f"第{n}条　保持畅通。" for n in "一二三四五六七八九十")])
    long = make.consultation(make.office("乙"), text, slug="long")
    for words, eid in (("第十条的", "art_10"), ("第二条的", "art_2"), ("整部的", "")):
        make.remark(long, words, eid=eid)
    listed = [one.text for one in said.answer(bench.without_end(long.id))]
    assert listed == ["整部的", "第二条的", "第十条的"]
    assert said.total(bench.without_end(long.id)) == 3


def test_like_remarks_are_hinted_at_and_never_merged(app, one, clerk):
    for text in ("三百米对老人来说太远了，走不动", "三百米对老人太远了，根本走不动", "希望加装雨棚"):
        make.remark(one, text)
    clerk.open(AT)
    assert clerk.says("有 1 组意见可能说的是一件事")
    clerk.open(AT + "?pick=1,2")
    assert clerk.page.html.count(" checked") == 2
    assert rows.sources_of_remarks(one.id) == {}


def test_a_withdrawn_source_is_shown_and_not_counted(app, one, clerk):
    from deliberation.services import remarks

    author = make.member(one.office, Role.PANEL)
    gone = make.remark(one, "收回去", author)
    make_dossiers.suggestion(one, gone)
    remarks.withdraw_remark(author, gone)
    clerk.open(AT)
    assert clerk.says("来源 0 条")
    assert clerk.says("已撤回，不计数")


def test_names_are_not_on_the_bench_and_text_is_escaped(app, one, clerk):
    make.recorded(make.OPERATOR, one, "<script>alert(1)</script>", said_by="欧阳金雀")
    clerk.open(AT)
    assert "欧阳金雀" not in clerk.page.html
    assert "<script>alert" not in clerk.page.html


@pytest.mark.parametrize(
    "path",
    ["", "at/art_3", "at/whole", "new?at=art_3", "1/merge", "1/reword", "1/drop", "1/changes", "annex"],
)
def test_others_are_kept_out_and_english_is_complete(app, one, path):
    make_dossiers.suggestion(one, make.remark(one, "三百米太远"), make.remark(one, "太远"))
    elsewhere = make.office()
    make.account(elsewhere, make.member(elsewhere).person, "stranger")
    make.account(one.office, make.person(one.office), "panel")
    Browser(app).sign_in("stranger").open(
        "/c/bikes/suggestions/" + path, status=403 if "1/" not in path else 404
    )
    Browser(app).sign_in("panel").open(
        "/c/bikes/suggestions/" + path, status=403 if "1/" not in path else 404
    )
    Browser(app, "en").sign_in("clerk").open("/c/bikes/suggestions/" + path)


def test_when_reported_there_is_nothing_left_to_press(app, one, clerk):
    from deliberation.services import consultations

    make_dossiers.suggestion(one, make.remark(one))
    for phase in ("consolidating", "reported"):
        consultations.move_phase(make.OPERATOR, one, phase)
    clerk.open(AT)
    assert "formaction" not in clerk.page.html
    assert "unmerge" not in clerk.page.html
    clerk.open("/c/bikes/suggestions/1/merge", status=403)


def test_unknown_places_and_numbers_are_not_there(app, one, clerk):
    for path in ("at/art_99", "9/merge", "9/changes"):
        clerk.open("/c/bikes/suggestions/" + path, status=404)
