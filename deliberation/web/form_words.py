"""What fields say by themselves when an entry will not do: the form library's English, replaced by sentences that say what to do.

Use in a form's Meta: `def get_translations(self, form): return FormWords()`.
"""

from flask_babel import gettext

from deliberation.domain.errors import _

AT_LEAST = _("太短了，请至少写 %(min)s 个字。")
AT_MOST = _("太长了，请不超过 %(max)s 个字。")
EXACTLY = _("请正好写 %(max)s 个字。")
CHOOSE = _("请从列出的几项里选。")
ADDRESS = _("请填写网址，从 http:// 或 https:// 开始。")
SAYS = {
    "This field is required.": _("请填写这一项。"),
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "Choices cannot be None.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _("没有“%(value)s”这一项，请从列出的几项里选。"),
    "Not a valid integer value.": _("请填写整数，如 12。"),
    "Not a valid decimal value.": _("请填写数，如 12.5。"),
    "Not a valid float value.": _("请填写数，如 12.5。"),
    "Not a valid date value.": _("请填写日期，如 2026-06-26。"),
    "Not a valid datetime value.": _("请填写日期和时间，如 2026-06-26 17:30。"),
    "Not a valid time value.": _("请填写时间，如 17:30。"),
    "Not a valid week value.": _("请填写年和周，如 2026-W26。"),
    "Field must be at least %(min)d character long.": AT_LEAST,
    "Field cannot be longer than %(max)d character.": AT_MOST,
    "Field must be exactly %(max)d character long.": EXACTLY,
    "Field must be between %(min)d and %(max)d characters long.": _("请写 %(min)s 到 %(max)s 个字。"),
    "Number must be at least %(min)s.": _("请填不小于 %(min)s 的数。"),
    "Number must be at most %(max)s.": _("请填不大于 %(max)s 的数。"),
    "Number must be between %(min)s and %(max)s.": _("请填 %(min)s 到 %(max)s 之间的数。"),
    "Date must be at least %(min)s.": _("请填不早于 %(min)s 的日期。"),
    "Date must be at most %(max)s.": _("请填不晚于 %(max)s 的日期。"),
    "Date must be between %(min)s and %(max)s.": _("请填 %(min)s 到 %(max)s 之间的日期。"),
    "Field must be equal to %(other_name)s.": _("两次填写的不一样，请再填一遍。"),
    "File does not have an approved extension.": _("不收这种文件，请换成页面上写明的格式。"),
    "File does not have an approved extension: {extensions}": _("不收这种文件，请换成页面上写明的格式。"),
    "Invalid email address.": _("邮箱地址不完整，请检查，如 name@example.cn。"),
    "Invalid URL.": ADDRESS,
    "Invalid input.": _("没有看懂这一项，请重新填写。"),
    "This field cannot be edited.": _("这一项不能改。"),
    "This field is disabled and cannot have a value.": _("这一项不能改。"),
}


class FormWords:
    """What the form library asks for its sentences; a sentence unknown here comes back as it was."""

    def gettext(self, string: str) -> str:
        """The house's sentence in the visitor's language, its parameters still to be filled in."""
        return str(gettext(SAYS[string])) if string in SAYS else str(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same; neither language's sentence changes with the number."""
        return self.gettext(singular) if singular in SAYS else (singular if n == 1 else plural)
