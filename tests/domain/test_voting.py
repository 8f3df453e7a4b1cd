"""Counting: rolls, ballots, totals and the words; permutations change nothing, every row stands in one place."""

import json
from collections import Counter

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
)
from deliberation.domain.rolls import RollRow, digest
from deliberation.domain.tally_words import CARRY, QUORUM, spoken
from deliberation.domain.voting import Ballot, Choice, Tally, Totals, count, count_fixed, count_totals, judge

OF_PRESENT = VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_PRESENT)
OF_DUE = VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE)
SHRINKING = VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE, recusal_shrinks=True)
CATEGORIES = ("party_branch", "villager_rep", "local_worthy", "coopted")


def test_the_sentence_of_the_design():
    tally = judge(Totals(24, 15, 4), VoteRules(None, MAJORITY_OF_PRESENT), Heads(61, 45))
    assert str(tally.words[0]) == "应到61，实到45，赞成24；需超过22.5，即至少23"
    assert tally.carried is True
    assert spoken(tally).endswith("赞成24，反对15，弃权4，未投2。")


def test_abstaining_and_not_voting_stay_among_those_present():
    assert judge(Totals(5, 0, 5), OF_PRESENT, Heads(10, 10)).carried is False
    assert judge(Totals(5), OF_PRESENT, Heads(10, 10)).carried is False
    assert judge(Totals(6), OF_PRESENT, Heads(10, 10)).carried is True


def test_of_those_taking_part_only():
    rules = VoteRules(None, Rule(Base.PARTICIPATING, Operator.GT, 1, 2))
    assert judge(Totals(3, 2), rules, Heads(20, 20)).carried is True
    assert judge(Totals(3, 2, 1), rules, Heads(20, 20)).carried is False
    assert judge(Totals(3, 2, 0, 1), rules, Heads(20, 20)).carried is False
    assert judge(Totals(0), rules, Heads(20, 20)).carried is False


def test_missed_quorum_says_nothing():
    tally = judge(Totals(40), OF_PRESENT, Heads(61, 40))
    assert (tally.quorum_met, tally.carried, tally.needs_present) == (False, None, 41)
    assert "不作结论" in spoken(tally)


def test_no_rule_entered_says_nothing():
    rules = VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE, entered=False)
    tally = judge(Totals(61), rules, Heads(61, 61))
    assert (tally.quorum_met, tally.carried, tally.needs_for) == (True, None, 31)
    assert "未填本地议事规则" in spoken(tally)
    assert "通过" not in spoken(tally)


def test_nothing_decided_by_counting():
    tally = judge(Totals(3, 1), VoteRules(None, None), Heads(9, 5))
    assert (tally.quorum_met, tally.carried, tally.needs_present, tally.needs_for) == (None, None, None, None)
    assert "只听取意见" in spoken(tally)


@pytest.mark.parametrize(
    "totals",
    [Totals(46), Totals(20, 20, 6), Totals(45, 0, 0, 1)],
)
def test_a_tally_above_the_attendance(totals):
    with pytest.raises(Refusal):
        judge(totals, OF_PRESENT, Heads(61, 45))


def test_negative_totals():
    with pytest.raises(Refusal):
        Totals(-1)


def test_a_later_revision_replaces_in_any_order():
    roll = [RollRow("a"), RollRow("b")]
    ballots = [Ballot("a", Choice.FOR, 2), Ballot("b", Choice.FOR), Ballot("a", Choice.AGAINST, 1)]
    assert count(ballots, OF_DUE, roll).for_ == 2
    assert count([*ballots, Ballot("a", Choice.ABSTAIN, 3)], OF_DUE, roll).counted.abstain == 1


def test_two_answers_in_one_revision():
    with pytest.raises(Refusal):
        count([Ballot("a", Choice.FOR), Ballot("a", Choice.AGAINST)], OF_DUE, [RollRow("a")])
    assert count([Ballot("a", Choice.FOR), Ballot("a", Choice.FOR)], OF_DUE, [RollRow("a")]).for_ == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (RollRow("a", present=False), "没有签到"),
        (RollRow("a", votes=False, coopted=True), "只发言"),
        (RollRow("a", recused=True), "回避"),
        (RollRow("b"), "不在本次表决的名册"),
    ],
)
def test_who_may_not_vote(row, words):
    with pytest.raises(Refusal, match=words):
        count([Ballot("a", Choice.FOR)], OF_DUE, [row])


