"""对照表 as a spreadsheet: old | new | change | remarks | outcome; words that went struck through, words that came underlined.

Strings only, never formulas or links (trust.md); the same rows give the same bytes.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import xlsxwriter

from deliberation.domain.comparison import Cell, Row
from deliberation.domain.dossier_words import RELATIONS, chinese, word
from deliberation.domain.errors import _
from deliberation.domain.numbering import label
from deliberation.domain.provisions import CAPTION_BRACKETS

HEADS = (_("原条文"), _("新条文"), _("变化"))
ASIDES = {
    "remarks": (_("意见"), 36),
    "outcome": (_("处理结果"), 24),
}  # of Beside: the head, the width in a sheet
UNSURE = _("待确认")
WIDTHS = (60, 60, 12)
LETTER, LINE, TALLEST = (
    2.1,
    15.0,
    409.0,
)  # a Chinese letter in column widths; points of a line, of the highest row there can be
MOST = 32_767  # characters a cell can hold
CUT = _("……（本格放不下全文，见网页对照表）")
MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - the writer stores it without a zone
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a row: what people said about its articles, and what became of it."""

    remarks: str = ""
    outcome: str = ""


def write(
    rows: Sequence[Row], *, title: str, beside: Mapping[str, Beside] | None = None, say: Say = chinese
) -> bytes:
    """The workbook. `beside` is keyed by the keys of the old side; without it the last two columns are left out, as is each in which nothing stands."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": title, "author": "", "created": MADE})
    sheet = book.add_worksheet(say(_("对照表")))
    formats = _formats(book)
    more = asides(rows, beside)
    widths = (*WIDTHS[:3], *(ASIDES[name][1] for name in more))
    _page(sheet, title, widths, len(rows))
    for column, head in enumerate(heads(more)):
        sheet.write_string(0, column, say(head), formats["head"])
    for number, row in enumerate(rows, 1):
        _side(sheet, number, 0, row.old, formats, say)
        _side(sheet, number, 1, row.new, formats, say)
        told = [change(row, say), *(aside(row, beside or {}, name)[:MOST] for name in more)]
        for column, text in enumerate(told, 2):
            sheet.write_string(number, column, text, formats["cell"])
        plain = ["".join(text for _kind, text in _pieces(side, say)) for side in (row.old, row.new)]
        sheet.set_row(number, height([*plain, *told], widths))
    book.close()
    return target.getvalue()


def asides(rows: Iterable[Row], beside: Mapping[str, Beside] | None) -> tuple[str, ...]:
    """Which of the columns after the first three have anything in them; an empty one is left out."""
    known = [one for row in rows for one in known_of(row, beside or {})]
    return tuple(name for name in ASIDES if any(getattr(one, name) for one in known))


def heads(more: Sequence[str]) -> tuple[str, ...]:
    """The heads of the columns there are."""
    return (*HEADS, *(ASIDES[name][0] for name in more))


def aside(row: Row, beside: Mapping[str, Beside], name: str) -> str:
    """What stands in one of the last columns beside a row, each thing once."""
    return _joined(getattr(one, name) for one in known_of(row, beside))


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row in points, by its longest cell: not every program fits rows with several fonts by itself."""
    most = 1
    for text, width in zip(texts, widths, strict=True):
        room = width / LETTER
        lines = (sum(1.0 if char > "\u2000" else 0.55 for char in line) for line in text.split("\n"))
        most = max(most, sum(max(1, ceil(length / room)) for length in lines))
    return min(TALLEST, LINE * most + 3)


def change(row: Row, say: Say = chinese) -> str:
    """The word for what became of the articles of a row, with 待确认 where nobody was sure."""
    named = say(word(RELATIONS, row.relation))
    return named if row.sure else f"{named}（{say(UNSURE)}）"


def name(cell: Cell) -> str:
    """第十二条【条旨】 as it is printed before the text; nothing for a place without a number."""
    article = cell.article
    number = article.number or (label(article.n) if article.n else "")
    caption = (article.heading or "").strip().strip(CAPTION_BRACKETS).strip()
    return number + (f"【{caption}】" if caption else "")


def known_of(row: Row, beside: Mapping[str, Beside]) -> list[Beside]:
    """What stands beside the old articles of a row: people spoke about the old version."""
    return [beside[c.article.key] for c in row.old if c.article.key in beside]


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _formats(book: Any) -> dict[str, Any]:
    face = {"font_name": "宋体", "font_size": 11}
    cell = {**face, "text_wrap": True, "valign": "top", "border": 1}
    return {
        "head": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#EFEBE0"}),
        "cell": book.add_format(cell),
        "label": book.add_format({**face, "bold": True}),
        "equal": book.add_format(face),
        "gone": book.add_format({**face, "font_strikeout": True, "font_color": "#9C1C1C"}),
        "added": book.add_format({**face, "underline": 1, "font_color": "#1C5C2E"}),
    }


def _page(sheet: Any, title: str, widths: Sequence[float], rows: int) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_header("&C" + title[:120].replace("&", "&&"))
    sheet.set_footer("&C&P / &N")
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.autofilter(0, 0, rows, len(widths) - 1)


def _side(
    sheet: Any, row: int, column: int, cells: tuple[Cell, ...], formats: dict[str, Any], say: Say
) -> None:
    """One side of a row as a rich string: its articles below one another."""
    pieces = _pieces(cells, say)
    if len(pieces) < 2:
        sheet.write_string(row, column, "".join(text for _kind, text in pieces), formats["cell"])
        return
    parts = [part for kind, text in pieces for part in (formats[kind], text)]
    sheet.write_rich_string(row, column, *parts, formats["cell"])


def _pieces(cells: tuple[Cell, ...], say: Say) -> list[tuple[str, str]]:
    """(format, text) pairs, none empty; cut where a spreadsheet's cell ends, and saying so."""
    pieces: list[tuple[str, str]] = []
    for place, cell in enumerate(cells):
        pieces.append(("label", ("\n" if place else "") + name(cell) + "　"))
        pieces += [(run.change, run.text) for run in cell.runs]
    room = MOST - len(say(CUT))
    kept: list[tuple[str, str]] = []
    for kind, text in pieces:
        if len(text) > room:
            return [*kept, (kind, text[:room] + say(CUT))]
        room -= len(text)
        kept.append((kind, text))
    return kept
