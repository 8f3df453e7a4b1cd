"""Forms about meetings: the call, the sign-in sheet, lines, transcripts, minutes."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from deliberation.clock import CHINA
from deliberation.domain.errors import Refusal
from deliberation.domain.errors import _ as mark
from deliberation.domain.remarks import ATTITUDES
from deliberation.services.lines import CHECKED_WITH
from deliberation.services.minutes import STATES
from deliberation.store.meetings import Attendance, Meeting
from deliberation.web.forms.councils import HallForm
from deliberation.web.forms.remarks import new_key

BAD_NUMBERS = mark("号码要写成“3 5 7-9”这样，用空格隔开。")
UNMARKED = ("", _("未注明"))


class Ticks(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def instant(given: datetime | None) -> datetime | None:
    """What a wall clock in China showed, as an instant."""
    return given.replace(tzinfo=CHINA) if given is not None else None


class CallForm(HallForm):
    """Call a meeting. What there is to choose from is put in by the page."""

    title = StringField(_("会议名称"), [DataRequired()])
    starts_at = DateTimeLocalField(
        _("开始时间"), [InputRequired()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )
    planned_end = DateTimeLocalField(_("预计结束"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
    place = StringField(_("地点"), [DataRequired()])
    convenor = StringField(_("召集人"), [DataRequired()])
    scribe = StringField(_("记录人"), [DataRequired()])
    procedure = SelectField(_("开什么会"), default="symposium")
    letter = SelectField(_("委托函"), coerce=int, default=0)
    late_reason = TextAreaField(_("来不及的原因"))
    matter = SelectField(_("议哪一个事项"), coerce=int, default=0)
    articles = Ticks(_("议哪几条"))
    others = TextAreaField(_("其他议程"))
    invited = Ticks(_("请谁来"), coerce=int)
    observers = Ticks(_("列席"), coerce=int)


class SignForm(HallForm):
    """Numbers on the sheet, as typed at the door: 3 5 7-9."""

    numbers = StringField(_("号码"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    at = TimeField(_("时间"), [Optional()])

    def picked(self) -> list[int]:
        """The numbers meant; a Refusal for what is no number."""
        found: list[int] = []
        for word in re.split(r"[\s,，、;；]+", (self.numbers.data or "").strip()):
            span = re.fullmatch(r"(\d{1,3})(?:\s*[-—~至到]\s*(\d{1,3}))?", word)
            if span is None:
                raise Refusal(BAD_NUMBERS, field="numbers")
            first, last = int(span[1]), int(span[2] or span[1])
            found += range(first, last + 1)
        return found

    def when(self, meeting: Meeting) -> datetime | None:
        """The time typed, on the day of the meeting."""
        given: time | None = self.at.data
        day = (meeting.opened_at or meeting.starts_at).astimezone(CHINA).date()
        return datetime.combine(day, given, CHINA) if given is not None else None


class WalkInForm(HallForm):
    """Somebody nobody had listed."""

    name = StringField(_("姓名"), [DataRequired()])
    phone = StringField(_("电话"), render_kw={"inputmode": "tel", "autocomplete": "off"})
    category = StringField(_("身份"))


class PointForm(HallForm):
    """One more point of the agenda."""

    title = StringField(_("议程"), [DataRequired()])


class LineForm(HallForm):
    """A line: who, what; made once by its key."""

    key = HiddenField()
    item = HiddenField()
    number = IntegerField(_("谁在说"), [Optional()])
    speaker = StringField(_("其他人的姓名"), render_kw={"autocomplete": "off"})
    text = TextAreaField(_("说了什么"))
    attitude = SelectField(
        _("态度"), choices=[UNMARKED, *((c, _(n)) for c, n in ATTITUDES.items())], default=""
    )
    as_remark = BooleanField(_("记为意见"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not self.key.data or (self.refused is not None and self.refused.status == 409):
            self.key.data = new_key()


class MendForm(HallForm):
    """A line mended: text, speaker, point."""

    revision = HiddenField()
    number = SelectField(_("谁在说"), coerce=int)
    speaker = StringField(_("其他人的姓名"), render_kw={"autocomplete": "off"})
    item = SelectField(_("议程"), coerce=int)
    text = TextAreaField(_("说了什么"))
    attitude = SelectField(
        _("态度"), choices=[UNMARKED, *((c, _(n)) for c, n in ATTITUDES.items())], default=""
    )
    as_remark = BooleanField(_("记为意见"))

    def offer(self, sheet: Sequence[Attendance], meeting: Meeting) -> None:
        """Speakers and points to choose from."""
        self.number.choices = [(0, gettext("其他人"))] + [
            (a.position, f"{a.position} {a.person.name}") for a in sheet
        ]
        self.item.choices = [(0, gettext("不归入哪一项"))] + [
            (i.id, f"{i.position}. {i.title}") for i in meeting.agenda
        ]


class PasteForm(HallForm):
    """A transcript or a copied chat."""

    key = HiddenField()
    pasted = TextAreaField(_("粘贴的文字"))
    item = SelectField(_("归入哪一项议程"), coerce=int, default=0)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not self.key.data:
            self.key.data = new_key()


class CheckForm(HallForm):
    """With whom the ticked lines were checked."""

    with_whom = RadioField(
        _("和谁核对的"), choices=[(c, _(n)) for c, n in CHECKED_WITH.items()], validate_choice=False
    )


class MinutesForm(HallForm):
    """Minutes as they are edited; the speeches are put in by the page."""

    base = HiddenField()
    number = StringField(_("期号"))
    agreed = TextAreaField(_("形成的意见（一行一条）"))
    correct_until = DateField(_("更正期到哪一天"), [Optional()])
    all_agree = BooleanField(_("到会的人都已看过，没有要更正的"))
    to = RadioField(_("这一稿"))

    def offer(self, steps: Sequence[str]) -> None:
        """The steps that may follow."""
        self.to.choices = [(code, gettext(STATES[code])) for code in steps]
        self.to.data = self.to.data or steps[0]


class ActForm(HallForm):
    """Nothing but the act."""
