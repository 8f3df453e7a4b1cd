"""What names the filled sheet from elsewhere: formulas and links of other sheets, charts, pivot tables go with its rows.

A formula shared by several cells is written out for each of them first: how far each lies from the first may differ
from how far what it names moved.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from lxml import etree

from deliberation.formats import limits
from deliberation.formats import template_package as packages
from deliberation.formats.xlsx_extent import cell_at, letters
from deliberation.formats.xlsx_growth import FORMULA, Growth, S

PARTS = re.compile(r"xl/(?:worksheets|charts|tables|pivotCache)/[^/]+\.xml")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"
FORMULAS = (
    f"{S}f",
    f"{S}formula",
    f"{S}formula1",
    f"{S}formula2",
    f"{S}calculatedColumnFormula",
    FORMULA,
    CHART,
)
_CELL = re.compile(r"\"[^\"]*\"|'(?:[^']|'')*'!|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([0-9]+)(?![\w(!.])")


def elsewhere(
    package: zipfile.ZipFile, path: str, place: str, growth: Growth
) -> Iterator[tuple[str, etree._Element]]:
    """The other parts that name the sheet `place`, changed; `path` is that sheet's own part."""
    for name in package.namelist():
        if name == path or not PARTS.fullmatch(name):
            continue
        raw = limits.part(package, name) or b""
        if _names(unescape(raw.decode("utf-8", "replace")), place):  # a large sheet is not built for nothing
            root = packages.part(package, name)
            if named_in(root, place, growth):
                yield name, root


def named_in(root: etree._Element, place: str, growth: Growth) -> bool:
    """Let everything in a part that names the sheet go with its rows; whether anything did."""
    before = etree.tostring(root)
    if root.tag == f"{S}worksheet":
        written_out(root, place)
    for cell in root.iter(f"{S}c"):
        _to_be_counted_anew(cell, place)
    for each in root.iter(*FORMULAS):
        each.text = growth.formula(each.text or "", place) or None
    for each in root.iter(f"{S}hyperlink"):
        if each.get("location"):
            each.set("location", growth.formula(each.get("location", ""), place))
    for each in root.iter(f"{S}worksheetSource"):
        if each.get("sheet") == place and each.get("ref"):
            each.set("ref", growth.around(each.get("ref", "")))
    return bool(etree.tostring(root) != before)


def _to_be_counted_anew(cell: etree._Element, place: str) -> None:
    """Take away the saved result of a formula that names the sheet: other words stand there now."""
    said, result = cell.find(f"{S}f"), cell.find(f"{S}v")
    if said is not None and result is not None and _names(said.text or "", place):
        cell.remove(result)
        cell.attrib.pop("t", None)


def _names(text: str, place: str) -> bool:
    folded = text.casefold()
    return place.casefold() in folded or place.replace("'", "''").casefold() in folded


def written_out(sheet: etree._Element, place: str = "") -> None:
    """Each cell of a shared formula gets its own; `place`: only of those that name that sheet."""
    first: dict[str, tuple[str, str]] = {}
    for cell in sheet.iter(f"{S}c"):
        said = cell.find(f"{S}f")
        if said is None or said.get("t") != "shared":
            continue
        number = said.get("si", "")
        if said.text and _names(said.text, place):
            first[number] = cell.get("r", ""), said.text
        if number in first:
            said.text = shifted(first[number][1], first[number][0], cell.get("r", ""))
            for name in ("t", "si", "ref"):
                said.attrib.pop(name, None)


def shifted(text: str, first: str, cell: str) -> str:
    """A shared formula as another of its cells means it: what is not fixed with $ lies as far from it as from the first."""
    (column, row), (to_column, to_row) = cell_at(first), cell_at(cell)

    def move(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        column_ = found[2] if found[1] else letters(cell_at(f"{found[2]}1")[0] + to_column - column)
        digits = found[4] if found[3] else str(int(found[4]) + to_row - row)
        return f"{found[1]}{column_}{found[3]}{digits}"

    return _CELL.sub(move, text)
