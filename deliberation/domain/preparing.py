"""Getting ready for one meeting: the steps counted back from the report's deadline and from the day of the meeting.

Which days are due is counted over the working calendar (domain/calendar.py); an office moves them by hand afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deliberation.domain.calendar import DAY, Calendar, Unit, before, last_workday, step
from deliberation.domain.errors import Said, _
from deliberation.domain.procedures import Deadline

LEAD, LIAISON, CLERK = _("负责人"), _("联络员"), _("记录员")
FROM_MEETING_TO_REPORT = 5  # working days: minutes, consolidation, signature
NOTICE = 3  # days, where a procedure names no deadline of its own


@dataclass(frozen=True, slots=True)
class Counted:
    """One step: `name` and `who` are msgids, `on` the working day by which it should be done."""

    key: str
    name: str
    who: str
    on: date
    known: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """A step as it stands in an office's plan: its day perhaps moved, done or not."""

    key: str
    name: str
    on: date
    done: bool


def first_notice(calendar: Calendar, meeting: date, deadlines: Iterable[Deadline]) -> date:
    """The working day by which the earliest thing must be out before the meeting."""
    days = [
        before(calendar, meeting, deadline.days, deadline.unit)
        for deadline in deadlines
        if not deadline.after
    ]
    return last_workday(calendar, min(days, default=before(calendar, meeting, NOTICE)))


def propose_meeting(
    calendar: Calendar, today: date, report: date, deadlines: Sequence[Deadline]
) -> date:  # fmt: skip
    """A day that leaves time for the report, or else the first day that still keeps the notice."""
    wanted = step(calendar, report, -FROM_MEETING_TO_REPORT, Unit.WORKDAY)
    soonest = step(calendar, today, 1, Unit.WORKDAY)
    while first_notice(calendar, soonest, deadlines) <= today and soonest < wanted:
        soonest = step(calendar, soonest, 1, Unit.WORKDAY)
    return max(wanted, soonest) if soonest <= report else wanted


def count_back(
    calendar: Calendar, meeting: date, report: date, deadlines: Sequence[Deadline]
) -> tuple[Counted, ...]:
    """The whole plan in the order things are done."""
    out = first_notice(calendar, meeting, deadlines)
    steps = [
        Counted("scheme", _("定工作方案"), LEAD, step(calendar, out, -2, Unit.WORKDAY)),
        Counted("plain", _("给重点条款写白话说明"), CLERK, step(calendar, out, -1, Unit.WORKDAY)),
        Counted("invite", _("定邀请名单"), LIAISON, step(calendar, out, -1, Unit.WORKDAY)),
        *_deadlines(calendar, meeting, [one for one in deadlines if not one.after]),
        Counted("confirm", _("逐个确认来不来"), LIAISON, step(calendar, meeting, -1, Unit.WORKDAY)),
        Counted("papers", _("印好议程、签到表、意见表、席卡"), CLERK, step(calendar, meeting, -1, Unit.WORKDAY)),
        Counted("meet", _("开会"), LEAD, meeting),
        Counted("minutes", _("核对发言，写出纪要"), CLERK, step(calendar, meeting, 1, Unit.WORKDAY)),
        *_deadlines(calendar, meeting, [one for one in deadlines if one.after]),
        Counted("consolidate", _("归并意见"), CLERK, step(calendar, report, -2, Unit.WORKDAY)),
        Counted("sign", _("负责人审核签发"), LEAD, step(calendar, report, -1, Unit.WORKDAY)),
        Counted("report", _("报送"), LIAISON, last_workday(calendar, report)),
    ]  # fmt: skip
    return tuple(_known(calendar, one) for one in steps)


def _deadlines(calendar: Calendar, meeting: date, deadlines: Sequence[Deadline]) -> list[Counted]:
    if not deadlines:
        return []
    found = []
    for one in deadlines:
        day = step(calendar, meeting, one.offset.number, one.unit)
        on = day if one.after else last_workday(calendar, day)
        found.append(Counted(f"d-{one.key}", one.name, LIAISON, on))
    return sorted(found, key=lambda one: one.on)


def _known(calendar: Calendar, one: Counted) -> Counted:
    return Counted(one.key, one.name, one.who, one.on, calendar.knows(one.on))


def warnings(
    calendar: Calendar, today: date, meeting: date, report: date, steps: Sequence[Standing]
) -> tuple[Said, ...]:
    """What does not fit, one sentence each: days gone by, days off, steps in the wrong order, years not entered."""
    found = [
        Said(_("“%(name)s”应在%(by)s办完，已经过了。"), name=Said(one.name), by=one.on)
        for one in steps
        if not one.done and one.on < today
    ]
    if not calendar.works(meeting):
        found.append(Said(_("开会那天（%(day)s）不是工作日，请确认大家能来。"), day=meeting))
    if meeting >= report:
        found.append(Said(_("开会不早于报送截止（%(day)s），来不及整理上报。请把会提前。"), day=report))
    found += _order(steps)
    years = sorted({one.on.year for one in steps if not calendar.knows(one.on)})
    found += [
        Said(_("%(year)s 年的放假安排还没有录入工作日历，这一年的日子只按周末推算。"), year=str(year)) for year in years
    ]  # fmt: skip
    return tuple(found)


BEFORE: Mapping[str, str] = {
    "scheme": "invite", "invite": "meet", "confirm": "meet", "papers": "meet", "meet": "minutes",
    "minutes": "consolidate", "consolidate": "sign", "sign": "report",
}  # fmt: skip


def _order(steps: Sequence[Standing]) -> list[Said]:
    at = {one.key: one for one in steps}
    return [
        Said(
            _("“%(first)s”排在“%(second)s”后面了，请调整日子。"),
            first=Said(at[first].name), second=Said(at[second].name),
        )
        for first, second in BEFORE.items()
        if first in at and second in at and at[first].on > at[second].on
    ]  # fmt: skip


def late(
    calendar: Calendar, today: date, meeting: date, deadlines: Iterable[Deadline]
) -> tuple[Deadline, ...]:
    """The deadlines before the meeting that can no longer be kept."""
    return tuple(
        one for one in deadlines if not one.after and before(calendar, meeting, one.days, one.unit) < today
    )


def soon(on: date, today: date) -> bool:
    """Whether it is due today, tomorrow or already past."""
    return on <= today + DAY
