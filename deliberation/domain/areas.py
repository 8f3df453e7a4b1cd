"""Areas from province to grid: what lies directly in what, and how an area is named with those around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, _

LEVELS: Mapping[str, str] = {
    "province": _("省（自治区、直辖市）"),
    "city": _("市（州、盟）"),
    "county": _("县（市、区、旗）"),
    "town": _("乡镇（街道）"),
    "village": _("村（社区）"),
    "grid": _("网格"),
}
ORDER = tuple(LEVELS)


@dataclass(frozen=True, slots=True)
class Place:
    """One area: its number, level, name, and the number of the one around it."""

    id: int
    level: str
    name: str
    parent: int | None = None
    code: str = ""


def check_within(level: str, parent: str | None) -> None:
    """Refuse an area that does not lie in a larger one. Levels may be left out between: a municipality has no city."""
    if level not in LEVELS:
        raise Refusal(_("请选择这是哪一级。"), field="level")
    if parent is None:
        if level != "province":
            raise Refusal(_("请选择它在哪个区域里；只有省一级在最上面。"), field="parent")
        return
    if ORDER.index(level) <= ORDER.index(parent):
        raise Refusal(_("它要比所在的区域小一级以上，请核对。"), field="level")


def path(places: Mapping[int, Place], number: int) -> tuple[Place, ...]:
    """The areas around one and itself, the largest first."""
    found: list[Place] = []
    at: int | None = number
    while at is not None and len(found) < len(ORDER):
        found.append(places[at])
        at = places[at].parent
    return tuple(reversed(found))


def full_name(places: Mapping[int, Place], number: int) -> str:
    """××省××市××区××街道××社区第三网格."""
    return "".join(place.name for place in path(places, number))


def tree(places: Sequence[Place]) -> list[tuple[int, Place]]:
    """(depth, area) in the order a list shows them: each area, then what lies in it, by code and then as entered."""
    below: dict[int | None, list[Place]] = {}
    for place in places:
        below.setdefault(place.parent, []).append(place)
    for some in below.values():
        some.sort(key=lambda place: (place.code == "", place.code, place.id))
    found: list[tuple[int, Place]] = []

    def walk(parent: int | None, depth: int) -> None:
        for place in below.get(parent, ()):
            found.append((depth, place))
            walk(place.id, depth + 1)

    walk(None, 0)
    return found


def inside(places: Mapping[int, Place], outer: int) -> frozenset[int]:
    """The numbers of an area and of everything in it."""
    return frozenset(number for number in places if any(one.id == outer for one in path(places, number)))
