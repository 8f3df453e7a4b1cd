"""Who sits: the nine, the X of one matter, one person one vote, old and new holders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.quorum import MAJORITY_OF_DUE, VoteRules
from deliberation.domain.seats import (
    CATEGORY_LABELS,
    PANEL_LABELS,
    DueBy,
    Fixed,
    Seat,
    assembly_notes,
    code_of,
    composition_notes,
    council_roll,
    due,
    end_with_matter,
    members,
    vacancies,
)
from deliberation.domain.voting import Ballot, Choice, count

DAY = date(2026, 6, 5)
NINE = [Seat(f"s{n}", category, f"p{n}") for n, category in enumerate(Fixed)]


def x(key, person, matter="m1", **more):
    return Seat(
        key, "coopted", person, matter=matter, reason="承包地在渠边", nominator="p0", confirmer="p1", **more
    )


def test_the_nine_as_the_village_names_them():
    assert [CATEGORY_LABELS[category] for category in Fixed] == [
        "村党支部代表", "村民委员会代表", "村务监督委员会代表", "村民代表", "人大代表",
        "老党员代表", "老干部代表", "社会组织代表", "乡贤代表",
    ]  # fmt: skip
    assert list(PANEL_LABELS.values()) == ["退休人员", "党员", "人大代表", "行业", "居民", "法律专业"]


def test_categories_by_label_or_code():
    for labels in (CATEGORY_LABELS, PANEL_LABELS):
        for code, label in labels.items():
            assert code_of(f" {label} ", labels) == code_of(code, labels) == code
    with pytest.raises(Refusal, match="没有“村长”这一类别"):
        code_of("村长")


def test_due_is_members_in_office_and_this_matters_x():
    seats = [*NINE, x("x1", "q1"), x("x2", "q2"), x("x3", "q3", matter="m2")]
    counted = due(seats, "m1", DAY)
    assert (counted.due, counted.fixed, counted.coopted) == (11, 9, 2)
    assert due(seats, "m2", DAY).due == 10
    assert due(seats, None, DAY).due == 9


def test_vacancies_stand_beside_and_are_not_due():
    seats = [*NINE[:8], Seat("s3b", Fixed.VILLAGER_REP), Seat("s3c", Fixed.VILLAGER_REP, "p30")]
    counted = due(seats, None, DAY)
    assert counted.due == 9
    assert counted.vacancies == (("villager_rep", 1), ("local_worthy", 1))
    assert due(seats, None, DAY, DueBy.SEATS).due == 10


@pytest.mark.parametrize("second", [Seat("s9", Fixed.DEPUTY, "p0"), x("x1", "p0")])
def test_one_person_one_vote_however_many_seats(second):
    seats = [second, *NINE]
    assert due(seats, "m1", DAY).due == 9
    roll = council_roll(seats, "m1", DAY, ["p0"], coopted_vote=True)
    assert [row.key for row in roll if row.person == "p0"] == ["s0"]
    assert not any(row.coopted for row in roll)


def test_old_and_new_holder_of_one_seat():
    change = date(2026, 6, 1)
    seats = [
        *NINE[1:],
        Seat("old", Fixed.PARTY_BRANCH, "o", ends=change),
        Seat("new", Fixed.PARTY_BRANCH, "n", starts=change),
    ]
    before, after = date(2026, 5, 31), change
    assert "o" in {m.person for m in members(seats, None, before)}
    assert "n" not in {m.person for m in members(seats, None, before)}
    assert {m.person for m in members(seats, None, after)} >= {"n"}
    assert "o" not in {m.person for m in members(seats, None, after)}
    with pytest.raises(Refusal):
        council_roll(seats, "m1", after, ["o"], coopted_vote=True)


def test_an_x_ends_with_its_matter():
    seats = [x("x1", "q1"), x("x2", "q2", matter="m2"), x("x3", "q3", ends=date(2026, 1, 1))]
    ended = end_with_matter(seats, "m1", DAY)
    assert [(seat.key, seat.ends) for seat in ended] == [("x1", DAY)]
    assert not members(ended, "m1", DAY)
    later = x("x4", "q4", starts=date(2026, 7, 1))
    assert end_with_matter([later], "m1", DAY)[0].ends == date(2026, 7, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": None},
        {"matter": None},
        {"reason": " "},
        {"nominator": ""},
        {"confirmer": ""},
        {"confirmer": "q"},
        {"category": "chairman"},
        {"category": "deputy"},
        {"starts": date(2026, 2, 1), "ends": date(2026, 1, 1)},
    ],
)
def test_seats_that_cannot_be(wrong):
    seat = {
        "key": "x",
        "category": "coopted",
        "person": "q",
        "matter": "m",
        "reason": "r",
        "nominator": "a",
        "confirmer": "b",
    }
    with pytest.raises(Refusal):
        Seat(**{**seat, **wrong})


def test_the_roll_of_a_council():
    seats = [*NINE, x("x1", "q1")]
    roll = {
        r.person: r
        for r in council_roll(seats, "m1", DAY, ["p0", "p1", "q1"], coopted_vote=False, recused=["p1"])
    }
    assert len(roll) == 10
    assert roll["p0"].may_vote
    assert not roll["p1"].may_vote
    assert not roll["q1"].may_vote
    assert roll["q1"].coopted
    assert not roll["p2"].present
    assert roll["p3"].category == "villager_rep"


def test_seats_counted_where_the_local_rule_says_so():
    seats = [*NINE[:8], Seat("s8", Fixed.LOCAL_WORTHY), Seat("s9", Fixed.DEPUTY, "p0")]
    roll = council_roll(seats, "m1", DAY, [f"p{n}" for n in range(8)], coopted_vote=True, by=DueBy.SEATS)
    tally = count([Ballot(f"s{n}", Choice.FOR) for n in range(5)], VoteRules(None, MAJORITY_OF_DUE), roll)
    assert (tally.due, tally.present, tally.needs_for, tally.carried) == (10, 8, 6, False)


def test_notes_of_composition():
    seats = [*NINE[:8], Seat("s9", Fixed.DEPUTY, "p0")]
    assert [str(note) for note in composition_notes(seats, DAY)] == [
        "“乡贤代表”缺额 1 席",
        "1 人占有不止一席，仍只计一人、一票",
    ]
    assert composition_notes(NINE, DAY) == ()


def test_a_representatives_assembly_of_article_29():
    assert assembly_notes(30, 24, 10) == ()
    assert [str(note) for note in assembly_notes(30, 23, 9)] == [
        "村民代表 23 人，不足组成人员 30 人的五分之四",
        "妇女村民代表 9 人，不足组成人员 30 人的三分之一",
    ]


drawn = st.lists(
    st.tuples(
        st.sampled_from([*Fixed, "coopted"]),
        st.sampled_from([None, "a", "b", "c", "d"]),
        st.sampled_from(["m1", "m2"]),
    ),
    max_size=15,
)


@given(drawn, st.randoms(), st.sampled_from(DueBy))
def test_any_council_gives_one_row_a_person_and_a_roll_as_long_as_due(drawn, random, by):
    seats = [
        x(f"k{n}", person, matter) if category == "coopted" else Seat(f"k{n}", category, person)
        for n, (category, person, matter) in enumerate(drawn)
        if person or category != "coopted"
    ]
    persons = [member.person for member in members(seats, "m1", DAY)]
    assert len(set(persons)) == len(persons)
    roll = council_roll(seats, "m1", DAY, persons, coopted_vote=True, by=by)
    assert len(roll) == due(seats, "m1", DAY, by).due
    mixed = random.sample(seats, len(seats))
    assert council_roll(mixed, "m1", DAY, persons, coopted_vote=True, by=by) == roll
    assert sum(number for _, number in vacancies(seats, DAY)) >= sum(
        all(seat.category != category for seat in seats) for category in Fixed
    )
