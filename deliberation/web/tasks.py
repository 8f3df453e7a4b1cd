"""The register of tasks (任务台账), a task's page, its letter; taking it up."""

from datetime import datetime, timedelta

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.roles import LEAD, STAFF, Role
from deliberation.services import consultations as work
from deliberation.store import consultations as rows
from deliberation.store import drafts, rosters
from deliberation.store import people as offices
from deliberation.store.consultations import Consultation, Task
from deliberation.store.people import Office
from deliberation.web.downloads import stored
from deliberation.web.forms.tasks import TaskForm, TermsForm, wall
from deliberation.web.pages import may, page
from deliberation.web.people import office_of
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import offices_as, visitor

bp = Blueprint("tasks", __name__)


def task_of(task_id: int) -> Task | None:
    """A task by its number; its office becomes the site's face."""
    found = rows.task(task_id)
    if found is not None:
        g.office = found.office
    return found


def reach() -> tuple[list[int], set[int]]:
    """(offices whose tasks the visitor sees: their own and those above, offices whose consultations: own and below)."""
    own = offices_as(STAFF | {Role.COMMISSION})
    above = [a for office in offices_as(STAFF) for a in offices.above(office)]
    below = {b for office in own for b in rosters.below(office)}
    return list(dict.fromkeys([*own, *above])), {*own, *below}


@page(bp, "/tasks", Act.SEE_OWN)
def register() -> str:
    """Every task of one's offices and of those above, newest first, with days left and how far each office is."""
    asked, seen = reach()
    found = rows.tasks_of(asked)
    held = rows.by_task([task.id for task in found])
    leading = offices_as(LEAD)
    lines = [
        (
            task,
            [one for one in held.get(task.id, []) if one.office_id in seen],
            any(o not in {c.office_id for c in held.get(task.id, [])} for o in leading),
        )
        for task in found
    ]
    own = rosters.offices_in(offices_as())
    where = [office for office in own if may(Act.REGISTER_TASK, office)]
    desks = [office for office in own if may(Act.READ_REFERRALS, office)]
    return render_template("tasks/register.html", lines=lines, where=where, desks=desks)


@page(bp, "/offices/<int:office_id>/tasks/new", Act.REGISTER_TASK, about=office_of, methods=("GET", "POST"))
def new(one: Office) -> Response | tuple[str, int]:
    """Register the letter that came."""
    form = TaskForm()
    if not form.is_submitted():
        form.received_on.data = clock.local(clock.now()).date()
    if form.submitted():
        made = work.register_task(visitor(), one, form.letter(), scanned=upload_of(form.scan))
        return redirect(url_for("tasks.show", task_id=made.id))
    return render_template("tasks/form.html", form=form, office=one, task=None), form.status


@page(bp, "/tasks/<int:task_id>", Act.READ_TASK, about=task_of)
def show(task: Task) -> str:
    """What the letter said, the versions of the draft, the consultations of the offices, and what to do next."""
    _asked, seen = reach()
    taken = rows.for_task(task.id)
    held = [one for one in taken if one.office_id in seen]
    versions = (
        drafts.versions(task.id, warnings=True) if may(Act.IMPORT_DRAFT, task) or _works_on(task) else []
    )
    return render_template(
        "tasks/show.html",
        task=task,
        consultations=held,
        versions=versions,
        current=drafts.current(task.id),
        takers=work.takers(task, offices_as(LEAD), taken),
    )


def _works_on(task: Task) -> bool:
    return task.office_id in offices_as(STAFF | {Role.COMMISSION})


@page(bp, "/tasks/<int:task_id>/edit", Act.CHANGE_TASK, about=task_of, methods=("GET", "POST"))
def edit(task: Task) -> Response | tuple[str, int]:
    """Correct what was registered."""
    form = TaskForm.showing(task)
    if form.submitted():
        work.change_task(visitor(), task, form.letter(), scanned=upload_of(form.scan))
        return redirect(url_for("tasks.show", task_id=task.id))
    return render_template("tasks/form.html", form=form, office=task.office, task=task), form.status


@page(bp, "/tasks/<int:task_id>/scan", Act.READ_TASK, about=task_of)
def scan(task: Task) -> Response:
    """The scan of the letter, as it came."""
    if task.scan is None:
        raise NotFound(_("这项任务没有扫描件。"))
    return stored(task.scan)


@page(
    bp,
    "/offices/<int:office_id>/tasks/<int:task_id>/take-up",
    Act.TAKE_UP_TASK,
    about=office_of,
    methods=("GET", "POST"),
)
def take_up(one: Office, task_id: int) -> Response | tuple[str, int]:
    """Open the office's own consultation for a task of its own or of an office above."""
    task = rows.task(task_id)
    if task is None or not may(Act.READ_TASK, task):
        raise NotFound(_("没有这项任务，或者不是交给本单位办的。"))
    form = TermsForm()
    if not form.is_submitted():
        _propose(form, task)
    if form.submitted():
        made: Consultation = work.take_up(visitor(), task, one, form.terms())
        return redirect(url_for("consultations.manage", slug=made.slug))
    return render_template("tasks/take_up.html", form=form, office=one, task=task), form.status


def _propose(form: TermsForm, task: Task) -> None:
    """Deadlines counted back from the report's: one working evening before, three before that; never after it."""
    due = wall(task.report_due_at)
    form.office_until.data = min(due, _evening(due - timedelta(days=1)))
    form.public_until.data = min(due, _evening(due - timedelta(days=4)))
    if form.public_until.data < wall(clock.now()):
        form.public_until.data = form.office_until.data
    form.guests.data = task.openness == "open"


def _evening(day: datetime) -> datetime:
    return day.replace(hour=18, minute=0)
