"""有的, 多数, 一致: words of quantity that are computed from counts and never written without them.

Measure (ours, stricter than custom, which knows no figure): both great words need at least `LEAST` remarks on
the place; 一致 that every one of them says it and none is opposed, 多数 that strictly more than half do; everything
else is 有的. Where nobody counted the remarks on the place there is no base and no 多数.
A vote counts persons: all of at least three is 一致, more than half is 多数.
"""

from dataclasses import dataclass
from fractions import Fraction

from deliberation.domain.dossier import Backing, Tally
from deliberation.domain.errors import Said, _

LEAST = 5
LEAST_VOTERS_FOR_ALL = 3
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`word` is some | most | all; `said` names it together with its counts."""

    word: str
    said: Said


def quantity(backing: Backing) -> Quantity:
    """How a report may speak of a view. Raises ValueError where no remark stands behind it or counts disagree."""
    _check(backing)
    if _all(backing):
        return Quantity("all", Said(_("一致意见（共%(n)s条，无不同意见）"), n=backing.remarks))
    if _most(backing):
        return Quantity(
            "most", Said(_("多数意见（%(base)s条中的%(n)s条）"), n=backing.remarks, base=backing.base)
        )
    return Quantity("some", Said(_("有的意见（%(n)s条）"), n=backing.remarks))


def vote_quantity(in_favour: int, base: int) -> Quantity:
    """The same for a vote: `in_favour` of `base` persons, the base as the office's rule names it."""
    if not 0 <= in_favour <= base or not base:
        raise ValueError(f"{in_favour} of {base} persons")
    counts = {"n": in_favour, "base": base}
    if in_favour == base >= LEAST_VOTERS_FOR_ALL:
        return Quantity("all", Said(_("一致赞成（%(base)s人中的%(n)s人）"), **counts))
    if Fraction(in_favour, base) > HALF:
        return Quantity("most", Said(_("多数赞成（%(base)s人中的%(n)s人）"), **counts))
    return Quantity("some", Said(_("有的赞成（%(base)s人中的%(n)s人）"), **counts))


def composition(tallies: tuple[Tally, ...]) -> tuple[Said, ...]:
    """Who a count is made of, largest first, as 居民代表12条; equal counts stay in the order given."""
    parts = sorted((t for t in tallies if t.count), key=lambda t: -t.count)
    return tuple(Said(_("%(label)s%(n)s条"), label=t.label, n=t.count) for t in parts)


def _check(backing: Backing) -> None:
    if backing.remarks < 1:
        raise ValueError("a view without a remark behind it")
    if backing.base is None:
        return
    if backing.base < backing.remarks + (backing.opposed or 0):
        raise ValueError(f"{backing.remarks} for, {backing.opposed} against of {backing.base} remarks")


def _all(backing: Backing) -> bool:
    return backing.opposed == 0 and backing.base == backing.remarks >= LEAST


def _most(backing: Backing) -> bool:
    if backing.base is None or backing.base < LEAST:
        return False
    return Fraction(backing.remarks, backing.base) > HALF
