"""A matter's course: every step needs its witnesses, and an X ends with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.matters import (
    ASKS,
    BEFORE,
    FIRST,
    MATTER,
    OVER,
    check_before,
    check_may_vote_on,
    course_of,
    is_over,
    may_vote_on,
)
from deliberation.domain.transitions import State, course

ALL = dict.fromkeys(ASKS, "有")
CONSENSUS = [
    "studied",
    "published",
    "deliberating",
    "consensus",
    "posted",
    "implementing",
    "checked",
    "disclosed",
    "archived",
]
DIVISION = [
    "studied", "published", "deliberating", "division", "submitted", "decided", "posted", "implementing", "checked",
    "disclosed", "archived",
]  # fmt: skip


@pytest.mark.parametrize("steps", [CONSENSUS, DIVISION], ids=["consensus", "division"])
def test_the_whole_chain(steps):
    state = FIRST
    for to in steps:
        state = MATTER.move(state, to, ALL)
    assert is_over(state)


def test_every_step_refuses_without_each_of_its_facts():
    steps = [(state.code, to, needs) for state in MATTER.states.values() for to, needs in state.then.items()]
    assert len(steps) > 20
    for state, to, needs in steps:
        for name in needs:
            for blank in (None, "", " ", False):
                with pytest.raises(Refusal) as refused:
                    MATTER.move(state, to, {**ALL, name: blank})
                assert (str(refused.value), refused.value.field) == (ASKS[name], name)


def test_the_party_organisation_studies_first():
    """Art. 28: date and record number are required."""
    assert MATTER.missing("proposed", "studied", {}) == ("studied_on", "study_number")


def test_no_way_round():
    for state in MATTER.states:
        for to in set(MATTER.states) - set(MATTER.may_follow(state)):
            with pytest.raises(Refusal):
                MATTER.move(state, to, ALL)


def test_unanswered_objections_hold_a_matter_back():
    with pytest.raises(Refusal, match="异议"):
        MATTER.move("posted", "implementing", {**ALL, "objections_answered": False})


def test_voting_only_while_deliberating():
    assert [state for state in MATTER.states if may_vote_on(state)] == ["deliberating"]


@pytest.mark.parametrize("state", list(MATTER.states))
def test_no_ballot_after_the_matter_has_ended(state):
    if state == "deliberating":
        check_may_vote_on(state)
        return
    with pytest.raises(Refusal):
        check_may_vote_on(state)


def test_every_state_is_reached_and_leads_to_the_end():
    reached, new = set(), {FIRST}
    while new:
        reached |= new
        new = {to for state in new for to in MATTER.may_follow(state)} - reached
    assert reached == set(MATTER.states)
    ends = {state for state in MATTER.states if not MATTER.may_follow(state)}
    assert ends == {"archived"} <= OVER


def test_an_assemblys_own_matter_is_decided_and_forms_no_opinion():
    own = course_of("assembly")
    assert own.may_follow("deliberating") == ("decided", "postponed", "referred")
    assert {code: own.may_follow(code) for code in own.states if code != "deliberating"} == {
        code: MATTER.may_follow(code) for code in MATTER.states if code != "deliberating"
    }
    assert course_of("council_9x") is MATTER


@pytest.mark.parametrize("result", list(BEFORE))
def test_another_body_votes_only_on_what_is_before_it(result):
    assert "archived" not in BEFORE[result]
    assert "declined" not in BEFORE[result]
    check_before(result, "submitted")
    with pytest.raises(Refusal, match="没有提请"):
        check_before(result, "decided")
    assert BEFORE["decision"] == {"submitted"}


@given(st.lists(st.integers(0, 9), max_size=40))
def test_nobody_decides_but_an_assembly(choices):
    """However a matter wanders, it is decided only after it was submitted, and deliberated only after the study."""
    state, path = FIRST, [FIRST]
    for choice in choices:
        follow = MATTER.may_follow(state)
        if not follow:
            break
        state = MATTER.move(state, follow[choice % len(follow)], ALL)
        path.append(state)
    if "decided" in path:
        assert "submitted" in path[: path.index("decided")]
    if "deliberating" in path:
        assert path[:3] == ["proposed", "studied", "published"]
    if "archived" in path:
        assert path[-1] == "archived"


def test_a_course_that_leads_nowhere_is_no_course():
    with pytest.raises(ValueError):
        course((State("a", "甲", {"b": ()}),), {})
    with pytest.raises(ValueError):
        course((State("a", "甲", {"a": ("what",)}),), {})
