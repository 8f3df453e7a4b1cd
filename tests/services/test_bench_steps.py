"""Taking back one's steps: everything exactly as it was, or a sentence and nothing changed."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, NotFound, Refusal
from deliberation.domain.points import Span
from deliberation.domain.roles import Role
from deliberation.domain.suggestions import Proposal
from deliberation.services import grouping, points, remarks, suggestions, undoing
from deliberation.store import apart, bench, log, remark_lists, steps
from deliberation.store import points as marks
from deliberation.store import remarks as said
from deliberation.store import suggestions as rows
from deliberation.store.db import db
from tests import make, make_dossiers

TEXT = "三百米太远，老人走不动。另外，充电点要有雨棚。收费也应当公示。"
FIRST, SECOND, THIRD = Span("text", 0, 12), Span("text", 12, 23), Span("text", 23, 31)


@pytest.fixture
def one(app):
    return make.consultation(make.office())


@pytest.fixture
def clerk(one):
    return make.member(one.office, Role.CLERK)


def image(one):
    """Everything the workbench may touch, in the order pages show it."""
    db.session.expire_all()
    words = (
        "number",
        "position",
        "place",
        "eid",
        "kind",
        "title",
        "wording",
        "reasons",
        "basis",
        "dissent",
        "state",
    )
    stands = [
        (
            *(getattr(each, name) for name in words),
            [
                (source.id, source.remark.number, source.relation, [link.point.number for link in marks.links_of([source.id])])
                for source in each.sources
                if source.ended_at is None
            ],
        )
        for each in rows.of_consultation(one.id)
    ]  # fmt: skip
    every = said.all_of(one.id)
    columns = [tuple(getattr(r, c.name) for c in r.__table__.columns) for r in every]
    split = [[(p.id, p.number, str(points.span(p))) for p in marks.now(r.id)] for r in every]
    return stands, columns, split, bench.desk(one.id), apart.sides(one.id)


def split(one, clerk, remark, *spans):
    return points.split_remark(clerk, remark, spans, points.seen(marks.now(remark.id)))


def do(one, clerk, what):
    """One step of each kind, on a desk that is the same each time."""
    first = rows.by_number(one.id, 1)
    a, b, c = said.all_of(one.id)[:3]
    if what == "make":
        make_dossiers.suggestion(one, c, actor=clerk, title="另一条")
    if what == "merge":
        suggestions.merge_remarks(clerk, first, [b], "minority", [marks.now(c.id)[1]])
    if what == "unmerge":
        suggestions.unmerge_remark(clerk, first, a)
    if what == "reword":
        suggestions.reword_suggestion(clerk, first, Proposal("改了", "deletion"), first.revision)
    if what == "order":
        suggestions.order_suggestions(clerk, one, [2, 1])
    if what == "drop":
        suggestions.drop_suggestion(clerk, first)
    if what == "split":
        split(one, clerk, c, FIRST, Span("text", 12, 20))
    if what == "apart":
        grouping.set_apart(clerk, one, [a], [b, c])


@pytest.fixture
def desk(one, clerk):
    a, b, c = make.remark(one, "甲"), make.remark(one, "乙"), make.remark(one, TEXT)
    remarks.settle_remark(make_dossiers.OPERATOR, b, "referred", "转物业科")
    split(one, make_dossiers.OPERATOR, c, FIRST, SECOND)
    first = make_dossiers.suggestion(one, a)
    suggestions.merge_remarks(make_dossiers.OPERATOR, first, [], "part", [marks.now(c.id)[0]])
    make_dossiers.suggestion(one, title="第二条")
    return one


@pytest.mark.parametrize("what", steps.KINDS)
def test_a_step_taken_back_leaves_all_as_before(desk, clerk, what):
    before = image(desk)
    do(desk, clerk, what)
    step = steps.last(desk.id, clerk.person.id)
    assert step.what == what
    assert image(desk) != before
    undoing.undo_step(clerk, desk, step)
    assert image(desk) == before
    assert steps.last(desk.id, clerk.person.id) is None
    assert log.doings(desk.log_id)[0][0].act == "undo-step"
    size = log.head(desk.log_id).size
    undoing.undo_step(clerk, desk, step)  # sent twice: once
    assert (image(desk), log.head(desk.log_id).size) == (before, size)


def test_all_of_them_one_after_another(desk, clerk):
    images = []
    for what in ("make", "split", "merge", "reword", "order", "unmerge", "apart", "drop"):
        images.append(image(desk))
        do(desk, clerk, what)
    for before in reversed(images):
        undoing.undo_step(clerk, desk, steps.last(desk.id, clerk.person.id))
        assert image(desk) == before


def another(one, what):
    """Somebody else goes on where the step was done."""
    first, who = rows.by_number(one.id, 1), make.member(one.office, Role.CLERK)
    a, b, c = said.all_of(one.id)[:3]
    if what == "make":
        suggestions.merge_remarks(who, rows.by_number(one.id, 3), [a])
    if what == "merge":
        suggestions.unmerge_remark(who, first, b)
    if what == "unmerge":
        suggestions.merge_remarks(who, first, [a])
    if what == "reword":
        suggestions.reword_suggestion(who, first, Proposal("别人改的"), first.revision)
    if what == "order":
        suggestions.order_suggestions(who, one, [1, 2])
    if what == "split":
        split(one, who, c, FIRST, Span("text", 12, 20), THIRD)
    if what == "drop":
        split(one, who, c, SECOND)


@pytest.mark.parametrize("what", ["make", "merge", "unmerge", "reword", "order", "split", "drop"])
def test_what_somebody_changed_since_is_not_taken_back(desk, clerk, what):
    do(desk, clerk, what)
    step = steps.last(desk.id, clerk.person.id)
    another(desk, what)
    after, size = image(desk), log.head(desk.log_id).size
    with pytest.raises(Conflict):
        undoing.undo_step(clerk, desk, step)
    assert (image(desk), log.head(desk.log_id).size) == (after, size)
    assert steps.last(desk.id, clerk.person.id).id == step.id


def test_a_dropped_suggestion_keeps_its_steps_from_being_taken_back(desk, clerk):
    do(desk, clerk, "merge")
    step = steps.last(desk.id, clerk.person.id)
    suggestions.drop_suggestion(make_dossiers.OPERATOR, rows.by_number(desk.id, 1))
    with pytest.raises(Refusal, match="已经去掉了"):
        undoing.undo_step(clerk, desk, step)


def test_nobody_takes_back_what_another_did(desk, clerk):
    do(desk, clerk, "merge")
    step = steps.last(desk.id, clerk.person.id)
    with pytest.raises(NotFound):
        undoing.undo_step(make.member(desk.office), desk, step)
    with pytest.raises(NotFound):
        undoing.undo_step(clerk, make.consultation(desk.office), step)
    with pytest.raises(NotAllowed):
        panel = make.member(desk.office, Role.PANEL)
        step.person_id = panel.person.id
        db.session.commit()
        undoing.undo_step(panel, desk, step)


def test_a_remark_withdrawn_since_does_not_come_back(one, clerk):
    author = make.member(one.office, Role.PANEL)
    remark = make.remark(one, "收回去", author)
    made = make_dossiers.suggestion(one, remark)
    suggestions.unmerge_remark(clerk, made, remark)
    remarks.withdraw_remark(author, remark)
    with pytest.raises(Conflict, match="撤回"):
        undoing.undo_step(clerk, one, steps.last(one.id, clerk.person.id))


def test_a_remark_split_another_way_since_does_not_come_back_with_points_that_are_no_more(one, clerk):
    remark = make.remark(one, TEXT)
    split(one, clerk, remark, FIRST, SECOND)
    made = make_dossiers.suggestion(one)
    suggestions.merge_remarks(clerk, made, [], points=[marks.now(remark.id)[0]])
    suggestions.unmerge_remark(clerk, made, remark)
    step = steps.last(one.id, clerk.person.id)
    split(one, clerk, remark, THIRD)
    before = image(one)
    with pytest.raises(Conflict, match="分过点"):
        undoing.undo_step(clerk, one, step)
    assert image(one) == before


def test_points_go_to_different_suggestions_and_the_remark_counts_once_in_each(one, clerk):
    remark = make.remark(one, TEXT)
    before = tuple(getattr(remark, c.name) for c in remark.__table__.columns)
    a, b, c = split(one, clerk, remark, THIRD, FIRST, SECOND)
    assert [p.words for p in (a, b, c)] == [
        "三百米太远，老人走不动。",
        "另外，充电点要有雨棚。",
        "收费也应当公示。",
    ]
    first = make_dossiers.suggestion(one, actor=clerk)
    second = make_dossiers.suggestion(one, actor=clerk, title="雨棚")
    done = suggestions.merge_remarks(clerk, first, [], "alike", [a])
    assert (done.goes_in, done.points) == ((remark,), (a,))
    suggestions.merge_remarks(clerk, second, [], "alike", [b, c])
    assert rows.sources_of_remarks(one.id) == {remark.id: [1, 2]}
    assert [(p.number, into) for p, into in marks.gone_into([remark.id])[remark.id]] == [
        (1, [1]),
        (2, [2]),
        (3, [2]),
    ]
    suggestions.unmerge_remark(clerk, second, remark, b)
    assert rows.sources_of_remarks(one.id) == {remark.id: [1, 2]}
    suggestions.unmerge_remark(clerk, second, remark, c)
    assert rows.sources_of_remarks(one.id) == {remark.id: [1]}
    suggestions.merge_remarks(clerk, second, [], "alike", [b])
    assert [into for _p, into in marks.gone_into([remark.id])[remark.id]] == [[1], [2], []]
    db.session.refresh(remark)
    assert tuple(getattr(remark, c.name) for c in remark.__table__.columns) == before


def test_a_merged_point_stays_marked_and_others_may_be_added(one, clerk):
    remark = make.remark(one, TEXT)
    (a,) = split(one, clerk, remark, FIRST)
    made = make_dossiers.suggestion(one, actor=clerk)
    suggestions.merge_remarks(clerk, made, [], "alike", [a])
    with pytest.raises(Refusal, match="已经归入建议 1"):
        split(one, clerk, remark, SECOND)
    assert [p.number for p in split(one, clerk, remark, FIRST, THIRD)] == [1, 2]
    assert marks.now(remark.id)[0].id == a.id


def test_two_who_split_the_same_remark(one, clerk):
    remark = make.remark(one, TEXT)
    read = points.seen(marks.now(remark.id))
    points.split_remark(clerk, remark, [FIRST], read)
    with pytest.raises(Conflict) as caught:
        points.split_remark(make.member(one.office), remark, [SECOND], read)
    assert [p.words for p in caught.value.first] == ["三百米太远，老人走不动。"]
    assert [points.span(p) for p in marks.now(remark.id)] == [FIRST]


@pytest.mark.parametrize(
    "spans",
    [[Span("text", 0, 99)], [Span("text", 5, 5)], [Span("reason", 0, 1)], [FIRST, Span("text", 11, 14)]],
)
def test_ranges_that_will_not_do(one, clerk, spans):
    remark = make.remark(one, TEXT)
    with pytest.raises(Refusal):
        split(one, clerk, remark, *spans)
    assert marks.now(remark.id) == []


def test_characters_beyond_the_plane_are_one_character_each(one, clerk):
    remark = make.remark(one, "𠮷野家😀二百米。另外要雨棚。")
    (point,) = split(one, clerk, remark, Span("text", 4, 8))
    assert point.words == "二百米。"


ALIKE = (
    "充电价格太高，每度电不应超过一元",
    "希望多装几个充电桩，方便大家",
    "充电价格太高了，每度电不应超过一元",
)


@pytest.fixture
def two_fold(one, clerk):
    """A remark of two points, and two remarks that each say one of them."""
    both = make.remark(one, f"{ALIKE[0]}。{ALIKE[1]}。")
    split(
        one, clerk, both, Span("text", 0, len(ALIKE[0])), Span("text", len(ALIKE[0]) + 1, len(both.text) - 1)
    )
    dear, more = make.remark(one, ALIKE[2]), make.remark(one, "希望多装几个充电桩，方便大家使用")
    return both, dear, more


def proposed(one):
    return [
        [part.name for part in group.parts]
        for group in grouping.of_article(one, "art_3", bench.at(one.id, "art_3")).groups
    ]


def test_a_remark_of_two_points_is_in_two_groups(one, clerk, two_fold):
    both, dear, more = two_fold
    assert proposed(one) == [[f"{both.number}.1", str(dear.number)], [f"{both.number}.2", str(more.number)]]
    first, second = marks.now(both.id)
    suggestion = make_dossiers.suggestion(one, dear, title="限价")
    suggestions.merge_remarks(clerk, suggestion, [], "alike", [first])
    assert proposed(one) == [[f"{both.number}.2", str(more.number)]]
    assert bench.desk(one.id)["art_3"].left == 1
    left = remark_lists.listed(one.id, remark_lists.Wanted(stage="points"))
    assert [remark.number for remark in db.session.scalars(left)] == [both.number]
    suggestions.merge_remarks(clerk, make_dossiers.suggestion(one, more, title="多装"), [], "alike", [second])
    assert proposed(one) == []
    assert bench.desk(one.id)["art_3"].left == 0


def test_a_point_set_apart_leaves_the_other_where_it_was(one, clerk, two_fold):
    both, dear, more = two_fold
    grouping.set_apart(clerk, one, [marks.now(both.id)[0]], [dear])
    assert proposed(one) == [[f"{both.number}.2", str(more.number)]]
    undoing.undo_step(clerk, one, steps.last(one.id, clerk.person.id))
    assert len(proposed(one)) == 2


def test_what_was_compared_as_a_whole_is_compared_by_points_once_it_is_split(one, clerk):
    whole, dear = make.remark(one, f"{ALIKE[0]}。"), make.remark(one, ALIKE[2])
    assert proposed(one) == [[str(whole.number), str(dear.number)]]
    split(one, clerk, whole, Span("text", 0, 6), Span("text", 7, len(ALIKE[0])))
    assert str(whole.number) not in sum(proposed(one), [])
    split(one, clerk, whole)
    assert proposed(one) == [[str(whole.number), str(dear.number)]]
