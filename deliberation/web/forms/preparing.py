"""Forms about preparing a meeting: the plan, a step, whom to invite, replies, a pasted 接龙."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from deliberation.domain.procedures import Procedure
from deliberation.services.replies import CHANNELS
from deliberation.web.forms.councils import HallForm


class PlanForm(HallForm):
    """Under which procedure, on which day."""

    procedure = SelectField(_("开什么会"))
    meeting_on = DateField(_("哪天开会"), [InputRequired()])

    def offer(self, procedures: Mapping[str, Procedure]) -> None:
        """The procedures in use."""
        self.procedure.choices = [(key, gettext(one.name)) for key, one in procedures.items()]


class StepForm(HallForm):
    """A step: what, who, by when."""

    name = StringField(_("做什么"))
    who = StringField(_("谁来做"))
    on = DateField(_("哪天以前"), [InputRequired()])


class OwnStepForm(StepForm):
    """A step of the office's own."""

    name = StringField(_("做什么"), [DataRequired()])


class ReplyForm(HallForm):
    """By which channel somebody was reached; the buttons are put in by the page."""

    channel = RadioField(
        _("怎么联系的"), choices=[(code, _(name)) for code, name in CHANNELS.items()], default="phone"
    )


class ChainForm(HallForm):
    """A 接龙 as copied from the group."""

    pasted = TextAreaField(_("接龙的文字"), [DataRequired(_("请把群里的接龙复制过来，粘贴在这里。"))])


class TemplateForm(HallForm):
    """An office's own template of a paper."""

    file = FileField(_("改好的样式"), render_kw={"accept": ".docx"})
