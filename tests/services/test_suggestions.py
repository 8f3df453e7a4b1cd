"""Suggestions: every source kept, counts computed, merging undone exactly, two editors never overwrite one another."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.domain.suggestions import Proposal, Spot, spot_of, spot_word
from deliberation.services import consultations, remarks, suggestions
from deliberation.services.actors import GUEST
from deliberation.services.backing import Categories, backing, sides
from deliberation.store import bench, log
from deliberation.store import remarks as said
from deliberation.store import suggestions as rows
from tests import make, make_dossiers


@pytest.fixture
def one(app):
    return make.consultation(make.office())


def image(one):
    """Everything merging may touch: what waits, what stands behind what, every remark's columns."""
    merged = rows.sources_of_remarks(one.id)
    columns = [tuple(getattr(r, c.name) for c in r.__table__.columns) for r in said.all_of(one.id)]
    return merged, bench.desk(one.id), columns


def test_a_suggestion_keeps_every_source_and_counts_by_category(one):
    panel = make.member(one.office, Role.PANEL, category="法律专业")
    a, b = make.remark(one, "三百米太远"), make.remark(one, "二百米", panel)
    made = make_dossiers.suggestion(one, a, b)
    assert (made.number, made.article_eid, made.uid != "") == (1, "art_3", True)
    found = backing(made, Categories(one.office_id))
    assert [(t.label, t.count) for t in found.categories] == [("未填类别", 1), ("法律专业", 1)]
    assert [(t.label, t.count) for t in found.channels] == [("网上", 2)]
    assert rows.sources_of_remarks(one.id) == {a.id: [1], b.id: [1]}


def test_the_same_key_makes_one_suggestion(one):
    first = make_dossiers.suggestion(one, key="k" * 12)
    assert make_dossiers.suggestion(one, key="k" * 12, title="别的").id == first.id
    assert [s.title for s in rows.of_consultation(one.id)] == ["把服务半径改为二百米"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"kind": "other"}, "kind"),
        ({"kind": "addition", "wording": ""}, "wording"),
        ({"at": "art_99"}, "eid"),
        ({"at": "moon:art_3"}, "eid"),
        ({"wording": "有\x00零"}, "wording"),
        ({"relation": "friend"}, "relation"),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(one, change, field):
    size = log.head(one.log_id).size
    with pytest.raises(Refusal) as caught:
        make_dossiers.suggestion(
            one, make.remark(one) if "relation" in change else make.remark(one), **change
        )
    assert caught.value.field in {field, None if field == "relation" else field}
    assert rows.of_consultation(one.id) == []
    assert log.head(one.log_id).size == size + 1


@pytest.mark.parametrize("word", ["whole", "title", "art_3", "art_3__para_1", "after:art_3"])
def test_places_go_into_a_box_and_back(one, word):
    assert spot_word(spot_of(word)) == word
    made = make_dossiers.suggestion(one, at=word)
    assert (made.article_eid == "art_3") == ("art_3" in word)


def test_unmerging_restores_exactly(one):
    first = make_dossiers.suggestion(one, make.remark(one, "早就在里面"))
    waiting = [make.remark(one, f"第{n}条") for n in range(3)]
    remarks.settle_remark(make_dossiers.OPERATOR, waiting[0], "annex")
    before = image(one)
    suggestions.merge_remarks(make_dossiers.OPERATOR, first, waiting, "part")
    assert image(one)[0] == {r.id: [1] for r in said.all_of(one.id)}
    for remark in waiting:
        suggestions.unmerge_remark(make_dossiers.OPERATOR, first, remark)
    assert image(one) == before
    assert len(first.sources) == 4  # that they stood here stays known
    with pytest.raises(Refusal):
        suggestions.unmerge_remark(make_dossiers.OPERATOR, first, waiting[0])


def test_a_remark_may_stand_behind_several_but_once_behind_each(one):
    a, b = make.remark(one), make.remark(one)
    first, second = make_dossiers.suggestion(one, a), make_dossiers.suggestion(one)
    done = suggestions.merge_remarks(make_dossiers.OPERATOR, first, [a, b])
    assert (done.goes_in, done.there) == ((b,), (a,))
    suggestions.merge_remarks(make_dossiers.OPERATOR, second, [a])
    assert rows.sources_of_remarks(one.id) == {a.id: [1, 2], b.id: [1]}
    size = log.head(one.log_id).size
    suggestions.merge_remarks(make_dossiers.OPERATOR, first, [a])
    assert log.head(one.log_id).size == size


def test_a_withdrawn_remark_leaves_the_counts_and_its_link_stays(one):
    author = make.member(one.office, Role.PANEL)
    a, b = make.remark(one, "收回去", author), make.remark(one, "留着")
    made = make_dossiers.suggestion(one, a, b)
    remarks.withdraw_remark(author, a)
    found = backing(rows.by_number(one.id, 1), Categories(one.office_id), [b.id])
    assert (found.remarks, found.base) == (1, 1)
    assert [s.remark_id for s in made.sources] == [a.id, b.id]
    with pytest.raises(Refusal):
        suggestions.merge_remarks(make_dossiers.OPERATOR, make_dossiers.suggestion(one), [a])


