"""Forms about tasks, consultations and drafts."""

from datetime import UTC, datetime

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from deliberation.clock import CHINA, local
from deliberation.services.consultations import Letter, Terms
from deliberation.store.consultations import Consultation, Task
from deliberation.web.forms.base import Form

WHEN = _("请填写日期和时间，如 2026-06-26 17:30。")


def instant(value: datetime | None) -> datetime:
    """What a clock on a wall in China shows, as an instant in UTC."""
    assert value is not None
    return value.replace(tzinfo=CHINA).astimezone(UTC)


def wall(value: datetime) -> datetime:
    """An instant as a form shows it: China's wall clock, without a zone."""
    return local(value if value.tzinfo else value.replace(tzinfo=UTC)).replace(tzinfo=None)


class TaskForm(Form):
    """What the letter says."""

    title = StringField(_("法规名称"), [DataRequired(_("请填写法规名称。"))])
    sender = StringField(_("来文单位"), [DataRequired(_("请填写来文单位。"))])
    letter_number = StringField(_("文号"))
    received_on = DateField(_("收文日期"), [InputRequired(_("请填写日期，如 2026-06-26。"))])
    report_due_at = DateTimeLocalField(_("报送截止"), [InputRequired(WHEN)])
    contact = StringField(_("联系人和电话"))
    openness = RadioField(
        _("公开还是定向"),
        choices=[
            SelectChoice("open", _("公开征求意见")),
            SelectChoice("directed", _("定向征求意见（不公开）")),
        ],
        default="open",
    )
    focus = TextAreaField(_("重点征询的问题"))
    scan = FileField(_("来文扫描件"), render_kw={"accept": ".pdf,.jpg,.jpeg,.png"})

    def letter(self) -> Letter:
        """The letter as typed."""
        assert self.received_on.data is not None
        return Letter(
            self.title.data or "", self.sender.data or "", self.received_on.data, instant(self.report_due_at.data),
            self.letter_number.data or "", self.contact.data or "", self.openness.data or "open", self.focus.data or "",
        )  # fmt: skip

    @classmethod
    def showing(cls, task: Task) -> "TaskForm":
        """The form filled with what was registered."""
        form = cls(obj=task)
        if not form.is_submitted():
            form.report_due_at.data = wall(task.report_due_at)
        return form


class TermsForm(Form):
    """Both deadlines, and who may say something."""

    public_until = DateTimeLocalField(_("公众提意见截止"), [InputRequired(WHEN)])
    office_until = DateTimeLocalField(_("联系点录入截止"), [InputRequired(WHEN)])
    guests = BooleanField(_("不登录也可以提意见"))
    panel_shares = BooleanField(_("专家团和议事会成员可以互看意见"))
    lede = TextAreaField(_("写在草案前面的话"))

    def terms(self) -> Terms:
        """The terms as typed."""
        return Terms(
            instant(self.public_until.data),
            instant(self.office_until.data),
            guests=bool(self.guests.data),
            panel_shares=bool(self.panel_shares.data),
            lede=self.lede.data or "",
        )

    @classmethod
    def showing(cls, one: Consultation) -> "TermsForm":
        """The form filled with the present terms."""
        form = cls(obj=one)
        if not form.is_submitted():
            form.public_until.data, form.office_until.data = wall(one.public_until), wall(one.office_until)
        return form


class PhaseForm(Form):
    """Where to go next."""

    to = HiddenField()


class BringForm(Form):
    """A draft: a file, or its text pasted."""

    file = FileField(
        _("草案文件"),
        render_kw={"accept": ".docx,.doc,.wps,.odt,.rtf,.pdf,.md,.txt,.html,.htm,.mht,.xml,.akn"},
    )
    pasted = TextAreaField(_("或者把全文粘贴在这里"))
    stage = StringField(_("稿次"), render_kw={"list": "stages"})


class PublishForm(Form):
    """The last look before publishing."""

    title = StringField(_("标题"), [DataRequired(_("请填写标题。"))])
    stage = StringField(_("稿次"), render_kw={"list": "stages"})
    sure = BooleanField(_("已对照原文核对"))
    revision = HiddenField()

    def leaves(self, *, doubtful: bool, revision: int) -> None:
        """With something left doubtful the tick says so; the form belongs to the state of the text it was shown with."""
        if doubtful:
            self.sure.label.text = _("已对照原文核对，上面这些没核对完的我知道，仍要公布")
        self.revision.data = str(revision)


class PlainForm(Form):
    """A plain-language note in Markdown."""

    plain = TextAreaField(_("白话说明"))
