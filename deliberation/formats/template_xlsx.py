"""The sender's workbook: its tables seen, and one of them filled by editing the sheet's own XML.

A library that reads a workbook and writes it anew loses what it does not know (drawings, print set-up, themes); here
only the rows that are filled change. Every cell is an inline string, never a formula.
"""

import copy
from collections.abc import Sequence
from itertools import count

from lxml import etree

from deliberation.domain.errors import Refusal, _
from deliberation.formats import template_package as packages
from deliberation.formats.official_xml import FORBIDDEN
from deliberation.formats.xlsx_book import fitting, literal
from deliberation.formats.xlsx_elsewhere import elsewhere, named_in, written_out
from deliberation.formats.xlsx_extent import cell_at, letters, measure
from deliberation.formats.xlsx_growth import Growth, in_book, in_sheet, in_table, tables_of, totals_of

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ROWS, COLUMNS = 5_000, 100
SHOWN = 60
SPARE = 5_000  # empty rows of a table that are looked through
LAST = 1_048_576  # the last row a sheet can have
MERGED = _(
    "表头下面要填的地方有合并的单元格（%(where)s），没法一行填一条。请在表格里取消合并，另存后再上传。"
)
FORMULAS = _("表头下面要填的地方有公式（%(where)s）。请删去公式，另存后再上传。")
EXAMPLE = _("表头下面一行已经写了内容。请清空示例，只留表头和空行，另存后再上传。")
GONE = _("这个文件里没有“%(place)s”这张表，可能换过文件。请重新上传一次。")


