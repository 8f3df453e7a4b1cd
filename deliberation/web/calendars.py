"""The working calendar of an office: days off and days worked, entered over the seeded ones."""

from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.services import calendars as verbs
from deliberation.store.people import Office
from deliberation.web.councils import Answer, today
from deliberation.web.forms.procedures import StretchForm, YearForm
from deliberation.web.pages import page
from deliberation.web.people import office_of
from deliberation.web.visitor import visitor

bp = Blueprint("calendars", __name__)
WEEKDAYS = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
AT = "/offices/<int:office_id>/calendar"


@page(bp, AT, Act.READ_OFFICE, about=office_of)
def show(office: Office) -> str:
    """The days off and worked that stand out, this year and the next."""
    return _show(office, StretchForm(formdata=None), YearForm(formdata=None))


def _show(office: Office, form: StretchForm, year_form: YearForm) -> str:
    calendar = verbs.calendar_of(office.id)
    years = (today().year, today().year + 1)
    if year_form.year.data is None:
        year_form.year.data = next((year for year in years if year not in calendar.years), years[1])
    shown = verbs.standing_out(office.id, years)
    return render_template(
        "calendars/show.html", office=office, form=form, year_form=year_form, calendar=calendar,
        weekdays=WEEKDAYS,
        years=[(year, [one for one in shown if one.first.year == year]) for year in years],
    )  # fmt: skip


@page(bp, AT + "/days", Act.CHANGE_CALENDAR, about=office_of, methods=("GET", "POST"))
def add(office: Office) -> Answer:
    """Enter days off, or days worked."""
    form = StretchForm()
    if form.submitted():
        verbs.set_days(visitor(), office, form.stretch())
        return redirect(url_for("calendars.show", office_id=office.id))
    return _show(office, form, YearForm(formdata=None)), form.status


@page(bp, AT + "/years", Act.CHANGE_CALENDAR, about=office_of, methods=("GET", "POST"))
def year(office: Office) -> Answer:
    """Say that a year is whole, or take it back."""
    form = YearForm()
    if form.submitted():
        verbs.year_is_whole(visitor(), office, form.year.data or 0, bool(form.whole.data))
        return redirect(url_for("calendars.show", office_id=office.id))
    return _show(office, StretchForm(formdata=None), form), form.status


@page(bp, AT + "/forget", Act.CHANGE_CALENDAR, about=office_of, methods=("POST",))
def forget(office: Office) -> Response:
    """Take one of the office's own days back."""
    first, last = (_day(request.form.get(name, "")) for name in ("first", "last"))
    span = range(min((last - first).days, verbs.LONGEST) + 1)
    verbs.forget_days(visitor(), office, [first + timedelta(days=n) for n in span])
    return redirect(url_for("calendars.show", office_id=office.id))


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refusal(_("请先勾选要撤销的日子。")) from None
