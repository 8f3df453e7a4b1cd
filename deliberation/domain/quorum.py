"""Quorums and majorities in exact integers: what share of which number, and the least that reaches it.

Sources: Organic Law of the Villagers' Committees (村民委员会组织法, text in force 2026-01-01) arts. 26, 30, 32;
Organic Law of the Urban Residents' Committees (居民委员会组织法, same date) arts. 27, 29. 过半数 is strictly more than
half; 以上 includes the number itself (立法技术规范). No float anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from deliberation.domain.errors import Refusal, Said, _


class Base(StrEnum):
    """Whose number a share is taken of."""

    DUE = "due"  # 应到
    PRESENT = "present"  # 实到; abstaining and not voting stay in it
    PARTICIPATING = "participating"  # 参与表决: for, against, abstain and spoilt papers
    WHOLE = "whole"  # 全体
    HOUSEHOLD = "household"  # 户


class Operator(StrEnum):
    """Strictly more than the share, or the share itself is enough."""

    GT = "gt"
    GE = "ge"


RULE_PHRASES: Mapping[tuple[Base, Operator], str] = {
    (Base.DUE, Operator.GT): _("超过应到人数的 %(share)s"),
    (Base.DUE, Operator.GE): _("达到应到人数的 %(share)s"),
    (Base.PRESENT, Operator.GT): _("超过实到人数的 %(share)s"),
    (Base.PRESENT, Operator.GE): _("达到实到人数的 %(share)s"),
    (Base.PARTICIPATING, Operator.GT): _("超过参与表决人数的 %(share)s"),
    (Base.PARTICIPATING, Operator.GE): _("达到参与表决人数的 %(share)s"),
    (Base.WHOLE, Operator.GT): _("超过全体成员的 %(share)s"),
    (Base.WHOLE, Operator.GE): _("达到全体成员的 %(share)s"),
    (Base.HOUSEHOLD, Operator.GT): _("超过总户数的 %(share)s"),
    (Base.HOUSEHOLD, Operator.GE): _("达到总户数的 %(share)s"),
}


def _whole_number(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refusal(_("规则中的“%(name)s”应填整数。"), name=name)
    return value


@dataclass(frozen=True, slots=True)
class Rule:
    """A share of a base: `Rule(Base.PRESENT, Operator.GT, 1, 2)` is 到会人员的过半数."""

    base: Base
    operator: Operator
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        numerator = _whole_number(self.numerator, "numerator")
        denominator = _whole_number(self.denominator, "denominator")
        if not 0 < numerator <= denominator:
            raise Refusal(_("规则的比例应大于零、不大于一，请重新填写分子和分母。"))
        if numerator == denominator and self.operator is Operator.GT:
            raise Refusal(_("没有人数能超过全数；请改为“达到”，或调低比例。"))

    @property
    def share(self) -> Fraction:
        """The share as an exact fraction."""
        return Fraction(self.numerator, self.denominator)

    def line(self, size: int) -> Fraction:
        """The exact number that must be passed (gt) or reached (ge) for a base of `size` heads."""
        return self.share * size

    def least(self, size: int) -> int:
        """The least whole number that satisfies the rule; never below one, so an empty hall decides nothing."""
        whole, rest = divmod(self.numerator * size, self.denominator)
        if self.operator is Operator.GT:
            return whole + 1
        return max(1, whole + bool(rest))

    def met(self, heads: int, size: int) -> bool:
        """Whether `heads` of a base of `size` satisfy the rule; False for a base of none."""
        return size > 0 and heads >= self.least(size)

    def to_dict(self) -> dict[str, str | int]:
        """Plain values for a JSON column; `from_dict` gives the rule back."""
        return {
            "base": self.base.value,
            "operator": self.operator.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, object]) -> "Rule":
        """Read what `to_dict` wrote, or a hand-written table; Refusal names what is missing or unknown."""
        if set(plain) != {"base", "operator", "numerator", "denominator"}:
            raise Refusal(_("一条规则要写明基数、“超过”还是“达到”、分子和分母，不多不少。"))
        try:
            base, operator = Base(str(plain["base"])), Operator(str(plain["operator"]))
        except ValueError:
            raise Refusal(
                _("基数只能是 due、present、participating、whole 或 household，比较只能是 gt 或 ge。")
            ) from None
        numerator = _whole_number(plain["numerator"], "numerator")
        denominator = _whole_number(plain["denominator"], "denominator")
        return cls(base, operator, numerator, denominator)

    def said(self) -> Said:
        """The rule as a phrase: 超过实到人数的 1/2."""
        return Said(RULE_PHRASES[self.base, self.operator], share=f"{self.numerator}/{self.denominator}")


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads counted in the hall, all ≥ 0. `whole` and `households` stand for themselves where the roll is not
    already all members, or all households; left out, they equal `due`."""

    due: int
    present: int
    whole: int | None = None
    households: int | None = None

    def __post_init__(self) -> None:
        for number in (self.due, self.present, self.whole, self.households):
            if number is not None and number < 0:
                raise Refusal(_("人数不能小于零，请核对。"))
        if self.present > self.due:
            raise Refusal(
                _("实到 %(present)s 多于应到 %(due)s，请核对签到表和名册。"),
                present=self.present,
                due=self.due,
            )
        if self.whole is not None and self.whole < self.due:
            raise Refusal(_("全体 %(whole)s 少于应到 %(due)s，请核对名册。"), whole=self.whole, due=self.due)

    def size(self, base: Base, participating: int = 0) -> int:
        """How many heads (or households) the base holds."""
        sizes = {
            Base.DUE: self.due,
            Base.PRESENT: self.present,
            Base.PARTICIPATING: participating,
            Base.WHOLE: self.due if self.whole is None else self.whole,
            Base.HOUSEHOLD: self.due if self.households is None else self.households,
        }
        return sizes[base]


