"""Counting a vote: the tally is a pure function of the frozen roll, the rules and the ballots.

Shares and bases: domain/quorum.py. Sentences: domain/tally_words.py. Nothing here says 通过: what a majority means is
the procedure's word (domain/procedures.py); a 9+X council deliberates (村民委员会组织法 2026-01-01, art. 33).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from deliberation.domain.ballots import CHOICE_LABELS, Ballot, Choice, check_choice, last_choices
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.quorum import Base, Heads, VoteRules
from deliberation.domain.rolls import Hall, RollRow, checked, hall
from deliberation.domain.tally_words import words

__all__ = [
    "CHOICE_LABELS", "Ballot", "Choice", "Count", "RollRow", "Tally", "Totals",
    "bases", "check_choice", "count", "count_fixed", "count_totals", "judge", "last_choices",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """Heads or papers counted without names, all ≥ 0. `invalid` papers were cast and say nothing."""

    for_: int
    against: int = 0
    abstain: int = 0
    invalid: int = 0

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstain, self.invalid) < 0:
            raise Refusal(_("票数不能小于零，请核对。"))

    @property
    def cast(self) -> int:
        """All who took part."""
        return self.for_ + self.against + self.abstain + self.invalid


@dataclass(frozen=True, slots=True)
class Count:
    """Every row of a roll (or of a part of it) in exactly one place; `total` is the length of that roll.

    `not_voted`: present, with a vote, cast none. `speaks_only`: an X member without a vote in this round."""

    for_: int = 0
    against: int = 0
    abstain: int = 0
    invalid: int = 0
    not_voted: int = 0
    absent: int = 0
    recused: int = 0
    speaks_only: int = 0

    @property
    def participating(self) -> int:
        """All who took part: for, against, abstain and invalid."""
        return self.for_ + self.against + self.abstain + self.invalid

    @property
    def total(self) -> int:
        """Rows of the roll."""
        return self.participating + self.not_voted + self.absent + self.recused + self.speaks_only


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted vote. The nine, the X and the categories stand apart only for open votes (else None and empty)."""

    rules: VoteRules
    hall: Hall
    counted: Count
    fixed: Count | None = None
    coopted: Count | None = None
    categories: tuple[tuple[str, Count], ...] = ()

    @property
    def for_(self) -> int:
        """Votes for."""
        return self.counted.for_

    @property
    def against(self) -> int:
        """Votes against."""
        return self.counted.against

    @property
    def abstain(self) -> int:
        """Abstentions."""
        return self.counted.abstain

    @property
    def not_voted(self) -> int:
        """Present, with a vote, and cast none."""
        return self.counted.not_voted

    @property
    def due(self) -> int:
        """Rows of the roll."""
        return self.hall.shown.due

    @property
    def present(self) -> int:
        """Rows signed in when the vote opened."""
        return self.hall.shown.present

    @property
    def quorum_size(self) -> int | None:
        """The base of the quorum; None where no least attendance is set."""
        return self.hall.for_quorum.size(self.rules.quorum.base) if self.rules.quorum else None

    @property
    def carry_size(self) -> int | None:
        """The base of the majority; None where nothing is decided by counting."""
        rule = self.rules.carry
        return self.hall.for_carry.size(rule.base, self.counted.participating) if rule else None

    @property
    def needs_present(self) -> int | None:
        """The least attendance; None where none is set."""
        rule, size = self.rules.quorum, self.quorum_size
        return None if rule is None or size is None else rule.least(size)

    @property
    def needs_for(self) -> int | None:
        """The least votes for; None where nothing is decided by counting."""
        rule, size = self.rules.carry, self.carry_size
        return None if rule is None or size is None else rule.least(size)

    @property
    def quorum_met(self) -> bool | None:
        """Whether enough came; None where no least attendance is set."""
        rule, size = self.rules.quorum, self.quorum_size
        return None if rule is None or size is None else rule.met(self.hall.for_quorum.present, size)

    @property
    def carried(self) -> bool | None:
        """Whether enough were for it; None where no rule was entered or the quorum was missed."""
        rule, size = self.rules.carry, self.carry_size
        if rule is None or size is None or not self.rules.entered or self.quorum_met is False:
            return None
        return rule.met(self.counted.for_, size)

    @property
    def words(self) -> tuple[Said, ...]:
        """The arithmetic as sentences, in order."""
        return words(self)

    def to_dict(self) -> dict[str, object]:
        """Plain values for a JSON column: what was counted, and for readers what follows from it."""
        return {
            "rules": self.rules.to_dict(),
            "hall": asdict(self.hall),
            "counted": asdict(self.counted),
            "fixed": asdict(self.fixed) if self.fixed else None,
            "coopted": asdict(self.coopted) if self.coopted else None,
            "categories": [[name, asdict(part)] for name, part in self.categories],
            "quorum_met": self.quorum_met,
            "carried": self.carried,
            "needs_present": self.needs_present,
            "needs_for": self.needs_for,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, object]) -> "Tally":
        """Give back the tally that `to_dict` wrote; what follows from the numbers is worked out anew."""
        rules, hall_, parts = plain["rules"], plain["hall"], plain.get("categories") or []
        if not isinstance(rules, Mapping) or not isinstance(hall_, Mapping) or not isinstance(parts, list):
            raise TypeError("not a tally")
        counted = _count_from(plain["counted"])
        return cls(
            rules=VoteRules.from_dict(rules),
            hall=Hall(**{name: Heads(**heads) for name, heads in hall_.items()}),
            counted=counted if counted else Count(),
            fixed=_count_from(plain.get("fixed")),
            coopted=_count_from(plain.get("coopted")),
            categories=tuple((name, Count(**part)) for name, part in parts),
        )


