"""Forms about paper votes, corrections of a count, and what hangs on the board."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from deliberation.domain.board_sheets import SheetWords
from deliberation.web.forms.base import Form
from deliberation.web.forms.votes import KeyedForm

AT_LEAST_NONE = [InputRequired(_("请填数字；没有的写 0，没有清点的再点一遍。")), NumberRange(min=0)]
NUMBERS = {
    "due": _("应到"), "present": _("实到"), "issued": _("发出"), "collected": _("收回"), "valid": _("有效"),
    "invalid": _("无效"), "for_": _("赞成"), "against": _("反对"), "abstain": _("弃权"),
}  # fmt: skip


class CountSheetForm(KeyedForm):
    """The nine numbers of a count sheet."""


class HandsAgainForm(Form):
    """Three numbers counted again, and why."""

    for_ = IntegerField(_("赞成"), AT_LEAST_NONE)
    against = IntegerField(_("反对"), AT_LEAST_NONE)
    abstain = IntegerField(_("弃权"), AT_LEAST_NONE)
    reason = TextAreaField(_("哪里不对，为什么改"), [InputRequired()])


class SheetAgainForm(Form):
    """Nine numbers counted again, and why."""


for _name, _label in NUMBERS.items():
    setattr(CountSheetForm, _name, IntegerField(_label, AT_LEAST_NONE))
    setattr(SheetAgainForm, _name, IntegerField(_label, AT_LEAST_NONE))
SheetAgainForm.reason = TextAreaField(_("哪里不对，为什么改"), [InputRequired()])


class BallotsAgainForm(Form):
    """Whose vote was taken down wrongly; the choices stand beside the form, under `c-<key of the row>`."""

    reason = TextAreaField(_("哪里不对，为什么改"), [InputRequired()])


class SettleErratumForm(Form):
    """Agree or not; the signed statement where one person is alone."""

    sheet = FileField(_("签了字的更正说明（照片或扫描件）"))


class SheetForm(Form):
    """The words of a sheet before it hangs."""

    title = StringField(_("标题"), [InputRequired()])
    body = TextAreaField(_("正文"), [InputRequired()])
    signed = StringField(_("署名"), [InputRequired()])
    contact = StringField(_("联系人、电话"))
    days = IntegerField(_("挂几日"), [InputRequired(), NumberRange(1, 366)])

    @classmethod
    def showing(cls, words: SheetWords) -> "SheetForm":
        """The form filled with proposed words."""
        return cls(
            data={
                "title": words.title, "body": "\n".join(words.body), "signed": words.signed,
                "contact": words.contact, "days": words.days,
            }
        )  # fmt: skip

    def words(self, facts: tuple[tuple[str, str], ...] = ()) -> SheetWords:
        """The words as filled in."""
        return SheetWords(
            self.title.data or "", tuple((self.body.data or "").splitlines()), facts, self.signed.data or "",
            self.contact.data or "", self.days.data or 0,
        )  # fmt: skip


class DownForm(Form):
    """Why a sheet is taken down."""

    reason = TextAreaField(_("为什么撤下"), [InputRequired()])


def numbers_of(form: Any, names: Any) -> dict[str, int | None]:
    """The numbers of a form by name."""
    return {name: form[name].data for name in names}
