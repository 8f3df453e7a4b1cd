"""Forms about councils, seats, the office's own rule, matters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from deliberation.domain.assembly_letters import ASSEMBLY_NAMES
from deliberation.domain.board_sheets import SheetWords
from deliberation.domain.quorum import Base, Operator, Rule
from deliberation.domain.seats import CATEGORY_LABELS, PANEL_LABELS, Fixed
from deliberation.store.people import Membership
from deliberation.web.form_words import FormWords
from deliberation.web.forms.base import Form

BASES = {Base.DUE.value: _("应到"), Base.PRESENT.value: _("实到"), Base.PARTICIPATING.value: _("参与表决")}
OPERATORS = {Operator.GE.value: _("达到（含本数）"), Operator.GT.value: _("超过（不含本数）")}


class HallForm(Form):
    """A form whose fields speak for themselves in the visitor's language."""

    class Meta(Form.Meta):
        def get_translations(self, form: Any) -> FormWords:
            return FormWords()


class PanelForm(HallForm):
    """Found a panel."""

    name = StringField(_("名称"), [DataRequired()], default="专家团")
    term = StringField(_("届期"))
    everyone = BooleanField(_("把本联系点“人员”里的专家团成员都列进来"), default=True)


class NineForm(HallForm):
    """Found a 9+X council: how many seats in each of the nine."""

    name = StringField(_("名称"), [DataRequired()])
    term = StringField(_("届期"))

    def seats(self) -> dict[str, int]:
        """Seats by category, as filled in."""
        return {code.value: self[f"seats_{code.value}"].data or 0 for code in Fixed}


for _code in Fixed:
    setattr(
        NineForm,
        f"seats_{_code.value}",
        IntegerField(_(CATEGORY_LABELS[_code]), [InputRequired(), NumberRange(1, 200)], default=1),
    )


class RuleForm(HallForm):
    """The office's own rule: name, date, clause; quorum and majority as fractions of whole numbers."""

    name = StringField(_("规则名称"), [DataRequired()])
    dated = DateField(_("通过日期"), [InputRequired()])
    clause = StringField(_("条款"), [DataRequired()])
    due_by = RadioField(
        _("应到怎么算"),
        choices=[("members", _("按在任的人数")), ("seats", _("按席位数，空缺也算"))],
        default="members",
    )
    quorum_operator = SelectField(_("开会人数"), choices=list(OPERATORS.items()), default="ge")
    quorum_n = IntegerField(_("开会人数的分子"), [Optional()], default=2)
    quorum_d = IntegerField(_("开会人数的分母"), [Optional()], default=3)
    carry_base = SelectField(_("赞成票的基数"), choices=list(BASES.items()), default="due")
    carry_operator = SelectField(_("赞成票"), choices=list(OPERATORS.items()), default="gt")
    carry_n = IntegerField(_("赞成票的分子"), [InputRequired()], default=1)
    carry_d = IntegerField(_("赞成票的分母"), [InputRequired()], default=2)
    recusal_shrinks = BooleanField(_("回避的人不计入应到"))

    def quorum(self) -> Rule | None:
        """The quorum of those due; none where both numbers are left out."""
        if self.quorum_n.data is None and self.quorum_d.data is None:
            return None
        operator = Operator(self.quorum_operator.data)
        return Rule(Base.DUE, operator, self.quorum_n.data or 0, self.quorum_d.data or 0)

    def carry(self) -> Rule:
        """How many must be in favour."""
        base, operator = Base(self.carry_base.data), Operator(self.carry_operator.data)
        return Rule(base, operator, self.carry_n.data or 0, self.carry_d.data or 0)


class PersonForm(HallForm):
    """Somebody of the office's people, or somebody new."""

    person = SelectField(_("从本联系点的人里选"), coerce=int, default=0)
    name = StringField(_("或者填写新的姓名"))
    phone = StringField(_("电话"), render_kw={"inputmode": "tel", "autocomplete": "off"})

    def offer(self, members: Sequence[Membership]) -> None:
        """Whom to choose from, each once."""
        known = {one.person_id: one.person.name for one in members}
        self.person.choices = [(0, gettext("（填写新的姓名）")), *known.items()]


class SeatForm(PersonForm):
    """Fill a seat."""

    since = DateField(_("从哪天起"), [Optional()])


class AssemblySeatForm(SeatForm):
    """A new member of an assembly; what they are is the office's own word."""

    category = StringField(_("类别"), default="成员")


