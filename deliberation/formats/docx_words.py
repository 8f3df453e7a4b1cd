"""The words of one Word paragraph or table: deletions left out, insertions kept, text boxes and pictures noticed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from deliberation.formats.docx_numbering import VAL, W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = _MC + "Fallback"
DELETED = {W + "del", W + "moveFrom"}
INSERTED = {W + "ins", W + "moveTo"}
_SKIPPED = DELETED | {
    W + "pPr", W + "rPr", W + "instrText", W + "delText", W + "delInstrText", W + "rt", FALLBACK, W + "sdtPr",
    W + "fldData",
}  # fmt: skip
_SIGNS = {W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PICTURES = {W + "drawing", W + "pict", W + "object"}
BOX = W + "txbxContent"
CHUNK = W + "altChunk"
_SYMBOLS = {
    "Wingdings": {
        "F0FE": "☑", "F0FD": "☒", "F0A8": "□", "F06F": "□", "F071": "❑", "F072": "❒", "F0FC": "✓", "F0FB": "✗",
        "F06C": "●", "F06E": "■", "F075": "◆", "F0D8": "➢", "F0E0": "→", "F0F0": "⇨", "F02A": "✉", "F028": "☎",
    },
    "Symbol": {"F0B7": "•", "F0B3": "≥", "F0A3": "≤", "F0B4": "×", "F0B1": "±", "F0B0": "°", "F0AE": "→"},
}  # fmt: skip


@dataclass(slots=True)
class Seen:
    """What was met while reading words: tracked changes, hidden words, pictures, the notes referred to, text boxes."""

    tracked: bool = False
    hidden: bool = False
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
        elif tag == W + "r" and is_hidden(child):
            seen.hidden = seen.hidden or any(each.text for each in child.iter(W + "t"))
        else:
            _notice(child, seen)
            yield from _words(child, seen)


def _notice(element: etree._Element, seen: Seen) -> None:
    if element.tag in INSERTED:
        seen.tracked = True
    if element.tag in _PICTURES and element.find(f".//{BOX}") is None:
        seen.pictures += 1


def is_hidden(run: etree._Element) -> bool:
    """Whether the run is hidden text, which Word neither shows nor prints."""
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(VAL, "1") not in {"0", "false", "off"}


def _symbol(element: etree._Element) -> str:
    written, font = element.get(W + "char", ""), element.get(W + "font", "")
    if written.upper() in _SYMBOLS.get(font.split(" ")[0], {}):
        return _SYMBOLS[font.split(" ")[0]][written.upper()]
    try:
        return chr(int(written, 16))
    except (ValueError, OverflowError):
        return ""


def mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's own end was deleted under tracking, so that it runs on into the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def table_rows(table: etree._Element, seen: Seen, told: Callable[[etree._Element], str]) -> list[list[str]]:
    """The rows of a table as cells of words; cells merged downwards are written once; deleted rows are left out.

    A table inside a cell is words of that cell, in their order. `told` gives the words of one paragraph with its automatic number, or those of a body embedded in the cell.
    """
    rows = []
    for row in table.iter(W + "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            seen.tracked = True
            continue
        seen.tracked = seen.tracked or row.find(f"{W}trPr/{W}ins") is not None
        if _table_of(row) is table and within(row, table):
            rows.append([_cell(cell, told) for cell in row.iter(W + "tc") if _row_of(cell) is row])
    return rows


def within(element: etree._Element, holder: etree._Element) -> bool:
    """Whether an element stands in its holder itself, not in a text box or a second rendering inside it."""
    for above in element.iterancestors():
        if above is holder:
            return True
        if above.tag in {BOX, FALLBACK}:
            return False
    return False


def _cell(cell: etree._Element, told: Callable[[etree._Element], str]) -> str:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    if merged is not None and merged.get(VAL) != "restart":
        return ""
    pieces = (told(part) for part in cell.iter(W + "p", CHUNK) if within(part, cell))
    return " ".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def _row_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tr"), None)


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tbl"), None)


def framed(table: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs, tables and embedded bodies that stand directly in the cells of a table."""
    for element in table.iter(W + "p", W + "tbl", CHUNK):
        if _table_of(element) is table and within(element, table):
            yield element
