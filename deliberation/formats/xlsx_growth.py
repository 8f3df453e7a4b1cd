"""Everything in a workbook that names a range, when rows are put into a table: the range reaches as far as the table now does.

Excel's own tables (ListObject) with their filters, the sheet's filter, validations, conditional formats, links, merged
cells, print areas and other names: what stood below goes down, what reached to the table's last row reaches to the new one.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from deliberation.formats import template_package as packages

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SQREF = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
FORMULA = "{http://schemas.microsoft.com/office/excel/2006/main}f"
_ROWS = re.compile(r"[0-9]+")
_PIECE = re.compile(
    r'"[^"]*"|(?:\'(?:[^\']|\'\')*\'|[\w.]+)!\$?[A-Z]{0,3}\$?[0-9]*(?::\$?[A-Z]{0,3}\$?[0-9]*)?|(?<![\w.$])\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?(?![\w(])'
)


@dataclass(frozen=True, slots=True)
class Growth:
    """From row `start` on things went down by `by`; the heading ends above row `first`, the last filled row is `last`."""

    first: int
    start: int
    by: int
    last: int

    def moved(self, ref: str) -> str:
        """A range whose rows from `start` on went down; one that ended with the table's last free row ends with its new last."""
        top, colon, bottom = ref.partition(":")
        ends = self.first < self.start and _row(bottom or top) == self.start - 1
        if ends and self.by:
            lower = _ROWS.sub(lambda _n: str(self.start - 1 + self.by), bottom or top)
            return f"{top}:{lower}"
        return f"{self._down(top)}{colon}{self._down(bottom)}"

    def listed(self, refs: str) -> str:
        """Several ranges with spaces between them."""
        return " ".join(map(self.moved, refs.split()))

    def around(self, ref: str, totals: int = 0) -> str:
        """The range of a table or filter whose heading is filled below: it reaches at least to the last filled row."""
        moved = self.moved(ref)
        top, _colon, bottom = moved.partition(":")
        if not bottom or not _row(top) < self.first <= _row(bottom) + 1:
            return moved
        return f"{top}:{_ROWS.sub(str(max(_row(bottom), self.last + totals)), bottom)}"

    def formula(self, text: str, place: str | None = None) -> str:
        """A formula's references to this sheet; `place`: its name, where the formula stands elsewhere."""
        return _PIECE.sub(lambda found: self._reference(found[0], place), text)

    def _reference(self, piece: str, place: str | None) -> str:
        if piece.startswith('"'):
            return piece
        name, mark, ref = piece.rpartition("!")
        here = not mark if place is None else bool(mark) and _sheet(name) == place.casefold()
        if not here:
            return piece
        return name + mark + (self.moved(ref) if ":" in ref else self._down(ref))

    def _down(self, cell: str) -> str:
        return _ROWS.sub(lambda n: str(int(n[0]) + self.by) if int(n[0]) >= self.start else n[0], cell)


def _sheet(name: str) -> str:
    """A sheet's name as a formula writes it, without its quotation marks; capitals do not matter."""
    return (name[1:-1].replace("''", "'") if name.startswith("'") else name).casefold()


def _row(cell: str) -> int:
    found = _ROWS.search(cell)
    return int(found[0]) if found else 0


def in_sheet(sheet: etree._Element, growth: Growth) -> None:
    """The ranges the sheet itself names."""
    for each in sheet.iter(f"{S}mergeCell", f"{S}hyperlink"):
        each.set("ref", growth._down(each.get("ref", "")))
    for each in sheet.iter(f"{S}autoFilter"):
        each.set("ref", growth.around(each.get("ref", "")))
    for each in sheet.iter(f"{S}dataValidation", f"{S}conditionalFormatting"):
        each.set("sqref", growth.listed(each.get("sqref", "")))
    for each in list(sheet.iter(f"{S}f")):
        if each.get("t", "normal") == "normal":
            each.text = growth.formula(each.text or "")
        elif growth.by:
            each.getparent().remove(each)  # one formula of many cells: its saved result stays
    for each in sheet.iter(SQREF):
        each.text = growth.listed(each.text or "")
    for each in sheet.iter(f"{S}formula1", f"{S}formula2", f"{S}formula", FORMULA):
        each.text = growth.formula(each.text or "")


def in_table(table: etree._Element, growth: Growth) -> None:
    """An Excel table and its filter; a row of totals stays its last."""
    totals = totals_of(table)
    table.set("ref", growth.around(table.get("ref", ""), totals))
    for each in table.iter(f"{S}autoFilter"):
        each.set("ref", growth.around(each.get("ref", "")))


def totals_of(table: etree._Element) -> int:
    """How many rows of totals a table has: 1 or none."""
    return 1 if table.get("totalsRowCount", "0") not in {"", "0"} else 0


def in_book(book: etree._Element, place: str, growth: Growth) -> None:
    """Print areas, filters and other names that stand for a range of this sheet."""
    for each in book.iter(f"{S}definedName"):
        if each.get("name") == "_xlnm._FilterDatabase":
            name, mark, ref = (each.text or "").rpartition("!")
            if _sheet(name) == place.casefold():
                each.text = name + mark + growth.around(ref)
        else:
            each.text = growth.formula(each.text or "", place)
    for each in book.iter(f"{S}calcPr"):
        each.set("fullCalcOnLoad", "1")


def tables_of(package: zipfile.ZipFile, sheet: str) -> Iterator[tuple[str, etree._Element]]:
    """The Excel tables on a sheet, by the name of their part."""
    folder, name = posixpath.split(sheet)
    links = f"{folder}/_rels/{name}.rels"
    if links not in package.namelist():
        return
    for each in packages.part(package, links):
        if (each.get("Type") or "").endswith("/table"):
            target = each.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if path in package.namelist():
                yield path, packages.part(package, path)
