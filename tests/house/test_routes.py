"""Every route declares its act; the policy is complete; no address disappears unnoticed."""

from pathlib import Path

from deliberation.domain.acts import Act
from deliberation.domain.permissions import POLICY
from deliberation.domain.phases import PHASED, PHASES
from deliberation.domain.roles import Role
from deliberation.domain.standing import Standing

ADDRESSES = Path(__file__).with_name("addresses.txt")


def test_every_route_declares_an_act_of_the_policy(app):
    undeclared = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and getattr(app.view_functions[rule.endpoint], "act", None) not in POLICY
    ]
    assert not undeclared, undeclared


def test_every_act_has_clauses_and_every_clause_tests():
    assert {act for act in Act if not POLICY.get(act)} == set()
    assert all(clause for clauses in POLICY.values() for clause in clauses)


def test_phases_open_only_acts_the_policy_ties_to_phases():
    loose = [a for a in PHASED if not all(any(t.__name__ == "phase_open" for t in c) for c in POLICY[a])]
    drafts = {Act.IMPORT_DRAFT, Act.PUBLISH_DRAFT}
    assert set(loose) <= drafts, loose


def test_every_phase_leads_somewhere_known():
    assert {to for phase in PHASES.values() for to in phase.then} <= set(PHASES)


def test_a_stranger_may_change_nothing_but_what_is_open_to_anyone():
    from deliberation.domain.permissions import allows

    open_to_all = {a for a in Act if allows(a, Standing())}
    assert open_to_all == {Act.VISIT, Act.SIGN_IN, Act.ANSWER_INVITATION, Act.SEARCH, Act.FIND_RECEIPT}


def test_panel_members_and_councillors_lead_nothing():
    from deliberation.domain.permissions import allows

    may = {a for a in Act if allows(a, Standing(known=True, roles=frozenset({Role.PANEL, Role.COUNCIL})))}
    assert may <= {
        Act.VISIT, Act.SIGN_IN, Act.SIGN_OUT, Act.ANSWER_INVITATION, Act.SEARCH, Act.FIND_RECEIPT, Act.SEE_OWN,
        Act.READ_CONSULTATION, Act.MAKE_REMARK, Act.READ_COUNCIL, Act.REVIEW_REPORT,
    }  # fmt: skip


def test_no_address_disappears_unnoticed(app):
    """New addresses are added to addresses.txt; a missing one is a broken link on somebody's poster."""
    here = {
        f"{rule.rule} {','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))}"
        for rule in app.url_map.iter_rules()
    }
    kept = {line for line in ADDRESSES.read_text("utf-8").splitlines() if line and not line.startswith("#")}
    assert kept - here == set(), f"gone: {kept - here}"
    assert here - kept == set(), f"add to addresses.txt: {sorted(here - kept)}"
