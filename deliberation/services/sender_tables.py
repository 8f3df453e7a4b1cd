"""The sender's own table for a task: brought once, its columns confirmed by a person, filled from then on."""

import base64
import hashlib
from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.dossier import Dossier, SenderTable
from deliberation.domain.errors import Refusal, _
from deliberation.domain.sender_table import FIELDS
from deliberation.services import files
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.files import Upload
from deliberation.store import sender_templates
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.sender_templates import SenderTemplate

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One table of a file, and the columns proposed: those confirmed before for this heading, else guessed."""

    kind: str
    place: str
    head_row: int
    header: tuple[str, ...]
    columns: dict[str, int]
    known: bool


def in_use(one: Consultation) -> SenderTemplate | None:
    """The template for this task; else the one kept for the same sender by an earlier task."""
    found = sender_templates.for_task(one.office_id, one.task_id)
    return found or sender_templates.sent_by(one.office_id, one.task.sender)


def offered(one: Consultation, upload: Upload | None) -> list[Offered]:
    """The tables of a file somebody brought, likeliest first; a Refusal where none can be filled. Nothing is changed."""
    from deliberation.formats import template_fill

    if upload is None:
        raise Refusal(_("请选择来文单位的表格文件。"), field="file")
    files.not_secret(upload.name, "file")
    try:
        found = template_fill.look(upload.data)
    except Refusal as refused:
        refused.field = "file"
        raise
    tables = []
    for each in found:
        before = sender_templates.like(one.office_id, list(each.header))
        columns = dict(before.columns) if before else each.columns
        tables.append(Offered(each.kind, each.place, each.head_row, each.header, columns, before is not None))
    return tables


def keep_brought(upload: Upload) -> str:
    """Lay the file aside until its columns are confirmed; the digest it is found by."""
    return files.put_bytes(upload.data)


def confirm(
    actor: Actor, one: Consultation, upload: Upload, table: Offered, columns: dict[str, int], made: Dossier
) -> SenderTemplate:
    """Keep the template with these columns for this task. It is filled once to see that it can be; `made` is for that."""
    columns = _sound(table, columns)
    _tried(upload, table, columns, made)
    with act(actor, Act.KEEP_TEMPLATE, on=one) as record:
        before = sender_templates.for_task(one.office_id, one.task_id)
        if before is not None:
            before.ended_at = record.at
            db.session.flush()
        kept = files.keep(record, one.office, upload.data, upload.name, TYPES[table.kind])
        row = SenderTemplate(
            office_id=one.office_id, task_id=one.task_id, file_id=kept.id, kind=table.kind, place=table.place[:120],
            head_row=table.head_row, header=list(table.header), columns=columns, at=record.at, by_id=who(actor),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        record.about("template", row.id)
        record.note(file=hashlib.sha256(upload.data).hexdigest(), columns=columns)
    return row


def _sound(table: Offered, columns: dict[str, int]) -> dict[str, int]:
    chosen = {field: at for field, at in columns.items() if field in FIELDS and 0 <= at < len(table.header)}
    if "proposed" not in chosen and "wording" not in chosen:
        raise Refusal(_("请指明哪一列填修改建议。"), field="columns")
    if len(set(chosen.values())) != len(chosen):
        raise Refusal(_("有一列选了两次。一列只能填一样内容，请改一下。"), field="columns")
    return chosen


def _tried(upload: Upload, table: Offered, columns: dict[str, int], made: Dossier) -> None:
    from deliberation.formats import template_fill

    template_fill.fill(
        made, _value(upload.name, upload.data, table.kind, table.place, table.head_row, columns)
    )


def end(actor: Actor, one: Consultation) -> None:
    """Use it no longer for this task."""
    with act(actor, Act.KEEP_TEMPLATE, on=one) as record:
        row = sender_templates.for_task(one.office_id, one.task_id)
        if row is None:
            record.nothing()
            return
        row.ended_at = record.at
        record.about("template", row.id)
        record.note(ended=True)


def for_dossier(one: Consultation) -> SenderTable | None:
    """The template as a dossier carries it, with the file itself, so that an edition can be built again from it alone."""
    row = in_use(one)
    if row is None:
        return None
    return _value(row.file.name, files.read(row.file), row.kind, row.place, row.head_row, dict(row.columns))


def _value(
    name: str, data: bytes, kind: str, place: str, head_row: int, columns: dict[str, int]
) -> SenderTable:
    return SenderTable(name, kind, base64.b64encode(data).decode(), place, head_row, columns)


def filled(made: Dossier) -> bytes:
    """The template filled with the suggestions of a dossier that carries one."""
    from deliberation.formats import template_fill

    assert made.sender_table is not None
    return template_fill.fill(made, made.sender_table)
