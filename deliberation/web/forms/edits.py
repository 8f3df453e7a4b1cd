"""Forms of the steps with which a new version is made from the one that holds."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField

from deliberation.web.forms.base import Form


class EditForm(Form):
    """One step: the text, the second half, where to."""

    first = TextAreaField(_("条文"))
    second = TextAreaField(_("后一条的文字"))
    after = SelectField(_("哪一条"), validate_choice=False)


class BeginForm(Form):
    """A button, nothing else."""
