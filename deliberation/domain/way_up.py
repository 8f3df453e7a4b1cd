"""The way a report goes up: 整理稿 → 专家团核稿 → 负责人审定 → 用印登记 → 报送登记 → 退回 or 补充报送, as data.

Office custom (domain.md A1.2, step 8: 联系点负责人签发、盖章), not law: a small office without a panel skips its step with
a reason, a plain letter goes without a seal. Approval is given on the screen by the person responsible, or on a signed sheet.
"""

from collections.abc import Mapping
from datetime import date

from deliberation.domain.errors import Refusal, _
from deliberation.domain.transitions import State, course

MANNERS = {
    "paper": _("纸质送达"),
    "post": _("邮寄"),
    "network": _("政务网、内网"),
    "mail": _("电子邮件"),
    "platform": _("对方系统"),
}
HOW = {"screen": _("在本页审定"), "sheet": _("签字件已扫描")}

ASKS: Mapping[str, str] = {
    "by_when": _("请填写请专家团哪天前核完。"),
    "approved_by": _("请填写由谁审定。"),
    "approved_on": _("请填写审定的日期。"),
    "how": _("请选择怎么审定的。"),
    "unreviewed": _("请写明为什么没有请专家团核稿。"),
    "reason": _("请写明理由。"),
    "stamped_on": _("请填写用印的日期。"),
    "seal_of": _("请填写用的是哪个单位的印章。"),
    "copies": _("请填写用印的份数。"),
    "stamped_by": _("请填写经办人。"),
    "submitted_on": _("请填写报送的日期。"),
    "manner": _("请选择怎么报送的。"),
    "addressee": _("请填写报送给哪个单位。"),
    "unstamped": _("请写明为什么没有用印。"),
    "returned_on": _("请填写退回的日期。"),
}
SENT = ("submitted_on", "manner", "addressee")

COURSE = course(
    (
        State("drafting", _("整理稿"), {
            "reviewing": ("by_when",),
            "approved": ("unreviewed", "approved_by", "approved_on", "how"),
        }),
        State("reviewing", _("专家团核稿"), {
            "approved": ("approved_by", "approved_on", "how"),
            "drafting": ("reason",),
        }),
        State("approved", _("负责人审定"), {
            "stamped": ("stamped_on", "seal_of", "copies", "stamped_by"),
            "submitted": ("unstamped", *SENT),
            "drafting": ("reason",),
        }),
        State("stamped", _("用印登记"), {"submitted": SENT, "drafting": ("reason",)}),
        State("submitted", _("报送登记"), {"returned": ("returned_on", "reason")}),
        State("returned", _("退回"), {"drafting": ()}),
    ),
    ASKS,
)  # fmt: skip
FIRST, SUBMITTED, REVIEWING, APPROVED = "drafting", "submitted", "reviewing", "approved"
HELD = frozenset({APPROVED, "stamped"})  # approved, and not gone up yet
PAST = frozenset({"approved_on", "stamped_on", "submitted_on", "returned_on"})


def check_dates(facts: Mapping[str, object], today: date) -> None:
    """What is told as done cannot lie ahead; what is asked for cannot lie behind."""
    for name, value in facts.items():
        if isinstance(value, date) and name in PAST and value > today:
            raise Refusal(_("日期在将来，请核对。"), field=name)
        if isinstance(value, date) and name == "by_when" and value < today:
            raise Refusal(_("请专家团核完的日期已经过了，请核对。"), field=name)


def check_copies(value: object) -> None:
    """A number of copies is a whole number from 1 to 999."""
    text = str(value or "").strip()
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 999):
        raise Refusal(_("份数请写 1 到 999 的整数。"), field="copies")
