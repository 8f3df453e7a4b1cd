"""Forms about persons: signing in, passwords, offices, roles, invitations, lists."""

import json
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, EqualTo

from deliberation.domain.columns import Table
from deliberation.domain.roles import MEMBERS, OFFICE_KIND_NAMES, ROLE_NAMES, OfficeKind, Role
from deliberation.services.rosters import FIELDS
from deliberation.store.people import Office
from deliberation.web.forms.base import Form


def role_choices(office: Office, gives: bool) -> list[tuple[str, str]]:
    """The roles that can be given in an office; whoever may not give staff roles sees only members'."""
    fitting = [r for r in Role if r is not Role.COMMISSION or office.kind != OfficeKind.OUTREACH]
    order = sorted(fitting, key=lambda r: r not in MEMBERS)
    return [(r.value, _(ROLE_NAMES[r])) for r in order if gives or r in MEMBERS]


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


class PasswordForm(Form):
    """The old password and a new one, typed twice."""

    old = PasswordField(
        _("现在的密码"),
        [DataRequired(_("请填写现在的密码。"))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _("新密码"), [DataRequired(_("请填写密码。"))], render_kw={"autocomplete": "new-password"}
    )
    again = PasswordField(
        _("再输一次密码"),
        [DataRequired(_("请再输一次密码。")), EqualTo("new", _("两次输入的密码不一样，请重新输入。"))],
        render_kw={"autocomplete": "new-password"},
    )


class PersonForm(Form):
    """One person with a role."""

    name = StringField(_("姓名"), [DataRequired(_("请填写姓名。"))])
    phone = StringField(_("电话"), render_kw={"inputmode": "tel"})
    role = SelectField(_("身份"))
    category = StringField(_("类别"))
    expertise = StringField(_("专长或职务"))


class InviteForm(Form):
    """Whom to invite, as what."""

    name = StringField(_("姓名"), [DataRequired(_("请填写姓名。"))])
    role = SelectField(_("身份"))
    category = StringField(_("类别"))


class RoleForm(Form):
    """Another role for somebody already here."""

    role = SelectField(_("身份"))
    category = StringField(_("类别"))


class KnowsForm(Form):
    """What somebody knows about, and their telephone."""

    expertise = StringField(_("专长或职务"))
    phone = StringField(_("电话"), render_kw={"inputmode": "tel", "autocomplete": "off"})


class SureForm(Form):
    """Nothing but the act."""


class OfficeForm(Form):
    """What stands at the foot of the office's pages."""

    hotline = StringField(_("热线"), render_kw={"inputmode": "tel"})
    complaint = StringField(_("投诉建议的网址"), render_kw={"inputmode": "url"})


class NewOfficeForm(Form):
    """A new office under another one."""

    name = StringField(_("单位名称"), [DataRequired(_("请填写单位名称。"))])
    kind = SelectField(_("种类"), choices=[(k.value, _(n)) for k, n in reversed(OFFICE_KIND_NAMES.items())])
    parent = SelectField(_("上级单位"), validate_choice=True)


class ListForm(Form):
    """A list as it was copied, or as a file."""

    pasted = TextAreaField(_("粘贴名单"))
    file = FileField(_("或者选一个表格文件"), render_kw={"accept": ".xlsx,.xls,.csv,.tsv,.txt"})


class MappingForm(Form):
    """Which column is what; the table travels with the form, so nothing is kept before it is confirmed."""

    table = HiddenField()
    role = SelectField(_("这些人的身份"))
    name = SelectField(_(FIELDS["name"]), validate_choice=False)
    phone = SelectField(_(FIELDS["phone"]), validate_choice=False)
    category = SelectField(_(FIELDS["category"]), validate_choice=False)
    expertise = SelectField(_(FIELDS["expertise"]), validate_choice=False)

    def columns(self, header: Iterable[str]) -> None:
        """Offer the table's columns."""
        words = [(str(n), word or _("第 %(n)s 列", n=n + 1)) for n, word in enumerate(header)]
        for field in FIELDS:
            self[field].choices = [("", _("（没有这一列）")), *words]

    def mapping(self, width: int) -> dict[str, int]:
        """Field → column, as chosen."""
        chosen = {field: self[field].data or "" for field in FIELDS}
        return {f: int(at) for f, at in chosen.items() if at.isdecimal() and int(at) < width}


def packed(table: Table) -> str:
    """A table as one line of text for a hidden field."""
    return json.dumps([table.header, table.rows, table.lines], ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Table | None:
    """The table of a hidden field, or None where somebody changed its shape."""
    try:
        header, rows, lines = json.loads(text)
        made = Table(_words(header), tuple(_words(row) for row in rows), tuple(int(n) for n in lines))
    except (ValueError, TypeError):
        return None
    even = all(len(row) == len(made.header) for row in made.rows)
    return made if even and len(made.lines) in {0, len(made.rows)} else None


def _words(cells: Any) -> tuple[str, ...]:
    if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
        raise TypeError
    return tuple(cells)
