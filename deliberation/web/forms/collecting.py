"""Forms for what comes in beyond meetings: questions, sheets of answers, copied chats."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from deliberation.web.forms.base import Form
from deliberation.web.forms.remarks import Keyed


class QuestionForm(Keyed):
    """A question to ask, perhaps about an article."""

    text = TextAreaField(_("问什么"))
    article = StringField(_("关于第几条"), render_kw={"autocomplete": "off"})


class AnswersForm(Keyed):
    """One's own answers; the answers themselves stand in fields named after the questions."""

    category = StringField(_("您的身份"))
    private = BooleanField(_("只给工作人员看，不要公开"))


class SheetForm(Keyed):
    """Somebody's paper sheet, entered for them."""

    said_by = StringField(_("姓名"), render_kw={"autocomplete": "off"})
    contact = StringField(_("电话"), render_kw={"autocomplete": "off", "inputmode": "tel"})
    category = StringField(_("身份"))
    source = StringField(_("从哪里来"))
    received_on = DateField(_("收到的日期"), [Optional()])
    private = BooleanField(_("本人不愿公开这一条"))


class ChatForm(Form):
    """A copied chat; chosen messages stand in fields named after their keys."""

    pasted = TextAreaField(_("群聊消息"), [DataRequired(_("请把群里复制的消息粘贴进来。"))])
    source = StringField(_("哪个群"))
    received_on = DateField(_("哪天说的"), [Optional()])
