"""The words of one Word paragraph or table: deletions left out, insertions kept, text boxes and pictures noticed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from deliberation.formats.docx_numbering import VAL, W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED = {W + "del", W + "moveFrom"}
INSERTED = {W + "ins", W + "moveTo"}
_SKIPPED = DELETED | {
    W + "pPr", W + "rPr", W + "instrText", W + "delText", W + "delInstrText", W + "rt", _MC + "Fallback", W + "sdtPr",
    W + "fldData",
}  # fmt: skip
_SIGNS = {W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PICTURES = {W + "drawing", W + "pict", W + "object"}
BOX = W + "txbxContent"


@dataclass(slots=True)
class Seen:
    """What was met while reading words: tracked changes, pictures, the notes referred to, text boxes."""

    tracked: bool = False
    pictures: int = 0
    notes: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def words(element: etree._Element, seen: Seen) -> str:
    """The visible words below an element, line breaks as newlines."""
    return "".join(_words(element, seen))


def _words(element: etree._Element, seen: Seen) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == W + "t" or tag == _M + "t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == W + "sym":
            yield _symbol(child)
        elif tag in {W + "footnoteReference", W + "endnoteReference"}:
            seen.notes.append(("f" if tag == W + "footnoteReference" else "e") + child.get(W + "id", ""))
        elif tag == BOX:
            seen.boxes.append(child)
        elif tag in _SKIPPED or not isinstance(tag, str):
            seen.tracked = seen.tracked or tag in DELETED
        else:
            _notice(child, seen)
            yield from _words(child, seen)


def _notice(element: etree._Element, seen: Seen) -> None:
    if element.tag in INSERTED:
        seen.tracked = True
    if element.tag in _PICTURES and element.find(f".//{BOX}") is None:
        seen.pictures += 1


def _symbol(element: etree._Element) -> str:
    try:
        return chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return ""


def mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's own end was deleted under tracking, so that it runs on into the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def table_rows(table: etree._Element, seen: Seen) -> list[list[str]]:
    """The rows of a table as cells of words; cells merged downwards are written once; deleted rows are left out."""
    rows = []
    for row in table.iter(W + "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            seen.tracked = True
            continue
        rows.append([_cell(cell, seen) for cell in row.iter(W + "tc") if _row_of(cell) is row])
    return rows


def _cell(cell: etree._Element, seen: Seen) -> str:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    if merged is not None and merged.get(VAL) != "restart":
        return ""
    pieces = (words(p, seen) for p in cell.iter(W + "p") if _cell_of(p) is cell)
    return " ".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def _row_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tr"), None)


def _cell_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tc"), None)
