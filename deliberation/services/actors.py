"""Who acts: a person with an account, a guest without one, the operator at the console."""

from dataclasses import dataclass
from typing import Protocol

from deliberation.store.people import Person


class Actor(Protocol):
    """Whoever passes the door. `person` is None for a guest and for the bare operator; `code` goes into the log."""

    @property
    def person(self) -> Person | None: ...
    @property
    def code(self) -> str: ...
    @property
    def operator(self) -> bool: ...


@dataclass(frozen=True)
class Member:
    """A person known to the installation."""

    person: Person
    operator: bool = False

    @property
    def code(self) -> str:
        return f"person:{self.person.id}"


@dataclass(frozen=True)
class Guest:
    """Somebody without an account."""

    person: None = None
    operator: bool = False
    code: str = "guest"


@dataclass(frozen=True)
class ByLink:
    """Somebody who holds a meeting's link: counts as attending that meeting, and knows nobody's account."""

    meeting_id: int
    person: None = None
    operator: bool = False

    @property
    def code(self) -> str:
        return f"link:meeting:{self.meeting_id}"


@dataclass(frozen=True)
class Operator:
    """The operator at the console; the system user is recorded."""

    user: str = "system"
    person: None = None
    operator: bool = True

    @property
    def code(self) -> str:
        return f"operator:{self.user}"


GUEST = Guest()


def who(actor: Actor) -> int | None:
    """The acting person's id, if there is one."""
    return actor.person.id if actor.person is not None else None
