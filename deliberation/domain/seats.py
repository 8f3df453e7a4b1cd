"""Who sits: the nine fixed categories, the X of one matter, the panel; one person one vote however many seats.

Source: the village council of nine and X (九类固定成员 + X) as its village describes it; a council deliberates under
村民委员会组织法 (text in force 2026-01-01) art. 33. Composition of a representatives' assembly: art. 29 of the same law.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.rolls import RollRow


class Fixed(StrEnum):
    """The nine fixed categories of a village council, in the order they are listed."""

    PARTY_BRANCH = "party_branch"
    VILLAGERS_COMMITTEE = "villagers_committee"
    VILLAGE_SUPERVISION = "village_supervision"
    VILLAGER_REP = "villager_rep"
    DEPUTY = "deputy"
    VETERAN_PARTY_MEMBER = "veteran_party_member"
    VETERAN_CADRE = "veteran_cadre"
    SOCIAL_ORGANIZATION = "social_organization"
    LOCAL_WORTHY = "local_worthy"


COOPTED = "coopted"  # the category of every X seat

CATEGORY_LABELS: Mapping[str, str] = {
    Fixed.PARTY_BRANCH: _("村党支部代表"),
    Fixed.VILLAGERS_COMMITTEE: _("村民委员会代表"),
    Fixed.VILLAGE_SUPERVISION: _("村务监督委员会代表"),
    Fixed.VILLAGER_REP: _("村民代表"),
    Fixed.DEPUTY: _("人大代表"),
    Fixed.VETERAN_PARTY_MEMBER: _("老党员代表"),
    Fixed.VETERAN_CADRE: _("老干部代表"),
    Fixed.SOCIAL_ORGANIZATION: _("社会组织代表"),
    Fixed.LOCAL_WORTHY: _("乡贤代表"),
    COOPTED: _("利益相关方（X）"),
}

PANEL_LABELS: Mapping[str, str] = {
    "retiree": _("退休人员"),
    "party_member": _("党员"),
    "deputy": _("人大代表"),
    "industry": _("行业"),
    "resident": _("居民"),
    "legal": _("法律专业"),
}


def code_of(words: str, labels: Mapping[str, str] = CATEGORY_LABELS) -> str:
    """The code of a category given by its code or by its Chinese label, as a spreadsheet has it; Refusal if unknown."""
    for code, label in labels.items():
        if words.strip() in (code, label):
            return str(code)
    raise Refusal(_("没有“%(category)s”这一类别，请按名单中的类别填写。"), category=words)


class DueBy(StrEnum):
    """应到 counts people in office (the custom) or seats, filled or not (where a local rule says so)."""

    MEMBERS = "members"
    SEATS = "seats"


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat and who holds it from `starts` to the day before `ends` (None: until further notice).

    A vacancy is a seat without `person`. An X seat names its `matter`, the reason, who nominated and who confirmed;
    its vote ends with the matter (`ends` is then set, reading stays).
    """

    key: str
    category: str
    person: str | None = None
    starts: date | None = None
    ends: date | None = None
    matter: str | None = None
    reason: str = ""
    nominator: str = ""
    confirmer: str = ""

    def __post_init__(self) -> None:
        if self.starts and self.ends and self.ends < self.starts:
            raise Refusal(_("任期的结束日期早于开始日期，请核对。"))
        if self.category == COOPTED:
            _check_coopted(self)
        elif self.category not in set(Fixed):
            raise Refusal(_("没有“%(category)s”这一类固定成员，请从九类中选择。"), category=self.category)
        elif self.matter is not None:
            raise Refusal(_("固定席位不随某一事项产生；如是利益相关方，请选“利益相关方（X）”。"))

    @property
    def coopted(self) -> bool:
        """An X seat, for one matter."""
        return self.category == COOPTED

    def runs(self, day: date) -> bool:
        """Whether the seat stands on that day, filled or vacant."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


def _check_coopted(seat: Seat) -> None:
    if not (seat.person and seat.matter):
        raise Refusal(_("请写明利益相关方（X）是谁、为哪一个事项而来。"))
    if not (seat.reason.strip() and seat.nominator and seat.confirmer):
        raise Refusal(_("增补利益相关方（X）须写明理由、提名人和确认人。"))
    if seat.confirmer == seat.person:
        raise Refusal(_("利益相关方（X）不能由本人确认，请换一位确认人。"))


@dataclass(frozen=True, slots=True)
class Member:
    """One person with one vote, and every seat they fill; the first fixed seat is the one they sit in."""

    person: str
    seats: tuple[Seat, ...]

    @property
    def seat(self) -> Seat:
        """The seat they sit in: a fixed one before an X."""
        return self.seats[0]


@dataclass(frozen=True, slots=True)
class Due:
    """应到 for one matter on one day: members in office, this matter's X, and the vacancies listed beside."""

    members: tuple[Member, ...]
    vacancies: tuple[tuple[str, int], ...]
    due: int

    @property
    def fixed(self) -> int:
        """People on fixed seats."""
        return sum(not member.seat.coopted for member in self.members)

    @property
    def coopted(self) -> int:
        """People who sit only as X."""
        return sum(member.seat.coopted for member in self.members)