@pytest.mark.parametrize(
    "roll", [[RollRow("a"), RollRow("a")], [RollRow("a", person="p"), RollRow("b", person="p")]]
)
def test_nobody_twice_on_a_roll(roll):
    with pytest.raises(Refusal):
        count([], OF_DUE, roll)


def test_recusal_shrinks_the_base_only_where_the_rule_says():
    roll = [RollRow(str(n), recused=n >= 7) for n in range(10)]
    ballots = [Ballot(str(n), Choice.FOR if n < 4 else Choice.AGAINST) for n in range(7)]
    stays, shrinks = count(ballots, OF_DUE, roll), count(ballots, SHRINKING, roll)
    assert (stays.needs_for, stays.carried) == (6, False)
    assert (shrinks.needs_for, shrinks.carried) == (4, True)
    assert stays.counted == shrinks.counted
    assert "计票基数7" in spoken(shrinks)
    assert "回避3" in spoken(shrinks)


def test_an_x_that_only_speaks_counts_for_the_quorum_and_not_for_the_majority():
    roll = [RollRow(f"f{n}") for n in range(9)] + [
        RollRow(f"x{n}", coopted=True, votes=False) for n in range(3)
    ]
    tally = count([Ballot(f"f{n}", Choice.FOR) for n in range(5)], OF_DUE, roll)
    assert (tally.needs_present, tally.needs_for, tally.carried) == (8, 5, True)
    assert tally.coopted.speaks_only == 3


def test_both_tallies_where_x_members_vote():
    roll = [RollRow(f"f{n}") for n in range(9)] + [RollRow(f"x{n}", coopted=True) for n in range(4)]
    ballots = [
        Ballot(row.key, Choice.FOR if row.coopted or row.key < "f4" else Choice.AGAINST) for row in roll
    ]
    assert count(ballots, OF_DUE, roll).carried is True
    assert count_fixed(ballots, OF_DUE, roll).carried is False


@pytest.mark.parametrize("wrong", [{"present": False}, {"person": "乙"}])
def test_a_proxy_is_present_and_somebody_else(wrong):
    with pytest.raises(Refusal):
        RollRow(**{"key": "a", "person": "甲", "proxy": "乙", **wrong})


def test_hands_against_a_roll():
    roll = [RollRow(str(n), present=n < 8, recused=n == 0) for n in range(10)]
    tally = count_totals(Totals(5, 1), OF_DUE, roll)
    assert (tally.counted.not_voted, tally.counted.absent, tally.counted.recused) == (1, 2, 1)
    with pytest.raises(Refusal):
        count_totals(Totals(8), OF_DUE, roll)


def test_whole_and_households_stand_for_themselves():
    rules = VoteRules(Rule(Base.WHOLE, Operator.GE, 2, 3), Rule(Base.HOUSEHOLD, Operator.GE, 2, 3))
    roll = [RollRow(str(n)) for n in range(8)]
    tally = count([], rules, roll, whole=12, households=9)
    assert (tally.quorum_met, tally.needs_present, tally.needs_for) == (True, 8, 6)


rows = st.lists(
    st.tuples(st.sampled_from(CATEGORIES), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 4)),
    max_size=30,
)
rules = st.builds(
    VoteRules,
    st.sampled_from([None, TWO_THIRDS_OF_DUE, Rule(Base.WHOLE, Operator.GT, 1, 2)]),
    st.builds(Rule, st.sampled_from(Base), st.sampled_from(Operator), st.integers(1, 2), st.just(3)),
    entered=st.booleans(),
    recusal_shrinks=st.booleans(),
)


