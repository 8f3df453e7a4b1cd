"""Forms of the review of links: what became of one article."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from deliberation.web.forms.base import Form


class DecideForm(Form):
    """What became of one article: as proposed, one of those that look like it, another, or deleted."""

    choice = RadioField(_("这一条现在是"), [InputRequired(_("请选一个。"))], validate_choice=False)
    other = SelectField(_("另选一条"), validate_choice=False)
    also = SelectField(_("还有一部分在"), validate_choice=False)

    def offer(self, choices: list[SelectChoice], articles: list[tuple[str, str]]) -> None:
        """The proposals, and every article of the new version."""
        self.choice.choices = choices
        self.other.choices = self.also.choices = [("", _("（不选）")), *articles]

    def targets(self, proposed: list[str]) -> list[str]:
        """The eids chosen."""
        chosen = self.choice.data or ""
        if chosen == "deleted":
            return []
        first = proposed if chosen == "proposed" else [self.other.data] if chosen == "other" else [chosen]
        return [eid for eid in (*first, self.also.data) if eid]


class ConfirmForm(Form):
    """Those among the carried ones that are right."""

    old = SelectMultipleField(_("确认"), validate_choice=False)


class StepForm(Form):
    """A button, nothing else."""
