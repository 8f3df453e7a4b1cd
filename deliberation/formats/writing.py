"""WRITERS: file name of a dossier → what writes it, all of one shape: `(dossier, open binary file)`."""

from collections.abc import Callable
from typing import IO

from deliberation.domain.dossier import Dossier
from deliberation.formats import (
    official_docx,
    remarks_csv,
    remarks_jsonl,
    report_md,
    suggestions_jsonl,
    tables,
)


def _remarks(dossier: Dossier, target: IO[bytes]) -> None:
    remarks_jsonl.write(dossier.remarks, target)


def _markdown(dossier: Dossier, target: IO[bytes]) -> None:
    report_md.write(dossier, target)


WRITERS: dict[str, Callable[[Dossier, IO[bytes]], None]] = {
    "report.docx": official_docx.write,
    "table.xlsx": tables.write,
    "report.md": _markdown,
    "remarks.jsonl": _remarks,
    "remarks.csv": remarks_csv.write,
    "suggestions.jsonl": suggestions_jsonl.write,
}