class PanelSeatForm(SeatForm):
    """A new member of a panel, with their category."""

    category = SelectField(_("类别"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.category.choices = [(name, gettext(name)) for name in PANEL_LABELS.values()]


class AddSeatsForm(HallForm):
    """More seats in one of the nine."""

    category = SelectField(_("类别"))
    number = IntegerField(_("增加几席"), [InputRequired()], default=1)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.category.choices = [(code.value, gettext(CATEGORY_LABELS[code])) for code in Fixed]


class VacateForm(HallForm):
    """End a holding."""

    until = DateField(_("到哪天止"), [Optional()])
    reason = StringField(_("原因"))


class TermForm(HallForm):
    """A new term."""

    name = StringField(_("新一届叫什么"), [DataRequired()])
    until = DateField(_("这一届到哪天止"), [Optional()])


class MatterForm(HallForm):
    """Propose a matter."""

    title = StringField(_("议什么事"), [DataRequired()])
    detail = TextAreaField(_("说明"))
    consultation = SelectField(_("与哪部草案有关"), coerce=int, default=0)


class CoOptForm(PersonForm):
    """Co-opt an X."""

    reason = TextAreaField(_("为什么请他来"), [DataRequired()])
    nominator = StringField(_("提名人"), [DataRequired()])
    confirmer = StringField(_("确认人"), [DataRequired()])
    interest = TextAreaField(_("本人声明的利害关系"))


STEP_LABELS = {
    "studied_on": _("研究日期"), "study_number": _("研究记录编号"), "reason": _("理由"), "published_on": _("公布日期"),
    "coopted_published": _("利益相关方（X）名单已经一并公布（没有增补的注明“无”）"), "met_on": _("协商会议日期"),
    "opinion": _("协商意见"), "views": _("各方意见"), "addressee": _("转给哪个单位"), "letter": _("提请函已经拟好"),
    "assembly": _("由谁决定"), "decided_on": _("决定日期"), "decision": _("会议的决定"), "posted_on": _("公示开始日期"),
    "objections_answered": _("公示期间的异议都已答复（没有异议也请确认）"), "responsible": _("由谁落实"),
    "by_when": _("落实期限"), "supervision": _("村务监督委员会的检查意见"), "disclosed_on": _("结果公开日期"),
    "answer": _("承办单位的答复"), "hurried": _("提前开会的理由"), "budget": _("预算"), "funding": _("钱从哪里来"),
    "checked_on": _("检查日期"), "checked_by": _("谁检查的"), "done_on": _("哪天办成"), "spent": _("实际花了多少钱"),
    "hung_before": _("纸质的早就贴出：贴在哪里、谁贴的"),
}  # fmt: skip
DAYS = frozenset(
    {
        "studied_on",
        "published_on",
        "met_on",
        "decided_on",
        "posted_on",
        "by_when",
        "disclosed_on",
        "checked_on",
        "done_on",
    }
)
STEP_HINTS = {
    "hurried": _("公布议题和名单到开会不足规定日数的，才要写。"), "budget": _("例如：3.2 万元。"),
    "hung_before": _("上面的日期早于今天才要写，会印在公示单上。例如：贴在村部门口，文书老杨贴的，当天停网。"),
    "funding": _("例如：村集体收入、一事一议、上级补助。"), "responsible": _("单位或者人，例如：村委会，郑某。"),
}  # fmt: skip
TICKS = frozenset({"coopted_published", "letter", "objections_answered"})
LONG = frozenset(
    {"reason", "opinion", "views", "decision", "supervision", "answer", "hurried", "hung_before"}
)
ASSEMBLIES = {code: _(name) for code, name in ASSEMBLY_NAMES.items()}


def step_form(needs: Sequence[str], today: date, sheet: SheetWords | None = None) -> HallForm:
    """A form that asks for exactly what a step of a matter needs, and for the words of the sheet it hangs, if any."""
    base = (SheetFields, HallForm) if sheet is not None else (HallForm,)
    made = type("StepForm", base, {name: _step_field(name, today) for name in needs})
    if sheet is None or request.method == "POST":
        return made()  # type: ignore[no-any-return]
    shown = {"title": sheet.title, "body": "\n".join(sheet.body), "signed": sheet.signed, "contact": sheet.contact, "days": sheet.days}  # fmt: skip
    return made(data=shown)  # type: ignore[no-any-return]


class SheetFields(HallForm):
    """The words of a sheet that hangs with a step; what is left empty is taken from the record."""

    title = StringField(_("标题"))
    body = TextAreaField(_("正文"))
    signed = StringField(_("署名"))
    contact = StringField(_("联系人、电话"))
    days = IntegerField(_("挂几日"), [Optional()])


def sheet_words(form: Any) -> SheetWords | None:
    """The words of a step's sheet as filled in; None where the step hangs none."""
    if not isinstance(form, SheetFields):
        return None
    body = tuple((form.body.data or "").splitlines())
    return SheetWords(
        form.title.data or "", body, (), form.signed.data or "", form.contact.data or "", form.days.data or 0
    )


def _step_field(name: str, today: date) -> Any:
    title = STEP_LABELS[name]
    if name in DAYS:
        return DateField(
            title, [Optional()], default=None if name in ("by_when", "checked_on", "done_on") else today
        )
    if name in TICKS:
        return BooleanField(title)
    if name == "assembly":
        return RadioField(title, choices=list(ASSEMBLIES.items()), validate_choice=False)
    return (TextAreaField if name in LONG else StringField)(title)
