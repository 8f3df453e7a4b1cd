"""How far a sheet reaches and how much text it gives, walked as a stream before any reader builds it.

Two swellings no packed size shows: a single cell at XFD1048576 (a dense table of 17 billion cells), and one long shared
string named by millions of cells. Nothing is built here, entities and the network are off.
"""

import zipfile
from collections.abc import Mapping

from lxml import etree

from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.formats import limits

MAX_CHARACTERS = 100_000_000
CHUNK = 1 << 16  # fed whole, the parser refuses anything over 10 MB


def measure(package: zipfile.ZipFile, rows: int, columns: int) -> int:
    """How many formulas there are; TooLarge or a Refusal where a sheet reaches beyond what is taken."""
    strings = _Strings()
    for name in package.namelist():
        if name.lower() == "xl/sharedstrings.xml":
            _walk(package, name, strings)
    extent = _Extent(strings.lengths, rows, columns)
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _walk(package, name, extent)
    return extent.formulas


def _walk(package: zipfile.ZipFile, name: str, target: object) -> None:
    data = limits.part(package, name) or b""
    limits.refuse_document_type(data)
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for at in range(0, len(data), CHUNK):
            parser.feed(data[at : at + CHUNK])
        parser.close()
    except etree.XMLSyntaxError as broken:
        raise Refusal(limits.BROKEN) from broken


class _Strings:
    """The length of every shared string, in order."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        """A new string begins with si."""
        if tag.rpartition("}")[2] == "si":
            self.lengths.append(0)

    def data(self, text: str) -> None:
        """Text belongs to the string that is open."""
        if self.lengths:
            self.lengths[-1] += len(text)

    def close(self) -> None:
        """Nothing is built."""


class _Extent:
    """Counts formulas and text, and stops at the first cell with a value beyond the limits."""

    def __init__(self, lengths: list[int], rows: int, columns: int) -> None:
        self.lengths, self.rows, self.columns = lengths, rows, columns
        self.formulas = self.characters = 0
        self._cell: Mapping[str, str] = {}
        self._inside = self._text = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A cell, or what stands in it."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self._cell, self._text = dict(attributes), ""
        self.formulas += name == "f"
        self._inside = name
        if name in {"v", "is"}:
            self._reaches(self._cell.get("r", ""))

    def data(self, text: str) -> None:
        """A value or an inline string."""
        if self._inside == "v":
            self._text += text[:12]
        self._count(len(text))

    def end(self, tag: str) -> None:
        """At the end of a value: what it stands for."""
        if tag.rpartition("}")[2] == "v" and self._cell.get("t") == "s" and self._text.strip().isdecimal():
            at = int(self._text)
            self._count(self.lengths[at] if at < len(self.lengths) else 0)
        self._inside = ""

    def close(self) -> None:
        """Nothing is built."""

    def _count(self, more: int) -> None:
        self.characters += more
        if self.characters > MAX_CHARACTERS:
            raise TooLarge(_("这个表里的文字太多，没有打开。请分成几个文件导入。"))

    def _reaches(self, reference: str) -> None:
        column, row = cell_at(reference)
        if row > self.rows or column > self.columns:
            raise TooLarge(
                _("这个表太大，一次最多 %(rows)s 行、%(columns)s 列。请删去用不着的行和列，或者分成几个文件。"),
                rows=self.rows, columns=self.columns,
            )  # fmt: skip


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_at(reference: str) -> tuple[int, int]:
    """B7 → (2, 7); (0, 0) where nothing is named."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + ord(letter) - 64
    digits = reference[len(letters) :][:8]
    return column, int(digits) if digits else 0
