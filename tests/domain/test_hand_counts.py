"""Shows of hands: one teller, or two who count again until they agree."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.hand_counts import HandCount, Hands, settle
from deliberation.domain.voting import Totals

A, B = Totals(24, 15, 4), Totals(23, 15, 5)


def test_one_teller_counts_and_may_count_again():
    assert settle([HandCount("甲", A)], 45) == Hands(A)
    assert settle([HandCount("甲", A), HandCount("甲", B)], 45) == Hands(B)
    assert settle([], 45) == Hands(None)


def test_two_tellers():
    one, other = HandCount("甲", A), HandCount("乙", A)
    assert settle([one], 45, 2) == Hands(None, waiting=True)
    assert settle([one, other], 45, 2) == Hands(A)


def test_a_mismatch_asks_for_another_round():
    first = [HandCount("甲", A), HandCount("乙", B)]
    assert settle(first, 45, 2) == Hands(None, ("for_", "abstain"))
    assert settle([*first, HandCount("乙", B)], 45, 2) == Hands(None, waiting=True)
    assert settle([*first, HandCount("乙", B), HandCount("甲", B)], 45, 2) == Hands(B)


def test_one_person_is_not_two_tellers():
    with pytest.raises(Refusal):
        settle([HandCount("甲", A), HandCount("甲", A)], 45, 2)


@pytest.mark.parametrize(("totals", "tellers"), [(Totals(46), 1), (Totals(1, invalid=1), 1), (A, 3), (A, 0)])
def test_hands_that_cannot_be(totals, tellers):
    with pytest.raises(Refusal):
        settle([HandCount("甲", totals)], 45, tellers)
