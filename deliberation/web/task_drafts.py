"""The versions of a task's draft for those who bring them: what each is, how it follows from the one before, what to do next."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from deliberation.domain.acts import Act
from deliberation.services import lineage
from deliberation.store import drafts, edits
from deliberation.store.consultations import Task
from deliberation.store.drafts import Version
from deliberation.web.pages import page
from deliberation.web.tasks import task_of
from deliberation.web.texts import name

bp = Blueprint("task_drafts", __name__)


@dataclass(frozen=True)
class Line:
    """A version, and how many of the earlier one's provisions wait, or are carried but unsure."""

    version: Version
    follows: bool
    waiting: int = 0
    likely: int = 0
    edited: bool = False


@page(bp, "/tasks/<int:task_id>/drafts", Act.READ_TASK, about=task_of)
def index(task: Task) -> str:
    """Every version, the newest first."""
    current = drafts.current(task.id)
    lines = [_line(version) for version in reversed(drafts.versions(task.id))]
    return render_template("task_drafts/index.html", task=task, lines=lines, current=current, name=name)


def _line(version: Version) -> Line:
    found = lineage.lineage(version) if version.serial > 1 else None
    if found is None:
        return Line(version, False)
    edited = version.state != "published" and bool(edits.steps(version.id))
    return Line(version, True, len(found.waiting), len(found.likely), edited)
