"""Days back from a meeting, working days, recurrences."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.calendar import (
    FIRST_FRIDAY,
    Calendar,
    Offset,
    Recurrence,
    Unit,
    before,
    last_workday,
    plan,
    step,
    too_late,
    workdays_between,
)
from deliberation.domain.errors import Refusal
from deliberation.formats.procedures_read import seed_calendar

SEED = seed_calendar()
ONE = timedelta(days=1)


def test_what_is_announced_for_2026():
    """State Council office's notice of 2025-11-04: 33 days off in seven spans, six weekend days worked."""
    assert (len(SEED.holidays), len(SEED.workdays), SEED.years) == (33, 6, frozenset({2026}))
    assert all(day.weekday() >= 5 for day in SEED.workdays)
    assert SEED.works(date(2026, 2, 14))  # Saturday, worked
    assert not SEED.works(date(2026, 2, 16))  # Monday, Spring Festival
    assert not SEED.works(date(2026, 10, 7))
    assert SEED.works(date(2026, 10, 8))


def test_a_year_nobody_entered_is_unknown():
    assert SEED.knows(date(2026, 12, 31))
    assert not SEED.knows(date(2026, 12, 31), date(2027, 1, 4))
    (planned,) = plan(SEED, date(2027, 1, 8), [Offset("发通知", -5, Unit.WORKDAY)])
    assert not planned.known


def test_days_and_working_days_before():
    assert before(SEED, date(2026, 10, 20), 10) == date(2026, 10, 10)
    assert before(SEED, date(2026, 10, 12), 3, Unit.WORKDAY) == date(2026, 10, 8)
    assert before(SEED, date(2026, 10, 12), 4, Unit.WORKDAY) == date(2026, 9, 30)
    assert last_workday(SEED, date(2026, 10, 3)) == date(2026, 9, 30)
    assert last_workday(SEED, date(2026, 10, 8)) == date(2026, 10, 8)


def test_a_plan_is_in_order_and_says_what_is_too_late():
    planned = plan(SEED, date(2026, 10, 20), [Offset("送材料", -7), Offset("发公告", -20), Offset("补正", 5)])
    assert [(thing.name, thing.by, thing.act_by) for thing in planned] == [
        ("发公告", date(2026, 9, 30), date(2026, 9, 30)),
        ("送材料", date(2026, 10, 13), date(2026, 10, 13)),
        ("补正", date(2026, 10, 25), date(2026, 10, 23)),
    ]
    assert [str(said) for said in too_late(planned, date(2026, 10, 1))] == [
        "“发公告”应在 2026-09-30 前完成，已经来不及"
    ]
    assert too_late(planned, date(2026, 9, 30)) == ()


def test_a_day_is_not_both():
    with pytest.raises(Refusal):
        Calendar(frozenset({date(2026, 1, 1)}), frozenset({date(2026, 1, 1)}))


def test_a_calendar_without_working_days_ends():
    start = date(2026, 1, 1)
    none = Calendar(frozenset(start + n * ONE for n in range(6000)))
    with pytest.raises(Refusal):
        step(none, start, 1, Unit.WORKDAY)


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(days, st.integers(1, 80))
def test_working_days_against_counting_them_one_by_one(day, number):
    found = before(SEED, day, number, Unit.WORKDAY)
    assert SEED.works(found)
    assert sum(SEED.works(found + n * ONE) for n in range((day - found).days)) == number
    assert workdays_between(SEED, found, day - ONE) == number


@given(days, st.integers(-60, 60))
def test_there_and_back(day, number):
    assert step(SEED, step(SEED, day, number), -number) == day
    start = last_workday(SEED, day)
    assert step(SEED, step(SEED, start, number, Unit.WORKDAY), -number, Unit.WORKDAY) == start


@given(days)
def test_first_fridays(day):
    for found in islice(FIRST_FRIDAY.dates(day), 14):
        assert found >= day
        assert found.weekday() == 4
        assert found.day <= 7


@given(days, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1]), st.integers(1, 12))
def test_the_nth_weekday_against_walking_the_month(day, weekday, nth, months):
    found = list(islice(Recurrence(months, weekday, nth).dates(day), 5))
    for one in found:
        such = [
            d
            for n in range(1, 32)
            if (d := one.replace(day=1) + (n - 1) * ONE).month == one.month and d.weekday() == weekday
        ]
        assert such[nth - 1 if nth > 0 else -1] == one
    steps = [(b.year - a.year) * 12 + b.month - a.month for a, b in zip(found, found[1:], strict=False)]
    assert set(steps) <= {months}


def test_days_of_the_month():
    assert list(islice(Recurrence(days=(16, 1)).dates(date(2026, 1, 10)), 3)) == [
        date(2026, 1, 16),
        date(2026, 2, 1),
        date(2026, 2, 16),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"weekday": 7},
        {"weekday": 4, "nth": 5},
        {"days": (31,)},
        {"weekday": 1, "days": (1,)},
        {"weekday": 1, "months": 0},
    ],
)
def test_recurrences_that_cannot_be(wrong):
    with pytest.raises(Refusal):
        Recurrence(**wrong)


def test_the_end_of_time_is_an_end():
    assert list(FIRST_FRIDAY.dates(date(9999, 12, 1))) == [date(9999, 12, 3)]
