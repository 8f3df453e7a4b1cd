"""A show of hands: one count, or two tellers who count apart and again until they agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, _
from deliberation.domain.voting import Totals


@dataclass(frozen=True, slots=True)
class HandCount:
    """What one teller saw. A later count of the same teller is a new row; none is changed."""

    teller: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Hands:
    """Where a show of hands stands: `totals` once it is settled, else None; `differ` names what to count again."""

    totals: Totals | None
    differ: tuple[str, ...] = ()
    waiting: bool = False  # one teller has counted, the other has not


PLACES = ("for_", "against", "abstain")


def check_hands(totals: Totals, voters: int) -> None:
    """Refuse more hands than people in the hall with a vote; hands cannot be invalid."""
    if totals.invalid:
        raise Refusal(_("举手表决没有无效票，请把这一栏留空。"))
    if totals.cast > voters:
        raise Refusal(
            _("举手共 %(cast)s，多于在场可表决的 %(voters)s 人，请重新清点。"),
            cast=totals.cast,
            voters=voters,
        )


def settle(counts: Sequence[HandCount], voters: int, tellers: int = 1) -> Hands:
    """Read the counts in the order they were made.

    One teller: the last count stands. Two: they count in rounds, each once a round; the last full round decides,
    and a mismatch asks for another. A teller who counts twice in a round is refused.
    """
    if tellers not in (1, 2):
        raise Refusal(_("举手由一人清点，或两人分别清点。"))
    for seen in counts:
        check_hands(seen.totals, voters)
    if not counts:
        return Hands(None)
    if tellers == 1:
        return Hands(counts[-1].totals)
    return _two(counts)


def _two(counts: Sequence[HandCount]) -> Hands:
    for first, second in zip(counts[::2], counts[1::2], strict=False):
        if first.teller == second.teller:
            raise Refusal(_("两次清点是同一个人；请由另一位监票人单独清点。"))
    if len(counts) % 2:
        return Hands(None, waiting=True)
    one, other = counts[-2].totals, counts[-1].totals
    differ = tuple(place for place in PLACES if getattr(one, place) != getattr(other, place))
    return Hands(None, differ) if differ else Hands(one)