def hall(drawn):
    """A roll and lawful ballots, some revised, out of drawn tuples."""
    roll, ballots = [], []
    for n, (category, present, votes, recused, choice) in enumerate(drawn):
        coopted = category == "coopted"
        row = RollRow(f"r{n}", f"p{n}", category, coopted, present, votes or not coopted, recused)
        roll.append(row)
        if row.may_vote and choice:
            ballots += [Ballot(row.key, Choice.AGAINST, 1)] if choice == 4 else []
            ballots.append(Ballot(row.key, list(Choice)[choice % 3], 2))
    return roll, ballots


@given(rows, rules, st.randoms())
def test_order_is_nothing(drawn, rules, random):
    roll, ballots = hall(drawn)
    mixed_roll, mixed = random.sample(roll, len(roll)), random.sample(ballots, len(ballots))
    assert count(ballots, rules, roll) == count(mixed, rules, mixed_roll)


@given(rows, rules)
def test_every_row_stands_in_one_place(drawn, rules):
    roll, ballots = hall(drawn)
    tally = count(ballots, rules, roll)
    assert tally.counted.total == len(roll) == tally.due
    assert tally.fixed.total + tally.coopted.total == len(roll)
    assert sum(part.total for _, part in tally.categories) == len(roll)
    assert dict(Counter(row.category for row in roll)) == {
        name: part.total for name, part in tally.categories
    }
    for place in ("for_", "against", "abstain", "not_voted", "absent", "recused", "speaks_only"):
        whole = getattr(tally.counted, place)
        assert whole == getattr(tally.fixed, place) + getattr(tally.coopted, place)
        assert whole == sum(getattr(part, place) for _, part in tally.categories)


@given(rows, rules)
def test_a_tally_comes_back_from_json(drawn, rules):
    roll, ballots = hall(drawn)
    tally = count(ballots, rules, roll)
    assert Tally.from_dict(json.loads(json.dumps(tally.to_dict()))) == tally


@given(rows, rules)
def test_named_and_nameless_counts_agree(drawn, rules):
    roll, ballots = hall(drawn)
    named = count(ballots, rules, roll)
    bare = count_totals(Totals(named.for_, named.against, named.abstain), rules, roll)
    assert (bare.counted, bare.carried, bare.quorum_met, bare.words) == (
        named.counted, named.carried, named.quorum_met, named.words,
    )  # fmt: skip


@given(rows, rules)
def test_one_more_vote_for_never_undoes(drawn, rules):
    roll, ballots = hall(drawn)
    before = count(ballots, rules, roll)
    silent = [row for row in roll if row.may_vote and row.key not in {b.row for b in ballots}]
    for row in silent[:1]:
        after = count([*ballots, Ballot(row.key, Choice.FOR)], rules, roll)
        if rules.carry.base is not Base.PARTICIPATING:
            assert not (before.carried is True and after.carried is not True)


@given(rows, rules)
def test_a_digest_sees_every_change_and_no_order(drawn, rules):
    roll, _ = hall(drawn)
    digested = digest("第十二条", rules, roll)
    assert digested == digest("第十二条", rules, reversed(roll))
    assert digested != digest("第十三条", rules, roll)
    for n, row in enumerate(roll):
        changed = [
            *roll[:n],
            RollRow(row.key, row.person, row.category, row.coopted, not row.present),
            *roll[n + 1 :],
        ]
        assert digest("第十二条", rules, changed) != digested


@given(rows, rules)
def test_words_state_the_arithmetic(drawn, rules):
    roll, ballots = hall(drawn)
    tally = count(ballots, rules, roll)
    text = spoken(tally)
    assert "%(" not in text
    if tally.quorum_met is not False:
        assert f"即至少{tally.needs_for}" in text
    if rules.quorum:
        assert f"开会需{'超过' if rules.quorum.operator is Operator.GT else '达到'}" in text
        assert f"即至少{tally.needs_present}" in text


def test_every_shape_of_sentence_exists():
    for sentences in (QUORUM, CARRY):
        assert len(sentences) == 8
        assert all("%(least)s" in sentence and "%(line)s" in sentence for sentence in sentences.values())
