"""纪要 as a paper (GB/T 9704-2012, 10.3): who came, the agenda, speeches verbatim, what was agreed; no seal."""

from collections.abc import Iterator
from itertools import groupby

from deliberation.domain.dossier import Minutes, Person, Speech
from deliberation.domain.dossier_words import (
    MEETING_KINDS,
    WITHHELD,
    chinese,
    day,
    minute,
    speak,
    word,
)
from deliberation.domain.numbering import to_chinese
from deliberation.domain.paper import Item, Labelled, Para
from deliberation.domain.report_facts import came

STATES = {"draft": "草稿", "convenor": "召集人审阅稿", "correction": "征求更正稿"}


def minutes_title(minutes: Minutes) -> str:
    """…座谈会纪要."""
    return f"{minutes.meeting.title}纪要"


def minutes_paper(minutes: Minutes, *, new_page: bool = False) -> Iterator[Item]:
    """The whole paper; parts without content are left out and the others numbered without a gap."""
    yield Para("title", minutes_title(minutes), new_page=new_page)
    if minutes.number:
        yield Para("centre", minutes.number)
    yield Para("flush", "")
    yield from _facts(minutes)
    yield from _people(minutes)
    parts = [
        ("议程", _numbered(minutes.agenda)),
        ("发言记录", list(_speeches(minutes.speeches))),
        ("形成的意见", _numbered(minutes.agreed)),
    ]
    for number, (heading, items) in enumerate([part for part in parts if part[1]], 1):
        yield Para("h1", f"{to_chinese(number)}、{heading}", hold=True)
        yield from items
    yield from _signed(minutes)


def _facts(minutes: Minutes) -> Iterator[Item]:
    meeting = minutes.meeting
    until = f"至{_clock(minute(meeting.ended_at))}" if meeting.starts_at and meeting.ended_at else ""
    lines = {
        "时间": minute(meeting.starts_at) + until,
        "地点": meeting.place,
        "形式": word(MEETING_KINDS, meeting.kind),
        "召集人": meeting.convenor.shown if meeting.convenor else "",
        "记录人": meeting.scribe.shown if meeting.scribe else "",
        "到会": speak(came(meeting.due, meeting.present), chinese),
    }
    yield from (Labelled(label, text) for label, text in lines.items() if text)


def _clock(instant: str) -> str:
    return instant.partition("日")[2]


def _people(minutes: Minutes) -> Iterator[Item]:
    for label, persons in (
        ("出席", minutes.present),
        ("请假", minutes.on_leave),
        ("列席", minutes.observers),
    ):
        if persons:
            yield Labelled(label, "　".join(listed(persons)))


def listed(persons: tuple[Person, ...]) -> Iterator[str]:
    """Names in the order of the roll; where an edition has no names, how many of each label."""
    for shown, group in groupby(persons, key=lambda person: person.shown):
        many = len(list(group))
        yield shown if many == 1 else f"{shown}{many}人"


def _numbered(lines: tuple[str, ...]) -> list[Item]:
    return [
        Para("body", f"{number}. {line}", hold=number == len(lines)) for number, line in enumerate(lines, 1)
    ]


def _speeches(speeches: tuple[Speech, ...]) -> Iterator[Item]:
    for line in speeches:
        yield Para("remark_head", _speaker(line), hold=True)
        if line.text is None:
            why = word(WITHHELD, line.withheld)
            yield Para("remark_source", f"（此段不公开{'：' + why if why else ''}）")
        else:
            yield Para("verbatim", line.text)


def _speaker(line: Speech) -> str:
    return "　".join(part for part in (line.speaker.shown, line.place, _clock(minute(line.at))) if part)


def _signed(minutes: Minutes) -> Iterator[Item]:
    yield Para("flush", "", hold=True)
    if minutes.office:
        yield Para("sign", minutes.office, right=2, hold=bool(minutes.on))
    if minutes.on:
        yield Para("sign", day(minutes.on), right=4)
