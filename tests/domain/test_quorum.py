"""Shares and least numbers: against an oracle that counts heads one by one, and the laws' own words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.quorum import (
    MAJORITY_OF_DUE,
    MAJORITY_OF_PRESENT,
    TWO_THIRDS_OF_DUE,
    Base,
    Heads,
    Operator,
    Rule,
    VoteRules,
    exact,
)


def enough(heads: int, size: int, operator: str, numerator: int, denominator: int) -> bool:
    """Oracle: cut every head of the base into `denominator` crumbs and compare crumbs; nothing of an empty base."""
    mine, line = 0, 0
    for _head in range(heads):
        mine += denominator
    for _head in range(size):
        line += numerator
    if size == 0 or heads == 0:
        return False
    return mine > line if operator == "gt" else mine >= line


RULES = [
    ("gt", 1, 2),
    ("ge", 1, 2),
    ("ge", 2, 3),
    ("gt", 2, 3),
    ("ge", 3, 4),
    ("ge", 4, 5),
    ("ge", 1, 10),
    ("ge", 1, 1),
]


@pytest.mark.parametrize(("operator", "numerator", "denominator"), RULES)
def test_every_rule_for_0_to_30(operator, numerator, denominator):
    rule = Rule(Base.DUE, Operator(operator), numerator, denominator)
    for size in range(31):
        wanted = [enough(heads, size, operator, numerator, denominator) for heads in range(size + 1)]
        assert [rule.met(heads, size) for heads in range(size + 1)] == wanted
        if size:
            assert rule.least(size) == wanted.index(True), size


@pytest.mark.parametrize("operator", Operator)
def test_nothing_of_an_empty_base(operator):
    assert not any(Rule(Base.DUE, operator, 1, 2).met(heads, 0) for heads in range(4))


def test_the_words_of_the_law():
    """过半数 excludes the half, 以上 includes the number itself."""
    assert not MAJORITY_OF_PRESENT.met(25, 50)
    assert MAJORITY_OF_PRESENT.met(26, 50)
    assert TWO_THIRDS_OF_DUE.met(20, 30)
    assert not TWO_THIRDS_OF_DUE.met(19, 30)
    assert TWO_THIRDS_OF_DUE.least(31) == 21


@given(st.integers(0, 10**18), st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(Operator))
def test_least_is_the_least(size, one, other, operator):
    numerator, denominator = min(one, other), max(one, other)
    if numerator == denominator and operator is Operator.GT:
        numerator -= 1
    if numerator == 0:
        return
    rule = Rule(Base.PRESENT, operator, numerator, denominator)
    least = rule.least(size)
    if size:
        assert rule.met(least, size)
    assert not rule.met(least - 1, size)
    assert least - 1 <= Fraction(numerator, denominator) * size


@pytest.mark.parametrize(
    ("numerator", "denominator", "operator"),
    [(0, 2, "ge"), (3, 2, "ge"), (-1, 2, "gt"), (1, 0, "ge"), (2, 2, "gt")],
)
def test_rules_that_cannot_be(numerator, denominator, operator):
    with pytest.raises(Refusal):
        Rule(Base.DUE, Operator(operator), numerator, denominator)


@pytest.mark.parametrize("number", [0.5, True, "1"])
def test_no_floats(number):
    with pytest.raises(Refusal):
        Rule(Base.DUE, Operator.GE, number, 2)


@given(
    st.sampled_from(Base), st.sampled_from(Operator), st.integers(1, 9), st.integers(10, 20), st.booleans()
)
def test_dictionaries_give_back_the_rule(base, operator, numerator, denominator, flag):
    rule = Rule(base, operator, numerator, denominator)
    assert Rule.from_dict(rule.to_dict()) == rule
    pair = VoteRules(TWO_THIRDS_OF_DUE, rule, entered=flag, recusal_shrinks=not flag)
    assert VoteRules.from_dict(pair.to_dict()) == pair


def test_an_unwritten_rule_is_not_entered():
    assert VoteRules.from_dict({}) == VoteRules(None, None, entered=False)
    assert not VoteRules.from_dict({"carry": MAJORITY_OF_DUE.to_dict(), "entered": "yes"}).entered


@pytest.mark.parametrize(
    "plain",
    [
        {"base": "due", "operator": "gt", "numerator": 1},
        {"base": "all", "operator": "gt", "numerator": 1, "denominator": 2},
        {"base": "due", "operator": ">", "numerator": 1, "denominator": 2},
        {"base": "due", "operator": "gt", "numerator": 0.5, "denominator": 1},
        {"base": "due", "operator": "gt", "numerator": 1, "denominator": 2, "share": 3},
    ],
)
def test_dictionaries_that_are_no_rule(plain):
    with pytest.raises(Refusal):
        Rule.from_dict(plain)


def test_a_quorum_of_those_present_is_no_quorum():
    with pytest.raises(Refusal):
        VoteRules(MAJORITY_OF_PRESENT, MAJORITY_OF_DUE)


def test_bases():
    heads = Heads(61, 45, whole=120, households=40)
    assert [heads.size(base, 43) for base in Base] == [61, 45, 43, 120, 40]
    assert [Heads(61, 45).size(base, 43) for base in Base] == [61, 45, 43, 61, 61]


@pytest.mark.parametrize(("due", "present"), [(5, 6), (-1, 0), (5, -1)])
def test_heads_that_cannot_be(due, present):
    with pytest.raises(Refusal):
        Heads(due, present)


def test_fewer_in_all_than_due():
    with pytest.raises(Refusal, match="全体 4 少于应到 5"):
        Heads(5, 3, whole=4)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(22), "22"),
        (Fraction(45, 2), "22.5"),
        (Fraction(122, 3), "40 2/3"),
        (Fraction(2, 3), "2/3"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 20), "0.05"),
        (Fraction(100), "100"),
        (Fraction(0), "0"),
    ],
)
def test_exact_numbers_as_people_write_them(number, written):
    assert exact(number) == written
