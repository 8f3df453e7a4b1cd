"""report.pdf by typst: data goes in as JSON, never as markup; a missing font is refused with the install line.

Typesetting runs in its own process, so the server's memory does not grow with the paper. Same dossier, same bytes.
"""

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from time import monotonic

from deliberation.domain.annexes import VOLUME, originals, volumes
from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import chinese, day, speak
from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Across, Grid, Item, Labelled, Para, annex_heading
from deliberation.domain.report import title
from deliberation.domain.report_paper import report_paper
from deliberation.domain.title_lines import title_lines
from deliberation.formats.official_fonts import chosen
from deliberation.formats.official_head import head_size
from deliberation.formats.pdf_breaks import CELL, breakable
from deliberation.formats.watching import Pulse, silent

HERE = Path(__file__).parent
TEMPLATE = HERE / "report.typ"
TIMEOUT = 300  # seconds
EVERY = 0.2  # seconds between two looks at whether it is done
_CREATOR = re.compile(rb"(?<=/Creator\()[^)]*(?=\))|(?<=<xmp:CreatorTool>)[^<]*(?=</xmp:CreatorTool>)")


def write(dossier: Dossier, path: Path, *, fonts: Path | None = None, pulse: Pulse = silent) -> None:
    """Write the PDF; `pulse` is asked now and then whether to go on. Raises Refusal where a font is missing or the paper cannot be typeset; then nothing is written."""
    data = {
        "title": speak(title(dossier), chinese),
        "mark": dossier.mark,
        "fonts": chosen(fonts),
        "red_head": _red_head(dossier),
        "runs": list(_runs(report_paper(dossier))),
    }
    typeset(data, path, fonts=fonts, pulse=pulse)


def write_volume(
    dossier: Dossier, number: int, remarks: Iterable[RemarkRow], path: Path, *, fonts: Path | None = None,
    pulse: Pulse = silent,
) -> None:  # fmt: skip
    """Write one volume of originals, `number` from 1, in a process of its own; takes at most 2,000 rows from `remarks`."""
    name = f"意见原文（第{number}册，共{volumes(len(dossier.remarks))}册）"
    parts = chain(annex_heading("", name, new_page=False), originals(islice(remarks, VOLUME)))
    data = {
        "title": name,
        "mark": dossier.mark,
        "fonts": chosen(fonts),
        "red_head": None,
        "runs": list(_runs(parts)),
    }
    typeset(data, path, fonts=fonts, pulse=pulse)


def typeset(
    data: Mapping[str, object], path: Path, *, fonts: Path | None = None, pulse: Pulse = silent,
    template: Path | None = None,
) -> None:  # fmt: skip
    """Typeset the data in a process of its own and take the typesetter's name out of the properties."""
    command = [
        sys.executable,
        "-I",
        str(HERE / "typeset.py"),
        str(template or TEMPLATE),
        str(path),
        *([str(fonts)] if fonts else []),
    ]
    failed = _run(command, json.dumps(data, ensure_ascii=False).encode(), pulse)
    if failed is None:
        raise Refusal(_("PDF排版超过%(seconds)s秒，已停止。请使用DOCX文件。"), seconds=TIMEOUT)
    if failed:
        raise Refusal(_("PDF未能排版（%(why)s）。请使用DOCX文件。"), why=failed)
    if path.suffix == ".pdf":
        path.write_bytes(nameless(path.read_bytes()))


def _run(command: list[str], data: bytes, pulse: Pulse) -> str | None:
    """Run it to its end: "" where all went well, else its last words; None where it took too long. It never outlives us."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as told,
        subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, stderr=told) as work,  # noqa: S603 - our own
    ):
        given.write(data)
        given.seek(0)
        until = monotonic() + TIMEOUT
        try:
            while monotonic() < until:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    if work.wait(EVERY) == 0:
                        return ""
                    told.seek(0)
                    last = told.read().decode("utf-8", "replace").strip().splitlines()[-1:]
                    return "".join(last) or str(work.returncode)
                pulse(0)
        finally:
            work.kill()
    return None


def nameless(made: bytes) -> bytes:
    """A PDF without the name of the program that made it; lengths stay, so every offset stays true."""
    return _CREATOR.sub(lambda found: b" " * len(found[0]), made)


def _red_head(dossier: Dossier) -> dict[str, object] | None:
    sign = dossier.signature
    if not sign.red_head:
        return None
    copies = f"抄送：{'，'.join(sign.copies_to)}。" if sign.copies_to else ""
    office = sign.office or dossier.office
    return {
        "office": office,
        "size": head_size(office),
        "number": sign.number,
        "signer": sign.signer,
        "copies": copies,
        "issued": f"{day(sign.on)}印发",
    }


def _runs(items: Iterable[Item]) -> Iterator[dict[str, object]]:
    """The parts in runs of pages that stand or lie."""
    held: list[dict[str, object]] = []
    for item in items:
        if isinstance(item, Across):
            if held:
                yield {"across": not item.begins, "items": held}
            held = []
        else:
            held.append(item_data(item))
    if held:
        yield {"across": False, "items": held}


def item_data(item: Para | Labelled | Grid) -> dict[str, object]:
    """A part as the templates take it."""
    if isinstance(item, Labelled):
        return {"kind": "labelled", "label": item.label, "text": breakable(item.text)}
    if isinstance(item, Grid):
        rows = [[breakable(words, CELL) for words in row] for row in item.rows]
        return {
            "kind": "grid",
            "widths": item.widths,
            "heads": item.heads,
            "rows": rows,
            "height": item.least_height,
        }
    return {
        "kind": "para",
        "style": item.style,
        "text": breakable(item.text),
        "lines": title_lines(item.text) if item.style == "title" else [],
        "left": item.left,
        "right": item.right,
        "new_page": item.new_page,
        "hold": item.hold,
    }
