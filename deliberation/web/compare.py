"""The comparison table as a page and as a file: for everyone between published texts, for staff with a preview too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.comparison import Cell, Row
from deliberation.domain.errors import NotFound, _
from deliberation.domain.lineage_words import CHANGES
from deliberation.services import comparing
from deliberation.services.comparing import Beside
from deliberation.store import consultations, links
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.web.caching import conditional
from deliberation.web.consultations import consultation
from deliberation.web.downloads import DOCX, XLSX, attachment
from deliberation.web.pages import may, page
from deliberation.web.texts import name
from deliberation.web.versions import version_of

bp = Blueprint("compare", __name__)
KINDS = {"xlsx": XLSX, "docx": DOCX}
MARKS = {"gone": ("<del>", "</del>"), "added": ("<ins>", "</ins>"), "equal": ("", "")}


@dataclass(frozen=True)
class Line:
    """One row as the page shows it."""

    id: str
    place: str
    relation: str
    sure: bool
    old: Markup | None
    new: Markup | None
    beside: Beside | None


@dataclass(frozen=True)
class Two:
    """What is compared, for whom."""

    old: Version
    new: Version
    rows: list[Row]
    beside: dict[str, Beside]

    @property
    def title(self) -> str:
        """The name of the table and of its file."""
        return f"{self.new.title}{gettext('对照表')}"


@page(bp, "/c/<slug>/compare", Act.READ_CONSULTATION, about=consultation)
def public(one: Consultation) -> Any:
    """Two published texts side by side."""
    every = links.published(one.task_id)
    if len(every) < 2:
        alone = every[0] if every else None
        return conditional(render_template("compare/alone.html", consultation=one, version=alone))
    found = _public(one, every)
    return conditional(
        _show(
            found, consultation=one, task=None, every=every, endpoint="compare.public_file", at={"slug": one.slug}
        )
    )  # fmt: skip


@page(bp, "/c/<slug>/compare.<any(xlsx,docx):kind>", Act.READ_CONSULTATION, about=consultation)
def public_file(one: Consultation, kind: str) -> Response:
    """The same as a file."""
    return _file(kind, _public(one, links.published(one.task_id)))


def _public(one: Consultation, every: Sequence[Version]) -> Two:
    """The two the address names; without names the newest and the one before it. The older one is always on the left."""
    serials = {version.serial: version for version in every}
    new = serials.get(request.args.get("new", 0, type=int), every[-1] if every else None)
    before = [version for version in every if new is not None and version.serial < new.serial]
    old = serials.get(request.args.get("old", 0, type=int), before[-1] if before else None)
    if old is None or new is None or old.id == new.id:
        raise NotFound(_("请选两个不同的稿来对照。"))
    old, new = sorted((old, new), key=lambda version: version.serial)
    rows = comparing.rows(old, new)
    beside = comparing.beside(one, old, new, rows, outcomes=may(Act.READ_STAFF, one), say=gettext)
    return Two(old, new, rows, beside)


@page(bp, "/versions/<int:version_id>/compare", Act.READ_TASK, about=version_of)
def preview(version: Version) -> Any:
    """A preview, or any version, beside the one before it: for those who bring it."""
    found = _beside_the_one_before(version)
    return _show(
        found, consultation=None, task=version.task, every=[], endpoint="compare.preview_file", at={"version_id": version.id}
    )  # fmt: skip


@page(bp, "/versions/<int:version_id>/compare.<any(xlsx,docx):kind>", Act.READ_TASK, about=version_of)
def preview_file(version: Version, kind: str) -> Response:
    """The same as a file."""
    return _file(kind, _beside_the_one_before(version))


def _beside_the_one_before(version: Version) -> Two:
    old = links.before(version)
    if old is None:
        raise NotFound(_("这是第一稿，前面没有可以对照的。"))
    rows = comparing.rows(old, version)
    taken = consultations.for_task(version.task_id)
    mine = next((one for one in taken if may(Act.READ_STAFF, one)), None)
    beside = comparing.beside(mine, old, version, rows, outcomes=True, say=gettext) if mine else {}
    return Two(old, version, rows, beside)


def _file(kind: str, found: Two) -> Response:
    data = comparing.as_file(kind, found.rows, found.title, found.beside or None, gettext)
    return attachment(data, f"{found.title}.{kind}", KINDS[kind])


def _show(found: Two, **more: Any) -> str:
    only = request.args.get("only", "")
    counts: Counter[str] = Counter(row.relation for row in found.rows)
    shown = [
        row for row in found.rows if not only or (row.changed if only == "changed" else row.relation == only)
    ]
    return render_template(
        "compare/show.html", two=found, lines=[_line(row, found.beside) for row in shown], name=name, only=only,
        figures=[(code, counts[code]) for code in CHANGES if counts[code]], changes=CHANGES,
        changed=sum(row.changed for row in found.rows), **more,
    )  # fmt: skip


def _line(row: Row, beside: dict[str, Beside]) -> Line:
    was, now = _names(row.old), _names(row.new)
    first = (row.new or row.old)[0].article.key
    key = row.old[0].article.key if row.old else comparing.NEW + first
    return Line(
        first if row.new else f"was-{first}", " → ".join(part for part in (was, now) if part), row.relation, row.sure,
        side(row.old), side(row.new), beside.get(key),
    )  # fmt: skip


def _names(cells: Sequence[Cell]) -> str:
    return gettext("、").join(c.article.number or c.article.heading or gettext("正文") for c in cells)


def side(cells: Sequence[Cell]) -> Markup | None:
    """The articles of one side as paragraphs, their words marked; None where there is none."""
    if not cells:
        return None
    return Markup("").join(_article(cell) for cell in cells)


def _article(cell: Cell) -> Markup:
    label = escape(comparing.label(cell))
    pieces = [f'<p><span class="art">{label}</span>' if label else "<p>"]
    for run in cell.runs:
        opening, closing = MARKS[run.change]
        for nth, line in enumerate(run.text.split("\n")):
            pieces.append(("</p><p>" if nth else "") + (f"{opening}{escape(line)}{closing}" if line else ""))
    return Markup("".join(pieces) + "</p>")  # noqa: S704 - every word is escaped
