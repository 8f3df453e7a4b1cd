"""The policy in words: what each small test of the table says, for the matrix on the installation's page."""

from dataclasses import dataclass

from deliberation.domain.act_names import ACT_NAMES
from deliberation.domain.acts import Act
from deliberation.domain.errors import _
from deliberation.domain.permissions import POLICY
from deliberation.domain.standing import FACTS

TEST_NAMES: dict[str, str] = {
    "anyone": _("任何人，不用登录"),
    "signed_in": _("登录的人"),
    "not_signed_in": _("没有登录的人"),
    "staff": _("本单位工作人员"),
    "lead": _("本单位负责人或联络员"),
    "responsible": _("本单位负责人"),
    "clerk": _("本单位做记录的工作人员"),
    "member": _("本单位专家团或议事会成员"),
    "commission_above": _("上级法制工作机构的人员"),
    "commission_here": _("本法制工作机构的人员"),
    "system_admin": _("系统管理员"),
    "security_admin": _("安全管理员"),
    "audit_admin": _("审计员"),
    "at_the_console": _("服务器上的操作员"),
    "works_somewhere": _("任何单位的工作人员"),
    "leads_somewhere": _("任何单位的负责人或联络员"),
    "phase_open": _("当前阶段允许"),
    **FACTS,
}


@dataclass(frozen=True)
class Row:
    """One act: its code, its name, and its clauses, each a tuple of msgids that must all hold."""

    code: str
    name: str
    clauses: tuple[tuple[str, ...], ...]


def matrix() -> list[Row]:
    """The whole policy in the order of the acts; any clause of a row suffices, all its tests must hold."""
    return [
        Row(
            act.value,
            ACT_NAMES[act],
            tuple(tuple(TEST_NAMES[test.__name__] for test in clause) for clause in POLICY.get(act, ())),
        )
        for act in Act
    ]
