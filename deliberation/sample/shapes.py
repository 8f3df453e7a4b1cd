"""Who and what the sample starts from: offices, people, the matter, the letter. Frozen values, one a table.

`day` is counted from the day the sample is seeded (negative: before it); `at` is HH:MM of that day, local time.
Keys of people: p.. panel, v.. council, x.. co-opted, s.. street, c.. commission, d.. district, a.. administrators.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """An office, or the village under the street; `parent` is the key of the one above, empty at the top."""

    key: str
    name: str
    kind: str  # commission | district | outreach | village
    parent: str
    area: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody with a role in an office, or (office empty) one of the installation's three administrators."""

    key: str
    name: str
    office: str
    role: str  # domain.roles: Role, or Duty where office is empty
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the panel or a council member in office."""

    key: str
    name: str
    category: str
    sex: str
    age: int
    post: str
    phone: str
    expertise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The expert panel of the street's office."""

    office: str
    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """One of the nine fixed categories; seats without a member are vacant, and the note says why."""

    name: str
    seats: int
    vacancy_note: str = ""


@dataclass(frozen=True, slots=True)
class Council:
    """The village's 9+X council without its X, who belong to the matter."""

    office: str
    name: str
    term: str
    term_began_day: int
    categories: tuple[Category, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Coopted:
    """A stakeholder seated for one matter: why, who named and who confirmed them, the interest they declared."""

    key: str
    name: str
    sex: str
    age: int
    post: str
    reason: str
    nominated_by: str
    confirmed_by: str
    confirmed_day: int
    interest: str
    phone: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A village affair before the council."""

    key: str
    title: str
    question: str
    raised_by: str
    raised_day: int
    party_study_day: int
    party_study_record: str
    published_day: int
    material: str
    outcome: str
    conditions: tuple[str, ...]
    coopted: tuple[Coopted, ...]


@dataclass(frozen=True, slots=True)
class Focus:
    """A question the commission asks about one article."""

    eid: str
    question: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that brought the task, and the two deadlines. `24:00` is the end of that day."""

    sender: str
    number: str
    title: str
    to: str
    received_day: int
    received_at: str
    published_day: int
    public_deadline_day: int
    public_deadline_at: str
    office_deadline_day: int
    office_deadline_at: str
    visibility: str
    task_number: str
    slug: str
    contact: str
    contact_key: str
    contact_phone: str
    body: str
    attachments: tuple[str, ...]
    focus: tuple[Focus, ...]
