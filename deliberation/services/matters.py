"""A matter of a council, from 提出 to 归档; X co-opted for it alone, who end with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deliberation.clock import local
from deliberation.domain import matters as course
from deliberation.domain.acts import Act
from deliberation.domain.board_sheets import SheetWords
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.seats import COOPTED
from deliberation.services import matter_sheets, notices
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.councils import _is_somebody, seated_person
from deliberation.services.people import Newcomer
from deliberation.services.vote_rules import ASSEMBLY
from deliberation.store import assemblies, councils, matter_papers, people
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council, Holding, Matter, MatterStep, Seat
from deliberation.store.db import db
from deliberation.store.people import Person

CO_OPTING = frozenset({"proposed", "studied", "postponed"})
RESULTS = ("opinion", "views", "decision", "answer")


@dataclass(frozen=True)
class Stakeholder:
    """An X: who, why, nominated and confirmed by whom, the interest they declared."""

    person: Person | Newcomer
    reason: str
    nominator: str
    confirmer: str
    interest: str = ""


def propose(
    actor: Actor, council: Council, title: str, detail: str = "", consultation: Consultation | None = None
) -> Matter:
    """Propose a matter: a village affair, or one about a consultation's draft."""
    if not title.strip():
        raise Refusal(_("请写明议什么事，一句话就行。"), field="title")
    if len(title) > 200:
        raise Refusal(_("题目太长，请不超过 200 个字，细节写在说明里。"), field="title")
    with act(actor, Act.PROPOSE_MATTER, on=council) as record:
        made = Matter(
            council_id=council.id, consultation_id=consultation.id if consultation else None, title=title.strip(),
            detail=detail.strip(), state=course.FIRST, made_at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        db.session.add(
            MatterStep(matter_id=made.id, state=course.FIRST, facts={}, at=record.at, by_id=who(actor))
        )
        record.about("matter", made.id)
        record.note(council=council.id)
    return made


def co_opt(actor: Actor, matter: Matter, x: Stakeholder) -> Seat:
    """Co-opt a stakeholder for this matter, before the list of names is published; seat and vote end with it."""
    _is_somebody(x.person)
    for field, words in (("reason", x.reason), ("nominator", x.nominator), ("confirmer", x.confirmer)):
        if not words.strip():
            raise Refusal(_("增补利益相关方（X）须写明理由、提名人和确认人。"), field=field)
    if x.confirmer.strip() == x.person.name.strip():
        raise Refusal(_("利益相关方（X）不能由本人确认，请换一位确认人。"), field="confirmer")
    with act(actor, Act.CO_OPT, on=matter) as record:
        _may_co_opt(matter)
        if isinstance(x.person, Person) and x.person.id in {p.id for p in coopted(matter)}:
            raise Conflict(
                _("%(name)s 已经是这一事项的利益相关方（X）。"), name=x.person.name, field="person"
            )
        person = seated_person(matter.council, x.person, COOPTED, record.at)
        seat = Seat(
            council_id=matter.council_id, category=COOPTED, position=councils.next_position(matter.council_id),
            matter_id=matter.id, reason=x.reason.strip(), nominated_by=x.nominator.strip(),
            confirmed_by=x.confirmer.strip(), interest=x.interest.strip(),
        )  # fmt: skip
        db.session.add(seat)
        db.session.flush()
        db.session.add(Holding(seat_id=seat.id, person_id=person.id, since=local(record.at).date()))
        record.about("seat", seat.id)
        record.note(matter=matter.id, person=person.id)
    return seat


def _may_co_opt(matter: Matter) -> None:
    if course.is_over(matter.state):
        raise Refusal(_("这一事项已经办结，不能再增补利益相关方（X）。"))
    if matter.state not in CO_OPTING:
        raise Refusal(_("X 名单已经公布。要增补，请先把事项“暂缓”，公布新的名单后再协商。"))


def coopted(matter: Matter) -> Sequence[Person]:
    """The X of a matter who still hold their seats."""
    held = [councils.holding_now(seat.id) for seat in councils.coopted_seats(matter.id)]
    return [one.person for one in held if one is not None]


def facts_needed(matter: Matter, to: str) -> tuple[str, ...]:
    """What a person fills in for a step; what the record itself knows is left out."""
    needs = course.course_of(matter.council.kind).states[matter.state].then.get(to, ())
    own = matter.council.kind == ASSEMBLY  # an assembly decides its own matters itself
    known = course.KNOWN | ({"assembly"} if own or to == "submitted" else set())
    return tuple(name for name in needs if name not in known)


def facts_asked(matter: Matter, to: str) -> tuple[str, ...]:
    """What the form of a step asks for: what it needs, and what may be added."""
    return facts_needed(matter, to) + course.OPTIONAL.get(to, ())


def move(
    actor: Actor, matter: Matter, to: str, facts: Mapping[str, object] | None = None, sheet: SheetWords | None = None
) -> Matter:  # fmt: skip
    """Take a lawful step with the facts it needs; its sheet hangs on the board with it. Where the matter is over, its X
    seats end."""
    given = dict(facts or {})
    with act(actor, Act.MOVE_MATTER, on=matter) as record:
        today = local(record.at).date()
        given |= known_facts(matter, today)
        _not_ahead(given, today)
        course.check_hung(to, given, today)
        state = course.course_of(matter.council.kind).move(matter.state, to, given)
        _check_dates(matter, to, given)
        kept = {name: _plain(given[name]) for name in _kept(matter, to) if given.get(name)}
        was, matter.state = matter.state, state
        _keep(matter, given)
        db.session.add(
            MatterStep(matter_id=matter.id, state=state, facts=kept, at=record.at, by_id=who(actor))
        )
        db.session.flush()
        matter_sheets.hang_step(record, matter, was, to, given, sheet)
        if course.is_over(state):
            matter.ended_at = record.at
            _end_seats(matter, today)
        record.about("matter", matter.id)
        record.note(was=was, to=state)
    return matter


def _kept(matter: Matter, to: str) -> tuple[str, ...]:
    extra = {"submitted": ("letter", "assembly"), "decided": ("assembly",)}
    return tuple(dict.fromkeys(facts_asked(matter, to) + extra.get(to, ())))


def known_facts(matter: Matter, today: date) -> dict[str, object]:
    """What the record itself knows: whether the days have hung, the objections are answered, the letter is written."""
    letters = matter_papers.letters(matter.id)
    found: dict[str, object] = {
        "posting_over": matter_sheets.hung_out(matter, "posted", today),
        "disclosure_over": matter_sheets.hung_out(matter, "disclosed", today),
        "objections_answered": notices.unanswered(matter) == 0,
        "letter": (letters[-1].number or str(letters[-1].revision)) if letters else None,
    }
    if matter.council.kind == ASSEMBLY:
        found["assembly"] = assemblies.kind_of(matter.council_id)
    if letters and matter.state in ("consensus", "division"):
        found["assembly"] = letters[-1].assembly
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _not_ahead(given: Mapping[str, object], today: date) -> None:
    for name, value in given.items():
        if isinstance(value, date) and value > today and name != "by_when":
            raise Refusal(_("日期在将来，请核对。"), field=name)


def _check_dates(matter: Matter, to: str, given: Mapping[str, object]) -> None:
    if to != "deliberating" or matter.state != "published":
        return
    published = matter_sheets.last_fact(matter, "published", "published_on")
    met = given.get("met_on")
    procedure = notices.procedure(matter.council)
    days = next((one.days for one in procedure.deadlines if one.key == "publish"), 0)
    hurried = str(given.get("hurried") or "")
    course.check_notice(published, met if isinstance(met, date) else None, days, hurried)


def _keep(matter: Matter, given: Mapping[str, object]) -> None:
    studied = given.get("studied_on")
    if isinstance(studied, date):
        matter.party_studied_on = studied
        matter.party_record = str(given.get("study_number") or "").strip()[:120]
    for name in RESULTS:
        if str(given.get(name) or "").strip():
            matter.result = str(given[name])


def _end_seats(matter: Matter, today: date) -> None:
    """X seats end with the matter, and the role that came with them; what they attended they may go on reading."""
    for seat in councils.coopted_seats(matter.id):
        held = councils.holding_now(seat.id)
        if held is None:
            continue
        held.until = max(today, held.since)
        if councils.sits_elsewhere(held.person_id, matter.office_id, matter.id):
            continue
        for role in people.members(matter.office_id, "council"):
            if role.person_id == held.person_id and role.category == COOPTED:
                role.until = held.until
