"""Days counted as the law counts them: 日 includes holidays, 工作日 does not; deadlines back from a meeting.

The calendar is a value handed in (an administrator edits it); which days are off is announced year by year, so a year
nobody entered is *unknown* and said to be so: weekends are then taken as off and everything else as working.
"""

import calendar as months
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deliberation.domain.errors import Refusal, Said, _

DAY = timedelta(days=1)
FRIDAY = 4  # Monday is 0
REACH = 4000  # days a working-day count may run through: eleven years


class Unit(StrEnum):
    """日 or 工作日."""

    DAY = "day"
    WORKDAY = "workday"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off, weekend days that are worked, and the years for which both are known."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        both = self.holidays & self.workdays
        if both:
            raise Refusal(_("%(day)s 既是放假又是上班，请改正工作日历。"), day=min(both).isoformat())

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def knows(self, *days: date) -> bool:
        """Whether the years from the first to the last of the days have all been entered."""
        years = [day.year for day in days]
        return all(year in self.years for year in range(min(years), max(years) + 1))


def step(calendar: Calendar, start: date, number: int, unit: Unit = Unit.DAY) -> date:
    """`number` days after `start` (before it where negative), the start itself not counted."""
    if unit is Unit.DAY:
        return start + number * DAY
    way, day, left, reach = (DAY if number > 0 else -DAY), start, abs(number), REACH
    while left:
        day, reach = day + way, reach - 1
        left -= calendar.works(day)
        if not reach:
            raise Refusal(_("工作日历里几乎没有工作日，请检查后再推算。"))
    return day


def before(calendar: Calendar, meeting: date, number: int, unit: Unit = Unit.DAY) -> date:
    """The last day on which something due `number` days before the meeting is in time."""
    return step(calendar, meeting, -number, unit)


def last_workday(calendar: Calendar, day: date) -> date:
    """That day if offices work on it, else the nearest working day before it."""
    return day if calendar.works(day) else step(calendar, day, -1, Unit.WORKDAY)


def workdays_between(calendar: Calendar, first: date, last: date) -> int:
    """Working days from `first` to `last`, both counted; none where the last is before the first."""
    span = range((last - first).days + 1)
    return sum(calendar.works(first + n * DAY) for n in span)


@dataclass(frozen=True, slots=True)
class Offset:
    """One thing to do, `number` days before (negative) or after a given day."""

    name: str
    number: int
    unit: Unit = Unit.DAY


@dataclass(frozen=True, slots=True)
class Planned:
    """What to do by which day. `act_by` is the working day on or before it; `known` False: that year's holidays
    have not been entered, so look again when they are."""

    name: str
    by: date
    act_by: date
    known: bool


def plan(calendar: Calendar, deadline: date, offsets: Iterable[Offset]) -> tuple[Planned, ...]:
    """Count every offset from the deadline; earliest first, in the given order within a day."""
    planned = []
    for offset in offsets:
        by = step(calendar, deadline, offset.number, offset.unit)
        act_by = last_workday(calendar, by)
        planned.append(Planned(offset.name, by, act_by, calendar.knows(act_by, by, deadline)))
    return tuple(sorted(planned, key=lambda thing: thing.by))


def too_late(planned: Sequence[Planned], today: date) -> tuple[Said, ...]:
    """What can no longer be done in time, one sentence each."""
    return tuple(
        Said(_("“%(name)s”应在 %(by)s 前完成，已经来不及"), name=Said(thing.name), by=thing.by.isoformat())
        for thing in planned
        if thing.by < today
    )


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every `months` months: on the `nth` `weekday` (Monday 0; nth -1 is the last), or on the days of the month."""

    months: int = 1
    weekday: int | None = None
    nth: int = 1
    days: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        by_weekday = self.weekday in range(7) and self.nth in (1, 2, 3, 4, -1) and not self.days
        by_days = self.weekday is None and self.days and all(1 <= day <= 28 for day in self.days)
        if not 1 <= self.months <= 12 or not (by_weekday or by_days):
            raise Refusal(_("请写明每几个月、第几个星期几，或每月几号（1 至 28）开会。"))

    def dates(self, start: date) -> Iterator[date]:
        """The days from `start` on, without end (to year 9999)."""
        year, month = start.year, start.month
        while year <= date.max.year:
            yield from (day for day in self._in_month(year, month) if day >= start)
            year, month = year + (month + self.months - 1) // 12, (month + self.months - 1) % 12 + 1

    def _in_month(self, year: int, month: int) -> tuple[date, ...]:
        if self.weekday is None:
            return tuple(date(year, month, day) for day in sorted(self.days))
        first, length = months.monthrange(year, month)
        all_such = range(1 + (self.weekday - first) % 7, length + 1, 7)
        return (date(year, month, all_such[self.nth - 1 if self.nth > 0 else self.nth]),)


FIRST_FRIDAY = Recurrence(weekday=FRIDAY)
