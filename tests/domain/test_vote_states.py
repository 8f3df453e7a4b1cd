"""A vote's course: nothing changes after the opening, no ballot before or after, a second person confirms."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.vote_states import (
    ASKS,
    FIRST,
    VOTE,
    check_confirmer,
    check_not_frozen,
    check_takes_ballots,
)

ALL = dict.fromkeys(ASKS, "有")


def test_the_usual_course():
    state = FIRST
    for to in ("ready", "open", "closed", "counted", "confirmed", "published"):
        state = VOTE.move(state, to, ALL)
    assert VOTE.may_follow(state) == ()


def test_every_step_refuses_without_each_of_its_facts():
    for state in VOTE.states.values():
        for to, needs in state.then.items():
            for name in needs:
                with pytest.raises(Refusal) as refused:
                    VOTE.move(state.code, to, {**ALL, name: None})
                assert refused.value.field == name


def test_nothing_is_reset():
    """After the opening no course leads back to a draft or an open vote."""
    for start in ("open", "closed", "counted", "confirmed", "published", "no_quorum", "cancelled"):
        seen, new = set(), set(VOTE.may_follow(start))
        while new:
            seen |= new
            new = {to for state in new for to in VOTE.may_follow(state)} - seen
        assert not seen & {"draft", "ready", "open"}


def test_ends():
    assert {state for state in VOTE.states if not VOTE.may_follow(state)} == {
        "published",
        "no_quorum",
        "cancelled",
    }
    assert "cancelled" not in VOTE.may_follow("confirmed")


@pytest.mark.parametrize("state", list(VOTE.states))
def test_ballots_only_while_open(state):
    if state == "open":
        check_takes_ballots(state)
        return
    with pytest.raises(Refusal, match="还没有开始" if state in ("draft", "ready") else "已经结束"):
        check_takes_ballots(state)


@pytest.mark.parametrize("state", list(VOTE.states))
def test_question_rules_and_roll_are_frozen_from_the_opening(state):
    if state in ("draft", "ready"):
        check_not_frozen(state)
        return
    with pytest.raises(Refusal):
        check_not_frozen(state)


def test_who_confirms_a_count():
    check_confirmer("甲", "乙")
    check_confirmer("甲", None, sheet="ab12")
    check_confirmer("甲", "甲", sheet="ab12")
    for confirmer in ("甲", None, ""):
        with pytest.raises(Refusal):
            check_confirmer("甲", confirmer)
