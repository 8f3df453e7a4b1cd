"""Meetings that come again: the days proposed, each made once, one left out, calendar files that say the same."""

from datetime import date, datetime, time, timedelta

import pytest

from deliberation.clock import CHINA, local
from deliberation.domain.calendar import Recurrence
from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import procedures, series
from deliberation.store import meetings
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from tests import make, make_hall

OPERATOR = make.OPERATOR
FRIDAY = Recurrence(weekday=4)


@pytest.fixture
def office(app):
    made = make.office("山神村联系点")
    procedures.switch(OPERATOR, made, "party_day_discussion", True)
    return made


def arranged(**more):
    given = {
        "procedure": "party_day_discussion", "title": "主题党日议事", "place": "村部", "recurrence": FRIDAY, "at": time(9),
        "minutes": 120, "from_on": date(2030, 1, 1), "convenor": "书记", "scribe": "林静",
    }  # fmt: skip
    return series.Arranged(**given | more)


def test_the_first_fridays_are_proposed_made_once_and_left_out(office):
    one = series.arrange(OPERATOR, office, arranged())
    today = date(2030, 1, 2)
    assert series.coming(one, today) == (
        date(2030, 1, 4),
        date(2030, 2, 1),
        date(2030, 3, 1),
        date(2030, 4, 5),
    )
    made = series.make_next(OPERATOR, one, date(2030, 1, 4))
    assert made.starts_at == datetime(2030, 1, 4, 9, tzinfo=CHINA)
    assert made.planned_end == datetime(2030, 1, 4, 11, tzinfo=CHINA)
    assert (made.procedure, made.office_id, made.consultation_id) == ("party_day_discussion", office.id, None)
    assert series.make_next(OPERATOR, one, date(2030, 1, 4)).id == made.id
    series.leave_out(OPERATOR, one, date(2030, 2, 1))
    db.session.expire_all()
    assert series.coming(one, today)[:2] == (date(2030, 3, 1), date(2030, 4, 5))
    assert [m.id for m in meetings.of_office(office.id)] == [made.id]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Recurrence(days=(1, 16)), [date(2030, 1, 1), date(2030, 1, 16), date(2030, 2, 1), date(2030, 2, 16)]),
        (Recurrence(6, 2, 2), [date(2030, 1, 9), date(2030, 7, 10)]),
        (Recurrence(weekday=0, nth=-1), [date(2030, 1, 28), date(2030, 2, 25), date(2030, 3, 25), date(2030, 4, 29)]),
    ],
)  # fmt: skip
def test_rhythms(office, rule, days):
    one = series.arrange(OPERATOR, office, arranged(recurrence=rule))
    assert list(series.coming(one, date(2030, 1, 1))) == days


def test_every_half_year_keeps_its_months_whenever_one_looks(office):
    one = series.arrange(OPERATOR, office, arranged(recurrence=Recurrence(6, 2, 2)))
    assert series.coming(one, date(2030, 3, 1))[0] == date(2030, 7, 10)


def test_until_and_the_end(office):
    one = series.arrange(OPERATOR, office, arranged(until=date(2030, 2, 10)))
    assert len(series.coming(one, date(2030, 1, 1))) == 2
    series.end(OPERATOR, one)
    assert series.coming(one, date(2030, 1, 1)) == ()
    with pytest.raises(Refusal, match="不是这个定期会议的日子"):
        series.make_next(OPERATOR, one, date(2030, 1, 4))


def test_other_days_other_offices_and_half_filled_ones_are_refused(office):
    one = series.arrange(OPERATOR, office, arranged())
    for day in (date(2030, 1, 5), date(2029, 12, 7)):
        with pytest.raises(Refusal):
            series.make_next(OPERATOR, one, day)
    elsewhere = make_hall.panel(make.office(), 2)
    for wrong in ({"title": " "}, {"minutes": 5}, {"procedure": "roundtable"}, {"until": date(2029, 1, 1)},
                  {"council": elsewhere}, {"procedure": "council_9x"}):  # fmt: skip
        with pytest.raises(Refusal):
            series.arrange(OPERATOR, office, arranged(**wrong))
    with pytest.raises(NotAllowed):
        series.arrange(make.member(office, Role.PANEL), office, arranged())
    assert db.session.query(Meeting).count() == 0


def test_a_nine_x_council_needs_its_matter_and_seats_its_members(office):
    council = make_hall.nine(office)
    one = series.arrange(OPERATOR, office, arranged(procedure="council_9x", council=council))
    with pytest.raises(Refusal, match="议哪一个事项"):
        series.make_next(OPERATOR, one, date(2030, 1, 4))
    made = series.make_next(OPERATOR, one, date(2030, 1, 4), make_hall.matter(council, state="published"))
    assert sum(a.due for a in meetings.attendance(made.id)) == 9


def unfolded(data):
    text = data.decode().replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in data.decode().split("\r\n"))
    return text.split("\r\n")


def test_an_offices_calendar_has_every_meeting_once_and_a_series_its_rule(office):
    one = series.arrange(OPERATOR, office, arranged(title="议事;第一，次\\会" * 6))
    made = series.make_next(OPERATOR, one, date(2030, 1, 4))
    other = make_hall.meeting(office, agenda=("开场", "讨论"))
    stamp = datetime(2030, 1, 1, tzinfo=CHINA)
    lines = unfolded(series.calendar_file([made, other], "村", stamp))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert lines.count("BEGIN:VTIMEZONE") == 1
    assert {line for line in lines if line.startswith("UID:")} == {
        f"UID:meeting-{m.id}@村" for m in (made, other)
    }
    assert "DTSTAMP:20291231T160000Z" in lines
    assert "DTSTART;TZID=Asia/Shanghai:20300104T090000" in lines
    assert f"DTSTART;TZID=Asia/Shanghai:{local(other.starts_at):%Y%m%dT%H%M%S}" in lines
    assert any(line.startswith("SUMMARY:议事\\;第一，次\\\\会") for line in lines)
    assert "DESCRIPTION:1. 开场\\n2. 讨论" in lines
    whole = unfolded(series.series_file(one, "村", stamp))
    assert "RRULE:FREQ=MONTHLY;BYDAY=1FR" in whole
    assert "DTSTART;TZID=Asia/Shanghai:20300104T090000" in whole
    series.end(OPERATOR, one)
    assert "STATUS:CANCELLED" in unfolded(series.series_file(one, "村", stamp))


def test_a_meeting_without_an_end_takes_two_hours(office):
    made = make_hall.meeting(office, agenda=("一",))
    lines = unfolded(series.calendar_file([made], "", make.now()))
    starts = local(made.starts_at)
    assert f"DTEND;TZID=Asia/Shanghai:{starts + timedelta(hours=2):%Y%m%dT%H%M%S}" in lines
