"""The permission matrix, written out: every act for every kind of person, in their own office, another, and from above.

`matrix.txt` is the reviewed table. A change of the policy shows itself here as a difference somebody has to accept:
`python -m tests.house.test_matrix` writes the table anew.
"""

import itertools
from pathlib import Path

from deliberation.domain.acts import Act
from deliberation.domain.permissions import POLICY, allows
from deliberation.domain.phases import PHASES
from deliberation.domain.roles import Duty, Role
from deliberation.domain.standing import FACTS, Standing

TABLE = Path(__file__).with_name("matrix.txt")


def people():
    """Every kind of person, named."""
    yield "guest", Standing()
    yield "operator", Standing(operator=True)
    for role in Role:
        yield f"{role}@own", Standing(known=True, roles=frozenset({role}))
        yield f"{role}@other", Standing(known=True, elsewhere=frozenset({role}))
        yield f"{role}@above", Standing(known=True, above=frozenset({role}), elsewhere=frozenset({role}))
    for duty in Duty:
        yield f"{duty}-administrator", Standing(known=True, duties=frozenset({duty}))


def facts_needed(act, who):
    """The least facts about the thing with which this person may do this, "" for none, None for never."""
    if allows(act, who):
        return ""
    asked = sorted(
        {test.__name__ for clause in POLICY[act] for test in clause} & set(FACTS)
    )  # others change nothing
    for fact in asked:
        if allows(act, with_facts(who, fact)):
            return fact
    for one, two in itertools.combinations(asked, 2):
        if allows(act, with_facts(who, one, two)):
            return f"{one}+{two}"
    return None


def with_facts(who, *facts):
    return Standing(
        known=who.known, roles=who.roles, above=who.above, duties=who.duties, elsewhere=who.elsewhere,
        operator=who.operator, opens=who.opens, facts=frozenset(facts),
    )  # fmt: skip


def in_phase(who, phase):
    return Standing(
        known=who.known, roles=who.roles, above=who.above, duties=who.duties, elsewhere=who.elsewhere,
        operator=who.operator, opens=phase.opens, facts=who.facts,
    )  # fmt: skip


def phases_for(act):
    """In which phases the act can be done by anybody at all."""
    everything = Standing(
        known=True, roles=frozenset(Role), above=frozenset(Role), duties=frozenset(Duty), elsewhere=frozenset(Role),
        facts=frozenset(FACTS), operator=True,
    )  # fmt: skip
    return [code for code, phase in PHASES.items() if allows(act, in_phase(everything, phase))]


def table():
    lines = []
    for act in sorted(Act):
        found = [(name, facts_needed(act, who)) for name, who in people()]
        allowed = [
            f"{name}{'(' + facts + ')' if facts else ''}" for name, facts in found if facts is not None
        ]
        when = phases_for(act)
        conditions = {facts for _name, facts in found}
        if len(conditions) == 1 and None not in conditions:
            allowed = [f"everyone{'(' + found[0][1] + ')' if found[0][1] else ''}"]
        lines.append(f"{act}: {' '.join(allowed) or '-'}")
        if len(when) < len(PHASES):
            lines.append(f"    only in: {' '.join(when) or '-'}")
    return "\n".join(lines) + "\n"


def test_the_matrix_is_the_reviewed_one():
    kept = TABLE.read_text("utf-8").splitlines()
    here = table().splitlines()
    changed = [f"- {line}" for line in kept if line not in here] + [
        f"+ {line}" for line in here if line not in kept
    ]
    assert not changed, "\n".join(changed)


def test_nobody_from_another_office_may_change_anything():
    changing = [
        a
        for a in Act
        if not a.value.startswith(("read-", "see-", "visit", "search", "sign-", "find-", "answer-"))
    ]
    for role in Role:
        who = Standing(known=True, elsewhere=frozenset({role}))
        may = {a for a in changing if allows(a, who)}
        assert may <= set(), f"{role} elsewhere may {may}"


def test_in_a_phase_that_does_not_open_it_nobody_does_it():
    from deliberation.domain.phases import PHASED

    bound = PHASED - {Act.IMPORT_DRAFT, Act.PUBLISH_DRAFT}
    for name, who in people():
        for phase in PHASES.values():
            full = with_facts(who, *FACTS)
            for act in bound - phase.opens:
                assert not allows(act, in_phase(full, phase)), f"{name} {act} {phase.code}"


def test_the_matrix_is_complete_act_by_role_by_office_by_phase():
    """Whoever the reviewed table names for an act may do it in exactly the phases it names, and nobody else in any."""
    wrong = []
    for act in Act:
        when = set(phases_for(act))
        for name, who in people():
            named, full = facts_needed(act, who) is not None, with_facts(who, *FACTS)
            for phase in PHASES.values():
                if allows(act, in_phase(full, phase)) != (named and phase.code in when):
                    wrong.append(f"{act} {name} {phase.code}")
    assert not wrong, "\n".join(wrong)


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