@dataclass(frozen=True, slots=True)
class VoteRules:
    """What a vote is held under, frozen at its opening. `quorum` None: no least attendance is set. `carry` None:
    nothing is decided by counting. `entered` False: numbers are a suggestion until the office enters its own rule."""

    quorum: Rule | None = None
    carry: Rule | None = None
    entered: bool = True
    recusal_shrinks: bool = False

    def __post_init__(self) -> None:
        if self.quorum is not None and self.quorum.base in (Base.PRESENT, Base.PARTICIPATING):
            raise Refusal(_("开会人数的基数应是应到、全体或户，不能是实到或参与表决的人数。"))

    def to_dict(self) -> dict[str, object]:
        """Plain values for a JSON column; `from_dict` gives the rules back."""
        return {
            "quorum": self.quorum.to_dict() if self.quorum else None,
            "carry": self.carry.to_dict() if self.carry else None,
            "entered": self.entered,
            "recusal_shrinks": self.recusal_shrinks,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, object]) -> "VoteRules":
        """Read what `to_dict` wrote. What is not written is not entered: a rule never lights itself."""
        quorum, carry = plain.get("quorum"), plain.get("carry")
        return cls(
            quorum=Rule.from_dict(quorum) if isinstance(quorum, Mapping) else None,
            carry=Rule.from_dict(carry) if isinstance(carry, Mapping) else None,
            entered=plain.get("entered") is True,
            recusal_shrinks=plain.get("recusal_shrinks") is True,
        )


MAJORITY_OF_PRESENT = Rule(Base.PRESENT, Operator.GT, 1, 2)
MAJORITY_OF_DUE = Rule(Base.DUE, Operator.GT, 1, 2)
TWO_THIRDS_OF_DUE = Rule(Base.DUE, Operator.GE, 2, 3)


def exact(number: Fraction) -> str:
    """An exact number as people write it: 22, 22.5, 40 2/3."""
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    if 100 % number.denominator == 0:
        return f"{whole}.{rest * 100 // number.denominator:02d}".rstrip("0")
    return f"{whole} {rest}/{number.denominator}" if whole else f"{rest}/{number.denominator}"
