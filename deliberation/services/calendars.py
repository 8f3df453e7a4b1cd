"""The working calendar of an office: the seeded one, what offices above entered, and what it entered itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from deliberation.domain.acts import Act
from deliberation.domain.calendar import Calendar
from deliberation.domain.errors import Refusal, _
from deliberation.formats.procedures_read import seed_calendar, seed_names
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.store import calendars, people
from deliberation.store.calendars import CalendarDay, CalendarYear
from deliberation.store.db import db
from deliberation.store.people import Office

LONGEST = 31  # days entered at once
YEARS = range(2020, 2100)


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`, off or worked, and what they are for."""

    first: date
    last: date
    works: bool
    name: str = ""


def calendar_of(office_id: int) -> Calendar:
    """The office's calendar as a value; the nearest office that entered a day is followed."""
    chain = [office_id, *people.above(office_id)]
    seed = seed_calendar()
    holidays, workdays = set(seed.holidays), set(seed.workdays)
    rank = {office: n for n, office in enumerate(chain)}
    for row in sorted(calendars.days(chain), key=lambda row: -rank[row.office_id]):
        holidays.discard(row.day)
        workdays.discard(row.day)
        (workdays if row.works else holidays).add(row.day)
    years = seed.years | {row.year for row in calendars.years(chain)}
    return Calendar(frozenset(holidays), frozenset(workdays), years)


def set_days(actor: Actor, office: Office, stretch: Stretch) -> None:
    """Enter days off, or days worked; what stood there before is replaced."""
    _sound(stretch)
    with act(actor, Act.CHANGE_CALENDAR, on=office) as record:
        had = {row.day: row for row in calendars.days([office.id])}
        days = [stretch.first + timedelta(days=n) for n in range((stretch.last - stretch.first).days + 1)]
        for day in days:
            row = had.get(day) or CalendarDay(office_id=office.id, day=day)
            row.works, row.name, row.at = stretch.works, stretch.name.strip(), record.at
            db.session.add(row)
        record.about("calendar", office.id)
        record.note(first=stretch.first.isoformat(), last=stretch.last.isoformat(), works=stretch.works)


def _sound(stretch: Stretch) -> None:
    if stretch.last < stretch.first:
        raise Refusal(_("最后一天早于第一天，请核对。"), field="last")
    if (stretch.last - stretch.first).days >= LONGEST:
        raise Refusal(_("一次最多填 %(most)s 天，请分几次填。"), most=LONGEST, field="last")
    if stretch.first.year not in YEARS:
        raise Refusal(_("年份不对，请核对。"), field="first")
    if len(stretch.name.strip()) > 60:
        raise Refusal(_("写得太长，请不超过 60 个字。"), field="name")


def forget_days(actor: Actor, office: Office, days: Iterable[date]) -> None:
    """Take the office's own entries back; what the offices above and the seeded calendar say holds again."""
    with act(actor, Act.CHANGE_CALENDAR, on=office) as record:
        wanted = set(days)
        gone = [row for row in calendars.days([office.id]) if row.day in wanted]
        if not gone:
            raise Refusal(_("请先勾选要撤销的日子。"))
        for row in gone:
            db.session.delete(row)
        record.about("calendar", office.id)
        record.note(forgotten=sorted(row.day.isoformat() for row in gone))


def year_is_whole(actor: Actor, office: Office, year: int, whole: bool) -> None:
    """Say that all days off of a year have been entered, or take it back."""
    if year not in YEARS:
        raise Refusal(_("年份不对，请核对。"), field="year")
    with act(actor, Act.CHANGE_CALENDAR, on=office) as record:
        had = next((row for row in calendars.years([office.id]) if row.year == year), None)
        if (had is not None) == whole:
            record.nothing()
            return
        if had is not None:
            db.session.delete(had)
        else:
            db.session.add(CalendarYear(office_id=office.id, year=year, at=record.at))
        record.about("calendar", office.id)
        record.note(year=year, whole=whole)


@dataclass(frozen=True)
class Shown:
    """Days in a row that are alike: off or worked, what they are called, who entered them (None: they came with it)."""

    first: date
    last: date
    works: bool
    name: str
    by: int | None


def standing_out(office_id: int, years: Sequence[int]) -> list[Shown]:
    """The days of these years that stand out from the weeks, in stretches."""
    chain = [office_id, *people.above(office_id)]
    calendar, names = calendar_of(office_id), seed_names()
    rank = {office: n for n, office in enumerate(chain)}
    entered = {row.day: row for row in sorted(calendars.days(chain), key=lambda row: -rank[row.office_id])}
    found: list[Shown] = []
    for day in sorted(calendar.holidays | calendar.workdays | set(entered)):
        row = entered.get(day)
        name = row.name if row else names.get(day, "") if not calendar.works(day) else ""
        one = Shown(day, day, calendar.works(day), name, row.office_id if row else None)
        if (
            found
            and replace(found[-1], first=day, last=day) == one
            and found[-1].last + timedelta(days=1) == day
        ):
            found[-1] = replace(found[-1], last=day)
        elif day.year in years:
            found.append(one)
    return found
