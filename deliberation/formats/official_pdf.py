"""report.pdf by typst: data goes in as JSON, never as markup; a missing font is refused with the install line.

Typesetting runs in its own process, so the server's memory does not grow with the paper. Same dossier, same bytes.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from deliberation.domain.dossier import Dossier
from deliberation.domain.dossier_words import chinese, day, speak
from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Across, Grid, Item, Labelled, Para
from deliberation.domain.report import title
from deliberation.domain.report_paper import report_paper
from deliberation.domain.title_lines import title_lines
from deliberation.formats.official_fonts import chosen

HERE = Path(__file__).parent
TEMPLATE = HERE / "report.typ"
TIMEOUT = 300  # seconds
_CREATOR = re.compile(rb"(?<=/Creator\()[^)]*(?=\))|(?<=<xmp:CreatorTool>)[^<]*(?=</xmp:CreatorTool>)")


def write(dossier: Dossier, path: Path, *, fonts: Path | None = None) -> None:
    """Write the PDF. Raises Refusal where a font is missing or the paper cannot be typeset; then nothing is written."""
    data = {
        "title": speak(title(dossier), chinese),
        "mark": dossier.mark,
        "fonts": chosen(fonts),
        "red_head": _red_head(dossier),
        "runs": list(_runs(report_paper(dossier))),
    }
    typeset(data, path, fonts=fonts)


def typeset(data: Mapping[str, object], path: Path, *, fonts: Path | None = None) -> None:
    """Typeset the data in a process of its own and take the typesetter's name out of the properties."""
    command = [
        sys.executable,
        "-I",
        str(HERE / "typeset.py"),
        str(TEMPLATE),
        str(path),
        *([str(fonts)] if fonts else []),
    ]
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and script, no shell
            command,
            input=json.dumps(data, ensure_ascii=False).encode(),
            capture_output=True,
            check=True,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired as late:
        raise Refusal(_("PDF排版超过%(seconds)s秒，已停止。请使用DOCX文件。"), seconds=TIMEOUT) from late
    except subprocess.CalledProcessError as failed:
        last = failed.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise Refusal(_("PDF未能排版（%(why)s）。请使用DOCX文件。"), why="".join(last)) from failed
    path.write_bytes(nameless(path.read_bytes()))


def nameless(made: bytes) -> bytes:
    """A PDF without the name of the program that made it; lengths stay, so every offset stays true."""
    return _CREATOR.sub(lambda found: b" " * len(found[0]), made)


def _red_head(dossier: Dossier) -> dict[str, str] | None:
    sign = dossier.signature
    if not sign.red_head:
        return None
    copies = f"抄送：{'，'.join(sign.copies_to)}。" if sign.copies_to else ""
    office = sign.office or dossier.office
    return {
        "office": office,
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
            held.append(_item(item))
    if held:
        yield {"across": False, "items": held}


def _item(item: Para | Labelled | Grid) -> dict[str, object]:
    if isinstance(item, Labelled):
        return {"kind": "labelled", "label": item.label, "text": item.text}
    if isinstance(item, Grid):
        rows = [list(row) for row in item.rows]
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
        "text": item.text,
        "lines": title_lines(item.text) if item.style == "title" else [],
        "left": item.left,
        "right": item.right,
        "new_page": item.new_page,
        "hold": item.hold,
    }
