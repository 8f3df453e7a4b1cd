"""The record of what was said, to print and sign; photos and recordings of the meeting."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.hall_record import record_parts, record_title
from deliberation.services import hall_files, hall_records
from deliberation.store import hall
from deliberation.store.hall import HallFile
from deliberation.store.meetings import Meeting
from deliberation.web.councils import Answer
from deliberation.web.downloads import DOCX, attachment, stored
from deliberation.web.forms.hall import KeepForm, TakeBackForm
from deliberation.web.meetings import meeting, to
from deliberation.web.pages import page
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("records", __name__)


def hall_file(meeting_id: int, file_id: int) -> HallFile | None:
    """A photo or recording by its meeting and number."""
    one = meeting(meeting_id)
    found = hall.file(file_id)
    return found if one is not None and found is not None and found.meeting_id == one.id else None


@page(bp, "/meetings/<int:meeting_id>/record", Act.RECORD_LINE, about=meeting)
def show(one: Meeting) -> str:
    """The record as it will look on paper."""
    record = hall_records.compose(one)
    return render_template(
        "meetings/record.html",
        meeting=one,
        title=record_title(record),
        parts=list(record_parts(record)),
        record=record,
    )


@page(bp, "/meetings/<int:meeting_id>/record.docx", Act.RECORD_LINE, about=meeting)
def docx(one: Meeting) -> Response:
    """The same as a .docx."""
    return attachment(hall_records.docx(one), f"{record_title(hall_records.compose(one))}.docx", DOCX)


@page(bp, "/meetings/<int:meeting_id>/files", Act.KEEP_HALL_FILE, about=meeting, methods=("GET", "POST"))
def files(one: Meeting) -> Answer:
    """Photos and recordings, each with its check code; one more."""
    form = KeepForm()
    if form.submitted():
        hall_files.keep_file(visitor(), one, upload_of(form.file), form.note.data or "")
        return to(one, "records.files")
    return render_template(
        "meetings/files.html", form=form, meeting=one, rows=hall.files(one.id)
    ), form.status


@page(bp, "/meetings/<int:meeting_id>/files/<int:file_id>", Act.KEEP_HALL_FILE, about=hall_file)
def file(row: HallFile) -> Response:
    """The file as it came; one taken back is given out no more."""
    if row.taken_back_at is not None:
        raise NotFound(_("这一份已经撤下，不再提供查看和下载；核验码还留在清单里。"))
    return stored(row.file)


@page(
    bp,
    "/meetings/<int:meeting_id>/files/<int:file_id>/back",
    Act.KEEP_HALL_FILE,
    about=hall_file,
    methods=("GET", "POST"),
)
def take_back(row: HallFile) -> Answer:
    """Take one back, with a reason; its check code stays listed."""
    form = TakeBackForm()
    if form.submitted():
        hall_files.take_back(visitor(), row, form.reason.data or "")
        return to(row.meeting, "records.files")
    return render_template("meetings/file_back.html", form=form, meeting=row.meeting, row=row), form.status
