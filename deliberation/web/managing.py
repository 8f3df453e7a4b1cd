"""What the page of progress and deadlines shows: the phases in order, and what is open at this moment."""

from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.errors import _
from deliberation.domain.phases import PHASES, Phase
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version

GO = {
    ("preparing", "collecting"): _("开始征集意见"),
    ("collecting", "consolidating"): _("开始整理归并"),
    ("consolidating", "collecting"): _("重新征集意见"),
    ("consolidating", "reported"): _("已经上报"),
    ("reported", "consolidating"): _("退回整理"),
    ("reported", "archived"): _("归档"),
}
MEANS = {
    "collecting": _("公开的任务，草案和征集页面对所有人打开；定向的，只给本联系点的成员看。"),
    "consolidating": _(
        "把收到的意见归并成建议。截止以前提的照收，期限内收到还没录的可以补录；截止以后收到的另放。"
    ),
    "reported": _("报告交给法工委，意见和建议都不能再改。"),
    "archived": _("全部只读，地址和回执继续有效。"),
}
ANSWERS = (
    (Act.MAKE_REMARK, _("群众和成员提意见")),
    (Act.RECORD_REMARK, _("工作人员代录、导入意见")),
    (Act.OPEN_MEETING, _("开会、表决")),
    (Act.MAKE_SUGGESTION, _("归并成建议")),
    (Act.PUBLISH_DRAFT, _("公布草案新的一稿")),
)


@dataclass(frozen=True)
class Step:
    """One phase of the consultation: passed, present or to come; what the button to it says, if there is one."""

    code: str
    name: str
    state: str
    label: str
    means: str


def steps(one: Consultation) -> list[Step]:
    """The phases in order, each with the button that leads there from where the consultation is."""
    codes = list(PHASES)
    now = codes.index(one.phase)
    return [
        Step(code, PHASES[code].name, _state(n, now), GO.get((one.phase, code), ""), MEANS.get(code, ""))
        for n, code in enumerate(codes)
    ]


def _state(n: int, now: int) -> str:
    return "now" if n == now else "past" if n < now else "next"


def open_now(phase: Phase) -> list[tuple[str, bool]]:
    """What can be done in a phase, and what cannot."""
    return [(words, act in phase.opens) for act, words in ANSWERS]


def hindrance(one: Consultation, version: Version | None) -> str:
    """Why remarks cannot be collected yet, if so."""
    if version is None and one.phase == "preparing":
        return _("还没有公布草案。请先导入草案，核对后公布，再开始征集意见。")
    return ""