def _count_from(plain: object) -> Count | None:
    return Count(**plain) if isinstance(plain, Mapping) else None


def _place(row: RollRow, choice: Choice | None) -> str:
    if not row.votes:
        return "speaks_only"
    if row.recused:
        return "recused"
    if not row.present:
        return "absent"
    return {None: "not_voted", Choice.FOR: "for_", Choice.AGAINST: "against", Choice.ABSTAIN: "abstain"}[
        choice
    ]


def _counted(rows: Iterable[RollRow], choices: Mapping[str, Choice]) -> Count:
    places: dict[str, int] = {}
    for row in rows:
        place = _place(row, choices.get(row.key))
        places[place] = places.get(place, 0) + 1
    return Count(**places)


def count(
    ballots: Iterable[Ballot],
    rules: VoteRules,
    roll: Iterable[RollRow],
    *,
    whole: int | None = None,
    households: int | None = None,
) -> Tally:
    """Count an open vote. Refuses a ballot of a row that may not vote; the order of ballots and rows is nothing."""
    rows = checked(roll)
    choices = last_choices(ballots)
    by_key = {row.key: row for row in rows}
    for key in choices:
        check_choice(by_key.get(key))
    names = sorted({row.category for row in rows if row.category})
    return Tally(
        rules=rules,
        hall=hall(rows, rules, whole=whole, households=households),
        counted=_counted(rows, choices),
        fixed=_counted((row for row in rows if not row.coopted), choices),
        coopted=_counted((row for row in rows if row.coopted), choices),
        categories=tuple(
            (name, _counted((r for r in rows if r.category == name), choices)) for name in names
        ),
    )


def count_fixed(ballots: Iterable[Ballot], rules: VoteRules, roll: Iterable[RollRow]) -> Tally:
    """The same vote as if only the nine had sat: published beside the whole where X members voted."""
    rows = [row for row in checked(roll) if not row.coopted]
    keys = {row.key for row in rows}
    return count((ballot for ballot in ballots if ballot.row in keys), rules, rows)


def count_totals(
    totals: Totals,
    rules: VoteRules,
    roll: Iterable[RollRow],
    *,
    whole: int | None = None,
    households: int | None = None,
) -> Tally:
    """Count hands or papers against a frozen roll: whole only, nobody's choice is known."""
    rows = checked(roll)
    blank = _counted(rows, {})
    if totals.cast > blank.not_voted:
        raise Refusal(
            _("计票 %(cast)s 多于在场可表决的 %(voters)s 人，请重新清点。"),
            cast=totals.cast,
            voters=blank.not_voted,
        )
    heads = hall(rows, rules, whole=whole, households=households)
    return Tally(rules, heads, _with_totals(blank, totals))


def judge(totals: Totals, rules: VoteRules, heads: Heads) -> Tally:
    """Would this carry? Bare numbers, no roll; refuses a tally above the attendance."""
    if totals.cast > heads.present:
        raise Refusal(
            _("赞成、反对、弃权共 %(cast)s，多于实到 %(present)s，请核对。"),
            cast=totals.cast,
            present=heads.present,
        )
    blank = Count(not_voted=heads.present, absent=heads.due - heads.present)
    return Tally(rules, Hall(heads, heads, heads), _with_totals(blank, totals))


def _with_totals(blank: Count, totals: Totals) -> Count:
    return Count(
        **asdict(totals),
        not_voted=blank.not_voted - totals.cast,
        absent=blank.absent,
        recused=blank.recused,
        speaks_only=blank.speaks_only,
    )


def bases(rules: Sequence[VoteRules]) -> set[Base]:
    """The bases a set of rules takes shares of, so that a form asks only for the numbers it needs."""
    return {rule.base for pair in rules for rule in (pair.quorum, pair.carry) if rule}
