"""A scan as a draft: how many articles it has, the scan shown beside them, to staff while it is typed in, to everybody once published."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.services import files, scans
from deliberation.store import drafts, links
from deliberation.store.consultations import Consultation, Task
from deliberation.store.drafts import Version
from deliberation.store.files import StoredFile
from deliberation.web.consultations import consultation
from deliberation.web.forms.corrections import ScanForm
from deliberation.web.pages import page
from deliberation.web.tasks import task_of
from deliberation.web.uploads import upload_of
from deliberation.web.versions import version_of
from deliberation.web.visitor import visitor

bp = Blueprint("scans", __name__)
PDF = "application/pdf"
SHOWN = {PDF, "image/jpeg", "image/png"}
# What a browser's own PDF viewer needs of the file's own response; nothing in it may run or be fetched.
POLICY = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@page(bp, "/tasks/<int:task_id>/drafts/scan", Act.IMPORT_DRAFT, about=task_of, methods=("GET", "POST"))
def bring(task: Task) -> Response | tuple[str, int]:
    """A scan and the number of its articles become a preview of empty articles."""
    form = ScanForm()
    if form.submitted():
        made = scans.begin(
            visitor(), task, upload_of(form.scan), articles=form.articles.data or 0, chapters=form.chapters.data or "",
            title=form.title.data or "", stage=form.stage.data or "",
        )  # fmt: skip
        return redirect(url_for("corrections.correct", version_id=made.id, at="art_1", _anchor="art_1"))
    return render_template("imports/scan.html", form=form, task=task), form.status


@page(bp, "/versions/<int:version_id>/scan", Act.READ_TASK, about=version_of)
def of_version(version: Version) -> Response:
    """The scan of a version, shown and not downloaded."""
    return _shown(version.source)


@page(bp, "/versions/<int:version_id>/scan/<int:n>", Act.READ_TASK, about=version_of)
def picture(version: Version, n: int) -> Response:
    """One page of a scanned PDF as a picture."""
    return _picture(version.source, n)


@page(bp, "/c/<slug>/scan", Act.READ_CONSULTATION, about=consultation)
def published(one: Consultation) -> Response:
    """The scan of a published version, the current one unless `serial` names another, for those who read 见扫描件."""
    serial = request.args.get("serial", 0, type=int)
    version = links.by_serial(one.task_id, serial) if serial else drafts.current(one.task_id)
    return _shown(version.source if version is not None else None)


def _shown(row: StoredFile | None) -> Response:
    if row is None or row.media_type not in SHOWN:
        raise NotFound(_("这一稿没有扫描件。"))
    return _inline(files.read(row), row.media_type)


def _picture(row: StoredFile | None, n: int) -> Response:
    found = scans.picture(row, n) if row is not None else None
    if found is None:
        raise NotFound(_("这一稿没有扫描件。"))
    return _inline(found, "image/jpeg")


def _inline(data: bytes, media_type: str) -> Response:
    response = current_app.response_class(data, mimetype=media_type)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def viewer(version: Version) -> dict[str, object] | None:
    """How the scan is shown beside the articles: as pictures, or as the file itself; None where there is none."""
    row = version.source
    if row is None or row.media_type not in SHOWN:
        return None
    url = url_for("scans.of_version", version_id=version.id)
    if row.media_type != PDF:
        return {"url": url, "pictures": [url], "name": row.name}
    count = scans.pictures(row)
    urls = [url_for("scans.picture", version_id=version.id, n=n) for n in range(1, count + 1)]
    return {"url": url, "pictures": urls, "name": row.name}
