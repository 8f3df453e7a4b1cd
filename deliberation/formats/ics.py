"""A meeting, once or recurring, as an iCalendar file (RFC 5545) that a telephone or a mail program takes.

Times are local to the hall with their zone written out; China has had no summer time since 1991, so one offset serves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from deliberation.domain.calendar import Recurrence
from deliberation.domain.errors import Refusal, _

ZONE = "Asia/Shanghai"
HERE = timezone(timedelta(hours=8))
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WIDTH = 75  # octets a line, the line break not counted (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting: `starts` and `ends` without zone, as the clock in the hall shows them. `uid` never changes for the
    same meeting; `sequence` grows with each change. A recurring one begins on the first day that fits."""

    uid: str
    title: str
    starts: datetime
    ends: datetime
    place: str = ""
    detail: str = ""
    recurrence: Recurrence | None = None
    until: date | None = None
    sequence: int = 0
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.starts.tzinfo or self.ends.tzinfo:
            raise ValueError("times of the hall carry no zone")
        if self.ends <= self.starts:
            raise Refusal(_("散会时间应晚于开会时间，请核对。"))


def write(event: Event, stamp: datetime) -> bytes:
    """The file of one event as UTF-8 with CRLF line ends. `stamp` is when it was made; same values, same bytes."""
    return write_all([event], stamp)


def write_all(events: Iterable[Event], stamp: datetime) -> bytes:
    """Several events as one calendar, for a whole office. `stamp` carries its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//meeting//calendar//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    lines += _zone()
    for event in events:
        lines += _event(_settled(event), stamp)
    lines += ["END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode("utf-8")


def _settled(event: Event) -> Event:
    """DTSTART must itself be an occurrence of the rule: move both times to the first day that fits."""
    if event.recurrence is None:
        return event
    first = next(event.recurrence.dates(event.starts.date()), None)
    if first is None or (event.until and first > event.until):
        raise Refusal(_("在截止日期以前没有一次会，请核对开会的规律和截止日期。"))
    shift = first - event.starts.date()
    return Event(
        event.uid, event.title, event.starts + shift, event.ends + shift, event.place, event.detail,
        event.recurrence, event.until, event.sequence, event.cancelled,
    )  # fmt: skip


def _zone() -> list[str]:
    return [
        "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19910915T000000", "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
    ]  # fmt: skip


def _event(event: Event, stamp: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_utc(stamp)}",
        f"DTSTART;TZID={ZONE}:{_local(event.starts)}",
        f"DTEND;TZID={ZONE}:{_local(event.ends)}",
        f"SUMMARY:{_text(event.title)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
    ]
    if event.recurrence:
        lines.append(f"RRULE:{rrule(event.recurrence, event.starts, event.until)}")
    lines += [
        f"{name}:{_text(value)}"
        for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.detail))
        if value
    ]
    return [*lines, "END:VEVENT"]


def rrule(recurrence: Recurrence, starts: datetime, until: date | None = None) -> str:
    """The rule as RFC 5545, 3.3.10 writes it; UNTIL is the moment of the last possible start, in UTC."""
    parts = ["FREQ=MONTHLY"]
    if recurrence.months > 1:
        parts.append(f"INTERVAL={recurrence.months}")
    if recurrence.weekday is not None:
        parts.append(f"BYDAY={recurrence.nth}{WEEKDAYS[recurrence.weekday]}")
    else:
        parts.append("BYMONTHDAY=" + ",".join(str(day) for day in sorted(recurrence.days)))
    if until:
        parts.append(f"UNTIL={_utc(datetime.combine(until, starts.time(), HERE))}")
    return ";".join(parts)


def _local(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a stamp carries its zone")
    return moment.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")  # noqa: UP017 - beside `timezone(…)` above


def _text(value: str) -> str:
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks escaped; control characters left out."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(
        character
        for character in escaped
        if character == "\t" or ord(character) >= 32 and ord(character) != 127
    )


def _fold(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, cut between characters; a continued line begins with one space."""
    piece, room = "", WIDTH
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            yield piece
            piece, room = " ", WIDTH - 1
        piece, room = piece + character, room - size
    yield piece
