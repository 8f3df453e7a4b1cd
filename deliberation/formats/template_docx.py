"""The sender's table in a .docx: its tables seen, and one of them filled, rows made from its own empty row."""

import copy
from collections.abc import Iterator, Sequence

from lxml import etree

from deliberation.domain.errors import Refusal, _
from deliberation.formats import template_package as packages
from deliberation.formats.docx_numbering import VAL, W
from deliberation.formats.docx_words import Seen, words
from deliberation.formats.official_xml import FORBIDDEN

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"
MERGED = _("表头下面要填的行和表头的列对不上（有合并的单元格），没法一行填一条。请取消合并，另存后再上传。")
EXAMPLE = _("表头下面一行已经写了内容。请清空示例，只留表头和空行，另存后再上传。")
NO_TABLE = _("这个文件里没有表格。请上传来文单位的表格。")
GONE = _("这个文件里没有第 %(place)s 个表格，可能换过文件。请重新上传一次。")
NARROW = 60


def look(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Each table by its number from 1, and its rows as text over its grid of columns."""
    with packages.opened(data) as package:
        tables = _tables(packages.part(package, DOCUMENT))
    if not tables:
        raise Refusal(NO_TABLE)
    return [(str(number), _texts(table)) for number, table in enumerate(tables, 1)]


def fill(data: bytes, place: str, head_row: int, rows: Sequence[dict[int, str | int]]) -> bytes:
    """The document with a row for each of `rows` (grid column → value) below the heading row of that table."""
    with packages.opened(data) as package:
        document = packages.part(package, DOCUMENT)
    tables = _tables(document)
    if not place.isdecimal() or not 0 < int(place) <= len(tables):
        raise Refusal(GONE, place=place)
    _fill(tables[int(place) - 1], head_row, rows)
    return packages.written(data, {DOCUMENT: document})


def _tables(document: etree._Element) -> list[etree._Element]:
    return [table for table in document.iter(f"{W}tbl") if table.getparent().tag != f"{W}tc"]


def _cells(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Where a row's cells begin on the grid, how many columns they take, and they themselves."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    at = _count(before, 0)
    for cell in row.iterchildren(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = _count(span, 1)
        yield at, wide, cell
        at += wide


def _count(said: etree._Element | None, without: int) -> int:
    """So many columns of the grid; a Refusal where no word processor would have written that."""
    text = said.get(VAL, str(without)) if said is not None else str(without)
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise Refusal(packages.limits.BROKEN)
    return int(text)


def _texts(table: etree._Element) -> list[list[str]]:
    """The table over its grid; a cell merged downward says its words in each row."""
    found: list[list[str]] = []
    for row in list(table.iterchildren(f"{W}tr"))[:NARROW]:
        line = dict[int, str]()
        for at, _wide, cell in _cells(row):
            down = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = down is not None and down.get(VAL) != "restart"
            above = found[-1][at] if goes_on and found and at < len(found[-1]) else ""
            line[at] = above if goes_on else words(cell, Seen()).strip()
        found.append([line.get(at, "") for at in range(max(line, default=-1) + 1)])
    wide = max(map(len, found), default=0)
    return [line + [""] * (wide - len(line)) for line in found]


def _fill(table: etree._Element, head_row: int, rows: Sequence[dict[int, str | int]]) -> None:
    there = list(table.iterchildren(f"{W}tr"))
    below = there[head_row + 1 :]
    free = next((at for at, row in enumerate(below) if _says(row)), len(below))
    if below and not free and sum(1 for _ in _cells(below[0])) > 2:
        raise Refusal(EXAMPLE)
    pattern = below[0] if free else _bare(there[head_row])
    for row in below[:free] or [pattern]:
        _fits(row, {column for values in rows for column in values})
    last = there[head_row]
    for at, values in enumerate(rows):
        row = below[at] if at < free else copy.deepcopy(pattern)
        if at >= free:
            _unnamed(row)
            last.addnext(row)
        _put(row, values)
        last = row


def _says(row: etree._Element) -> bool:
    said = [text for _at, _wide, cell in _cells(row) if (text := words(cell, Seen()).strip())]
    return bool(said) and not (len(said) == 1 and said[0].isdecimal())


def _bare(head: etree._Element) -> etree._Element:
    """A row like the heading's, without its words and without being repeated."""
    made = copy.deepcopy(head)
    for mark in list(made.iter(f"{W}tblHeader", f"{W}b", f"{W}bCs")):
        mark.getparent().remove(mark)
    for _at, _wide, cell in _cells(made):
        _say(cell, "")
    return made


def _fits(row: etree._Element, columns: set[int]) -> None:
    """Every column that is filled begins a cell of its own, merged with nothing above or below."""
    begins = {at: cell for at, _wide, cell in _cells(row)}
    if columns - set(begins):
        raise Refusal(MERGED)
    if any(begins[at].find(f"{W}tcPr/{W}vMerge") is not None for at in columns):
        raise Refusal(MERGED)


def _unnamed(row: etree._Element) -> None:
    """A copied row must not carry the identities of the one it was copied from."""
    for each in row.iter():
        for name in [name for name in each.attrib if name.endswith(("}paraId", "}textId"))]:
            del each.attrib[name]
    for mark in list(row.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)


def _put(row: etree._Element, values: dict[int, str | int]) -> None:
    height = row.find(f"{W}trPr/{W}trHeight")
    if height is not None and height.get(f"{W}hRule") == "exact":
        height.set(f"{W}hRule", "atLeast")  # long words must be seen
    for at, _wide, cell in _cells(row):
        if at in values:
            _say(cell, str(values[at]))


def _say(cell: etree._Element, text: str) -> None:
    """Put words into a cell, in the type its first paragraph has."""
    paragraphs = list(cell.iterchildren(f"{W}p"))
    first = paragraphs[0] if paragraphs else etree.SubElement(cell, f"{W}p")
    look_ = first.find(f".//{W}r/{W}rPr")
    if look_ is None:
        look_ = first.find(f"{W}pPr/{W}rPr")
    for extra in [child for child in cell if child is not first and child.tag != f"{W}tcPr"]:
        cell.remove(extra)
    for child in [child for child in first if child.tag != f"{W}pPr"]:
        first.remove(child)
    if not text:
        return
    run = etree.SubElement(first, f"{W}r")
    if look_ is not None:
        kept = copy.deepcopy(look_)
        for mark in list(kept.iter(f"{W}ins", f"{W}del", f"{W}rPrChange")):
            mark.getparent().remove(mark)
        run.append(kept)
    _lines(run, FORBIDDEN.sub("\ufffd", text))


def _lines(run: etree._Element, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        for at, piece in enumerate(line.split("\t")):
            if at:
                etree.SubElement(run, f"{W}tab")
            if piece:
                said = etree.SubElement(run, f"{W}t")
                said.text, said.attrib[SPACE] = piece, "preserve"
