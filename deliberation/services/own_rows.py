"""A dossier's own table that comes back to where it was made: which of its rows are remarks that stand here already.

A remark is known by its number together with the salt of its leaf, which no other remark has: another office's table counts
its remarks from 1 too.
"""

import re
from collections.abc import Iterable, Mapping

from deliberation.domain.columns import Table
from deliberation.domain.errors import Refusal, _
from deliberation.domain.intake import Row
from deliberation.store import dossiers
from deliberation.store.consultations import Consultation
from deliberation.store.remarks import Remark

SALT, SUM = ("盐", "salt"), ("sha256",)
_SERIAL = re.compile(r"(\d{1,9})$")


class OwnRows:
    """The cells of a table that are no field of a remark and still tell which remark it is."""

    def __init__(self, table: Table) -> None:
        lines = table.lines or range(2, len(table.rows) + 2)
        self._salts = _cells(table, lines, SALT)
        self._sums = _cells(table, lines, SUM)

    def here(self, consultation: Consultation, rows: Iterable[Row]) -> dict[int, Remark]:
        """By line, the remarks of this consultation that these rows are."""
        told = {}
        for row in rows:
            serial, salt = _SERIAL.search(row.values.get("id", "").strip()), self._salts.get(row.line, "")
            if serial and salt:
                told[row.line] = int(serial[1]), salt
        if not told:
            return {}
        known = dossiers.salted(consultation, [number for number, _salt in told.values()])
        found = {line: known.get(number) for line, (number, _salt) in told.items()}
        return {line: one[0] for line, one in found.items() if one and one[1].hex() == told[line][1]}

    def has_words(self, row: Row) -> None:
        """A Refusal where a dossier's table names a remark without what it says: withheld in that edition, or withdrawn."""
        if self._sums.get(row.line) == "" and not any(row.values.get(name) for name in ("text", "wording")):
            raise Refusal(
                _("这一行只有编号，内容没有公开或者已经撤回，没有导入。要全部内容，请用内部版的表。")
            )


def _cells(table: Table, lines: Iterable[int], names: tuple[str, ...]) -> Mapping[int, str]:
    at = next((n for n, word in enumerate(table.header) if word.strip() in names), None)
    if at is None:
        return {}
    return {
        line: (row[at].strip() if at < len(row) else "") for line, row in zip(lines, table.rows, strict=True)
    }
