"""What is not about a draft and goes to somebody who can do it: 点单, 派单, 接单, 办结, 答复 (the three slips), as data.

Local custom, not law: 三单制, 联席会议, 微心愿, 网格上报, 调解. A referral needs the consent of who spoke; a report
of the grid speaks of no person and needs none. What is said in a mediation stays with the office.
"""

from collections.abc import Mapping
from datetime import date

from deliberation.domain.errors import Refusal, _
from deliberation.domain.transitions import State, course

KINDS: Mapping[str, str] = {
    "referral": _("群众诉求"),
    "wish": _("微心愿"),
    "grid": _("网格上报"),
    "mediation": _("调解"),
}
CONSENTED = frozenset(
    {"referral", "wish", "mediation"}
)  # somebody spoke, and must agree that others are told
HOW = {"in_person": _("当面同意"), "telephone": _("电话同意"), "in_writing": _("书面同意")}
MANNERS = {"visit": _("当面"), "telephone": _("电话"), "letter": _("书面"), "online": _("网上")}
PLEASED = {"yes": _("满意"), "partly": _("基本满意"), "no": _("不满意"), "not_asked": _("没有问到")}

ASKS: Mapping[str, str] = {
    "department": _("请写明派给哪个单位。"),
    "by_when": _("请填写要求办结的日期。"),
    "reason": _("请写明理由。"),
    "taken_by": _("请写明对方由谁接单。"),
    "taken_on": _("请填写接单的日期。"),
    "met_on": _("请填写联席会议的日期。"),
    "decision": _("请写明联席会议怎么定的。"),
    "done_on": _("请填写办结的日期。"),
    "outcome": _("请写明办成了什么。"),
    "answered_on": _("请填写答复本人的日期。"),
    "manner": _("请选择怎么答复的。"),
    "answer": _("请写明答复了什么。"),
    "pleased": _("请选择本人是否满意；没有问到也请选。"),
}

COURSE = course(
    (
        State("requested", _("点单"), {
            "dispatched": ("department", "by_when"),
            "declined": ("reason", "answered_on", "manner"),
        }),
        State("declined", _("不予受理")),
        State("dispatched", _("派单"), {
            "accepted": ("taken_by", "taken_on"),
            "returned": ("reason",),
        }),
        State("returned", _("退单"), {
            "dispatched": ("department", "by_when"),
            "joint": ("met_on", "decision"),
            "declined": ("reason", "answered_on", "manner"),
        }),
        State("accepted", _("接单"), {
            "done": ("done_on", "outcome"),
            "joint": ("met_on", "decision"),
            "returned": ("reason",),
        }),
        State("joint", _("联席会议研究"), {
            "dispatched": ("department", "by_when"),
            "done": ("done_on", "outcome"),
        }),
        State("done", _("办结"), {
            "answered": ("answered_on", "manner", "answer", "pleased"),
            "accepted": ("taken_by", "taken_on", "reason"),
        }),
        State("answered", _("已答复"), {"dispatched": ("department", "by_when", "reason")}),
    ),
    ASKS,
)  # fmt: skip
FIRST = "requested"
ENDED = frozenset({"declined", "answered"})
OPEN = tuple(code for code in COURSE.states if code not in ENDED)
RUNNING = tuple(code for code in OPEN if code != "done")  # time runs: somebody is still to do it
PAST = frozenset({"taken_on", "met_on", "done_on", "answered_on"})


def check_consent(kind: str, how: str | None, on: date | None, today: date) -> None:
    """Refuse what would tell others of somebody who did not agree to it."""
    if kind not in KINDS:
        raise Refusal(_("请选择是哪一类事。"), field="kind")
    if kind not in CONSENTED:
        return
    if how not in HOW or on is None:
        raise Refusal(
            _("转给别的单位要先征得本人同意。请选择怎么同意的、哪天同意的；还没有问过，请先问。"), field="how"
        )
    if on > today:
        raise Refusal(_("日期在将来，请核对。"), field="consented_on")


def check_dates(facts: Mapping[str, object], today: date) -> None:
    """What is told as done cannot lie ahead; what is asked for cannot lie behind."""
    for name, value in facts.items():
        if isinstance(value, date) and name in PAST and value > today:
            raise Refusal(_("日期在将来，请核对。"), field=name)
        if isinstance(value, date) and name == "by_when" and value < today:
            raise Refusal(_("要求办结的日期已经过了，请核对。"), field=name)


def is_late(state: str, by_when: date | None, today: date) -> bool:
    """Whether it should have been done by now."""
    return state in RUNNING and by_when is not None and by_when < today
