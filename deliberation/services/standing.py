"""Works out where an actor stands towards a thing: the one place that turns rows into a `Standing`."""

from typing import Any

from deliberation.domain.phases import PHASES
from deliberation.domain.roles import STAFF, Duty, Role
from deliberation.domain.standing import Standing
from deliberation.services.actors import Actor, ByLink, who
from deliberation.store import meetings, people, votes
from deliberation.store.consultations import Consultation, Task
from deliberation.store.meetings import Line, Meeting
from deliberation.store.people import Account, Office, Person
from deliberation.store.remarks import Remark
from deliberation.store.votes import Vote

Held = list[tuple[int, int | None, str]]


def standing(
    actor: Actor, thing: Any = None, *, held: Held | None = None, duties: list[str] | None = None
) -> Standing:
    """The standing of an actor towards one thing; `held` and `duties` save the questions when already asked."""
    person_id = who(actor)
    if person_id is None:
        held, duties = [], []
    held = people.roles(person_id) if held is None and person_id is not None else held or []
    duties = people.duties(person_id) if duties is None and person_id is not None else duties or []
    office_id = getattr(thing, "office_id", None)
    elsewhere = any(office != office_id for office, _, _ in held)
    over = set(people.above(office_id)) if office_id is not None and elsewhere else set()
    consultation = _consultation(thing)
    return Standing(
        known=person_id is not None,
        roles=frozenset(Role(role) for office, _, role in held if office == office_id),
        above=frozenset(Role(role) for office, _, role in held if office in over),
        elsewhere=frozenset(Role(role) for _, _, role in held),
        duties=frozenset(Duty(duty) for duty in duties),
        opens=PHASES[consultation.phase].opens if consultation is not None else None,
        facts=frozenset(
            _facts(thing, consultation, person_id) | _handed_down(thing, held) | _by_link(actor, thing)
        ),
        operator=actor.operator,
    )


def _consultation(thing: Any) -> Consultation | None:
    if isinstance(thing, Consultation):
        return thing
    found = getattr(thing, "consultation", None)
    if found is None and isinstance(thing, Line):
        found = thing.meeting.consultation
    return found if isinstance(found, Consultation) else None


def _facts(thing: Any, consultation: Consultation | None, person_id: int | None) -> set[str]:
    facts: set[str] = set()
    if consultation is not None:
        facts |= {"published"} if consultation.is_public else set()
        facts |= {"guests_welcome"} if consultation.guests else set()
        facts |= {"panel_shares"} if consultation.panel_shares else set()
        facts |= {"sample"} if consultation.sample else set()
    if isinstance(thing, Office) and thing.sample:
        facts.add("sample")
    if isinstance(thing, Remark):
        facts |= {"author"} if person_id is not None and thing.author_id == person_id else set()
        facts |= {"released"} if thing.released_at is not None else set()
        if thing.private or thing.state != "current":
            facts.discard("panel_shares")
    if isinstance(thing, (Account, Person)):
        owner = thing.person_id if isinstance(thing, Account) else thing.id
        facts |= {"own_account"} if owner == person_id else set()
    return facts | _hall_facts(thing, person_id)


def _by_link(actor: Actor, thing: Any) -> set[str]:
    """A meeting's link makes its holder one of those attending, of that meeting only."""
    held = isinstance(actor, ByLink) and isinstance(thing, Meeting) and thing.id == actor.meeting_id
    return {"attending"} if held else set()


def _handed_down(thing: Any, held: Held) -> set[str]:
    """A task registered by an office above one where the actor is staff: theirs to read and to take up."""
    if not isinstance(thing, Task):
        return set()
    staff_in = {office for office, _above, role in held if Role(role) in STAFF and office != thing.office_id}
    below = any(thing.office_id in people.above(office) for office in staff_in)
    return {"handed_down"} if below else set()


def _hall_facts(thing: Any, person_id: int | None) -> set[str]:
    facts: set[str] = set()
    meeting = (
        thing if isinstance(thing, Meeting) else thing.meeting if isinstance(thing, (Line, Vote)) else None
    )
    if meeting is not None:
        facts |= {"meeting_open"} if meeting.state == "open" else set()
        if person_id is not None and meetings.is_attending(meeting.id, person_id):
            facts.add("attending")
    if isinstance(thing, Vote):
        facts |= {"vote_open"} if thing.state == "open" else set()
        row = votes.roll_row(thing.id, person_id) if person_id is not None else None
        facts |= {"on_the_roll"} if row is not None and row.may_vote else set()
    return facts
