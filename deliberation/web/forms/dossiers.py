"""The forms of the report: have an edition built, how it is headed and signed, the sender's own table."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from deliberation.domain.errors import Refusal, Said
from deliberation.domain.errors import _ as mark
from deliberation.domain.sender_table import FIELDS
from deliberation.services.report_forms import Heading
from deliberation.web.forms.base import Form

NONE = "-"
TWICE = mark("“%(name)s”选了两列。一样内容只填一列，请改一下。")


class BuildForm(Form):
    """Which edition."""

    edition = HiddenField(default="public")


class PressForm(Form):
    """Nothing but a button: confirm, stop."""


class SealForm(PressForm):
    """Confirm the edition that was looked at, by its number."""

    number = HiddenField()

    @property
    def looked_at(self) -> int | None:
        """The number, where the form brought one."""
        given = (self.number.data or "").strip()
        return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else None


class HeadingForm(Form):
    """How the report is headed and signed."""

    red_head = RadioField(
        _("版式"),
        choices=[SelectChoice("", _("便函（没有红头）")), SelectChoice("1", _("红头文件"))],
        coerce=lambda given: "1" if given in {True, "1"} else "",
        default="",
    )
    addressee = StringField(_("主送单位"))
    number = StringField(_("发文字号"))
    signer = StringField(_("签发人"))
    copies = TextAreaField(_("抄送单位"))
    signed_on = DateField(_("成文日期"), validators=[Optional()])
    contact = StringField(_("联系人"))
    phone = StringField(_("联系电话"))

    def wanted(self) -> Heading:
        """What was chosen."""
        words = {
            name: self[name].data or ""
            for name in ("number", "signer", "addressee", "copies", "contact", "phone")
        }
        return Heading(red_head=self.red_head.data == "1", signed_on=self.signed_on.data, **words)


class SenderForm(Form):
    """The sender's own table."""

    file = FileField(_("来文单位的表格"))


class ColumnForm(Form):
    """Which column takes what; the columns themselves are added by `column_form`."""

    columns = HiddenField(default="")

    def chosen(self) -> dict[str, int]:
        """Field → column."""
        found: dict[str, int] = {}
        for name, field in self._fields.items():
            if not name.startswith("c_") or field.data == NONE:
                continue
            if field.data in found:
                raise Refusal(TWICE, name=Said(FIELDS[field.data]), field=name)
            found[field.data] = int(name[2:])
        return found

    def asked(self) -> list[Any]:
        """The fields of the columns, in their order."""
        return [field for name, field in self._fields.items() if name.startswith("c_")]


def column_form(header: Sequence[str], columns: Mapping[str, int], **given: Any) -> ColumnForm:
    """The form for one heading: a choice for each of its columns, what is known already chosen."""
    choices = [SelectChoice(NONE, _("空着"))] + [SelectChoice(code, _(name)) for code, name in FIELDS.items()]
    known = {at: field for field, at in columns.items()}

    class Made(ColumnForm):
        pass

    for at, name in enumerate(header):
        if name.strip():
            setattr(
                Made,
                f"c_{at}",
                SelectField(f"“{name.strip()[:60]}”", choices=choices, default=known.get(at, NONE)),
            )
    return Made(**given)
