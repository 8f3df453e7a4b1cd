"""Meetings that come again, an office's own meetings, and calendar files a telephone takes."""

from datetime import date

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.matters import is_over
from deliberation.services import series as verbs
from deliberation.services.meetings import NINE_X
from deliberation.services.procedures import named
from deliberation.store import councils, meetings
from deliberation.store import series as rows
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office
from deliberation.store.series import Series
from deliberation.web.calendars import WEEKDAYS
from deliberation.web.councils import Answer, today
from deliberation.web.downloads import attachment
from deliberation.web.forms.series import MONTHS, NTHS, SeriesForm
from deliberation.web.meetings import meeting, to
from deliberation.web.pages import page
from deliberation.web.people import office_of
from deliberation.web.visitor import visitor

bp = Blueprint("series", __name__)
ICS = "text/calendar"


def series(series_id: int) -> Series | None:
    """A series by number; its office becomes the site's face."""
    found = rows.get(series_id)
    if found is not None:
        g.office = found.office
    return found


@page(bp, "/offices/<int:office_id>/meetings", Act.READ_STAFF, about=office_of)
def index(office: Office) -> str:
    """What comes again, the next days of each, and the office's meetings."""
    found = rows.of_office(office.id)
    held = meetings.of_office(office.id)
    return render_template(
        "series/index.html", office=office, meetings=held, heads=meetings.heads([m.id for m in held]),
        series=[(one, verbs.coming(one, today()), verbs.recurrence_of(one)) for one in found],
        open_matters={one.id: _matters(one) for one in found}, names={one.procedure: named(one.procedure).name for one in found},
        weekdays=WEEKDAYS, nths=NTHS, months=MONTHS,
    )  # fmt: skip


def _matters(one: Series) -> list[councils.Matter]:
    if one.procedure != NINE_X or one.council_id is None:
        return []
    return [matter for matter in councils.matters(one.council_id) if not is_over(matter.state)]


@page(bp, "/offices/<int:office_id>/series/new", Act.CHANGE_SERIES, about=office_of, methods=("GET", "POST"))
def new(office: Office) -> Answer:
    """Arrange a meeting that comes again."""
    form = SeriesForm()
    form.offer(office)
    if request.method == "GET":
        _suggest(form, request.args.get("procedure", ""))
    if form.submitted():
        verbs.arrange(visitor(), office, form.arranged())
        return redirect(url_for("series.index", office_id=office.id))
    return render_template("series/new.html", form=form, office=office), form.status


def _suggest(form: SeriesForm, key: str) -> None:
    """The rhythm a procedure comes with."""
    form.from_on.data = today()
    person = visitor().person
    form.scribe.data = person.name if person else ""
    if any(key == offered for offered, _name in form.procedure.choices or ()):
        form.procedure.data, form.title.data = key, named(key).name
        rhythm = named(key).recurrence
        if rhythm is not None:
            form.months.data, form.nth.data = str(rhythm.months), str(rhythm.nth)
            form.by.data = "days" if rhythm.days else "weekday"
            form.weekday.data = rhythm.weekday if rhythm.weekday is not None else 4
            form.days.data = " ".join(str(day) for day in rhythm.days)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refusal(_("这一天不是这个定期会议的日子，请刷新页面后再选。")) from None


@page(bp, "/series/<int:series_id>/next", Act.CHANGE_SERIES, about=series, methods=("POST",))
def make_next(one: Series) -> Response:
    """Make the meeting of one of the coming days."""
    matter = (
        councils.matter(int(request.form["matter"])) if request.form.get("matter", "").isdecimal() else None
    )
    return to(verbs.make_next(visitor(), one, _day(request.form.get("day", "")), matter))


@page(bp, "/series/<int:series_id>/leave-out", Act.CHANGE_SERIES, about=series, methods=("POST",))
def leave_out(one: Series) -> Response:
    """No meeting on one of the coming days."""
    verbs.leave_out(visitor(), one, _day(request.form.get("day", "")))
    return redirect(url_for("series.index", office_id=one.office_id))


@page(bp, "/series/<int:series_id>/end", Act.CHANGE_SERIES, about=series, methods=("POST",))
def end(one: Series) -> Response:
    """The series goes on no longer."""
    verbs.end(visitor(), one)
    return redirect(url_for("series.index", office_id=one.office_id))


@page(bp, "/series/<int:series_id>.ics", Act.READ_STAFF, about=series)
def series_file(one: Series) -> Response:
    """The whole series for a telephone's calendar."""
    return attachment(verbs.series_file(one, _place(), clock.now()), f"{one.title}.ics", ICS)


@page(bp, "/meetings/<int:meeting_id>.ics", Act.READ_MEETING, about=meeting)
def meeting_file(one: Meeting) -> Response:
    """One meeting for a telephone's calendar."""
    return attachment(verbs.calendar_file([one], _place(), clock.now()), f"{one.title}.ics", ICS)


@page(bp, "/offices/<int:office_id>/meetings.ics", Act.READ_STAFF, about=office_of)
def office_file(office: Office) -> Response:
    """All meetings of an office as one calendar."""
    found = meetings.of_office(office.id)
    if not found:
        raise NotFound(_("还没有会议，没有可以下载的日历。"))
    return attachment(verbs.calendar_file(found, _place(), clock.now()), f"{office.name}.ics", ICS)


def _place() -> str:
    """The installation's own name, so that marks of two installations never meet."""
    return str(current_app.config.get("PLACE") or request.host)
