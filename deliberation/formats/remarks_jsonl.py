"""remarks.jsonl: one original a line, its fields in one order, `place` (the code: whole, title, article …, after) last; UTF-8, LF, RFC 8259."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from operator import attrgetter
from typing import IO

from deliberation.domain.dossier import RemarkRow

FIELDS = (
    "number", "version", "version_digest", "eid", "quote", "attitude", "text", "wording", "reason", "sha256", "leaf",
    "salt", "channel", "origin", "category", "made_at", "suggestions", "outcome",
    "place",
)  # fmt: skip


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_plain = attrgetter(*FIELDS)


def line(row: RemarkRow) -> str:
    """One line without its line feed. Codes, not words; `made_at` is UTC to the second, or null."""
    values = dict(zip(FIELDS, _plain(row), strict=True))
    values["made_at"] = _second(row.made_at)
    values["place"] = row.spot or None
    return _encoded(values)


def _second(at: datetime | None) -> str | None:
    """2026-03-05T14:30:00Z; written out, for strftime takes several times as long."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if at else None


def lines(rows: Iterable[RemarkRow]) -> Iterator[bytes]:
    """All lines as bytes."""
    for row in rows:
        yield f"{line(row)}\n".encode()


def write(rows: Iterable[RemarkRow], target: IO[bytes]) -> None:
    """Write them one after another; memory does not grow with their number."""
    target.writelines(lines(rows))