def test_a_minority_stands_beside_and_is_never_counted_in(one):
    for_ = [make.remark(one, f"二百米{n}") for n in range(5)]
    other = make.remark(one, "保留三百米", attitude="oppose")
    made = make_dossiers.suggestion(one, *for_)
    suggestions.merge_remarks(make_dossiers.OPERATOR, made, [other], "minority")
    say, beside = sides(made)
    assert (len(say), beside) == (5, [other])
    found = backing(made, Categories(one.office_id), [r.id for r in (*for_, other)])
    assert (found.remarks, found.base, found.opposed) == (5, 6, 1)


def test_late_remarks_and_those_of_others_do_not_go_in(one):
    with make.later(days=11):
        late = make.remark(one, "晚了")
    other = make.remark(make.consultation(make.office()), "别处的")
    made = make_dossiers.suggestion(one)
    for wrong in (late, other):
        with pytest.raises(Refusal):
            suggestions.merge_remarks(make_dossiers.OPERATOR, made, [wrong])
    assert rows.sources_of_remarks(one.id) == {}


def test_rewording_keeps_what_stood(one):
    made = make_dossiers.suggestion(one)
    suggestions.reword_suggestion(make_dossiers.OPERATOR, made, Proposal("改为一百五十米", "wording"), 1)
    assert [(r.revision, r.title) for r in rows.revisions(made.id)] == [(1, "把服务半径改为二百米")]
    assert (made.revision, made.title, made.wording) == (2, "改为一百五十米", "")


def test_two_editors_the_second_is_shown_both(one):
    made = make_dossiers.suggestion(one)
    suggestions.reword_suggestion(make_dossiers.OPERATOR, made, Proposal("甲的写法"), 1)
    with pytest.raises(Conflict) as caught:
        suggestions.reword_suggestion(make_dossiers.OPERATOR, made, Proposal("乙的写法"), 1)
    assert caught.value.first.title == "甲的写法"
    assert rows.by_number(one.id, 1).title == "甲的写法"
    suggestions.reword_suggestion(make_dossiers.OPERATOR, made, Proposal("乙的写法"), 2)
    assert [r.title for r in rows.revisions(made.id)] == ["把服务半径改为二百米", "甲的写法"]


def test_order_moves_only_the_named(one):
    made = [make_dossiers.suggestion(one, title=f"第{n}") for n in range(1, 5)]
    suggestions.order_suggestions(make_dossiers.OPERATOR, one, [3, 1])
    assert [s.number for s in rows.of_consultation(one.id)] == [3, 2, 1, 4]
    with pytest.raises(Refusal):
        suggestions.order_suggestions(make_dossiers.OPERATOR, one, [1, 9])
    assert len(made) == 4


def test_dropping_sets_every_remark_free(one):
    a = make.remark(one)
    made = make_dossiers.suggestion(one, a)
    assert suggestions.drop_suggestion(make_dossiers.OPERATOR, made) == 1
    assert rows.of_consultation(one.id) == []
    assert bench.desk(one.id)["art_3"].waiting == 1
    with pytest.raises(Refusal):
        suggestions.reword_suggestion(make_dossiers.OPERATOR, made, Proposal("晚了"), 1)


def test_one_confirmed_step_sends_out_verbatim_what_waits(one):
    a, b, c = (make.remark(one, f"第{n}条") for n in range(3))
    make_dossiers.suggestion(one, a)
    remarks.settle_remark(make_dossiers.OPERATOR, b, "referred", "转物业科")
    assert suggestions.annex_waiting(make_dossiers.OPERATOR, one) == 1
    assert [r.ending for r in said.all_of(one.id)] == [None, "referred", "annex"]
    assert suggestions.annex_waiting(make_dossiers.OPERATOR, one) == 0
    assert c.ending == "annex"


def test_the_wording_is_shown_against_the_text(one):
    made = make_dossiers.suggestion(one, at="art_3__para_1")
    runs = suggestions.difference(made)
    assert ("gone", "三百") in [(r.change, r.text[:2]) for r in runs]
    assert "".join(r.text for r in runs if r.change != "added") == suggestions.stood(made)
    assert suggestions.difference(make_dossiers.suggestion(one, wording="")) == ()


def test_only_the_office_consolidates_and_only_in_its_phase(one):
    made = make_dossiers.suggestion(one)
    for nobody in (GUEST, make.member(one.office, Role.PANEL), make.member(make.office(), Role.CLERK)):
        with pytest.raises(NotAllowed):
            make_dossiers.suggestion(one, actor=nobody)
        with pytest.raises(NotAllowed):
            suggestions.drop_suggestion(nobody, made)
        with pytest.raises(NotAllowed):
            suggestions.annex_waiting(nobody, one)
    lead = make.member(one.office)
    consultations.move_phase(lead, one, "consolidating")
    consultations.move_phase(lead, one, "reported")
    with pytest.raises(NotAllowed):
        make_dossiers.suggestion(one, actor=lead)


def test_what_was_done_stands_in_the_log_as_numbers(one):
    a = make.remark(one)
    made = make_dossiers.suggestion(one)
    suggestions.merge_remarks(make_dossiers.OPERATOR, made, [a], "same")
    leaf, content = log.doings(one.log_id)[0]
    assert (leaf.act, leaf.kind, leaf.number) == ("merge-remarks", "suggestion", "1")
    assert '"relation":"same"' in content.facts


def test_a_place_without_its_article_is_refused():
    with pytest.raises(Refusal):
        Spot("article").checked()
