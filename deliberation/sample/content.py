"""Read the sample's data files into values. Unknown or missing fields fail at once: the files are ours."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from deliberation.sample.happenings import (
    AgendaItem,
    End,
    Line,
    Meeting,
    Minority,
    OfficeRule,
    Presence,
    Remark,
    Source,
    Suggestion,
    Vote,
)
from deliberation.sample.shapes import (
    Category,
    Coopted,
    Council,
    Focus,
    Letter,
    Matter,
    Member,
    Office,
    Panel,
    Staff,
)

FOLDER = Path(__file__).parent / "content"
DRAFT_NAME = "draft.md"
Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class SampleContent:
    """Everything the sample says, before any of it is seeded."""

    draft: bytes  # Markdown, for formats.reading.read_draft(draft, DRAFT_NAME)
    notes: Mapping[str, str]  # article eid → plain-language note, Markdown
    offices: tuple[Office, ...]
    staff: tuple[Staff, ...]
    panel: Panel
    council: Council
    matter: Matter
    letter: Letter
    meetings: tuple[Meeting, ...]
    remarks: tuple[Remark, ...]  # in time order; spoken ones are lines of meetings
    suggestions: tuple[Suggestion, ...]
    ends: tuple[End, ...]
    rules: tuple[OfficeRule, ...]
    votes: tuple[Vote, ...]
    english: Mapping[str, Any]  # title, stage, offices, meetings, captions… as in english.toml

    def people(self) -> dict[str, Staff | Member | Coopted]:
        """Everyone with a key."""
        everyone: list[Staff | Member | Coopted] = [*self.staff, *self.panel.members]
        everyone += [*self.council.members, *self.matter.coopted]
        return {person.key: person for person in everyone}

    def body(self, meeting: Meeting) -> tuple[str, ...]:
        """Keys due to attend: the panel, or the council's members in office and the matter's X."""
        if meeting.body == "panel":
            return tuple(member.key for member in self.panel.members)
        fixed = tuple(member.key for member in self.council.members)
        return fixed + tuple(person.key for person in self.matter.coopted)

    def present(self, meeting: Meeting, at: str) -> tuple[str, ...]:
        """Keys of those in the hall at HH:MM."""
        away = {gone.who for gone in meeting.absent}
        away |= {late.who for late in meeting.late if late.at > at}
        away |= {left.who for left in meeting.left if left.at <= at}
        return tuple(key for key in self.body(meeting) if key not in away)

    def spoken(self) -> dict[str, Line]:
        """Lines that become remarks, by key."""
        return {line.key: line for meeting in self.meetings for line in meeting.lines if line.attitude}


def load(folder: Path = FOLDER) -> SampleContent:
    """The whole content; OSError where a file is missing, TypeError where a field is unknown."""
    people, voting = _toml(folder, "people"), _toml(folder, "votes")
    consolidation = _toml(folder, "suggestions")
    return SampleContent(
        draft=(folder / DRAFT_NAME).read_bytes(),
        notes=_toml(folder, "notes"),
        offices=_all(Office, people["offices"]),
        staff=_all(Staff, people["staff"]),
        panel=_one(Panel, people["panel"], members=Member),
        council=_one(Council, people["council"], categories=Category, members=Member),
        matter=_one(Matter, people["matter"], coopted=Coopted),
        letter=_one(Letter, _toml(folder, "letter"), focus=Focus),
        meetings=tuple(_meeting(row) for row in _toml(folder, "meetings")["meetings"]),
        remarks=_remarks(folder / "remarks.jsonl"),
        suggestions=tuple(
            _one(Suggestion, row, sources=Source, minority=Minority) for row in consolidation["suggestions"]
        ),
        ends=_all(End, consolidation["ends"]),
        rules=_all(OfficeRule, voting["rules"]),
        votes=_all(Vote, voting["votes"]),
        english=_toml(folder, "english"),
    )


def _toml(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))


def _remarks(path: Path) -> tuple[Remark, ...]:
    return _all(Remark, [json.loads(line) for line in path.read_text("utf-8").splitlines()])


def _meeting(row: dict[str, Any]) -> Meeting:
    return _one(Meeting, row, agenda=AgendaItem, absent=Presence, late=Presence, left=Presence, lines=Line)


def _all(shape: type[Shape], rows: list[dict[str, Any]]) -> tuple[Shape, ...]:
    return tuple(_one(shape, row) for row in rows)


def _one(shape: type[Shape], row: Mapping[str, Any], **inner: type[Any]) -> Shape:
    """A value of `shape`; lists become tuples, rows named in `inner` become values of their own shape."""
    plain = dict(row)
    for name, part in inner.items():
        if name in plain:
            plain[name] = _all(part, plain[name])
    return shape(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    )
