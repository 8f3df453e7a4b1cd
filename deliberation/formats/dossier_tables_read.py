"""Reads back the sheets of table.xlsx: 意见原文 as rows of fields, 意见建议汇总表 as outcomes by number."""

import io
from collections.abc import Iterator

from deliberation.domain.dossier_words import OUTCOMES
from deliberation.domain.errors import Refusal, _
from deliberation.formats.tables import ORIGINALS

SUMMARY = "意见建议汇总表"
UNREADABLE = _("这个文件不是Excel工作簿（.xlsx），或已损坏。请重新导出后再试。")
NO_SHEET = _("文件里没有“%(sheet)s”这张表。请使用本系统导出的电子表格。")
NO_COLUMN = _("“%(sheet)s”缺少这些列：%(columns)s。请不要改动表头。")
BAD_NUMBER = _("“意见建议汇总表”第%(row)s行的序号“%(number)s”不是数字。请改正后再导入。")
BAD_OUTCOME = _("“意见建议汇总表”第%(row)s行的研究采纳情况“%(word)s”无法识别。可填：%(words)s。")


def read_originals(data: bytes) -> list[dict[str, str]]:
    """Every original, over all its sheets, field → text as it was written. Raises Refusal for any other workbook."""
    book = _book(data)
    sheets = [name for name in book.sheet_names if name.startswith("意见原文")]
    if not sheets:
        raise Refusal(NO_SHEET, sheet="意见原文")
    return [row for name in sheets for row in _rows(book, name, ORIGINALS)]


def read_outcomes(data: bytes) -> list[tuple[int, str, str]]:
    """What the commission filled in: number of the suggestion, outcome's code, reason; empty outcomes are left out."""
    columns = {"序号": "n", "研究采纳情况": "outcome", "采纳理由": "reason"}
    found = []
    for number, row in enumerate(_rows(_book(data), SUMMARY, columns), 2):
        if row["outcome"].strip():
            found.append((_number(row["n"], number), _outcome(row["outcome"].strip(), number), row["reason"]))
    return found


def _book(data: bytes):  # type: ignore[no-untyped-def]
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:
        raise Refusal(UNREADABLE) from error


def _rows(book, name: str, columns: dict[str, str]) -> Iterator[dict[str, str]]:  # type: ignore[no-untyped-def]
    if name not in book.sheet_names:
        raise Refusal(NO_SHEET, sheet=name)
    rows = iter(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    heads = [_text(cell) for cell in next(rows, [])]
    missing = "、".join(column for column in columns if column not in heads)
    if missing:
        raise Refusal(NO_COLUMN, sheet=name, columns=missing)
    places = {field: heads.index(column) for column, field in columns.items()}
    for row in rows:
        yield {field: _text(row[place]) if place < len(row) else "" for field, place in places.items()}


def _text(cell: object) -> str:
    """A cell as it was written; whole numbers a spreadsheet made of digits lose their .0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _number(text: str, row: int) -> int:
    if not text.strip().isdigit():
        raise Refusal(BAD_NUMBER, row=row, number=text)
    return int(text)


def _outcome(text: str, row: int) -> str:
    codes = {label: code for code, label in OUTCOMES.items()}
    code = codes.get(text, text if text in OUTCOMES else None)
    if code is None:
        raise Refusal(BAD_OUTCOME, row=row, word=text, words="、".join(codes))
    return code
