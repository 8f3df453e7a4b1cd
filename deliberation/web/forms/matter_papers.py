"""Forms about what belongs to a matter: a file, a letter, an objection and its answer."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from deliberation.domain.assembly_letters import ASSEMBLY_NAMES
from deliberation.services.matter_papers import PARTS
from deliberation.services.notices import SAID_HOW
from deliberation.web.forms.base import Form
from deliberation.web.forms.votes import KeyedForm


class AttachForm(Form):
    """A file of a matter."""

    part = RadioField(
        _("这是什么"),
        choices=[SelectChoice(code, _(name)) for code, name in PARTS.items()],
        default="material",
    )
    scan = FileField(_("文件（PDF、JPG、PNG）"))
    caption = StringField(_("写一句说明"), [InputRequired()])
    shown = BooleanField(_("在公示栏上给大家看"))


class LetterForm(Form):
    """A 提请函."""

    assembly = RadioField(
        _("提请哪个会议决定"), [InputRequired()], choices=[SelectChoice(code, _(name)) for code, name in ASSEMBLY_NAMES.items()],
    )  # fmt: skip
    addressee = StringField(_("写给谁"), [InputRequired()])
    number = StringField(_("文号"))
    request = TextAreaField(_("提请决定什么"), [InputRequired()])
    basis = TextAreaField(_("依据"))


class ObjectionForm(KeyedForm):
    """An objection as it was made."""

    text = TextAreaField(_("异议的原话"), [InputRequired()])
    channel = SelectField(
        _("怎么提的"), choices=[SelectChoice(code, _(name)) for code, name in SAID_HOW.items()]
    )
    said_on = DateField(_("哪天提的"), [Optional()])
    said_by = StringField(_("谁提的"))
    contact = StringField(_("联系方式"))


class AnswerForm(Form):
    """The answer to an objection."""

    answer = TextAreaField(_("怎么答复的"), [InputRequired()])
    answered_on = DateField(_("哪天答复的"), [Optional()])