def standing(seats: Iterable[Seat], matter: str | None, day: date) -> tuple[Seat, ...]:
    """The seats of that day: all fixed ones, and the X of this matter alone, in the order of the nine, then X."""
    order = [*Fixed, COOPTED]
    ours = [seat for seat in seats if seat.runs(day) and (not seat.coopted or seat.matter == matter)]
    return tuple(sorted(ours, key=lambda seat: (order.index(seat.category), seat.key)))


def members(seats: Iterable[Seat], matter: str | None, day: date) -> tuple[Member, ...]:
    """The people in office, one each, however many seats they fill."""
    held: dict[str, list[Seat]] = {}
    for seat in standing(seats, matter, day):
        if seat.person:
            held.setdefault(seat.person, []).append(seat)
    return tuple(Member(person, tuple(theirs)) for person, theirs in held.items())


def vacancies(seats: Iterable[Seat], day: date) -> tuple[tuple[str, int], ...]:
    """(category, empty seats) for each of the nine that has any; a category without a seat lacks one."""
    fixed = [seat for seat in seats if seat.runs(day) and not seat.coopted]
    found = []
    for category in Fixed:
        ours = [seat for seat in fixed if seat.category == category]
        empty = sum(seat.person is None for seat in ours) if ours else 1
        if empty:
            found.append((category.value, empty))
    return tuple(found)


def due(seats: Iterable[Seat], matter: str | None, day: date, by: DueBy = DueBy.MEMBERS) -> Due:
    """应到 of a council for a matter; `by` seats counts vacant ones and each seat of one person apart."""
    rows = tuple(seats)
    sitting = members(rows, matter, day)
    number = len(sitting) if by is DueBy.MEMBERS else len(standing(rows, matter, day))
    return Due(sitting, vacancies(rows, day), number)


def council_roll(
    seats: Iterable[Seat],
    matter: str,
    day: date,
    present: Iterable[str],
    *,
    coopted_vote: bool,
    recused: Iterable[str] = (),
    by: DueBy = DueBy.MEMBERS,
) -> tuple[RollRow, ...]:
    """The roll of a council's vote, one row a person; `present` and `recused` name persons.

    Where the local rule counts seats, each seat without a voter of its own is an absent row without a person.
    """
    rows, here, out = tuple(seats), set(present), set(recused)
    sitting = members(rows, matter, day)
    if (here | out) - {member.person for member in sitting}:
        raise Refusal(_("签到或回避名单里有人不是本事项的成员，请核对。"))
    roll = [_row(member, here, out, coopted_vote) for member in sitting]
    if by is DueBy.SEATS:
        taken = {row.key for row in roll}
        spare = [seat for seat in standing(rows, matter, day) if seat.key not in taken]
        roll += [RollRow(s.key, category=s.category, coopted=s.coopted, present=False) for s in spare]
    return tuple(roll)


def _row(member: Member, here: set[str], out: set[str], coopted_vote: bool) -> RollRow:
    seat = member.seat
    return RollRow(
        key=seat.key,
        person=member.person,
        category=seat.category,
        coopted=seat.coopted,
        present=member.person in here,
        votes=coopted_vote or not seat.coopted,
        recused=member.person in out,
    )


def end_with_matter(seats: Iterable[Seat], matter: str, day: date) -> tuple[Seat, ...]:
    """The matter's X seats with their last day set: from `day` on they have no vote. Earlier ends stay."""
    return tuple(
        replace(seat, ends=max(day, seat.starts) if seat.starts else day)
        for seat in seats
        if seat.matter == matter and (seat.ends is None or seat.ends > day)
    )


def composition_notes(seats: Iterable[Seat], day: date) -> tuple[Said, ...]:
    """What to know about a council's make-up on that day; notes, never refusals."""
    rows = tuple(seats)
    notes = [
        Said(_("“%(category)s”缺额 %(number)s 席"), category=Said(CATEGORY_LABELS[category]), number=number)
        for category, number in vacancies(rows, day)
    ]
    doubled = sum(len(member.seats) > 1 for member in members(rows, None, day))
    if doubled:
        notes.append(Said(_("%(number)s 人占有不止一席，仍只计一人、一票"), number=doubled))
    return tuple(notes)


def assembly_notes(members_: int, representatives: int, women: int) -> tuple[Said, ...]:
    """Where a villagers' representatives' assembly falls short of art. 29: at least 4/5 representatives, and women
    representatives at least 1/3 of its members."""
    notes = []
    if 5 * representatives < 4 * members_:
        notes.append(
            Said(
                _("村民代表 %(number)s 人，不足组成人员 %(all)s 人的五分之四"),
                number=representatives,
                all=members_,
            )
        )
    if 3 * women < members_:
        notes.append(
            Said(
                _("妇女村民代表 %(number)s 人，不足组成人员 %(all)s 人的三分之一"), number=women, all=members_
            )
        )
    return tuple(notes)
