"""A scan or photograph as a draft: numbered empty articles with the scan beside them, typed in before or after publishing is asked."""

from deliberation.domain.acts import Act
from deliberation.domain.correcting.empties import numbered, starts_of
from deliberation.domain.errors import Refusal, _
from deliberation.formats import limits, scan_pages
from deliberation.formats.pdf_read import SCANNED
from deliberation.formats.reading import read_draft
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.files import Upload, keep, not_secret, read, scan_type
from deliberation.services.proofs import remember
from deliberation.store import drafts
from deliberation.store.consultations import Task
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.files import StoredFile

MOST_TITLE, MOST_STAGE = 300, 60
PDF = "application/pdf"


def begin(
    actor: Actor,
    task: Task,
    scan: Upload | None,
    *,
    articles: int,
    chapters: str = "",
    title: str = "",
    stage: str = "",
) -> Version:
    """Keep the scan and make a preview of so many empty articles; refused for what is no scan, is locked, broken or secret."""
    title, stage = title.strip() or task.title, stage.strip()
    if len(title) > MOST_TITLE or len(stage) > MOST_STAGE:
        raise Refusal(_("标题请不超过 300 个字，稿次请不超过 60 个字。"), field="title")
    not_secret(title, "title")
    if scan is None or not scan.data:
        raise Refusal(_("请选择扫描件或照片。"), field="scan")
    media_type = _looked_at(scan)
    draft = numbered(title, stage, articles, starts_of(chapters, articles))
    with act(actor, Act.IMPORT_DRAFT, on=task) as record:
        version = Version(
            task_id=task.id, serial=drafts.next_serial(task.id), stage=stage, title=title, text=draft.text(),
            digest=draft.digest(), tree=draft.as_dict(), warnings=[], made_at=record.at,
            source=keep(record, task.office, scan.data, scan.name, media_type),
        )  # fmt: skip
        db.session.add(version)
        db.session.flush()
        remember(version, draft, None, scan=True)
        record.about("version", f"{task.id}.{version.serial}")
        record.note(task=task.id, serial=version.serial, digest=version.digest, articles=articles, scan=True)
    return version


def _looked_at(scan: Upload) -> str:
    """The scan's media type; a PDF has to open, whether it has text or not."""
    media_type = scan_type(scan)
    if media_type == PDF:
        try:
            read_draft(scan.data, "scan.pdf")
        except Refusal as refused:
            if refused.said.msgid != SCANNED:
                refused.field = "scan"
                raise
    elif len(scan.data) < 100:
        raise Refusal(limits.BROKEN, field="scan")
    return media_type


def pictures(row: StoredFile) -> int:
    """How many pages a scan has as pictures; 0 when it is to be shown as the file it is."""
    return scan_pages.pictures(read(row)) if row.media_type == PDF else 0


def picture(row: StoredFile, page: int) -> bytes | None:
    """One page of a scanned PDF as a JPEG."""
    return scan_pages.picture(read(row), page) if row.media_type == PDF else None
