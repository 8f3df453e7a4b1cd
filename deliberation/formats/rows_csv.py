"""Rows out as CSV for a spreadsheet: UTF-8 with BOM, CRLF (RFC 4180), and no cell a program would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = b"\xef\xbb\xbf"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file; a cell beginning like a formula gets an apostrophe before it (OWASP: CSV injection)."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([safe(cell) for cell in heads])
    lines.writerows([safe(cell) for cell in row] for row in rows)
    return BOM + out.getvalue().encode("utf-8", "replace")


def safe(cell: str) -> str:
    """The cell, with an apostrophe before it where a program might take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
