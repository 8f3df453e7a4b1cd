"""Splitting, groups, steps, order and comparison through the pages, without script."""

import pytest

from deliberation.domain.roles import Role
from deliberation.services import points as marking
from deliberation.services import suggestions
from deliberation.store import apart, points
from deliberation.store import suggestions as rows
from tests import make, make_dossiers
from tests.web.browsing import Browser

AT = "/c/bikes/suggestions/at/art_3"
TEXT = "三百米太远，老人走不动。另外，充电点要有雨棚。"


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    make.account(found.office, make.member(found.office, Role.CLERK).person, "clerk")
    return found


@pytest.fixture
def clerk(app, one):
    return Browser(app).sign_in("clerk")


def split(clerk, remark, **pieces):
    page = clerk.open(f"/c/bikes/suggestions/split/{remark.number}")
    names = [
        g["name"] for t, g in page.form(having="read")["fields"] if g.get("name", "").startswith("piece ")
    ]
    return page.submit(having="read", **dict(zip(names, pieces["of"], strict=True)))


def test_pieces_become_points_and_each_goes_its_own_way(app, one, clerk):
    remark = make.remark(one, TEXT)
    split(clerk, remark, of=("1", "1", "2", "2")[: len(points_of(clerk, remark))])
    found = points.now(remark.id)
    assert [p.words for p in found] == ["三百米太远，老人走不动。", "另外，充电点要有雨棚。"]
    assert clerk.says("第 2 点：另外，充电点要有雨棚。")
    make_dossiers.suggestion(one)
    clerk.open(f"/c/bikes/suggestions/1/merge?at=art_3&remark={remark.number}.1")
    assert clerk.says("将归入 1 条意见")
    assert clerk.says("第 1 点“三百米太远，老人走不动。”")
    clerk.submit(having="relation", relation="part")
    assert clerk.says("还有 1 点没有归入")
    clerk.open(f"/c/bikes/suggestions/new?at=art_3&remark={remark.number}.2").submit(
        having="title", kind="addition", title="建雨棚", wording="充电点应当有雨棚。", at="after:art_3"
    )
    assert [into for _p, into in points.gone_into([remark.id])[remark.id]] == [[1], [2]]
    assert rows.sources_of_remarks(one.id) == {remark.id: [1, 2]}
    assert not clerk.open(AT).says("点没有归入")


def test_points_left_over_are_on_the_overview_in_the_list_and_in_a_group(app, one, clerk):
    remark, other = make.remark(one, TEXT), make.remark(one, "另外，充电点应有雨棚")
    split(clerk, remark, of=("1", "1", "2", "2")[: len(points_of(clerk, remark))])
    page = clerk.open("/c/bikes/suggestions/groups/art_3")
    assert page.says("第 1 组，2 条")
    assert f'value="{remark.number}.2"' in page.page.html
    assert f'value="{remark.number}.1"' not in page.page.html
    suggestions.merge_remarks(
        make.OPERATOR, make_dossiers.suggestion(one, other), [], "part", [points.now(remark.id)[0]]
    )
    assert clerk.open("/c/bikes/suggestions/").says("还有 1 点没有归入建议")
    assert clerk.says("另有 1 点")
    assert clerk.open("/c/bikes/remarks/?stage=points").says(remark.public_number)
    assert not clerk.says(other.public_number)
    suggestions.merge_remarks(
        make.OPERATOR, rows.by_number(one.id, 1), [], "part", [points.now(remark.id)[1]]
    )
    assert not clerk.open("/c/bikes/suggestions/").says("点没有归入")
    assert not clerk.open("/c/bikes/remarks/?stage=points").says(remark.public_number)


def points_of(clerk, remark):
    page = clerk.open(f"/c/bikes/suggestions/split/{remark.number}")
    return [g for t, g in page.form(having="read")["fields"] if g.get("name", "").startswith("piece ")]


def test_what_somebody_else_marked_meanwhile_is_shown_and_mine_is_kept(app, one, clerk):
    remark = make.remark(one, TEXT)
    other = Browser(app).sign_in("clerk").open(f"/c/bikes/suggestions/split/{remark.number}")
    count = len(points_of(clerk, remark))
    split(clerk, remark, of=["1"] * count)
    names = [
        g["name"] for t, g in other.form(having="read")["fields"] if g.get("name", "").startswith("piece ")
    ]
    other.submit(409, having="read", **{names[0]: "1", **dict.fromkeys(names[1:], "0")})
    assert other.says("别人刚刚分成的")
    kept = [g for t, g in other.form(having="read")["fields"] if g.get("name", "") == names[0]]
    assert kept[0]["value"] == "1"
    assert [p.words for p in points.now(remark.id)] == [TEXT]


