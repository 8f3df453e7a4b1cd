"""Workbooks as we write them: strings stay strings, and the file's properties name no program."""

import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from xlsxwriter import app, packager, worksheet
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


MOST = 32_767  # UTF-16 units a cell can hold; a longer string would be left out or spoil the file
CUT = "……（本格放不下，全文见remarks.jsonl和报告）"


def fitting(text: str) -> str:
    """The text, cut where a cell ends, and saying so; nothing is ever left out silently."""
    if len(text) * 2 <= MOST or len(text.encode("utf-16-le")) // 2 <= MOST:
        return text
    room = text.encode("utf-16-le")[: 2 * (MOST - len(CUT))]
    return room.decode("utf-16-le", "ignore") + CUT


_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def literal(text: str) -> str:
    """What a spreadsheet would read as an escape (_x000D_) escaped itself (ISO/IEC 29500-1, 22.9.2.19), one into another too."""
    return _ESCAPE.sub("_x005F_", text)


SHORT = 16_000  # characters that fit into a cell, whatever they are
_OUT_OF_THE_ORDINARY = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x")


class Sheet(worksheet.Worksheet):  # type: ignore[misc]
    """A sheet of strings. The library takes a string that looks like its own mark-up (<r>…</r>) for it; here it is words."""

    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        """As the library's own, but for escapes that share an underscore: _x005F_x000D_ came back as another text."""
        if not isinstance(data, str):
            return data
        return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", literal(data))

    def _xml_rich_inline_string(self, string: str, attributes: Sequence[Any] = ()) -> None:
        preserve = string[:1].isspace() or string[-1:].isspace()
        self._xml_inline_string(string, preserve, attributes)

    def lines(self, first: int, rows: Iterable[Sequence[str]], cell_format: Any) -> int:
        """Write rows of strings in one style from row `first` (from 0) on, in constant memory; the number of the last.

        The same bytes as `write_string` for each cell, without its many calls.
        """
        style, names, last = 0, list[tuple[str, str]](), first - 1
        for last, cells in enumerate(rows, first):
            if last == first:
                self._write_single_row(first)  # what was written before
                style = cell_format._get_xf_index()
            while len(names) < len(cells):
                names.append((f'<c r="{xl_col_to_name(len(names))}', f'" s="{style}" t="inlineStr"><is><t'))
            number = last + 1
            pieces = [
                f"{name}{number}{after}{_inline(text)}</t></is></c>"
                for (name, after), text in zip(names, cells, strict=False)
            ]
            self.fh.write(f'<row r="{number}">{"".join(pieces)}</row>')
        if last >= first:
            self._check_dimensions(last, len(names) - 1)
            self.previous_row = last
        return last


def _inline(text: str) -> str:
    """A string as it stands in its element, the element's end of start tag before it."""
    if len(text) >= SHORT:
        text = fitting(text)
    if _OUT_OF_THE_ORDINARY.search(text):
        text = Sheet._escape_control_characters(text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keeps = text[:1].isspace() or text[-1:].isspace()
    return f' xml:space="preserve">{text}' if keeps else f">{text}"


class _App(app.App):  # type: ignore[misc]
    """The extended properties without the name of a spreadsheet program and its version."""

    def _write_application(self) -> None:
        return None

    def _write_app_version(self) -> None:
        return None


class _Packager(packager.Packager):  # type: ignore[misc]
    def _write_app_file(self) -> None:
        theirs, packager.App = packager.App, _App
        try:
            super()._write_app_file()
        finally:
            packager.App = theirs


class Book(xlsxwriter.Workbook):  # type: ignore[misc]
    """An XlsxWriter workbook over an open file; `finish` says the disk's own error where there is one."""

    def __init__(self, target: IO[bytes], **options: Any) -> None:
        super().__init__(target, {**OPTIONS, **options})
        self.worksheet_class = Sheet

    def _get_packager(self) -> Any:
        return _Packager()

    def finish(self) -> None:
        """Close it."""
        try:
            self.close()
        except FileCreateError as failed:  # hides the disk's own error, which callers know
            raise failed.args[0] from failed
