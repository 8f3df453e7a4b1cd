"""remarks.csv: the originals for whatever opens CSV; the columns of the sheet 意见原文.

UTF-8 with BOM, CRLF. A cell beginning like a formula gets an apostrophe before it, so for words letter by letter there
are table.xlsx and remarks.jsonl.
"""

import csv
import io
from typing import IO

from deliberation.domain.dossier import Dossier
from deliberation.formats.rows_csv import BOM, safe
from deliberation.formats.tables import ORIGINALS, original_row


def write(dossier: Dossier, target: IO[bytes]) -> None:
    """Write them one after another; memory does not grow with their number."""
    target.write(BOM)
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=False)
    lines = csv.writer(text)
    lines.writerow(ORIGINALS)
    lines.writerows([safe(cell) for cell in original_row(row)] for row in dossier.remarks)
    text.detach()
