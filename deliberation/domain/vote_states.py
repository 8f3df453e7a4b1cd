"""A vote from draft to published: what may follow what, and who may confirm a count."""

from collections.abc import Mapping

from deliberation.domain.errors import Refusal, _
from deliberation.domain.transitions import State, course

ASKS: Mapping[str, str] = {
    "question": _("请写明表决的是什么。"),
    "rules": _("请选择表决规则。"),
    "roll": _("名册是空的，请先签到。"),
    "digest": _("名册还没有封存，请重新开始表决。"),
    "counted_by": _("请写明由谁计票。"),
    "recount_reason": _("请写明为什么重新计票。"),
    "confirmed": _("请由另一个人核对计票，或附上签了字的计票单。"),
    "reason": _("请写明取消的理由。"),
    "quorum_missed": _("到会人数够了，不能按人数不足处理。"),
    "quorum_kept": _("到会人数不足，不能按正常表决计票；请按人数不足结束本轮。"),
}
CANCEL = ("reason",)

VOTE = course(
    (
        State("draft", _("起草"), {"ready": ("question", "rules"), "cancelled": CANCEL}),
        State("ready", _("待表决"), {"draft": (), "open": ("roll", "digest"), "cancelled": CANCEL}),
        State("open", _("表决中"), {"closed": (), "no_quorum": ("quorum_missed",), "cancelled": CANCEL}),
        State("closed", _("已截止"), {
            "counted": ("counted_by", "quorum_kept"),
            "no_quorum": ("quorum_missed",),
            "cancelled": CANCEL,
        }),
        State("counted", _("已计票"), {
            "counted": ("counted_by", "recount_reason"),
            "confirmed": ("confirmed",),
            "cancelled": CANCEL,
        }),
        State("confirmed", _("已核对"), {"published": ()}),
        State("published", _("已公布")),
        State("no_quorum", _("到会人数不足")),
        State("cancelled", _("已取消")),
    ),
    ASKS,
)  # fmt: skip

FIRST = "draft"
TAKES_BALLOTS = frozenset({"open"})
FROZEN = frozenset(VOTE.states) - {"draft", "ready"}  # question, rules and roll never change in these


def check_takes_ballots(state: str) -> None:
    """Refuse a ballot before the opening or after the closing, each with its own sentence."""
    if state in TAKES_BALLOTS:
        return
    if state in ("draft", "ready"):
        raise Refusal(_("表决还没有开始，请等主持人宣布开始后再投。"))
    raise Refusal(_("表决已经结束，这一票没有计入。"))


def check_not_frozen(state: str) -> None:
    """Refuse a change of question, rules or roll once the vote has opened."""
    if state in FROZEN:
        raise Refusal(_("表决开始后，议题、规则和名册都不能再改；请取消后另开一轮。"))


def check_confirmer(counter: str, confirmer: str | None, *, sheet: str | None = None) -> None:
    """A count is confirmed by a second person, or by the signed count sheet (`sheet`: its digest)."""
    if sheet or (confirmer and confirmer != counter):
        return
    raise Refusal(ASKS["confirmed"])
