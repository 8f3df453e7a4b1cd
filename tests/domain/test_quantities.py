"""Words of quantity come from counts and show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.dossier import Backing, Tally
from deliberation.domain.quantities import LEAST, composition, quantity, vote_quantity

CASES = [
    # remarks, base, opposed, word, words
    (1, None, None, "some", "有的意见（1条）"),
    (19, None, None, "some", "有的意见（19条）"),  # nobody counted the others: never 多数
    (19, 26, 4, "most", "多数意见（26条中的19条）"),
    (13, 26, 4, "some", "有的意见（13条）"),  # half is not more than half
    (14, 26, 0, "most", "多数意见（26条中的14条）"),
    (3, 4, 0, "some", "有的意见（3条）"),  # three of four are too few to speak of 多数
    (4, 4, 0, "some", "有的意见（4条）"),
    (5, 5, 0, "all", "一致意见（共5条，无不同意见）"),
    (5, 5, None, "most", "多数意见（5条中的5条）"),  # nobody looked for opposition
    (12, 13, 0, "most", "多数意见（13条中的12条）"),
]


@pytest.mark.parametrize(("remarks", "base", "opposed", "word", "words"), CASES)
def test_words(remarks, base, opposed, word, words):
    found = quantity(Backing(remarks, base, opposed))
    assert (found.word, str(found.said)) == (word, words)


@pytest.mark.parametrize("backing", [Backing(0), Backing(5, 4, 0), Backing(3, 5, 3)])
def test_counts_that_disagree_are_refused(backing):
    with pytest.raises(ValueError):
        quantity(backing)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_no_great_word_without_the_count_for_it(remarks, others, opposed):
    base = remarks + others + opposed
    found = quantity(Backing(remarks, base, opposed))
    assert str(remarks) in str(found.said)
    if found.word == "most":
        assert 2 * remarks > base >= LEAST
        assert str(base) in str(found.said)
    if found.word == "all":
        assert remarks == base >= LEAST
        assert others == opposed == 0
    if found.word == "some":
        assert 2 * remarks <= base or base < LEAST


VOTES = [
    (3, 3, "all"), (2, 2, "most"), (45, 45, "all"), (24, 45, "most"), (22, 45, "some"), (1, 2, "some"), (0, 9, "some"),
]  # fmt: skip


@pytest.mark.parametrize(("in_favour", "base", "word"), VOTES)
def test_votes(in_favour, base, word):
    found = vote_quantity(in_favour, base)
    assert found.word == word
    assert f"{base}人中的{in_favour}人" in str(found.said)


@pytest.mark.parametrize(("in_favour", "base"), [(1, 0), (0, 0), (-1, 3), (4, 3)])
def test_votes_that_cannot_be(in_favour, base):
    with pytest.raises(ValueError):
        vote_quantity(in_favour, base)


def test_composition_is_largest_first_and_leaves_out_nobody_and_nothing():
    tallies = (Tally("甲", 3), Tally("乙", 0), Tally("丙", 12), Tally("丁", 3))
    assert [str(part) for part in composition(tallies)] == ["丙12条", "甲3条", "丁3条"]
