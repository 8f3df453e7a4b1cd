"""Forms about remarks."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from deliberation.domain.remarks import ATTITUDES
from deliberation.web.forms.base import Form


def new_key() -> str:
    """A key for one remark, made with the form: the same form sent twice makes one remark."""
    return secrets.token_urlsafe(16)


class SayForm(Form):
    """Say one thing about one place. Nothing typed is trimmed."""

    key = HiddenField()
    place = HiddenField(default="article")
    eid = HiddenField()
    quote = HiddenField()
    attitude = RadioField(
        _("您的态度"), choices=[SelectChoice(code, _(name)) for code, name in ATTITUDES.items()], default="no_view"
    )
    text = TextAreaField(_("您的意见"))
    wording = TextAreaField(_("建议改成"))
    reason = TextAreaField(_("理由"))
    category = StringField(_("您的身份"))
    show_name = BooleanField(_("公开时可以显示我的称呼"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not self.key.data or (self.refused is not None and self.refused.status == 409):
            self.key.data = new_key()


class ReceiptForm(Form):
    """The secret code of a receipt."""

    code = StringField(_("查询码"), render_kw={"inputmode": "numeric", "autocomplete": "off"})


class WithdrawForm(Form):
    """Nothing but the act."""
