"""Areas: entering the tree, and saying in which area an office, a person or a remark lies."""

from deliberation.domain import areas as rules
from deliberation.domain.acts import Act
from deliberation.domain.areas import Place
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.store import areas, people
from deliberation.store.areas import Area, InArea
from deliberation.store.db import db
from deliberation.store.people import Office, Person
from deliberation.store.remarks import Remark

MOST = 200  # lines entered at once


def places() -> dict[int, Place]:
    """The whole tree as values, by number."""
    return {row.id: Place(row.id, row.level, row.name, row.parent_id, row.code) for row in areas.everything()}


def add_area(
    actor: Actor, office: Office, parent: Area | None, level: str, name: str, code: str = ""
) -> Area:
    """Enter one area inside another; the same name twice in one area is a Conflict."""
    return add_areas(actor, office, parent, level, [f"{name} {code}".strip()])[0]


def add_areas(actor: Actor, office: Office, parent: Area | None, level: str, lines: list[str]) -> list[Area]:
    """Enter several areas of one level at once: a name a line, its division code after it if there is one."""
    rules.check_within(level, parent.level if parent else None)
    named = [_read(line) for line in lines if line.strip()]
    if not named or len(named) > MOST:
        raise Refusal(_("请写区域的名称，一行一个，一次不超过 200 个。"), field="names")
    with act(actor, Act.CHANGE_AREAS, on=office) as record:
        made = []
        for name, code in named:
            if areas.same(parent.id if parent else None, name) is not None:
                raise Conflict(_("“%(name)s”已经登记过了。"), name=name, field="names")
            row = Area(
                parent_id=parent.id if parent else None, level=level, name=name, code=code, made_at=record.at, by_id=who(actor)
            )  # fmt: skip
            db.session.add(row)
            db.session.flush()
            made.append(row)
        record.about("area", made[0].id)
        record.note(office=office.id, level=level, entered=len(made))
    return made


def _read(line: str) -> tuple[str, str]:
    name, _space, last = line.strip().rpartition(" ")
    if not name or not (last.isascii() and last.isdigit()):
        name, last = line.strip(), ""
    if len(name) > 80 or len(last) > 20:
        raise Refusal(_("区域的名称太长，请不超过 80 个字。"), field="names")
    return name.strip(), last


def place_office(actor: Actor, office: Office, area: Area) -> None:
    """Say in which area an office lies."""
    with act(actor, Act.CHANGE_AREAS, on=office) as record:
        _put(areas.of_office(office.id), InArea(office_id=office.id, area_id=area.id), area)
        record.about("area", area.id)
        record.note(office=office.id)


def place_person(actor: Actor, office: Office, person: Person, area: Area) -> None:
    """Say in which area one of an office's people lives."""
    with act(actor, Act.PLACE_IN_AREA, on=office) as record:
        if all(one.person_id != person.id for one in people.members(office.id)):
            raise Refusal(_("这个人不在本联系点的名单里，请刷新页面后重选。"), field="person")
        _put(areas.of_person(person.id), InArea(person_id=person.id, area_id=area.id), area)
        record.about("area", area.id)
        record.note(person=person.id)


def place_remark(actor: Actor, remark: Remark, area: Area) -> None:
    """Say from which area a remark came; the remark itself is not touched."""
    with act(actor, Act.PLACE_IN_AREA, on=remark) as record:
        _put(areas.of_remark(remark.id), InArea(remark_id=remark.id, area_id=area.id), area)
        record.about("remark", remark.number)
        record.note(area=area.id)


def _put(was: InArea | None, new: InArea, area: Area) -> None:
    if was is not None:
        was.area_id = area.id
    else:
        db.session.add(new)
    db.session.flush()


def area_of_remark(remark_id: int) -> str:
    """The whole name of the area a remark came from; empty where nobody said."""
    found = areas.of_remark(remark_id)
    return rules.full_name(places(), found.area_id) if found else ""
