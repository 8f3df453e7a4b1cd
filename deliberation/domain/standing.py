"""Where an actor stands towards one thing at one instant: everything the policy may look at, as one value."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from deliberation.domain.acts import Act
from deliberation.domain.errors import _
from deliberation.domain.phases import PHASED
from deliberation.domain.roles import LEAD, MEMBERS, STAFF, Duty, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """`roles` in the office of the thing, `above` in any office over it, `opens` what its phase opens."""

    known: bool = False
    roles: frozenset[Role] = frozenset()
    above: frozenset[Role] = frozenset()
    duties: frozenset[Duty] = frozenset()
    elsewhere: frozenset[Role] = frozenset()
    opens: frozenset[Act] | None = None
    facts: frozenset[str] = field(default=frozenset())
    operator: bool = False
    act: Act = Act.VISIT

    def asking(self, act: Act) -> "Standing":
        """The same standing, asked about one act."""
        return replace(self, act=act)


Test = Callable[[Standing], bool]
Clause = list[Test]
Policy = dict[Act, list[Clause]]


def anyone(s: Standing) -> bool:
    """Anyone at all, with or without an account."""
    return True


def signed_in(s: Standing) -> bool:
    """Somebody with an account."""
    return s.known


def not_signed_in(s: Standing) -> bool:
    """Nobody yet."""
    return not s.known


def staff(s: Standing) -> bool:
    """Works in the office the thing belongs to."""
    return bool(s.roles & STAFF)


def lead(s: Standing) -> bool:
    """Person responsible or liaison officer of the office."""
    return bool(s.roles & LEAD)


def responsible(s: Standing) -> bool:
    """The person responsible for the office."""
    return Role.RESPONSIBLE in s.roles


def clerk(s: Standing) -> bool:
    """May take down what others say: clerk, liaison officer, person responsible, information officer."""
    return bool(s.roles & STAFF)


def member(s: Standing) -> bool:
    """Sits on the office's panel or council."""
    return bool(s.roles & MEMBERS)


def commission_above(s: Standing) -> bool:
    """Works for the commission over the office."""
    return Role.COMMISSION in s.above or bool(s.above & STAFF)


def commission_here(s: Standing) -> bool:
    """Works in this commission."""
    return Role.COMMISSION in s.roles


def system_admin(s: Standing) -> bool:
    """System administrator of the installation."""
    return Duty.SYSTEM in s.duties


def security_admin(s: Standing) -> bool:
    """Security administrator of the installation."""
    return Duty.SECURITY in s.duties


def audit_admin(s: Standing) -> bool:
    """Auditor of the installation."""
    return Duty.AUDIT in s.duties


def at_the_console(s: Standing) -> bool:
    """The operator of the machine, by command."""
    return s.operator


def works_somewhere(s: Standing) -> bool:
    """Staff or commission in any office."""
    return bool((s.roles | s.elsewhere | s.above) & (STAFF | {Role.COMMISSION}))


def leads_somewhere(s: Standing) -> bool:
    """Leads any office."""
    return bool((s.roles | s.elsewhere) & LEAD)


def phase_open(s: Standing) -> bool:
    """The phase opens the act; things without a phase and acts no phase speaks of are open."""
    return s.opens is None or s.act not in PHASED or s.act in s.opens


def fact(name: str) -> Test:
    """A test that one fact about the thing holds."""

    def holds(s: Standing) -> bool:
        return name in s.facts

    holds.__name__ = name
    holds.__doc__ = FACTS[name]
    return holds


FACTS = {
    "published": _("已向社会公开"),
    "guests_welcome": _("不登录也可以提意见"),
    "author": _("本人提出的"),
    "released": _("工作人员已公开"),
    "panel_shares": _("会议允许成员互看"),
    "on_the_roll": _("在表决名册上"),
    "vote_open": _("表决正在进行"),
    "meeting_open": _("会议正在进行"),
    "attending": _("在参会名单上"),
    "sample": _("示例数据"),
    "own_account": _("本人的账号"),
    "handed_down": _("上级交办的任务"),
}
published, guests_welcome, author, released = map(fact, ("published", "guests_welcome", "author", "released"))
panel_shares, on_the_roll, vote_open = map(fact, ("panel_shares", "on_the_roll", "vote_open"))
meeting_open, attending, sample, own_account = map(
    fact, ("meeting_open", "attending", "sample", "own_account")
)
handed_down = fact("handed_down")
