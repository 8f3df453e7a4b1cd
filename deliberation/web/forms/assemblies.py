"""The form an assembly is founded with: which one it is, its name, its members as a list."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from deliberation.services.assemblies import Gathering, kinds, listed
from deliberation.web.forms.councils import HallForm


class AssemblyForm(HallForm):
    """Found an assembly."""

    procedure = SelectField(_("哪一种会议"), default="villagers_rep_assembly")
    name = StringField(_("名称"), [DataRequired()])
    term = StringField(_("届期"))
    members = TextAreaField(_("成员名单"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.procedure.choices = [(key, gettext(one.name)) for key, one in kinds().items()]

    def gathering(self) -> Gathering:
        """The assembly as typed."""
        return Gathering(
            self.procedure.data or "",
            self.name.data or "",
            self.term.data or "",
            listed(self.members.data or ""),
        )
