"""对照表 as a Word document on lying A4: the head row on every page, words that went struck through, words that came underlined.

The same rows give the same bytes; rows are written one after another, so their number costs no memory.
"""

from collections.abc import Iterator, Mapping, Sequence

from deliberation.domain.comparison import Cell, Row
from deliberation.domain.dossier_words import chinese
from deliberation.formats.comparison_xlsx import Beside, Say, aside, asides, change, heads, name
from deliberation.formats.official_package import package_bytes
from deliberation.formats.official_styles import section
from deliberation.formats.official_xml import MM, compound, paragraph, run

WIDTHS = {
    3: (95.0, 95.0, 24.0),
    4: (76.0, 76.0, 20.0, 42.0),
    5: (68.0, 68.0, 18.0, 38.0, 22.0),
}  # in mm, by columns
MARKS = {
    "equal": "",
    "gone": '<w:strike/><w:color w:val="9C1C1C"/>',
    "added": '<w:color w:val="1C5C2E"/><w:u w:val="single"/>',
}


def write(
    rows: Sequence[Row], *, title: str, beside: Mapping[str, Beside] | None = None, say: Say = chinese
) -> bytes:
    """The document. `beside` is keyed by the keys of the old side; without it the last two columns are left out, as is each in which nothing stands."""
    return package_bytes(_body(rows, title, beside, say), title=title, made_at=None)


def _body(rows: Sequence[Row], title: str, beside: Mapping[str, Beside] | None, say: Say) -> Iterator[str]:
    yield paragraph(title, "PaperTitle")
    yield paragraph("", "Flush")
    more = asides(rows, beside)
    widths = [round(width * MM) for width in WIDTHS[3 + len(more)]]
    yield _head(widths, [say(head) for head in heads(more)])
    for row in rows:
        told = [change(row, say), *(aside(row, beside or {}, name) for name in more)]
        yield _row(widths, [_side(row.old), _side(row.new), *([paragraph(text, "Cell")] for text in told)])
    yield "</w:tbl>"
    yield section(landscape=True)


def _head(widths: list[int], names: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = [[paragraph(head, "CellHead")] for head in names]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + _row(widths, cells, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    )


def _row(widths: list[int], cells: list[list[str]], properties: str = "") -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{properties}{inside}</w:tr>"


def _side(cells: tuple[Cell, ...]) -> list[str]:
    """One paragraph for each article of a side; an empty one where there is none."""
    return [_article(cell) for cell in cells] or [paragraph("", "Cell")]


def _article(cell: Cell) -> str:
    runs = [run(f"{name(cell)}　", "<w:b/>"), *(run(r.text, MARKS[r.change]) for r in cell.runs)]
    return compound(runs, "Cell")
