"""Forms of the workbench: a suggestion, its rewording, a merge to be confirmed."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from deliberation.domain.suggestions import KINDS, RELATIONS
from deliberation.web.forms.base import Form


def _relations() -> list[SelectChoice]:
    return [SelectChoice(code, _(name)) for code, name in RELATIONS.items()]


class WordsForm(Form):
    """What a suggestion says."""

    kind = RadioField(
        _("类型"), choices=[SelectChoice(code, _(name)) for code, name in KINDS.items()], default="wording"
    )
    title = StringField(_("一句话写明建议"))
    wording = TextAreaField(_("建议的条文"))
    reasons = TextAreaField(_("理由"))
    basis = TextAreaField(_("法律依据"))
    dissent = TextAreaField(_("不同意见怎么说"))


class SuggestForm(WordsForm):
    """A new suggestion, perhaps with the remarks behind it; the key makes it once."""

    key = HiddenField()
    chosen = HiddenField()
    seen = HiddenField()
    at = SelectField(_("针对哪里"))
    relation = RadioField(_("这些意见和建议的关系"), choices=_relations, default="alike")

    def __init__(self, *args: Any, places: list[SelectChoice], **given: Any) -> None:
        super().__init__(*args, **given)
        self.at.choices = places
        if not self.key.data:
            self.key.data = secrets.token_urlsafe(16)


class RewordForm(WordsForm):
    """New words for what was read as `revision`; after a conflict the same button writes over what was shown."""

    revision = HiddenField()


class MergeForm(Form):
    """The relation of the remarks listed above it to the suggestion; `seen` is where they stood when it was opened."""

    chosen = HiddenField()
    seen = HiddenField()
    relation = RadioField(_("关系"), choices=_relations, default="alike")


class StepForm(Form):
    """Nothing but the act; perhaps which remark, which way."""

    remark = HiddenField()
    point = HiddenField()
    way = HiddenField()


class SplitForm(Form):
    """The points of a remark are read beside it; `read` is what stood when the page was opened."""

    read = HiddenField()
    points = HiddenField()


class UndoForm(Form):
    """Which step."""

    step = HiddenField()


class OrderForm(Form):
    """The suggestions of an article in their new order, and in the one that was seen."""

    order = HiddenField()
    seen = HiddenField()
