"""The public edition of a dossier: no name, no telephone, and withheld rows without their words.

PIPL (个人信息保护法, 2021-11-01) arts. 6, 25: the minimum, and no publication of names without separate consent.
Withheld rows keep their number, place, counts and `leaf`: nothing disappears, its words only are not shown.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from deliberation.domain.dossier import Dossier, MeetingRow, Minutes, Person, RemarkRow, Speech


class PublicRemarks(Collection[RemarkRow]):
    """The remarks as the public sees them, made while they are read: a million need no second copy."""

    def __init__(self, rows: Collection[RemarkRow]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[RemarkRow]:
        return map(public_remark, self.rows)

    def __contains__(self, row: object) -> bool:
        return any(row == mine for mine in self)


def for_public(dossier: Dossier) -> Dossier:
    """The dossier as anyone may read it. Idempotent; a restricted one goes in, or one that is public already."""
    remarks = dossier.remarks
    return replace(
        dossier,
        edition="public",
        letter=replace(dossier.letter, contact=None),
        signature=replace(dossier.signature, contact=None),
        meetings=tuple(_meeting(row) for row in dossier.meetings),
        minutes=tuple(_minutes(row) for row in dossier.minutes),
        remarks=remarks if isinstance(remarks, PublicRemarks) else PublicRemarks(remarks),
    )


def public_remark(row: RemarkRow) -> RemarkRow:
    """One original without its author's name and phone; without its words, digest and salt where withheld."""
    row = row._replace(author=_nameless(row.author))
    if row.withheld is None:
        return row
    return row._replace(text=None, wording=None, reason=None, sha256=None, salt=None)


def _nameless(person: Person) -> Person:
    return replace(person, name=None, phone=None)


def _anyone(person: Person | None) -> Person | None:
    return _nameless(person) if person else None


def _meeting(row: MeetingRow) -> MeetingRow:
    return replace(row, convenor=_anyone(row.convenor), scribe=_anyone(row.scribe))


def _minutes(row: Minutes) -> Minutes:
    return replace(
        row,
        meeting=_meeting(row.meeting),
        present=tuple(_nameless(person) for person in row.present),
        on_leave=tuple(_nameless(person) for person in row.on_leave),
        observers=tuple(_nameless(person) for person in row.observers),
        speeches=tuple(_speech(line) for line in row.speeches),
    )


def _speech(line: Speech) -> Speech:
    return replace(line, speaker=_nameless(line.speaker), text=None if line.withheld else line.text)
