"""What happens in the sample: meetings, remarks, suggestions, votes. Frozen values, one a table; keys as in `shapes`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of an agenda, on an article or (eid empty) on something else."""

    order: int
    title: str
    eid: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody not there from start to end: absent with `why`, or late or gone `at`."""

    who: str
    at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One spoken line, verbatim. With an attitude it becomes a remark on `eid`, under the same key."""

    key: str
    who: str
    at: str
    text: str
    eid: str | None = None
    attitude: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sitting: those not named in absent, late or left came in time and stayed."""

    key: str
    kind: str  # symposium | council
    title: str
    body: str  # panel | council
    day: int
    place: str
    planned_start: str
    planned_end: str
    actual_start: str
    actual_end: str
    chair: str
    scribe: str
    observers: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    absent: tuple[Presence, ...]
    late: tuple[Presence, ...]
    left: tuple[Presence, ...]
    lines: tuple[Line, ...]
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark not spoken in a meeting. `author` is a key of people, else `label` says who it was.

    `eid` None: on the whole draft; `after`: "after this article add". `publish` False: asked not to be shown.
    """

    key: str
    category: str
    channel: str
    day: int
    at: str
    eid: str | None
    attitude: str
    text: str
    author: str | None = None
    label: str = ""
    entered_by: str | None = None
    after: bool = False
    quote: str | None = None
    wording: str | None = None
    reason: str | None = None
    publish: bool = True
    replaces: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A remark (or a line of a meeting) behind a suggestion; relation same | alike | part."""

    key: str
    relation: str


@dataclass(frozen=True, slots=True)
class Minority:
    """Another view that stands beside a suggestion, with the keys of those who hold it."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A consolidated suggestion; kind as in the dossier: wording|substance|addition|deletion|whole|enforcement."""

    key: str
    eid: str  # empty: the whole draft
    kind: str
    title: str
    wording: str
    reasons: str
    basis: str
    sources: tuple[Source, ...]
    minority: tuple[Minority, ...] = ()
    after: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """Where an unmerged remark ends: attached | unrelated | passed_on (then `to` says where)."""

    key: str
    end: str
    reason: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """An office's own rule of procedure; shares as plain tables for `domain.quorum.Rule.from_dict`."""

    key: str
    office: str
    name: str
    adopted_on: date
    clause: str
    text: str
    quorum: Mapping[str, str | int]
    carry: Mapping[str, str | int]
    coopted_vote: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote held: `counts` for a show of hands, `choices` (member key → for|against|abstain) for named ballots.

    `expected` is the arithmetic that must come out, `expected_fixed` the same without the X.
    """

    key: str
    kind: str  # hands | named
    meeting: str
    about: str  # suggestion | matter
    rule: str
    question: str
    opened_at: str
    closed_at: str
    tellers: tuple[str, ...]
    recorded_by: str
    confirmed_by: str
    note: str
    expected: Mapping[str, int | bool]
    expected_fixed: Mapping[str, int | bool] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    matter: str = ""
