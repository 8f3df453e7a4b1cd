"""Forms of the way up: exactly what a step needs, a reviewer's note, the documents that come back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from deliberation.domain import way_up
from deliberation.web.forms.base import Form
from deliberation.web.forms.remarks import Keyed

STEP_LABELS = {
    "by_when": _("请专家团哪天前核完"), "approved_by": _("由谁审定"), "approved_on": _("审定日期"), "how": _("怎么审定的"),
    "unreviewed": _("没有请专家团核稿的原因"), "reason": _("理由"), "stamped_on": _("用印日期"), "seal_of": _("用哪个单位的印章"),
    "copies": _("用印份数"), "stamped_by": _("经办人"), "submitted_on": _("报送日期"), "manner": _("怎么报送的"),
    "addressee": _("报送给哪个单位"), "unstamped": _("没有用印的原因"), "returned_on": _("退回日期"),
}  # fmt: skip
CHOICES = {"manner": way_up.MANNERS, "how": way_up.HOW}
LONG = frozenset({"reason", "unreviewed", "unstamped"})


def step_form(needs: Sequence[str], to: str, state: str, today: date, given: dict[str, str]) -> Form:
    """A form that asks for exactly what a step needs; it remembers the state in which it was opened."""
    fields: dict[str, Any] = {"seen": HiddenField(default=state)}
    fields |= {name: _field(name, today, given.get(name, "")) for name in needs}
    if to == way_up.APPROVED:
        fields["sheet"] = FileField(_("负责人签字的扫描件"))
    if to == way_up.SUBMITTED:
        fields["final"] = FileField(_("实际送出的定稿（.docx）"))
        fields["scan"] = FileField(_("盖章的扫描件"))
    return type("ReportStepForm", (Form,), fields)()  # type: ignore[no-any-return]


def _field(name: str, today: date, default: str) -> Any:
    title = STEP_LABELS[name]
    if name in CHOICES:
        choices = [SelectChoice(code, _(words)) for code, words in CHOICES[name].items()]
        return RadioField(title, choices=choices, default=default or None, validate_choice=False)
    if name in way_up.PAST or name == "by_when":
        return DateField(title, [Optional()], default=None if name == "by_when" else today)
    return (TextAreaField if name in LONG else StringField)(title, default=default)


class NoteForm(Keyed):
    """A reviewer's note."""

    suggestion = SelectField(_("对哪条建议"), coerce=int, default=0, validate_choice=False)
    text = TextAreaField(_("核稿意见"))


class AnswerForm(Form):
    """What was made of a note."""

    answer = TextAreaField(_("怎么处理的"))


class BackForm(Form):
    """The documents that come back after the submission was registered."""

    final = FileField(_("实际送出的定稿（.docx）"))
    scan = FileField(_("盖章的扫描件"))
