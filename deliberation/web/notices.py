"""The public board: open to anyone, at addresses that do not change; its sheets to print, and what is attached to them."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.board_sheets import sheet_paper
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.domain.procedures import POSTING_LABELS, Posting
from deliberation.services import notices as verbs
from deliberation.services import receipts
from deliberation.store import matter_papers, notices, people
from deliberation.store.matter_papers import MatterFile
from deliberation.store.notices import BoardSheet
from deliberation.store.people import Office
from deliberation.web.councils import Answer
from deliberation.web.downloads import DOCX, PICTURES, attachment, picture
from deliberation.web.forms.vote_papers import DownForm
from deliberation.web.pages import may, page
from deliberation.web.safe import outside
from deliberation.web.visitor import visitor

bp = Blueprint("notices", __name__)


def sheet_of(sheet_id: int) -> BoardSheet | None:
    """A sheet by number; its office becomes the site's face."""
    found = notices.get(sheet_id)
    if found is not None:
        g.office = found.office
    return found


def board_of(office_id: int) -> Office | None:
    """An office that has a board; it becomes the site's face."""
    found = people.office(office_id)
    if found is not None:
        g.office = found
    return found


@page(bp, "/board/", Act.VISIT)
def index() -> str:
    """What hangs today, on every board."""
    hanging = notices.hanging(clock.local(clock.now()).date())
    return render_template(
        "notices/index.html", hanging=hanging, boards=notices.boards(), office=None, months=[], kinds=POSTING_LABELS,
        crumbs=[(_("首页"), url_for("consultations.home")), (_("公示栏"), None)],
    )  # fmt: skip


@page(bp, "/board/<int:office_id>/", Act.VISIT, about=board_of)
def board(one: Office) -> str:
    """One office's board: what hangs, and everything that ever hung."""
    today = clock.local(clock.now()).date()
    every = notices.of_office(one.id)
    hanging = [row for row in every if row.down_at is None and row.since <= today <= row.until]
    past = [row for row in every if row not in hanging]
    return render_template(
        "notices/index.html", hanging=hanging, boards=[], office=one, past=past, kinds=POSTING_LABELS,
        crumbs=[(_("首页"), url_for("consultations.home")), (_("公示栏"), url_for("notices.index")), (one.name, None)],
    )  # fmt: skip


@page(bp, "/board/sheets/<int:sheet_id>", Act.VISIT, about=sheet_of)
def sheet(one: BoardSheet) -> str:
    """A sheet as it hangs; printed alone, with the code that leads back here. Taken down, its words are the office's alone."""
    here = outside("notices.sheet", sheet_id=one.id)
    return render_template(
        "notices/sheet.html", sheet=one, parts=list(sheet_paper(verbs.as_hanging(one))), kinds=POSTING_LABELS,
        shown=_shown(one), readable=_readable(one), qr=receipts.qr(here), address=here, objections=_objections(one),
        today=clock.local(clock.now()).date(), crumbs=_crumbs(one),
    )  # fmt: skip


def _readable(one: BoardSheet) -> bool:
    """Whether the visitor may read its words: everyone while it hangs and after its days, the office once it was taken down."""
    return one.down_at is None or may(Act.TAKE_DOWN_SHEET, one)


def _crumbs(one: BoardSheet) -> list[tuple[str, str | None]]:
    board = url_for("notices.board", office_id=one.office_id)
    home = (_("首页"), url_for("consultations.home"))
    return [home, (_("公示栏"), board), (_("第 %(number)s 号", number=one.number), None)]


def _shown(one: BoardSheet) -> list[MatterFile]:
    """What hangs with the sheet: material with the names, photos of the work with the result."""
    part = {"agenda": "material", "opinion": "material", "result": "work"}.get(one.about)
    if part is None or one.matter_id is None:
        return []
    return [
        row for row in matter_papers.files(one.matter_id)
        if row.shown and row.part == part and row.at <= one.at
    ]  # fmt: skip


def _objections(one: BoardSheet) -> tuple[int, int] | None:
    """How many objections came in and how many were answered: numbers only."""
    if one.kind != Posting.NOTICE.value or one.matter_id is None:
        return None
    found = notices.objections(one.matter_id)
    return len(found), sum(row.answered_at is not None for row in found)


@page(bp, "/board/sheets/<int:sheet_id>.docx", Act.VISIT, about=sheet_of)
def docx(one: BoardSheet) -> Response:
    """The sheet as a .docx to print and paste up."""
    if not _readable(one):
        raise NotFound(mark("这张公示单已经撤下了。"))
    here = outside("notices.sheet", sheet_id=one.id)
    return attachment(verbs.docx(one, here), f"{one.title}.docx", DOCX)


@page(bp, "/board/sheets/<int:sheet_id>/files/<int:file_id>", Act.VISIT, about=sheet_of)
def attached(one: BoardSheet, file_id: int) -> Response:
    """Material or a photo that hangs with the sheet; a picture without where and by what it was taken."""
    found = next((row for row in _shown(one) if row.id == file_id), None)
    if found is None or one.down_at is not None:
        raise NotFound(mark("这张公示单没有这份材料。"))
    data = verbs.plain(found.file)
    if found.file.media_type in PICTURES:
        return picture(data, found.file.media_type)
    return attachment(data, found.file.name, found.file.media_type)


@page(bp, "/board/sheets/<int:sheet_id>/down", Act.TAKE_DOWN_SHEET, about=sheet_of, methods=("GET", "POST"))
def take_down(one: BoardSheet) -> Answer:
    """Take a sheet down, with the reason."""
    form = DownForm()
    if form.submitted():
        verbs.take_down(visitor(), one, form.reason.data or "")
        return redirect(url_for("notices.sheet", sheet_id=one.id))
    return render_template("notices/down.html", form=form, sheet=one, crumbs=_crumbs(one)), form.status
