"""Forms about persons."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo

from deliberation.web.forms.base import Form


class SignInForm(Form):
    """Login and password."""

    login = StringField(
        _("用户名"), [DataRequired(_("请填写用户名。"))], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        _("密码"), [DataRequired(_("请填写密码。"))], render_kw={"autocomplete": "current-password"}
    )


class InvitationForm(Form):
    """A new login and a password, typed twice."""

    login = StringField(
        _("用户名"), [DataRequired(_("请填写用户名。"))], render_kw={"autocomplete": "username"}
    )
    new = PasswordField(
        _("密码"), [DataRequired(_("请填写密码。"))], render_kw={"autocomplete": "new-password"}
    )
    again = PasswordField(
        _("再输一次密码"),
        [DataRequired(_("请再输一次密码。")), EqualTo("new", _("两次输入的密码不一样，请重新输入。"))],
        render_kw={"autocomplete": "new-password"},
    )
