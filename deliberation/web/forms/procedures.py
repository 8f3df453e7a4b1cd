"""Forms about procedures: an office's own days, its own rules, the commissioning letter; days of the working calendar."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from deliberation.domain.own_procedures import review_places
from deliberation.domain.procedures import POSTING_LABELS, LocalRule, Procedure, Way
from deliberation.domain.quorum import Base, Operator, Rule, VoteRules
from deliberation.services.calendars import Stretch
from deliberation.services.procedures import Days, Letter
from deliberation.web.forms.councils import OPERATORS, HallForm

CARRY_BASES = {
    Base.DUE.value: _("应到"), Base.PRESENT.value: _("实到"), Base.PARTICIPATING.value: _("参与表决"),
    Base.WHOLE.value: _("全体成员"), Base.HOUSEHOLD.value: _("户"),
}  # fmt: skip


class SwitchForm(HallForm):
    """On or off."""

    on = HiddenField()


class DaysForm(HallForm):
    """An office's own days; one field for each deadline and posting is put in by `days_form`."""

    review_at = SelectField(_("审核排在第几步"), coerce=int, default=0)
    basis_name = StringField(_("这些天数依据的本地规定"))
    basis_date = DateField(_("通过日期"), [Optional()])
    basis_clause = StringField(_("条款"))

    def days(self, procedure: Procedure) -> Days:
        """The days as filled in."""
        return Days(
            {one.key: self[f"d_{one.key}"].data for one in procedure.deadlines},
            {one.kind.value: self[f"s_{one.kind.value}"].data for one in procedure.sheets},
            self.review_at.data or None,
            self.basis_name.data or "",
            self.basis_date.data,
            self.basis_clause.data or "",
        )


def days_form(procedure: Procedure, **given: Any) -> DaysForm:
    """The form with a field for each of the procedure's own deadlines and postings."""
    fields: dict[str, Any] = {
        f"d_{one.key}": IntegerField(_(one.name), [InputRequired()], default=one.days)
        for one in procedure.deadlines
    }
    fields |= {
        f"s_{one.kind.value}": IntegerField(_(POSTING_LABELS[one.kind]), [InputRequired()], default=one.days)
        for one in procedure.sheets
    }
    form: DaysForm = type("OwnDaysForm", (DaysForm,), fields)(**given)
    form.review_at.choices = [(0, "—"), *((n, str(n)) for n in review_places(procedure))]
    return form


class WayRuleForm(HallForm):
    """The office's own rule for one way of counting."""

    name = StringField(_("规则名称"), [DataRequired()])
    dated = DateField(_("通过日期"), [InputRequired()])
    clause = StringField(_("条款"), [DataRequired()])
    quorum_operator = SelectField(_("开会人数"), choices=list(OPERATORS.items()), default="ge")
    quorum_n = IntegerField(_("开会人数的分子"), [Optional()])
    quorum_d = IntegerField(_("开会人数的分母"), [Optional()])
    carry_base = SelectField(_("赞成票的基数"), choices=list(CARRY_BASES.items()), default="due")
    carry_operator = SelectField(_("赞成票"), choices=list(OPERATORS.items()), default="gt")
    carry_n = IntegerField(_("赞成票的分子"), [InputRequired()], default=1)
    carry_d = IntegerField(_("赞成票的分母"), [InputRequired()], default=2)

    def rule(self, way: Way) -> LocalRule:
        """The rule as filled in; the quorum is of the same heads as the law's."""
        law = way.rules.quorum
        base = law.base if law else Base.HOUSEHOLD if way.unit == "household" else Base.DUE
        quorum = None
        if self.quorum_n.data is not None or self.quorum_d.data is not None:
            operator = Operator(self.quorum_operator.data)
            quorum = Rule(base, operator, self.quorum_n.data or 0, self.quorum_d.data or 0)
        carry = Rule(
            Base(self.carry_base.data), Operator(self.carry_operator.data), self.carry_n.data or 0, self.carry_d.data or 0
        )  # fmt: skip
        assert self.dated.data is not None
        return LocalRule(
            self.name.data or "", self.dated.data, self.clause.data or "", way.key, VoteRules(quorum, carry)
        )


class LetterForm(HallForm):
    """The commissioning letter."""

    sender = StringField(_("委托单位"), [DataRequired()])
    number = StringField(_("文号"), [DataRequired()])
    dated = DateField(_("日期"), [InputRequired()])
    scan = FileField(_("扫描件"), render_kw={"accept": ".pdf,.jpg,.jpeg,.png"})

    def letter(self) -> Letter:
        """The letter as typed."""
        assert self.dated.data is not None
        return Letter(self.sender.data or "", self.number.data or "", self.dated.data)


class StretchForm(HallForm):
    """Days off, or days worked."""

    first = DateField(_("从哪天"), [InputRequired()])
    last = DateField(_("到哪天"), [Optional()])
    kind = RadioField(_("这几天"), choices=[("off", _("放假")), ("works", _("上班（调休）"))], default="off")
    name = StringField(_("是什么日子"))

    def stretch(self) -> Stretch:
        """The days as filled in; one day where no last one is given."""
        first = self.first.data
        assert first is not None
        return Stretch(first, self.last.data or first, self.kind.data == "works", self.name.data or "")


class YearForm(HallForm):
    """A year whose days off have all been entered."""

    year = IntegerField(_("哪一年"), [InputRequired()])
    whole = BooleanField(_("这一年的放假和调休都录全了"))


def say_way(way: Way) -> str:
    """What a way of counting is called."""
    return gettext(way.name)
