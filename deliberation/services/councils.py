"""Panels and 9+X councils: founding, filling and vacating seats with history, the office's own rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from deliberation.clock import local
from deliberation.domain import seats as rules
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.names import straight
from deliberation.domain.quorum import Rule
from deliberation.domain.roles import Role
from deliberation.domain.seats import CATEGORY_LABELS, COOPTED, PANEL_LABELS, Due, DueBy, Fixed
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.people import Newcomer, new_person
from deliberation.store import councils, people
from deliberation.store.councils import Council, Holding, Seat
from deliberation.store.db import db
from deliberation.store.people import Membership, Office, Person

ROLE_OF = {"panel": Role.PANEL, "council_9x": Role.COUNCIL, "assembly": Role.COUNCIL}
LABELS: Mapping[str, str] = {**PANEL_LABELS, **CATEGORY_LABELS}
MOST_SEATS = 200


MOST_NAME = 120


@dataclass(frozen=True)
class Founding:
    """A body to be founded. 9+X: `seats` a category (left out: one). Panel: `everyone` seats the office's panel members."""

    kind: str
    name: str
    term: str = ""
    seats: Mapping[str, int] = field(default_factory=dict)
    everyone: bool = True


@dataclass(frozen=True)
class OwnRule:
    """The office's own rule: what it is called, its date and clause, and its numbers as exact fractions."""

    name: str
    dated: date
    clause: str
    quorum: Rule | None
    carry: Rule
    due_by: DueBy = DueBy.MEMBERS
    recusal_shrinks: bool = False


def label(category: str) -> str:
    """A category's Chinese name (a msgid), or the office's own word for it."""
    return LABELS.get(category, category)


