"""Paragraphs, runs and tables of WordprocessingML as text (ECMA-376 part 1, 17.3, 17.4), written to be streamed.

A line feed becomes one `w:br`, a tab one `w:tab`; every other character goes out as it is. Characters XML cannot
hold (C0 but tab and line feed, lone surrogates, U+FFFE, U+FFFF) never stand in a remark (trust.md); should one
stand in a label it is shown as U+FFFD.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

MM = 1440 / 25.4  # twentieths of a point in a millimetre
UNBROKEN = 400  # characters of a cell up to which its row is kept on one page
FIRST = 60  # the same of the first row, so that a heading never stands on a page without its table
LINE = 12  # characters a line of a cell is counted as
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ALIGN = dict.fromkeys(("CellHead", "FormCell", "FormHead"), '<w:vAlign w:val="center"/>')
_PIECES = re.compile("([\n\t])")
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def safe(text: str) -> str:
    """The text with characters XML 1.0 cannot hold shown as U+FFFD, and the markup characters escaped."""
    return escape(FORBIDDEN.sub("\ufffd", text))


def run(text: str, properties: str = "") -> str:
    """One run; `properties` is the inside of its `w:rPr`."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if "\n" not in text and "\t" not in text:
        return f"<w:r>{inside}{_piece(text)}</w:r>"
    return f"<w:r>{inside}{''.join(map(_piece, _PIECES.split(text)))}</w:r>"


def _piece(piece: str) -> str:
    if not piece:
        return ""
    return _MARKS.get(piece) or f'<w:t xml:space="preserve">{safe(piece)}</w:t>'


def paragraph(text: str, style: str, properties: str = "") -> str:
    """A paragraph of one run in a style; `properties` follow the style in `w:pPr` and must be in schema order."""
    return compound([run(text)], style, properties)


def compound(runs: Iterable[str], style: str, properties: str = "") -> str:
    """A paragraph of several runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def face(name: str) -> str:
    """Run properties that set one font for all scripts; the hint keeps quotation marks and dashes full width."""
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'
    )


def table(
    widths: Sequence[float], heads: Sequence[str], rows: Iterable[Sequence[str]], *, least_height: float = 0
) -> Iterator[str]:
    """A ruled table, sizes in millimetres; its head row is repeated on every page, rows may be streamed.

    A least height of a row makes it a form to be filled in by hand, in larger letters.
    """
    twips = [round(width * MM) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    cell, head = ("FormCell", "FormHead") if least_height else ("Cell", "CellHead")
    yield _row(twips, heads, head, "<w:cantSplit/><w:tblHeader/>")
    height = f'<w:trHeight w:val="{round(least_height * MM)}" w:hRule="atLeast"/>' if least_height else ""
    for number, row in enumerate(rows):
        whole = all(_short(words, UNBROKEN if number else FIRST) for words in row)
        yield _row(twips, row, cell, ("<w:cantSplit/>" if whole else "") + height)
    yield "</w:tbl>"


def _short(words: str, most: int) -> bool:
    """Not so many letters and lines that a row of it would leave half a page empty."""
    return len(words) <= most and words.count("\n") * LINE <= most


def _row(twips: list[int], cells: Sequence[str], style: str, properties: str) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_ALIGN.get(style, "")}</w:tcPr>{paragraph(cell, style)}</w:tc>'
        for width, cell in zip(twips, cells, strict=True)
    )
    wrapped = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{wrapped}{inside}</w:tr>"
