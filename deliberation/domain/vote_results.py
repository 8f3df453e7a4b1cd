"""What a counted vote means and how it is drawn: never 通过 of a council that deliberates, never a result without a rule.

A 9+X council's result is 协商意见 (村民委员会组织法, text in force 2026-01-01, art. 33); a panel settles (议定) whether a
suggestion goes up. Arithmetic in words: domain/tally_words.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deliberation.domain.errors import Said, _
from deliberation.domain.procedures import CARRIED, NOT_CARRIED, Result
from deliberation.domain.quorum import Base, Operator, exact
from deliberation.domain.voting import Tally

OPINION_ONLY = _("这是协商意见，不是村民会议的决定。")
SETTLED = _("议定：这条建议上报")
NOT_SETTLED = _("赞成人数没有达到规则的要求，这条建议没有议定上报")
BASES: Mapping[Base, str] = {
    Base.DUE: _("应到"),
    Base.PRESENT: _("实到"),
    Base.PARTICIPATING: _("参与表决"),
    Base.WHOLE: _("全体"),
    Base.HOUSEHOLD: _("总户数"),
}
LINES: Mapping[Operator, str] = {
    Operator.GT: _("要超过 %(line)s，即至少 %(least)s"),
    Operator.GE: _("要达到 %(line)s，即至少 %(least)s"),
}
PARTS = (
    ("for_", _("赞成"), "pine"),
    ("against", _("反对"), "slate"),
    ("abstain", _("弃权"), "ash"),
    ("invalid", _("无效"), "sunk"),
    ("not_voted", _("未投"), "sunk"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A bar of `size` heads in (label, number, tone) parts, and where the line stands (None: no rule)."""

    size: int
    base: str
    parts: tuple[tuple[str, int, str], ...]
    line: Fraction | None = None
    says: Said | None = None


def meaning(council: str, tally: Tally, result: Result | None = None) -> Said | None:
    """What the count means for a `panel` or a `council_9x`, or an assembly by what its way brings forth; None where
    nothing follows (no rule, too few)."""
    if tally.carried is None:
        return None
    if result is not None:
        return Said((CARRIED if tally.carried else NOT_CARRIED)[result])
    if council == "panel":
        return Said(SETTLED if tally.carried else NOT_SETTLED)
    return Said((CARRIED if tally.carried else NOT_CARRIED)[Result.OPINION])


def picture(tally: Tally) -> Picture:
    """The bar: of the base the majority is taken of; without a rule, of those present."""
    rule, size = tally.rules.carry, tally.carry_size
    base = rule.base if rule else Base.PRESENT
    whole = tally.present if size is None else size
    parts = [(label, getattr(tally.counted, name), tone) for name, label, tone in PARTS]
    if base is Base.PARTICIPATING:
        parts = parts[:4]
    elif base is not Base.PRESENT:
        parts.append((_("缺席"), tally.counted.absent, "sunk"))
    rest = whole - sum(number for _label, number, _tone in parts)
    if rest > 0:
        parts.append((_("不参加表决"), rest, "sunk"))
    kept = tuple(part for part in parts if part[1] or part[0] not in ("无效", "缺席", "不参加表决"))
    if rule is None or size is None:
        return Picture(whole, BASES[base], kept)
    line = rule.line(size)
    says = Said(LINES[rule.operator], line=exact(line), least=rule.least(size))
    return Picture(whole, BASES[base], kept, line, says)
