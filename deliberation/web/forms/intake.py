"""Forms for tables of remarks: bringing one, and saying which column is what."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from deliberation.domain.remarks import CHANNELS
from deliberation.web.forms.base import Form

FIELDS = {
    "text": _("意见"),
    "place": _("条款位置"),
    "attitude": _("态度"),
    "wording": _("建议表述"),
    "reason": _("理由"),
    "name": _("提出人"),
    "phone": _("电话"),
    "category": _("类别"),
    "channel": _("渠道"),
    "made_at": _("时间"),
    "origin": _("来源"),
    "id": _("编号"),
    "quote": _("所指文字"),
    "eid": _("条款代码（eid）"),
}
NONE = "-"


class TableForm(Form):
    """A file, or what was copied from a spreadsheet or a chat."""

    file = FileField(_("选择文件"))
    pasted = TextAreaField(_("或者粘贴"))


class ColumnsForm(Form):
    """What all rows have in common; the columns themselves are added by `columns_form`."""

    fallback = SelectField(
        _("没写渠道的算"), choices=[SelectChoice(code, _(name)) for code, name in CHANNELS.items()], default="other_system"
    )  # fmt: skip
    source = StringField(_("这个表是谁给的"))
    received_on = DateField(_("没写时间的算哪天收到"), validators=[Optional()])

    def columns(self) -> dict[str, int]:
        """Field → column, as chosen."""
        chosen = {name: self._fields[f"c_{name}"].data for name in FIELDS}
        return {name: int(at) for name, at in chosen.items() if at and at != NONE}


def columns_form(header: Sequence[str], columns: Mapping[str, int], **given: Any) -> ColumnsForm:
    """The form for one heading, with the columns already found chosen."""
    found = [SelectChoice(str(at), name.strip() or f"{at + 1}") for at, name in enumerate(header)]
    choices = [SelectChoice(NONE, _("（没有）")), *found]

    class Made(ColumnsForm):
        pass

    for name, label in FIELDS.items():
        chosen = str(columns[name]) if name in columns else NONE
        setattr(Made, f"c_{name}", SelectField(label, choices=choices, default=chosen))
    return Made(**given)
