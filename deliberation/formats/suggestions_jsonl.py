"""suggestions.jsonl: one suggestion a line, in article order, with its counts, its sources' numbers and the other views."""

import json
from typing import IO

from deliberation.domain.dossier import Dossier, SuggestionRow
from deliberation.domain.summary_table import in_order
from deliberation.formats.dossier_snapshot import as_plain, as_value


def write(dossier: Dossier, target: IO[bytes]) -> None:
    """Write them one after another; codes, not words, as in remarks.jsonl."""
    for row in in_order(dossier.suggestions):
        target.write(json.dumps(as_plain(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def read(data: bytes) -> list[SuggestionRow]:
    """The rows of such a file. ValueError, KeyError or TypeError for anything else."""
    return [as_value(json.loads(line), SuggestionRow) for line in data.decode().split("\n") if line]
