"""The form of a finding: what a suggestion became in the promulgated text."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from deliberation.services.adoptions import FINDINGS
from deliberation.web.forms.base import Form
from deliberation.web.languages import say


class FindingForm(Form):
    """What it became, in which article, and why."""

    outcome = RadioField(_("对照下来"), [InputRequired(_("请选一个结果。"))], validate_choice=False)
    eid = SelectField(_("落在公布文本的"), validate_choice=False)
    note = TextAreaField(_("说明或者理由"))

    def offer(self, articles: list[tuple[str, str]]) -> None:
        """The outcomes, and every article of the promulgated text."""
        self.outcome.choices = [SelectChoice(code, say(words)) for code, words in FINDINGS.items()]
        self.eid.choices = [("", _("（不落在哪一条）")), *articles]
