"""remarks.jsonl: one original a line, its fields in one order, `place` (the code: whole, title, article …, after) last; UTF-8, LF, RFC 8259."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import IO

from deliberation.domain.dossier import RemarkRow

FIELDS = (
    "number", "version", "version_digest", "eid", "quote", "attitude", "text", "wording", "reason", "sha256", "leaf",
    "salt", "channel", "origin", "category", "made_at", "suggestions", "outcome",
    "place",
)  # fmt: skip


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line(row: RemarkRow) -> str:
    """One line without its line feed. Codes, not words; `made_at` is UTC to the second, or null."""
    values: dict[str, object] = {name: getattr(row, name) for name in FIELDS}
    values["made_at"] = f"{row.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if row.made_at else None
    values["suggestions"] = list(row.suggestions)
    values["place"] = row.spot or None
    return _encoded(values)


def lines(rows: Iterable[RemarkRow]) -> Iterator[bytes]:
    """All lines as bytes."""
    for row in rows:
        yield f"{line(row)}\n".encode()


def write(rows: Iterable[RemarkRow], target: IO[bytes]) -> None:
    """Write them one after another; memory does not grow with their number."""
    target.writelines(lines(rows))
