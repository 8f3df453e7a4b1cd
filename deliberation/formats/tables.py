"""table.xlsx: 意见建议汇总表, 意见原文, 代码. Strings only, never formulas or links (trust.md).

The sheet 意见原文 can be imported again: its columns are `ORIGINALS`, heading → field of a `remarks.jsonl` line, its
cells hold codes, and the sheet 代码 says what each code means. The summary sheet's last columns (研究采纳情况, 采纳理由,
备注) are for the commission; they come back matched by 序号.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from operator import attrgetter
from typing import IO, Any

from deliberation.domain import summary_table as rows
from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import ATTITUDES, CHANNELS, ENDS, OUTCOMES, SUGGESTION_KINDS, minute
from deliberation.formats.xlsx_book import Book

ORIGINALS = {
    "编号": "number", "条款位置": "place", "eid": "eid", "版本": "version", "所指文字": "quote", "态度": "attitude",
    "意见": "text", "建议表述": "wording", "理由": "reason", "渠道": "channel", "来源": "origin", "类别": "category",
    "提出人": "author", "电话": "phone", "时间": "made_at", "归入建议": "suggestions", "去向": "end", "采纳情况": "outcome",
    "留痕序号": "leaf", "sha256": "sha256", "盐": "salt",
}  # fmt: skip
ROWS_A_SHEET = 500_000  # a sheet of Excel ends at 1,048,576
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
SUMMARY_WIDTHS = (6, 16, 36, 42, 36, 10, 18, 12, 14, 10, 18, 14, 18, 14)


def write(dossier: Dossier, target: IO[bytes]) -> None:
    """Write table.xlsx; rows are streamed, so memory does not grow with their number."""
    book = Book(target)
    made = (dossier.made_at or EPOCH).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": f"{dossier.title}意见建议汇总表", "author": "", "created": made})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    )
    suggestions = rows.in_order(dossier.suggestions)
    _sheet(
        book,
        "意见建议汇总表",
        rows.SUMMARY_HEADS,
        map(rows.summary_row, suggestions),
        head,
        wrap,
        SUMMARY_WIDTHS,
    )
    _originals(book, dossier.remarks, head, wrap)
    _sheet(book, "代码", ("列", "代码", "含义"), _codes(), head, wrap, (14, 16, 30))
    book.finish()


def _originals(book: Any, remarks: Iterable[RemarkRow], head: Any, wrap: Any) -> None:
    source = iter(remarks)
    for number in range(1, 1_000):
        first = next(source, None)
        if first is None and number > 1:
            return
        name = "意见原文" if number == 1 else f"意见原文{number}"
        some = chain([first] if first else [], islice(source, ROWS_A_SHEET - 1))
        widths = [40 if key in {"意见", "建议表述", "理由"} else 14 for key in ORIGINALS]
        _sheet(book, name, tuple(ORIGINALS), map(original_row, some), head, wrap, widths)


_MADE = (
    "author",
    "phone",
    "made_at",
    "suggestions",
)  # fields that stand together and are not a row's own attributes
_FIELDS = tuple(ORIGINALS.values())
_BEFORE = attrgetter(*_FIELDS[: _FIELDS.index(_MADE[0])])
_AFTER = attrgetter(*_FIELDS[_FIELDS.index(_MADE[-1]) + 1 :])


def original_row(row: RemarkRow) -> list[str]:
    """One original as cells in the order of `ORIGINALS`; what is withheld or unknown is empty."""
    author, made_at = row.author, minute(row.made_at)
    merged = "、".join(map(str, row.suggestions)) if row.suggestions else ""
    cells = (*_BEFORE(row), author.name or author.label, author.phone, made_at, merged, *_AFTER(row))
    return ["" if value is None else value if value.__class__ is str else str(value) for value in cells]


def _sheet(
    book: Any,
    name: str,
    heads: Sequence[str],
    lines: Iterable[Sequence[str]],
    head: Any,
    wrap: Any,
    widths: Sequence[float],
) -> None:
    """One sheet: head row frozen and filtered, every cell a string."""
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text, head)
    last = sheet.lines(1, lines, wrap)
    sheet.autofilter(0, 0, last, len(heads) - 1)


def _codes() -> Iterable[list[str]]:
    columns = {
        "态度": ATTITUDES,
        "渠道": CHANNELS,
        "去向": ENDS,
        "采纳情况": OUTCOMES,
        "意见类型": SUGGESTION_KINDS,
    }
    for column, words in columns.items():
        yield from ([column, code, label] for code, label in words.items())
