"""Tables of remarks at the edge: reading what was brought, the empty form to fill in, the refused rows to take home."""

import io
from collections.abc import Callable

from deliberation.domain.columns import Table
from deliberation.domain.errors import Refusal, _
from deliberation.formats import remark_form_xlsx, rows_csv
from deliberation.formats.tables_read import read_pasted, read_table
from deliberation.services.remark_imports import Report
from deliberation.store import drafts
from deliberation.store.consultations import Consultation


def read(data: bytes, name: str) -> Table:
    """The table in a file; a Refusal where there is none."""
    if not data:
        raise Refusal(_("请选择文件，或者把表格粘贴进来。"), field="file")
    return _at("file", lambda: read_table(data, name))


def pasted(text: str) -> Table:
    """The table in what was pasted."""
    if not text.strip():
        raise Refusal(_("请选择文件，或者把表格粘贴进来。"), field="file")
    return _at("pasted", lambda: read_pasted(text))


def _at(field: str, reading: Callable[[], Table]) -> Table:
    """The table, with a row at least; a refusal of the file is shown where the file was chosen."""
    try:
        table = reading()
        if not table.rows:
            raise Refusal(_("这个表只有表头，没有意见。请检查是否选错了文件或者工作表。"))
        return table
    except Refusal as refusal:
        refusal.field = refusal.field or field
        raise


def blank_form(consultation: Consultation | None = None) -> bytes:
    """The empty form (XLSX) with drop-downs; for a consultation its articles are among them."""
    version = drafts.current(consultation.task_id) if consultation else None
    rows = drafts.contents(version.id, consultation.id) if version and consultation else []
    out = io.BytesIO()
    remark_form_xlsx.write(out, places=[row.number for row in rows if row.kind == "article" and row.number])
    return out.getvalue()


def refused_csv(table: Table, report: Report) -> bytes:
    """The refused rows as they came, with line and reason before them, in the columns of the table."""
    cells = dict(zip(table.lines or range(2, len(table.rows) + 2), table.rows, strict=True))
    heads = (_("行号"), _("没有导入的原因"), *table.header)
    lines = [
        (str(row.line), "；".join(str(why) for why in row.why), *cells.get(row.line, ()))
        for row in report.refused
    ]
    return rows_csv.write(heads, lines)