def look(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Each visible sheet's name and its first rows as text; a vertically merged heading stands in each of its rows."""
    with packages.opened(data) as package:
        measure(package, ROWS, COLUMNS)
        shared = _shared(package)
        return [(name, _texts(packages.part(package, path), shared)) for name, path in _sheets(package)]


def fill(data: bytes, place: str, head_row: int, rows: Sequence[dict[int, str | int]]) -> bytes:
    """The workbook with a row for each of `rows` (column → value) below the heading row; what stood below moves down."""
    with packages.opened(data) as package:
        path = dict(_sheets(package)).get(place)
        if path is None:
            raise Refusal(GONE, place=place)
        sheet, shared = packages.part(package, path), _shared(package)
        styles = packages.part(package, "xl/styles.xml") if "xl/styles.xml" in package.namelist() else None
        book = packages.part(package, "xl/workbook.xml")
        tables = dict(tables_of(package, path))
        filled = _Sheet(sheet, shared, head_row + 1, styles, list(tables.values()))
        growth = filled.fill(rows)
        others = dict(elsewhere(package, path, place, growth))
    named_in(sheet, place, growth)
    in_book(book, place, growth)
    for table in tables.values():
        in_table(table, growth)
    changed = {**others, path: sheet, "xl/workbook.xml": book, **tables}
    changed |= {} if styles is None else {"xl/styles.xml": styles}
    return packages.written(data, changed, gone=("xl/calcChain.xml",))


def _sheets(package) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    book = packages.part(package, "xl/workbook.xml")
    links = packages.part(package, "xl/_rels/workbook.xml.rels")
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    found = []
    for each in book.iter(f"{S}sheet"):
        target = targets.get(each.get(R), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if each.get("state", "visible") == "visible" and path in package.namelist():
            found.append((each.get("name", ""), path))
    return found


def _shared(package) -> list[str]:  # type: ignore[no-untyped-def]
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    return ["".join(t.text or "" for t in each.iter(f"{S}t") if t.getparent().tag != f"{S}rPh")
            for each in packages.part(package, "xl/sharedStrings.xml").iter(f"{S}si")]  # fmt: skip


def _text(cell: etree._Element, shared: list[str]) -> str:
    value = cell.findtext(f"{S}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{S}t"))
    return value


def _texts(sheet: etree._Element, shared: list[str]) -> list[list[str]]:
    grid: dict[tuple[int, int], str] = {}
    for cell in sheet.iter(f"{S}c"):
        column, row = cell_at(cell.get("r", ""))
        if 0 < row <= SHOWN and 0 < column <= COLUMNS:
            grid[row, column] = _text(cell, shared)
    for left, top, right, bottom in _merges(sheet):
        if left == right:
            for row in range(top, min(bottom, SHOWN) + 1):
                grid[row, left] = grid.get((top, left), "")
    rows = max((row for row, _column in grid), default=0)
    wide = max((column for (_row, column), text in grid.items() if text), default=0)
    return [[grid.get((row, column), "") for column in range(1, wide + 1)] for row in range(1, rows + 1)]


def _merges(sheet: etree._Element) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of every merged range."""
    found = []
    for each in sheet.iter(f"{S}mergeCell"):
        first, _colon, last = each.get("ref", "").partition(":")
        found.append((*cell_at(first), *cell_at(last or first)))
    return found


class _Sheet:
    """One sheet while it is filled; rows count from 1."""

    def __init__(
        self, sheet: etree._Element, shared: list[str], head: int, styles: etree._Element | None,
        tables: Sequence[etree._Element] = (),
    ) -> None:  # fmt: skip
        self.sheet, self.shared, self.head, self.styles = sheet, shared, head, styles
        self.tables = tables
        data = sheet.find(f"{S}sheetData")
        if data is None:
            raise Refusal(packages.limits.BROKEN)
        self.data = data
        self.rows = {_row(row.get("r", str(at))): row for at, row in zip(count(1), data, strict=False)}
        merged = [b for _l, t, _r, b in _merges(sheet) if t <= head <= b]
        self.first = max([head, *merged]) + 1
        self.wrapped: dict[str, str] = {}

    def fill(self, rows: Sequence[dict[int, str | int]]) -> Growth:
        """Fill, moving what stands below by as many rows as are missing; how the table grew."""
        free = self._free()
        self._may_be_filled(free)
        pattern = self.rows.get(self.first) if free else None
        growth = Growth(
            self.first, self.first + free, max(0, len(rows) - free), self.first + max(len(rows), free) - 1
        )
        self._move(growth)
        for at, values in enumerate(rows):
            self._put(self.first + at, pattern, values)
        self._measure()
        return growth

    def _free(self) -> int:
        """How many rows below the heading are free: numbered ones too, up to the first with words, or the end of Excel's table."""
        last = self._table_end() or max(self.rows, default=self.head)
        used = next((row for row in range(self.first, last + 1) if self._says(row)), last + 1)
        if used == self.first and self.first <= last and used in self.rows:
            below = [t for _l, t, _r, _b in _merges(self.sheet) if t == used]
            if not below and len(self._said(used)) > 1:
                raise Refusal(EXAMPLE)
        return used - self.first

    def _table_end(self) -> int:
        """The last row of the Excel table whose heading this is, without its totals; 0 where there is none."""
        for table in self.tables:
            first, _colon, last = table.get("ref", "").partition(":")
            if cell_at(first)[1] <= self.head <= cell_at(last or first)[1]:
                return min(cell_at(last or first)[1] - totals_of(table), self.first + SPARE)
        return 0

    def _said(self, row: int) -> list[str]:
        if row not in self.rows:
            return []
        plain_ = [cell for cell in self.rows[row] if cell.find(f"{S}f") is None]
        return [text for cell in plain_ if (text := _text(cell, self.shared)).strip()]

    def _says(self, row: int) -> bool:
        said = self._said(row)
        return bool(said) and not (len(said) == 1 and said[0].strip().rstrip(".0").isdecimal())

    def _may_be_filled(self, free: int) -> None:
        for left, top, right, bottom in _merges(self.sheet):
            if top < self.first + free and bottom >= self.first:
                where = f"{letters(left)}{top}:{letters(right)}{bottom}"
                raise Refusal(MERGED, where=where)
        for row in range(self.first, self.first + free):
            for cell in self.rows.get(row, ()):
                if cell.find(f"{S}f") is not None:
                    raise Refusal(FORMULAS, where=cell.get("r", ""))

    def _move(self, growth: Growth) -> None:
        """Rows from `start` on go down, with the ranges that name them."""
        if growth.by:
            written_out(self.sheet)
        for number in sorted((n for n in self.rows if n >= growth.start), reverse=True) if growth.by else ():
            row = self.rows.pop(number)
            row.set("r", str(number + growth.by))
            for cell in row:
                cell.set("r", growth.moved(cell.get("r", "")))
            self.rows[number + growth.by] = row
        in_sheet(self.sheet, growth)

    def _put(self, number: int, pattern: etree._Element | None, values: dict[int, str | int]) -> None:
        row = self.rows.get(number)
        if row is None:
            row = copy.deepcopy(pattern) if pattern is not None else etree.Element(f"{S}row")
            for cell in row:
                cell.set("r", f"{cell.get('r', '').rstrip('0123456789')}{number}")
            row.set("r", str(number))
            self._insert(row, number)
        for name in ("ht", "customHeight", "spans"):
            row.attrib.pop(name, None)
        for column, value in sorted(values.items()):
            self._cell(row, number, column, value)

    def _insert(self, row: etree._Element, number: int) -> None:
        after = [n for n in self.rows if n < number]
        place = self.data.index(self.rows[max(after)]) + 1 if after else 0
        self.data.insert(place, row)
        self.rows[number] = row

    def _cell(self, row: etree._Element, number: int, column: int, value: str | int) -> None:
        name = f"{letters(column + 1)}{number}"
        cell = next((each for each in row if each.get("r") == name), None)
        if cell is None:
            cell = etree.Element(f"{S}c", r=name)
            place = sum(cell_at(each.get("r", ""))[0] <= column for each in row)
            row.insert(place, cell)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        self._wrap(cell)
        if isinstance(value, int):
            etree.SubElement(cell, f"{S}v").text = str(value)
            return
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
        text.text, text.attrib[SPACE] = plain(fitting(value)), "preserve"

    def _wrap(self, cell: etree._Element) -> None:
        """The cell's own style, but with lines that wrap: long words must be seen."""
        formats = self.styles.find(f"{S}cellXfs") if self.styles is not None else None
        style = cell.get("s", "0")
        if formats is None or not style.isdecimal() or int(style) >= len(formats):
            return
        if style not in self.wrapped:
            made = copy.deepcopy(formats[int(style)])
            found = made.find(f"{S}alignment")
            alignment = etree.Element(f"{S}alignment") if found is None else found
            if found is None:
                made.insert(0, alignment)
            alignment.set("wrapText", "1")
            alignment.attrib.pop("shrinkToFit", None)
            made.set("applyAlignment", "1")
            formats.append(made)
            formats.set("count", str(len(formats)))
            self.wrapped[style] = str(len(formats) - 1)
        cell.set("s", self.wrapped[style])

    def _measure(self) -> None:
        extent = self.sheet.find(f"{S}dimension")
        if extent is not None:
            reached = [cell_at(cell.get("r", "")) for row in self.rows.values() for cell in row]
            right, bottom = (max((each[at] for each in reached), default=1) for at in (0, 1))
            extent.set("ref", f"A1:{letters(right)}{bottom}")


def _row(number: str) -> int:
    """A row's number; a Refusal where no sheet has such a row."""
    if not (number.isascii() and number.isdecimal() and len(number) < 8 and 0 < int(number) <= LAST):
        raise Refusal(packages.limits.BROKEN)
    return int(number)


def plain(text: str) -> str:
    """Characters XML cannot hold shown, and what Excel would read as an escape (_x000D_) escaped itself."""
    return literal(FORBIDDEN.sub("\ufffd", text))
