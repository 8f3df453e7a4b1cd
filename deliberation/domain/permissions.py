"""The policy as one table: act → clauses of small named tests. Any clause suffices; all its tests must hold."""

from deliberation.domain.acts import Act
from deliberation.domain.errors import Said, _
from deliberation.domain.phases import PHASED
from deliberation.domain.policy import (
    consultations,
    hall,
    people,
    preparing,
    referrals,
    remarks,
    reports,
    suggestions,
)
from deliberation.domain.standing import Policy, Standing, phase_open

POLICY: Policy = {
    **people.POLICY,
    **consultations.POLICY,
    **remarks.POLICY,
    **referrals.POLICY,
    **hall.POLICY,
    **preparing.POLICY,
    **suggestions.POLICY,
    **reports.POLICY,
}


def allows(act: Act, standing: Standing) -> bool:
    """Whether the policy lets somebody who stands there do this. Deny by default."""
    asked = standing.asking(act)
    return any(all(test(asked) for test in clause) for clause in POLICY.get(act, ()))


def why_not(act: Act, standing: Standing) -> Said:
    """The first reason a person can do something about."""
    asked = standing.asking(act)
    if act in PHASED and not phase_open(asked):
        return Said(_("现在这个阶段不能办这件事。请看本次征求意见的进度，或请联络员调整阶段。"))
    if not standing.known:
        return Said(_("请先登录，再办这件事。"))
    return Said(_("您在这里没有办这件事的权限。如果这是您的工作，请联系本联系点的联络员。"))
