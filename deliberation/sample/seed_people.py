"""Offices, their people, the panel, the council with its nine, the matter and its X."""

from deliberation.domain.quorum import Rule
from deliberation.domain.roles import Duty, OfficeKind, Role
from deliberation.sample.happenings import OfficeRule
from deliberation.sample.shapes import Coopted, Member, Staff
from deliberation.sample.world import INSTALLER, World, category
from deliberation.services import councils, matters, people
from deliberation.services.people import Newcomer
from deliberation.store import councils as bodies
from deliberation.store import people as rows

FIRST_DAY, PANEL_DAY, RULE_DAY = -430, -96, -90


def plan(world: World) -> None:
    """Put all of it on the calendar."""
    time, content = world.time, world.content
    time.plan(FIRST_DAY, "09:00", _open_offices, world)
    time.plan(FIRST_DAY, "10:00", _install, world)
    time.plan(content.council.term_began_day, "09:30", _found_council, world)
    time.plan(PANEL_DAY, "09:00", _import_panel, world)
    time.plan(PANEL_DAY, "09:40", _found_panel, world)
    for rule in content.rules:
        time.plan(RULE_DAY, "15:00", _enter_rule, world, rule)
    _plan_matter(world)


def _open_offices(world: World) -> None:
    for office in world.content.offices:
        if office.kind == "village":
            continue  # its council is hung on the street's office
        parent = world.office(office.parent) if office.parent else None
        made = people.open_office(INSTALLER, office.name, OfficeKind(office.kind), parent, sample=True)
        world.keep(office.key, made)
    people.change_office(INSTALLER, world.office(), hotline=world.course["hotline"], complaint="")


def _install(world: World) -> None:
    """The operator enters who leads; they enter who works with them."""
    commission = world.office("commission")
    for one in world.content.staff:
        if one.role in {Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT}:
            _administrator(world, one)
            continue
        actor = INSTALLER if one.role in {Role.RESPONSIBLE, Role.COMMISSION} else world.who("s01")
        role = Newcomer(one.name, one.phone, Role(one.role), expertise=one.post)
        world.ids[one.key] = people.add_person(actor, world.office(one.office), role).person_id
    assert rows.members(commission.id)


def _administrator(world: World, one: Staff) -> None:
    """The three administrators are nobody's staff: their role in the commission's office ends the day it begins."""
    made = people.add_person(
        INSTALLER, world.office("commission"), Newcomer(one.name, one.phone, Role.COMMISSION)
    )
    world.ids[one.key] = made.person_id
    people.give_duty(INSTALLER, made.person, Duty(one.role), sample=True)
    people.end_role(INSTALLER, made)


def newcomer(one: Member | Coopted, role: Role) -> Newcomer:
    """A member as a spreadsheet row gives them."""
    if isinstance(one, Coopted):
        return Newcomer(one.name, one.phone, role, expertise=one.post)
    known_for = "、".join((one.post, *one.expertise))
    return Newcomer(one.name, one.phone, role, category(one.category), known_for)


def _found_council(world: World) -> None:
    body = world.content.council
    seats = {category(one.name): one.seats for one in body.categories}
    made = councils.found(
        world.who("s01"),
        world.office(body.office),
        councils.Founding("council_9x", body.name, body.term, seats),
    )
    world.keep("council", made)
    for one in body.members:
        new = newcomer(one, Role.COUNCIL)
        free = next(
            seat for seat in bodies.seats(made.id)
            if seat.category == new.category and bodies.holding_now(seat.id) is None
        )  # fmt: skip
        world.ids[one.key] = councils.fill_seat(world.who("s01"), free, new).person_id


def _import_panel(world: World) -> None:
    members, office = world.content.panel.members, world.office(world.content.panel.office)
    people.import_people(world.who("s02"), office, [newcomer(one, Role.PANEL) for one in members])
    found = {held.person.phone: held.person_id for held in rows.members(office.id, Role.PANEL.value)}
    for one in members:
        world.ids[one.key] = found[one.phone]


def _found_panel(world: World) -> None:
    panel = world.content.panel
    made = councils.found(
        world.who("s01"), world.office(panel.office), councils.Founding("panel", panel.name)
    )
    world.keep("panel", made)


def _enter_rule(world: World, rule: OfficeRule) -> None:
    body = world.council("council" if rule.office == "village" else "panel")
    quorum, carry = Rule.from_dict(rule.quorum), Rule.from_dict(rule.carry)
    own = councils.OwnRule(rule.name, rule.adopted_on, rule.clause, quorum, carry)
    councils.enter_rule(world.who("s01"), body, own)


def _plan_matter(world: World) -> None:
    time, matter = world.time, world.content.matter
    time.plan(matter.raised_day, "16:10", _propose, world)
    time.plan(matter.party_study_day, "17:30", _study, world)
    for one in matter.coopted:
        time.plan(one.confirmed_day, "10:00", _co_opt, world, one)
    time.plan(matter.published_day, "08:40", _publish, world)


def _propose(world: World) -> None:
    matter = world.content.matter
    made = matters.propose(
        world.who("s02"),
        world.council("council"),
        matter.title,
        matter.question + "\n\n" + matter.material.strip(),
    )
    world.keep(matter.key, made)


def _study(world: World) -> None:
    matter = world.content.matter
    facts = {"studied_on": world.time.day(matter.party_study_day), "study_number": matter.party_study_record}
    matters.move(world.who("s02"), world.matter(), "studied", facts)


def _co_opt(world: World, one: Coopted) -> None:
    x = matters.Stakeholder(
        newcomer(one, Role.COUNCIL), one.reason, world.name(one.nominated_by), world.name(one.confirmed_by), one.interest
    )  # fmt: skip
    seat = matters.co_opt(world.who("s02"), world.matter(), x)
    holding = bodies.holding_now(seat.id)
    assert holding is not None
    world.ids[one.key] = holding.person_id


def _publish(world: World) -> None:
    published = world.time.day(world.content.matter.published_day)
    facts = {"published_on": published, "coopted_published": True}
    matters.move(world.who("s02"), world.matter(), "published", facts)
