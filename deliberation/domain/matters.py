"""A matter of a 9+X council, from 提出 to 归档: its states, what each step needs, when an X ceases.

Sources: 村民委员会组织法 (text in force 2026-01-01) arts. 28 (Party organisation studies first), 33 (consultation, and
what must go to an assembly), 35 (disclosure at least 15 days). A council's result is 协商意见, never a decision.
"""

from collections.abc import Mapping
from datetime import date

from deliberation.domain.errors import Refusal, _
from deliberation.domain.transitions import Course, State, course

ASKS: Mapping[str, str] = {
    "studied_on": _("请填写村党组织研究的日期。"),
    "study_number": _("请填写村党组织研究的记录编号。"),
    "reason": _("请写明理由。"),
    "published_on": _("请填写议题公布的日期。"),
    "coopted_published": _("请确认利益相关方（X）名单已经公布；没有增补的也请注明“无”。"),
    "met_on": _("请填写协商会议的日期。"),
    "opinion": _("请填写协商意见。"),
    "views": _("请分别写明各方意见。"),
    "addressee": _("请写明转给哪个单位办理。"),
    "letter": _("请先生成提请函，再提请会议决定。"),
    "assembly": _("请选择由村民会议还是村民代表会议决定。"),
    "decided_on": _("请填写会议作出决定的日期。"),
    "decision": _("请填写会议的决定。"),
    "posted_on": _("请填写公示开始的日期。"),
    "posting_over": _("公示期还没有满，请等期满后再办理下一步。"),
    "disclosure_over": _("结果公开还没有挂满日期（法律规定不少于 15 日），期满后再归档。"),
    "objections_answered": _("还有异议没有答复，请逐条答复后再办理下一步。"),
    "responsible": _("请写明由谁落实。"),
    "by_when": _("请填写落实的期限。"),
    "supervision": _("请填写村务监督委员会的检查意见。"),
    "disclosed_on": _("请填写结果公开的日期。"),
    "answer": _("请填写承办单位的答复。"),
}

MATTER = course(
    (
        State("proposed", _("提出"), {
            "studied": ("studied_on", "study_number"),
            "declined": ("studied_on", "study_number", "reason"),
        }),
        State("declined", _("不列入议题"), {"archived": ()}),
        State("studied", _("村党组织已研究"), {"published": ("published_on", "coopted_published")}),
        State("published", _("议题与名单已公布"), {"deliberating": ("met_on",), "postponed": ("reason",)}),
        State("deliberating", _("协商中"), {
            "consensus": ("opinion",),
            "division": ("views",),
            "postponed": ("reason",),
            "referred": ("addressee", "reason"),
        }),
        State("consensus", _("达成共识"), {
            "posted": ("posted_on",),
            "submitted": ("letter", "assembly"),
        }),
        State("division", _("分歧较大"), {
            "submitted": ("letter", "assembly"),
            "deliberating": ("met_on",),
        }),
        State("postponed", _("暂缓"), {"published": ("published_on", "coopted_published"), "archived": ("reason",)}),
        State("referred", _("转办"), {"disclosed": ("answer", "disclosed_on"), "deliberating": ("met_on", "reason")}),
        State("submitted", _("已提请会议决定"), {
            "decided": ("assembly", "decided_on", "decision"),
            "deliberating": ("met_on", "reason"),
        }),
        State("decided", _("会议已决定"), {
            "posted": ("posted_on",),
            "disclosed": ("disclosed_on", "reason"),
        }),
        State("posted", _("公示"), {
            "implementing": ("posting_over", "objections_answered", "responsible", "by_when"),
            "deliberating": ("met_on", "reason"),
        }),
        State("implementing", _("落实"), {"checked": ("supervision",), "deliberating": ("met_on", "reason")}),
        State("checked", _("已监督检查"), {"disclosed": ("disclosed_on",), "implementing": ("reason", "by_when")}),
        State("disclosed", _("结果公开"), {"archived": ("disclosure_over",)}),
        State("archived", _("已归档")),
    ),
    ASKS,
)  # fmt: skip

