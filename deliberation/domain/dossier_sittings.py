"""The sittings of a dossier as plain values: people, meetings, minutes, votes, attitudes."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Someone as a paper may show them. `name` and `phone` are filled in the restricted edition only."""

    label: str = ""  # what may be public: 居民代表, 专家团成员3号
    category: str = ""  # 居民代表, 人大代表, 专家团, 行业代表, 单位 …, as the office calls it
    name: str | None = None
    phone: str | None = None

    @property
    def shown(self) -> str:
        """The name where this edition has it, else the label, else the category, else 匿名."""
        return self.name or self.label or self.category or "匿名"


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a count by category, channel or the like: the words shown and how many."""

    label: str
    count: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """应到 and 实到 of one category; None where it was not recorded, which is not 0."""

    category: str
    due: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting held: kind is discussion | argumentation | hearing | council | other."""

    title: str
    kind: str = "discussion"
    place: str = ""
    starts_at: datetime | None = None
    ended_at: datetime | None = None
    convenor: Person | None = None
    scribe: Person | None = None
    due: int | None = None
    present: int | None = None
    attendance: tuple[Attendance, ...] = ()
    remarks: int = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """A line of minutes, verbatim; `text` is None where it is withheld."""

    speaker: Person
    text: str | None
    place: str = ""
    at: datetime | None = None
    withheld: str | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The 纪要 of one meeting; persons carry names in the restricted edition only."""

    meeting: MeetingRow
    number: str = ""  # 第3期
    agenda: tuple[str, ...] = ()
    present: tuple[Person, ...] = ()
    on_leave: tuple[Person, ...] = ()
    observers: tuple[Person, ...] = ()
    speeches: tuple[Speech, ...] = ()
    agreed: tuple[str, ...] = ()
    state: str = "final"  # draft | convenor | correction | final
    office: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class VoteCategory:
    """One category's part of an open vote; due None where the roll is not split."""

    category: str
    in_favour: int = 0
    against: int = 0
    abstain: int = 0
    due: int | None = None


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A vote and its arithmetic. `carried` is None where no rule of the office is entered or the quorum was missed."""

    question: str
    kind: str = "hands"  # hands | named | secret | paper
    held_on: date | None = None
    meeting: str = ""
    due: int | None = None
    present: int | None = None
    in_favour: int = 0
    against: int = 0
    abstain: int = 0
    not_voted: int = 0
    carried: bool | None = None
    words: str = ""  # 应到61，实到45，赞成24；需超过22.5，即至少23
    basis: str = ""
    by_category: tuple[VoteCategory, ...] = ()
    suggestion: int | None = None


@dataclass(frozen=True, slots=True)
class AttitudeRow:
    """意见态度统计 of one place of the draft: a count of attitudes, never called a vote."""

    place: str
    order: int = 0
    support: int = 0
    amend: int = 0
    oppose: int = 0
    no_view: int = 0

    @property
    def total(self) -> int:
        """All who said how they stand, 没意见 included."""
        return self.support + self.amend + self.oppose + self.no_view