def found(actor: Actor, office: Office, body: Founding) -> Council:
    """Found a panel or a 9+X council. A 9+X has its nine categories from the first, each with at least one seat."""
    if body.kind not in ROLE_OF:
        raise Refusal(_("请选择专家团，还是 9+X 议事会。"), field="kind")
    if not body.name.strip():
        raise Refusal(_("请填写名称，例如“××村 9+X 议事会”。"), field="name")
    straight(body.name, field="name", limit=MOST_NAME)
    wanted = _wanted(body)
    with act(actor, Act.FOUND_COUNCIL, on=office) as record:
        if any(one.name == body.name.strip() for one in councils.of_office(office.id)):
            raise Conflict(_("已经有叫这个名称的议事组织了，请换一个名称。"), field="name")
        made = Council(
            office_id=office.id, kind=body.kind, name=body.name.strip()[:120], term=body.term.strip()[:60],
            made_at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        for position, category in enumerate(wanted, 1):
            db.session.add(Seat(council_id=made.id, category=category, position=position))
        if body.kind == "panel" and body.everyone:
            _seat_all(made, office, record.at)
        db.session.flush()
        record.about("council", made.id)
        record.note(office=office.id, kind=body.kind, seats=len(councils.seats(made.id)))
    return made


def _wanted(body: Founding) -> list[str]:
    if body.kind != "council_9x":
        return []
    number = {category.value: body.seats.get(category.value, 1) for category in Fixed}
    if any(not 1 <= n <= MOST_SEATS for n in number.values()):
        raise Refusal(_("九类固定成员每类至少一席，请填 1 到 200 的整数。"), field="seats")
    return [category for category, n in number.items() for _each in range(n)]


def _seat_all(panel: Council, office: Office, at: datetime) -> None:
    sitting: set[int] = set()
    for member in people.members(office.id, Role.PANEL.value):
        if member.person_id in sitting:
            continue
        sitting.add(member.person_id)
        seat = Seat(council_id=panel.id, category=member.category or "", position=len(sitting))
        db.session.add(seat)
        db.session.flush()
        db.session.add(Holding(seat_id=seat.id, person_id=member.person_id, since=local(at).date()))


def add_seats(actor: Actor, council: Council, category: str, number: int = 1) -> Sequence[Seat]:
    """More seats in a category; they are vacant until somebody fills them."""
    _known_category(council, category)
    if not 1 <= number <= MOST_SEATS:
        raise Refusal(_("一次增加 1 到 200 席。"), field="number")
    with act(actor, Act.CHANGE_COUNCIL, on=council) as record:
        first = councils.next_position(council.id)
        made = [Seat(council_id=council.id, category=category, position=first + n) for n in range(number)]
        db.session.add_all(made)
        db.session.flush()
        record.about("council", council.id)
        record.note(category=category, added=number)
    return made


def _known_category(council: Council, category: str) -> None:
    if council.kind == "council_9x" and category not in set(Fixed):
        raise Refusal(_("请从九类固定成员中选一类；利益相关方（X）随事项增补。"), field="category")
    if not category.strip() or len(category) > 40:
        raise Refusal(_("请填写类别，不超过 40 个字。"), field="category")


def fill_seat(actor: Actor, seat: Seat, who: Person | Newcomer, since: date | None = None) -> Holding:
    """Seat somebody of the office's people, or somebody new. A seat holds one person at a time."""
    _is_somebody(who)
    with act(actor, Act.FILL_SEAT, on=seat) as record:
        if not seat.fixed:
            raise Refusal(_("这是某一事项的 X 席位，随事项增补，不在这里安排。"))
        if councils.holding_now(seat.id) is not None:
            raise Conflict(_("这一席已经有人。一席只能坐一个人，请先办离席，再安排新人。"), field="person")
        made = _sit(seat, who, since or local(record.at).date(), record.at)
        record.about("seat", seat.id)
        record.note(council=seat.council_id, person=made.person_id, since=made.since.isoformat())
    return made


def seat_member(
    actor: Actor, panel: Council, category: str, who: Person | Newcomer, since: date | None = None
) -> Holding:
    """A new seat on a panel, filled at once."""
    _is_somebody(who)
    _known_category(panel, category)
    with act(actor, Act.FILL_SEAT, on=panel) as record:
        if panel.numbered:
            raise Refusal(_("9+X 议事会按席位安排人，请在空缺的席位上安排。"))
        sitting = {one.person_id for one in councils.holders(panel.id)}
        if isinstance(who, Person) and who.id in sitting:
            raise Conflict(_("%(name)s 已经在名单里了。"), name=who.name, field="person")
        seat = Seat(council_id=panel.id, category=category, position=councils.next_position(panel.id))
        db.session.add(seat)
        db.session.flush()
        made = _sit(seat, who, since or local(record.at).date(), record.at)
        record.about("seat", seat.id)
        record.note(council=panel.id, person=made.person_id)
    return made


def _is_somebody(who: Person | Newcomer) -> None:
    if isinstance(who, Newcomer) and not who.name.strip():
        raise Refusal(_("请选择一个人，或者填写新成员的姓名。"), field="person")
    if isinstance(who, Newcomer) and len(who.name) > 60:
        raise Refusal(_("姓名太长，请不超过 60 个字。"), field="name")


def _sit(seat: Seat, who: Person | Newcomer, since: date, at: datetime) -> Holding:
    last = max((one.until for one in seat.holdings if one.until), default=None)
    if last is not None and since < last:
        raise Refusal(_("任期的开始日期早于前任离席的日期，请核对。"), field="since")
    council = db.session.get_one(Council, seat.council_id)
    person = seated_person(council, who, seat.category, at)
    made = Holding(seat_id=seat.id, person_id=person.id, since=since)
    db.session.add(made)
    db.session.flush()
    return made


def seated_person(council: Council, who: Person | Newcomer, category: str, at: datetime) -> Person:
    """The person, with the role that lets them read what their body deals with; inside an act."""
    person = (
        who
        if isinstance(who, Person)
        else known_by_phone(council, who) or new_person(who.name, who.phone, at)
    )
    if person.id is None:
        db.session.add(person)
        db.session.flush()
    role = ROLE_OF[council.kind].value
    held = people.members(council.office_id, role)
    if all(one.person_id != person.id for one in held):
        db.session.add(
            Membership(
                office_id=council.office_id,
                person_id=person.id,
                role=role,
                category=category or None,
                since=local(at).date(),
            )  # fmt: skip
        )
    return person


def known_by_phone(council: Council, who: Newcomer) -> Person | None:
    """The same name with the same telephone is the same person; a name alone never is."""
    if not who.phone.strip():
        return None
    same = people.named(council.office_id, who.name.strip())
    return next((one for one in same if one.phone == who.phone.strip()), None)


def vacate_seat(actor: Actor, seat: Seat, reason: str = "", until: date | None = None) -> Holding:
    """End a holding; the row stays as history and the seat is a vacancy beside 应到."""
    with act(actor, Act.VACATE_SEAT, on=seat) as record:
        held = councils.holding_now(seat.id)
        if held is None:
            raise Refusal(_("这一席现在没有人，不用办离席。"))
        held.until = until or local(record.at).date()
        if held.until < held.since:
            raise Refusal(_("任期的结束日期早于开始日期，请核对。"), field="until")
        held.ended_for = reason.strip()[:200]
        record.about("seat", seat.id)
        record.note(council=seat.council_id, person=held.person_id, until=held.until.isoformat())
    return held


def enter_rule(actor: Actor, council: Council, own: OwnRule) -> None:
    """Enter the office's own rule. Without it a count says numbers and never "passed"; with it, name, date and clause stand by."""
    if not (own.name.strip() and own.clause.strip()):
        raise Refusal(_("请写明本地议事规则的名称、日期和条款。"), field="name")
    with act(actor, Act.CHANGE_COUNCIL, on=council) as record:
        if own.dated > local(record.at).date():
            raise Refusal(_("议事规则的日期在将来，请核对。"), field="dated")
        council.rule_name, council.rule_date = own.name.strip()[:200], own.dated
        council.rule_clause, council.due_by = own.clause.strip()[:80], own.due_by.value
        council.quorum = own.quorum.to_dict() if own.quorum else None
        council.pass_rule = own.carry.to_dict()
        council.recusal_shrinks = own.recusal_shrinks
        record.about("council", council.id)
        record.note(
            dated=own.dated.isoformat(),
            quorum=council.quorum,
            carry=council.pass_rule,
            shrinks=own.recusal_shrinks,
        )


def sitting(council: Council, matter_id: int | None, on: date) -> Due:
    """应到 of a 9+X council that day for a matter: members in office, its X, vacancies beside. The others have no vacancies."""
    if not council.numbered:
        held = councils.holders(council.id)
        return Due((), (), len({one.person_id for one in held}))
    return rules.due(as_seats(council), str(matter_id) if matter_id else None, on, DueBy(council.due_by))


def as_seats(council: Council) -> tuple[rules.Seat, ...]:
    """The council's seats as values: one for every holding, and one without a person for every seat that is vacant now."""
    found: list[rules.Seat] = []
    seated = {one.seat_id for one in councils.holders(council.id)}
    for held in councils.holdings(council.id):
        found.append(_value(held.seat, held))
    for seat in councils.seats(council.id):
        if seat.fixed and seat.id not in seated:
            found.append(_value(seat, None))
    return tuple(found)


def _value(seat: Seat, held: Holding | None) -> rules.Seat:
    key = f"{seat.position:04d}-{seat.id}" + (f"-{held.id}" if held else "")
    return rules.Seat(
        key,
        COOPTED if not seat.fixed else seat.category,
        person=str(held.person_id) if held else None,
        starts=held.since if held else None,
        ends=held.until if held else None,
        matter=str(seat.matter_id) if seat.matter_id else None,
        reason=seat.reason,
        nominator=seat.nominated_by or "",
        confirmer=seat.confirmed_by or "",
    )