# An assembly's own matter: what it talks over it decides, nothing goes on to another one, and no opinion is formed.
_TALKED = State("deliberating", MATTER.states["deliberating"].name, {
    "decided": ("assembly", "decided_on", "decision"),
    "postponed": ("reason",),
    "referred": ("addressee", "reason"),
})  # fmt: skip
DECIDING = course(
    tuple(_TALKED if code == "deliberating" else state for code, state in MATTER.states.items()), ASKS
)


def course_of(body: str) -> Course:
    """The course of a matter of an `assembly`, or of a council."""
    return DECIDING if body == "assembly" else MATTER


# What the record itself knows and nobody fills in; what may be added to a step; the sheet each step hangs on the board.
KNOWN = frozenset({"posting_over", "objections_answered", "disclosure_over", "letter"})
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "deliberating": ("hurried",),
    "implementing": ("budget", "funding"),
    "checked": ("checked_on", "checked_by"),
    "published": ("hung_before",),
    "posted": ("hung_before",),
    "disclosed": ("done_on", "spent", "hung_before"),
}
HANGS: Mapping[str, str] = {
    "published": "agenda",
    "posted": "opinion",
    "decided": "decision",
    "disclosed": "result",
}
HUNG_ON: Mapping[str, str] = {"published": "published_on", "posted": "posted_on", "disclosed": "disclosed_on"}
FIRST = "proposed"
OVER = frozenset({"declined", "archived"})  # the X of the matter keep nothing but reading
VOTING = frozenset({"deliberating"})  # a vote of the council opens in these states alone


def check_notice(published: date | None, met: date | None, days: int, hurried: str) -> None:
    """Refuse a sitting sooner than so many days after matter and names were published, unless a reason is given."""
    if published is None or met is None:
        return
    if met < published:
        raise Refusal(_("协商会议的日期早于议题公布的日期，请核对。"), field="met_on")
    if (met - published).days < days and not hurried.strip():
        raise Refusal(
            _("公布议题和名单到开会不足 %(days)s 日。确需提前的，请写明理由。"), days=days, field="hurried"
        )


def check_hung(to: str, facts: Mapping[str, object], today: date) -> None:
    """Refuse a sheet that is said to have hung before the day it is noted, unless where and by whom is written."""
    on = facts.get(HUNG_ON.get(to, ""))
    if isinstance(on, date) and on < today and not str(facts.get("hung_before") or "").strip():
        raise Refusal(
            _(
                "这一天早于今天，而公示栏从今天才挂出。纸质的确实早就贴出的，请写明贴在哪里、谁贴的；否则请填今天。"
            ),
            field="hung_before",
        )


def is_over(state: str) -> bool:
    """Whether the matter has ended, and with it every X seat, vote and right to write."""
    return state in OVER


def may_vote_on(state: str) -> bool:
    """Whether the council may vote on the matter now."""
    return state in VOTING


# When another body may vote on a council's matter: an assembly decides what was submitted to it; the Party members look
# at it before, and a joint meeting or a round table says its opinion, at any time until then.
_ON_THE_WAY = frozenset({"studied", "published", "deliberating", "consensus", "division", "submitted"})
BEFORE: Mapping[str, frozenset[str]] = {
    "decision": frozenset({"submitted"}),
    "party": _ON_THE_WAY,
    "opinion": _ON_THE_WAY | {"proposed", "postponed", "referred"},
}


def check_before(result: str, state: str) -> None:
    """Refuse a vote of another body (by what its way of deciding brings forth) on a matter not before it."""
    if state not in BEFORE[result]:
        raise Refusal(_("这一事项眼下没有提请这次会议，不能表决；请先在事项页办到“已提请会议决定”。"))


def check_may_vote_on(state: str) -> None:
    """Refuse a vote, and every ballot of one, while the matter is not being deliberated: an X ends with its matter."""
    if not may_vote_on(state):
        raise Refusal(_("这一事项眼下不在协商，不能表决；请先办到“协商中”这一步。"))
