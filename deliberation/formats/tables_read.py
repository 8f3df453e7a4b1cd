"""Tables in: XLSX and XLS, CSV, JSON lines, or cells pasted from a spreadsheet or a chat. Cells come back as text.

Nothing is evaluated, followed or unpacked to disk: a formula gives the result it was saved with, a link is refused.
Limits: those of limits.py, 100,000 rows, 256 columns. Reading takes no headings for granted: see domain/columns.py.
"""

from collections.abc import Mapping, Sequence

from deliberation.domain.columns import REMARKS, Table, cautions_of, header_row
from deliberation.domain.errors import Refusal, Said, TooLarge, _
from deliberation.formats import csv_read, jsonl_read, limits
from deliberation.formats.sniffing import OLE, ending_of

MAX_ROWS = 100_000
MAX_COLUMNS = 256
PREFERRED = ("意见原文",)
Fields = Mapping[str, tuple[str, ...]]


def read_table(
    data: bytes, name: str, *, sheet: str | None = None, fields: Fields = REMARKS, rows: int = MAX_ROWS
) -> Table:
    """The table in a file; its first sheet with anything in it, or the one named. Refusal or TooLarge otherwise."""
    limits.check_size(data)
    ending = ending_of(name)
    if data.startswith((b"PK", OLE)):
        from deliberation.formats import xlsx_read  # loaded when first needed

        book = xlsx_read.read(data, sheet=sheet, preferred=PREFERRED, rows=rows + 50, columns=MAX_COLUMNS)
        return table(book.cells, fields, rows, sheet=book.sheet, sheets=book.sheets, cautions=book.cautions)
    if ending in {".xlsx", ".xls", ".et", ".xlsm", ".ods"}:
        raise Refusal(limits.BROKEN)
    text = csv_read.decode(data)
    if ending in {".jsonl", ".ndjson", ".json"}:
        return jsonl_read.read(text, rows)
    if ending not in {".csv", ".tsv", ".txt", ""}:
        raise Refusal(_("请上传表格文件：.xlsx、.xls、.csv 或者 .jsonl。"))
    return table(csv_read.cells(text, csv_read.delimiter(text)), fields, rows)


def read_pasted(text: str, *, fields: Fields = REMARKS, rows: int = MAX_ROWS) -> Table:
    """The table in pasted text: cells of a spreadsheet (tabs), a CSV, or a 接龙 of numbered lines."""
    if not text.strip():
        raise Refusal(_("没有粘贴到内容。请先在表格里选中要导入的各行，复制，再粘贴到这里。"))
    if "\t" in text:
        return table(csv_read.cells(text, "\t"), fields, rows)
    chain = csv_read.chain(text)
    if chain:
        return _limited(
            Table(
                ("序号", "姓名", "意见"), tuple(row for _at, row in chain), tuple(at for at, _row in chain)
            ),
            rows,
        )
    return table(csv_read.cells(text, csv_read.delimiter(text)), fields, rows)


def table(
    cells: Sequence[tuple[int, Sequence[str]]],
    fields: Fields,
    rows: int,
    *,
    sheet: str = "",
    sheets: tuple[str, ...] = (),
    cautions: tuple[Said, ...] = (),
) -> Table:
    """Numbered lines of cells as a table: heading found, empty rows left out, every row as wide as the heading."""
    filled = [(line, row) for line, row in cells if any(cell.strip() for cell in row)]
    if not filled:
        raise Refusal(_("这个表里没有内容。请检查是否选错了文件或者工作表。"))
    if max(len(row) for _line, row in filled) > MAX_COLUMNS:
        raise TooLarge(_("这个表的列太多，最多 %(most)s 列。请删去用不着的列。"), most=MAX_COLUMNS)
    at = header_row([row for _line, row in filled[:20]], fields)
    header, body = filled[at][1], filled[at + 1 :]
    width = max(len(header), *(len(row) for _line, row in body)) if body else len(header)
    return _limited(
        Table(
            header=tuple(cell.strip() for cell in _wide(header, width)),
            rows=tuple(_wide(row, width) for _line, row in body),
            lines=tuple(line for line, _row in body),
            sheet=sheet,
            sheets=sheets,
            cautions=(*cautions, *cautions_of(header)),
        ),
        rows,
    )


def _limited(made: Table, rows: int) -> Table:
    if len(made.rows) > rows:
        raise TooLarge(
            _("这个表有 %(given)s 行，一次最多 %(most)s 行。请分成几个文件导入。"),
            given=len(made.rows),
            most=rows,
        )
    return made


def _wide(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(row) + ("",) * (width - len(row))
