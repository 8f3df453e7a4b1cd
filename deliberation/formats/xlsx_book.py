"""Workbooks as we write them: strings stay strings, and the file's properties name no program."""

from typing import IO, Any

import xlsxwriter
from xlsxwriter import app, packager
from xlsxwriter.exceptions import FileCreateError

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

    def _get_packager(self) -> Any:
        return _Packager()

    def finish(self) -> None:
        """Close it."""
        try:
            self.close()
        except FileCreateError as failed:  # hides the disk's own error, which callers know
            raise failed.args[0] from failed
