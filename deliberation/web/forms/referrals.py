"""Forms about referrals: taking one up, and exactly what a step needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from deliberation.domain import referrals as rules
from deliberation.web.forms.base import Form
from deliberation.web.forms.remarks import Keyed


def _choices(names: Any) -> list[SelectChoice]:
    return [SelectChoice(code, _(name)) for code, name in names.items()]


class ReferralForm(Keyed):
    """What is asked for, by whom, and that they agreed to its being passed on."""

    kind = RadioField(
        _("是哪一类事"), choices=_choices(rules.KINDS), default="referral", validate_choice=False
    )
    title = StringField(_("什么事，一句话"))
    detail = TextAreaField(_("具体情况"))
    place = StringField(_("在哪里（村、社区、网格）"))
    said_by = StringField(_("谁提的"), render_kw={"autocomplete": "off"})
    contact = StringField(_("电话"), render_kw={"autocomplete": "off", "inputmode": "tel"})
    how = RadioField(_("本人同意转办"), choices=_choices(rules.HOW), validate_choice=False)
    consented_on = DateField(_("哪天同意的"), [Optional()])


STEP_LABELS = {
    "department": _("派给哪个单位"), "by_when": _("要求哪天办结"), "reason": _("理由"), "taken_by": _("对方由谁接单"),
    "taken_on": _("接单日期"), "met_on": _("联席会议日期"), "decision": _("联席会议怎么定的"), "done_on": _("办结日期"),
    "outcome": _("办成了什么"), "answered_on": _("答复本人的日期"), "manner": _("怎么答复的"), "answer": _("答复了什么"),
    "pleased": _("本人是否满意"),
}  # fmt: skip
LONG = frozenset({"reason", "decision", "outcome", "answer"})
CHOICES = {"manner": rules.MANNERS, "pleased": rules.PLEASED}


def step_form(needs: Sequence[str], today: date, state: str) -> Form:
    """A form that asks for exactly what a step needs; it remembers the state in which it was opened."""
    made = type(
        "ReferralStepForm",
        (Form,),
        {"seen": HiddenField(default=state)} | {n: _field(n, today) for n in needs},
    )
    return made()  # type: ignore[no-any-return]


def _field(name: str, today: date) -> Any:
    title = STEP_LABELS[name]
    if name in CHOICES:
        return RadioField(title, choices=_choices(CHOICES[name]), validate_choice=False)
    if name in rules.PAST or name == "by_when":
        return DateField(title, [Optional()], default=None if name == "by_when" else today)
    return (TextAreaField if name in LONG else StringField)(title)
