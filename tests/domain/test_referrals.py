"""Referrals: what may follow what, what each step needs, consent first, dates that can be."""

from datetime import date, timedelta

import pytest

from deliberation.domain import referrals as rules
from deliberation.domain.errors import Refusal

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize("kind", sorted(rules.CONSENTED))
def test_nobody_is_passed_on_without_having_agreed(kind):
    for how, on in (("", TODAY), ("in_person", None), ("somehow", TODAY), (None, None)):
        with pytest.raises(Refusal) as refused:
            rules.check_consent(kind, how, on, TODAY)
        assert refused.value.field == "how"
    with pytest.raises(Refusal) as refused:
        rules.check_consent(kind, "telephone", TODAY + timedelta(days=1), TODAY)
    assert refused.value.field == "consented_on"
    rules.check_consent(kind, "telephone", TODAY, TODAY)


def test_a_grid_report_needs_none_and_an_unknown_kind_is_refused():
    rules.check_consent("grid", "", None, TODAY)
    with pytest.raises(Refusal):
        rules.check_consent("gossip", "in_person", TODAY, TODAY)


def test_from_every_open_state_an_answer_is_reached_and_every_ending_tells_the_person():
    reach = {code: set(rules.COURSE.may_follow(code)) for code in rules.COURSE.states}
    for code in rules.OPEN:
        seen, more = set(), {code}
        while more:
            seen |= more
            more = set().union(*(reach[s] for s in more)) - seen
        assert "answered" in seen, code
    for state in rules.COURSE.states.values():
        for to, needs in state.then.items():
            if to in rules.ENDED:
                assert {"answered_on", "manner"} <= set(needs), (state.code, to)


def test_a_step_asks_for_its_first_missing_fact():
    with pytest.raises(Refusal) as refused:
        rules.COURSE.move("requested", "dispatched", {"department": "物业科"})
    assert refused.value.field == "by_when"
    with pytest.raises(Refusal):
        rules.COURSE.move("requested", "done", {})


def test_dates_that_cannot_be():
    for facts in ({"taken_on": TODAY + timedelta(days=1)}, {"by_when": TODAY - timedelta(days=1)}):
        with pytest.raises(Refusal) as refused:
            rules.check_dates(facts, TODAY)
        assert refused.value.field in facts
    rules.check_dates({"taken_on": TODAY, "by_when": TODAY}, TODAY)


def test_time_runs_until_it_is_done():
    yesterday = TODAY - timedelta(days=1)
    late = {code for code in rules.COURSE.states if rules.is_late(code, yesterday, TODAY)}
    assert late == {"requested", "dispatched", "returned", "accepted", "joint"}
    assert not rules.is_late("accepted", TODAY, TODAY)
    assert not rules.is_late("accepted", None, TODAY)
