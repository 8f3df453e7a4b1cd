"""Forms about votes: the motion, the opening, a ballot, the clerk's record, hands, closing, confirming."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from deliberation.domain.ballots import CHOICE_LABELS
from deliberation.services.votes import HALL, KINDS, ORIGINS
from deliberation.web.forms.base import Form
from deliberation.web.forms.meetings import Ticks
from deliberation.web.forms.remarks import new_key

CHOICES = [SelectChoice(code.value, _(name)) for code, name in CHOICE_LABELS.items()]
HALL_ORIGINS = [SelectChoice(code, _(ORIGINS[code])) for code in HALL]


class MotionForm(Form):
    """What is put to the vote. What there is to choose from is put in by the page."""

    about = RadioField(_("表决什么"), [InputRequired()], choices=[])
    council = SelectField(_("由谁表决"), coerce=int, choices=[])
    way = SelectField(_("按什么计票"), choices=[], validate_choice=False)
    question = TextAreaField(_("要表决的话"))
    kind = RadioField(
        _("怎么表决"), choices=[SelectChoice(k, _(name)) for k, name in KINDS.items()], default="named"
    )
    tellers = RadioField(
        _("举手由几个人清点"), choices=[SelectChoice(1, _("一人清点")), SelectChoice(2, _("两人分别清点"))],
        coerce=int, default=1,
    )  # fmt: skip
    x_votes = BooleanField(_("利益相关方（X）参加表决"), default=True)


class OpenForm(Form):
    """Open the vote; who declared an interest is ticked, with the reason."""

    recused = Ticks(_("谁回避"), coerce=int, choices=[], validate_choice=False)
    reason = StringField(_("为什么回避"))


class KeyedForm(Form):
    """A form that is taken once, however often it is sent: its key changes only when another was first."""

    key = HiddenField()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not self.key.data or (self.refused is not None and self.refused.status == 409):
            self.key.data = new_key()


class BallotForm(KeyedForm):
    """One choice, shown once more before it is cast; `replaces` names the revision it changes."""

    replaces = HiddenField(default="0")
    sure = HiddenField(default="")
    choice = RadioField(_("您的选择"), [InputRequired(_("请选择赞成、反对或弃权。"))], choices=CHOICES)


class MendForm(KeyedForm):
    """Mend one recorded vote, or record one."""

    replaces = HiddenField(default="0")
    choice = RadioField(_("投了什么"), [InputRequired(_("请选择赞成、反对或弃权。"))], choices=CHOICES)
    origin = RadioField(_("怎么记下的"), choices=HALL_ORIGINS, default=HALL[0])


class RecordForm(KeyedForm):
    """A page of names called; each row's choice stands beside the form, under `c-<row>`."""

    origin = RadioField(_("怎么记下的"), choices=HALL_ORIGINS, default=HALL[0])


class HandsForm(KeyedForm):
    """What one teller counted."""

    teller = StringField(_("监票人"), [InputRequired()])
    for_ = IntegerField(_("赞成"), [InputRequired(), NumberRange(min=0)])
    against = IntegerField(_("反对"), [InputRequired(), NumberRange(min=0)])
    abstain = IntegerField(_("弃权"), [InputRequired(), NumberRange(min=0)])


class CloseForm(Form):
    """Nothing but the act."""


class ConfirmForm(Form):
    """The signed count sheet, where the same person counted and confirms."""

    sheet = FileField(_("签了字的计票单（照片或扫描件）"))


class CancelForm(Form):
    """Why it is cancelled."""

    reason = StringField(_("为什么取消"), [InputRequired()])
