"""The plan counted back: every step on a working day, in order, what does not fit said."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain.calendar import Calendar
from deliberation.domain.preparing import BEFORE, Standing, count_back, late, propose_meeting, warnings
from deliberation.formats.procedures_read import seed_calendar, shipped

CALENDAR = seed_calendar()
REPORT = date(2026, 6, 30)


def days(procedure, meeting, report=REPORT, calendar=CALENDAR):
    found = count_back(calendar, meeting, report, shipped()[procedure].deadlines)
    return {one.key: one.on for one in found}


def test_a_symposium_over_the_dragon_boat_festival():
    """Meeting on Monday 22 June 2026; Friday 19 June to Sunday 21 June are off."""
    assert days("symposium", date(2026, 6, 22)) == {
        "scheme": date(2026, 6, 16), "plain": date(2026, 6, 17), "invite": date(2026, 6, 17),
        "d-notice": date(2026, 6, 18), "confirm": date(2026, 6, 18), "papers": date(2026, 6, 18),
        "meet": date(2026, 6, 22), "minutes": date(2026, 6, 23), "consolidate": date(2026, 6, 26),
        "sign": date(2026, 6, 29), "report": date(2026, 6, 30),
    }  # fmt: skip


def test_a_hearing_counts_its_own_days_and_starts_before_the_first():
    """A1.5: 20, 10, 7, 7, 3 days before and 5 after; acts on a day off come the working day before."""
    found = days("hearing", date(2026, 6, 23))
    assert [found[f"d-{key}"] for key in ("announce", "speakers", "material", "audience_apply", "audience_notice")] == [
        date(2026, 6, 3), date(2026, 6, 12), date(2026, 6, 16), date(2026, 6, 16), date(2026, 6, 18)
    ]  # fmt: skip
    assert found["d-correct"] == date(2026, 6, 28)
    assert found["scheme"] < found["invite"] < found["d-announce"]


def test_where_a_procedure_names_no_days_notice_is_three():
    assert days("public_meet", date(2026, 6, 22))["invite"] == date(2026, 6, 17)
    assert "d-notice" not in days("public_meet", date(2026, 6, 22))


EVERY = st.dates(date(2026, 2, 1), date(2026, 11, 30))


@settings(max_examples=60)
@given(EVERY, st.integers(0, 60), st.sampled_from(sorted(shipped())))
def test_a_proposed_meeting_leaves_time_where_there_is_any(today, ahead, key):
    report = date.fromordinal(today.toordinal() + ahead)
    deadlines = shipped()[key].deadlines
    meeting = propose_meeting(CALENDAR, today, report, deadlines)
    assert CALENDAR.works(meeting)
    found = days(key, meeting, report)
    assert all(CALENDAR.works(on) for step, on in found.items() if not step.startswith("d-correct"))
    if ahead >= 50:
        assert not late(CALENDAR, today, meeting, deadlines)
        assert all(found[first] <= found[second] for first, second in BEFORE.items())
        standing = [Standing(step, step, on, False) for step, on in found.items()]
        assert [
            one for one in warnings(CALENDAR, today, meeting, report, standing) if "已经过了" in str(one)
        ] == []


def said(steps, today=date(2026, 6, 1), meeting=date(2026, 6, 22), calendar=CALENDAR):
    return [str(one) for one in warnings(calendar, today, meeting, REPORT, steps)]


def test_what_does_not_fit_is_said_once_each():
    ok = Standing("invite", "定邀请名单", date(2026, 6, 17), False)
    assert said([ok]) == []
    assert said([ok], today=date(2026, 6, 18)) == ["“定邀请名单”应在2026-06-17办完，已经过了。"]
    assert said([Standing("invite", "定邀请名单", date(2026, 5, 1), True)]) == []
    assert "不是工作日" in said([ok], meeting=date(2026, 6, 20))[0]
    assert "来不及整理上报" in said([ok], meeting=date(2026, 6, 30))[0]
    moved = [Standing("scheme", "定工作方案", date(2026, 6, 18), False), ok]
    assert said(moved) == ["“定工作方案”排在“定邀请名单”后面了，请调整日子。"]
    assert said([ok], calendar=Calendar())[0].startswith("2026 年的放假安排还没有录入")


@pytest.mark.parametrize(("meeting", "gone"), [(date(2026, 6, 4), 0), (date(2026, 6, 3), 1)])
def test_a_deadline_is_kept_on_its_very_day(meeting, gone):
    assert len(late(CALENDAR, date(2026, 6, 1), meeting, shipped()["symposium"].deadlines)) == gone
