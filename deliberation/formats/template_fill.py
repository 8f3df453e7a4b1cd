"""The sender's own table, .xlsx or .docx: looked at, and filled with the suggestions in article order."""

import base64
from dataclasses import dataclass

from deliberation.domain.dossier import Dossier, SenderTable
from deliberation.domain.errors import Refusal, _
from deliberation.domain.sender_table import cells, likely
from deliberation.domain.summary_table import in_order
from deliberation.formats import template_docx, template_package, template_xlsx

NO_COLUMNS = _("在这个文件里没有认出表头。表头至少要有“条款”“建议”这样的两列。请检查是不是选错了文件。")
LEAST = 2  # columns to know a heading by


@dataclass(frozen=True, slots=True)
class Found:
    """A table found in the sender's file: sheet or number, heading row from 0, its heading, what each field is guessed to be."""

    kind: str
    place: str
    head_row: int
    header: tuple[str, ...]
    columns: dict[str, int]


def look(data: bytes) -> list[Found]:
    """The tables with a heading that can be known, the likeliest first. A Refusal where there is none, or it may do harm."""
    kind = template_package.kind_of(data)
    tables = template_xlsx.look(data) if kind == "xlsx" else template_docx.look(data)
    found = []
    for place, rows in tables:
        guessed = [(likely(row), at) for at, row in enumerate(rows[:20])]
        columns, at = max(guessed, key=lambda each: (len(each[0]), each[1]), default=({}, 0))
        if len(columns) >= LEAST:
            found.append(Found(kind, place, at, tuple(rows[at]), columns))
    if not found:
        raise Refusal(NO_COLUMNS)
    return sorted(found, key=lambda each: -len(each.columns))


def fill(dossier: Dossier, table: SenderTable) -> bytes:
    """The file with every suggestion of this edition in it; the same dossier, the same bytes."""
    rows = [
        {table.columns[field]: value for field, value in cells(row, dossier, tuple(table.columns)).items()}
        for row in in_order(dossier.suggestions)
    ]
    data = base64.b64decode(table.data)
    writer = template_xlsx.fill if table.kind == "xlsx" else template_docx.fill
    return writer(data, table.place, table.head_row, rows)
