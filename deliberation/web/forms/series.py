"""The form of a meeting that comes again."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional

from deliberation.domain.calendar import Recurrence
from deliberation.domain.errors import Refusal
from deliberation.domain.errors import _ as mark
from deliberation.services.procedures import lit
from deliberation.services.series import Arranged
from deliberation.store import councils
from deliberation.store.people import Office
from deliberation.web.calendars import WEEKDAYS
from deliberation.web.forms.councils import HallForm

NTHS = {"1": _("第一个"), "2": _("第二个"), "3": _("第三个"), "4": _("第四个"), "-1": _("最后一个")}
MONTHS = {"1": _("每月"), "2": _("每两个月"), "3": _("每季度"), "6": _("每半年"), "12": _("每年")}


class SeriesForm(HallForm):
    """How often, when, where."""

    procedure = SelectField(_("开什么会"))
    council = SelectField(_("由谁开"), coerce=int, default=0)
    title = StringField(_("会议名称"), [DataRequired()])
    place = StringField(_("地点"), [DataRequired()])
    convenor = StringField(_("召集人"), [DataRequired()])
    scribe = StringField(_("记录人"), [DataRequired()])
    months = SelectField(_("多久一次"), choices=list(MONTHS.items()), default="1")
    by = RadioField(
        _("哪一天"), choices=[("weekday", _("按第几个星期几")), ("days", _("按几号"))], default="weekday"
    )
    nth = SelectField(_("第几个"), choices=list(NTHS.items()), default="1")
    weekday = SelectField(_("星期几"), coerce=int, default=4)
    days = StringField(_("几号"))
    at = TimeField(_("几点开会"), [InputRequired()])
    minutes = IntegerField(_("开多少分钟"), [InputRequired()], default=120)
    from_on = DateField(_("从哪天起"), [InputRequired()])
    until = DateField(_("到哪天止"), [Optional()])

    def offer(self, office: Office) -> None:
        """What the office has to choose from."""
        self.procedure.choices = [(key, gettext(one.name)) for key, one in lit(office.id).items()]
        bodies = councils.of_office(office.id)
        self.council.choices = [(0, gettext("本联系点")), *((one.id, one.name) for one in bodies)]
        self.weekday.choices = [(n, gettext(name)) for n, name in enumerate(WEEKDAYS)]

    def recurrence(self) -> Recurrence:
        """How often, as a value; a Refusal where the days are not 1 to 28."""
        months = int(self.months.data or 1)
        if self.by.data == "weekday":
            return Recurrence(months, self.weekday.data, int(self.nth.data or 1))
        words = (
            (self.days.data or "")
            .replace("，", " ")
            .replace(",", " ")
            .replace("、", " ")
            .replace("号", " ")
            .split()
        )
        if not words or not all(word.isdecimal() for word in words):
            raise Refusal(mark("几号请写数字，例如 1 16。"), field="days")
        return Recurrence(months, None, 1, tuple(sorted({int(word) for word in words})))

    def arranged(self) -> Arranged:
        """The series as filled in."""
        assert self.at.data is not None
        assert self.from_on.data is not None
        return Arranged(
            self.procedure.data or "", self.title.data or "", self.place.data or "", self.recurrence(), self.at.data,
            self.minutes.data or 0, self.from_on.data, self.convenor.data or "", self.scribe.data or "", self.until.data,
            councils.get(self.council.data) if self.council.data else None,
        )  # fmt: skip