def test_groups_are_proposed_and_what_is_not_alike_stays_apart(app, one, clerk):
    texts = (
        "三百米对老人来说太远了，走不动",
        "三百米对老人太远了，根本走不动",
        "三百米对老人来说不远，走得动",
        "希望加装雨棚",
    )
    a, b, c, d = (make.remark(one, text) for text in texts)
    page = clerk.open("/c/bikes/suggestions/groups/art_3")
    assert page.says("第 1 组，2 条")
    assert "<mark>" in page.page.html
    assert not page.says("不远，走得动")
    pressed = next(
        g for t, g in clerk.form(having="of")["fields"] if t == "button" and g.get("name") == "csrf_token"
    )
    clerk.submit(
        having="of", to=pressed["formaction"], csrf_token=pressed["value"], of=[str(a.number), str(b.number)],
        remark=[str(b.number)],
    )  # fmt: skip
    assert clerk.says("没有要一起看的意见")
    assert set(apart.sides(one.id)) == {(a.id, 0), (b.id, 0)}
    e = make.remark(one, "三百米对老人实在太远了，走不动")
    assert clerk.open("/c/bikes/suggestions/groups/art_3").says("第 1 组，2 条")
    assert f'value="{e.number}"' in clerk.page.html
    assert (c.state, d.state) == ("current", "current")


def test_a_newcomer_is_proposed_to_the_suggestion_its_like_is_in(app, one, clerk):
    first = make.remark(one, "三百米对老人来说太远了，走不动")
    make_dossiers.suggestion(one, first)
    assert not clerk.open(AT).says("可能说的是一件事")
    new = make.remark(one, "三百米对老人太远了，根本走不动")
    page = clerk.open("/c/bikes/suggestions/groups/art_3")
    assert page.page.html.index("归入建议 1…") < page.page.html.index("用选中的新写一条建议…")
    assert f'value="{new.number}" checked' in page.page.html
    assert f'value="{first.number}" checked' not in page.page.html


def test_a_step_is_taken_back_from_the_bench_and_refused_with_the_reason(app, one, clerk):
    remark = make.remark(one, TEXT)
    made = make_dossiers.suggestion(one)
    clerk.open(f"/c/bikes/suggestions/1/merge?at=art_3&remark={remark.number}").submit(
        having="relation", relation="alike"
    )
    assert clerk.says("撤销：归入建议 1（1 条意见）")
    clerk.submit(having="back")
    assert rows.sources_of_remarks(one.id) == {}
    assert clerk.open("/c/bikes/suggestions/steps").says("已撤销")
    clerk.open(f"/c/bikes/suggestions/1/merge?at=art_3&remark={remark.number}").submit(
        having="relation", relation="alike"
    )
    suggestions.unmerge_remark(make_dossiers.OPERATOR, made, remark)
    clerk.open("/c/bikes/suggestions/steps").submit(409, having="step")
    assert clerk.says("后来有人又动过建议 1")


def test_dragging_sends_the_order_it_saw(app, one, clerk):
    for title in ("甲", "乙", "丙"):
        make_dossiers.suggestion(one, title=title)
    clerk.open(AT).submit(having="seen", order="3,1,2")
    assert [s.number for s in rows.of_consultation(one.id)] == [3, 1, 2]
    clerk.submit(422, having="seen", order="1,2,3", seen="1,2,3")
    assert [s.number for s in rows.of_consultation(one.id)] == [3, 1, 2]


def test_wording_is_compared_before_it_is_saved(app, one, clerk):
    made = make_dossiers.suggestion(one, at="art_3__para_1")
    wording = marking.said(make.remark(one, "住宅小区应当设置集中充电设施，服务半径一般不超过一百米。"))[
        "text"
    ]
    clerk.open("/c/bikes/suggestions/1/reword").submit(
        having="title", compare="1", title="没有存", wording=wording
    )
    assert "<del>三百</del><ins>一百</ins>" in clerk.page.html
    assert "没有存" in clerk.page.html
    assert made.title != "没有存"
    assert rows.revisions(made.id) == []


def test_a_great_word_without_counts_is_warned_of(app, one, clerk):
    make_dossiers.suggestion(one, make.remark(one, "远"), title="多数居民认为三百米太远")
    make.remark(one, "不远")
    clerk.open(AT)
    assert clerk.says("写了“多数”，可是本条 2 条意见里归入的只有 1 条")
    assert clerk.says("报告里写作：有的意见（1条）")


@pytest.mark.parametrize(("path", "status"), [("groups/art_3", 403), ("split/1", 404), ("steps", 403)])
def test_only_the_office_and_in_english_too(app, one, path, status):
    make.remark(one, TEXT)
    make.account(one.office, make.member(one.office, Role.PANEL).person, "panel")
    Browser(app).sign_in("panel").open(f"/c/bikes/suggestions/{path}", status)
    Browser(app, "en").sign_in("clerk").open(f"/c/bikes/suggestions/{path}")
