"""Forms about remarks."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from deliberation.domain.remarks import ATTITUDES, CHANNELS
from deliberation.web.forms.base import Form

RECEPTION = "reception"  # a drop-in day: people come to the office, which counts among the visits
CAME = [
    *(SelectChoice(code, _(name)) for code, name in CHANNELS.items() if code != "online"), SelectChoice(RECEPTION, _("接待日")),
]  # fmt: skip
ATTITUDE_CHOICES = [SelectChoice(code, _(name)) for code, name in ATTITUDES.items()]


def new_key() -> str:
    """A key for one remark, made with the form: the same form sent twice makes one remark."""
    return secrets.token_urlsafe(16)


class Keyed(Form):
    """A form that makes one thing; a refused key (409) is replaced by a fresh one."""

    key = HiddenField()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not self.key.data or (self.refused is not None and self.refused.status == 409):
            self.key.data = new_key()


class SayForm(Keyed):
    """Say one thing about one place. Nothing typed is trimmed."""

    place = HiddenField(default="article")
    eid = HiddenField()
    quote = HiddenField()
    seen = HiddenField()
    at = StringField(_("对哪一条说"), render_kw={"autocomplete": "off"})
    attitude = RadioField(_("您的态度"), choices=ATTITUDE_CHOICES, default="no_view")
    text = TextAreaField(_("您的意见"))
    wording = TextAreaField(_("建议改成"))
    reason = TextAreaField(_("理由"))
    category = StringField(_("您的身份"))
    show_name = BooleanField(_("公开时可以显示我的称呼"))
    private = BooleanField(_("只给工作人员看，不要公开"))


class RecordForm(Keyed):
    """Take down what somebody said or wrote elsewhere, one after another."""

    channel = SelectField(
        _("怎么收到的"), choices=CAME, default="paper"
    )  # fmt: skip
    received_on = DateField(_("收到的日期"), validators=[Optional()])
    received_time = TimeField(_("几点"), validators=[Optional()])
    source = StringField(_("从哪里来"))
    category = StringField(_("谁说的：身份"))
    said_by = StringField(_("姓名"), render_kw={"autocomplete": "off"})
    contact = StringField(_("电话"), render_kw={"autocomplete": "off", "inputmode": "tel"})
    article = StringField(_("第几条"), render_kw={"autocomplete": "off", "list": "articles"})
    paragraph = StringField(_("第几款"), render_kw={"autocomplete": "off", "inputmode": "numeric"})
    attitude = RadioField(_("态度"), choices=ATTITUDE_CHOICES, default="amend")
    text = TextAreaField(_("意见原话"))
    wording = TextAreaField(_("建议改成"))
    reason = TextAreaField(_("理由"))
    private = BooleanField(_("本人不愿公开这一条"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if self.refused is not None:
            here = {"eid": "article", "received_at": "received_on", "key": None}
            self.refused.field = here.get(self.refused.field or "", self.refused.field)


class ReceiptForm(Form):
    """The secret code of a receipt."""

    code = StringField(_("查询码"), render_kw={"inputmode": "numeric", "autocomplete": "off"})


class WithdrawForm(Form):
    """Nothing but the act."""


class ReleaseForm(Form):
    """Which remarks, and whether to show them."""

    chosen = HiddenField()
    show = HiddenField(default="1")


class SettleForm(Form):
    """Which remarks, and what becomes of them."""

    chosen = HiddenField()
    ending = RadioField(
        _("怎么处理"),
        choices=[
            SelectChoice("annex", _("原文照附上报")),
            SelectChoice("unrelated", _("与草案无关，写明理由")),
            SelectChoice("referred", _("转有关部门办理")),
            SelectChoice("wait", _("先不处理，放回等待整理")),
        ],
        default="annex",
    )
    department = StringField(_("转给哪个部门"))
    reason = TextAreaField(_("理由"))
