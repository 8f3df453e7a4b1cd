"""Assemblies: a village's or a neighbourhood's meeting that decides, a joint meeting, a round table; who belongs to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.procedures import Procedure, Result
from deliberation.domain.roles import Role
from deliberation.formats.procedures_read import shipped
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.councils import known_by_phone
from deliberation.services.people import Newcomer, named, new_person
from deliberation.services.procedures import NINE_X, light
from deliberation.services.vote_rules import ASSEMBLY, LAWFUL
from deliberation.store import councils, people
from deliberation.store.assemblies import AssemblyOf
from deliberation.store.councils import Council, Holding, Seat
from deliberation.store.db import db
from deliberation.store.people import Membership, Office

MOST = 3000
NOBODY_SAID = "成员"
SPLIT = re.compile(r"[\t,，;；、 　]+")


@dataclass(frozen=True)
class Gathering:
    """An assembly to be founded: the procedure it is of, its name and term, and its members in the order of the list."""

    procedure: str
    name: str
    term: str = ""
    members: Sequence[Newcomer] = ()


def kinds() -> dict[str, Procedure]:
    """The procedures that have an assembly of their own."""
    return {
        key: one for key, one in shipped().items()
        if one.result is not Result.VIEWS and key != NINE_X and key not in LAWFUL
    }  # fmt: skip


def listed(text: str) -> list[Newcomer]:
    """Members as pasted, one a line: name, then what they are and a telephone if given."""
    found: list[Newcomer] = []
    for line in text.splitlines():
        parts = [part for part in SPLIT.split(line.strip()) if part]
        if not parts:
            continue
        if len(parts) > 1 and len(parts[0]) == len(parts[1]) == 1:  # 张　三, as lists align two-letter names
            parts[:2] = ["".join(parts[:2])]
        phone = next((part for part in parts[1:] if re.fullmatch(r"[0-9+\-]{7,20}", part)), "")
        category = next((part for part in parts[1:] if part != phone), "")
        found.append(Newcomer(parts[0], phone=phone, category=category[:40]))
    return found


def found_assembly(actor: Actor, office: Office, gathering: Gathering) -> Council:
    """Found an assembly with its members. Where it counts households, each member stands for one."""
    if gathering.procedure not in kinds():
        raise Refusal(_("请选择是哪一种会议。"), field="procedure")
    if not gathering.name.strip():
        raise Refusal(_("请填写名称，例如“××村村民代表会议”。"), field="name")
    _checked(gathering.members)
    with act(actor, Act.FOUND_COUNCIL, on=office) as record:
        if any(one.name == gathering.name.strip() for one in councils.of_office(office.id)):
            raise Conflict(_("已经有叫这个名称的议事组织了，请换一个名称。"), field="name")
        made = Council(
            office_id=office.id, kind=ASSEMBLY, name=gathering.name.strip()[:120], term=gathering.term.strip()[:60],
            made_at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        db.session.add(AssemblyOf(council_id=made.id, procedure=gathering.procedure))
        _seat_all(record, made, gathering.members)
        lit = light(record, office, gathering.procedure)
        record.about("council", made.id)
        record.note(
            office=office.id,
            kind=ASSEMBLY,
            procedure=gathering.procedure,
            lit=lit,
            seats=len(gathering.members),
        )
    return made


def _checked(members: Sequence[Newcomer]) -> None:
    if len(members) > MOST:
        raise Refusal(_("一次最多列 %(most)s 人。"), most=MOST, field="members")
    seen: set[tuple[str, str]] = set()
    for one in members:
        named(one)
        if (one.name, one.phone) in seen:
            raise Refusal(
                _("“%(name)s”在名单里出现了两次。是同一个人的，请删去一行；是同名的两个人，请都写上电话。"),
                name=one.name, field="members",
            )  # fmt: skip
        seen.add((one.name, one.phone))


def _seat_all(record: Record, made: Council, members: Sequence[Newcomer]) -> None:
    since, sitting = local(record.at).date(), set[int]()
    role = Role.COUNCIL.value
    read_already = {one.person_id for one in people.members(made.office_id, role)}
    for position, one in enumerate(members, 1):
        category = one.category or NOBODY_SAID
        person = known_by_phone(made, one) or new_person(one.name, one.phone, record.at)
        db.session.add(person)
        db.session.flush()
        if person.id not in read_already:
            db.session.add(Membership(
                office_id=made.office_id, person_id=person.id, role=role, category=category, since=since
            ))  # fmt: skip
        if person.id in sitting:
            raise Refusal(_("“%(name)s”在名单里出现了两次，请删去一行。"), name=one.name, field="members")
        sitting.add(person.id)
        seat = Seat(council_id=made.id, category=category, position=position)
        db.session.add(seat)
        db.session.flush()
        db.session.add(Holding(seat_id=seat.id, person_id=person.id, since=since))
    db.session.flush()
