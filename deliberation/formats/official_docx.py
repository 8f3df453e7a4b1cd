"""The report as a .docx in the layout of GB/T 9704-2012, letter form by default, red head as a form of it.

No seal, emblem or name of a program is ever drawn. Same dossier, same bytes.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.report import Block, annexes, report, title
from deliberation.domain.title_lines import title_lines, width
from deliberation.formats.official_annexes import VOLUME, annex, heading, originals
from deliberation.formats.official_head import imprint, red_head
from deliberation.formats.official_package import write_package
from deliberation.formats.official_styles import section, section_end
from deliberation.formats.official_xml import indent, paragraph

STYLE = {"addressee": "Flush", "h1": "Heading1", "h2": "Heading2"}
SEAL_SPACE = 4  # characters right of the date where a seal will stand


def write(dossier: Dossier, target: IO[bytes]) -> None:
    """Write report.docx with all its annexes; originals above 2,000 are left to the volumes."""
    name = speak(title(dossier), chinese)
    write_package(target, _body(dossier), title=name, made_at=dossier.made_at, mark=dossier.mark)


def volumes(total: int) -> int:
    """How many volumes of originals a dossier of so many remarks has beside the report; 0 where it holds them."""
    return -(-total // VOLUME) if total > VOLUME else 0


def write_volume(dossier: Dossier, number: int, remarks: Iterable[RemarkRow], target: IO[bytes]) -> None:
    """Write one volume of originals, `number` from 1; takes at most 2,000 rows from `remarks`."""
    name = f"意见原文（第{number}册，共{volumes(len(dossier.remarks))}册）"
    write_package(
        target, _volume(name, islice(remarks, VOLUME)), title=name, made_at=dossier.made_at, mark=dossier.mark
    )


def _volume(name: str, remarks: Iterable[RemarkRow]) -> Iterator[str]:
    yield from heading("", name, new_page=False)
    yield from originals(remarks)
    yield section()


def _body(dossier: Dossier) -> Iterator[str]:
    if dossier.signature.red_head:
        yield from red_head(dossier)
    blocks = report(dossier)
    for before, block in zip([None, *blocks], blocks, strict=False):
        yield from _spaced(before, block)
        yield from _block(block, dossier)
    for kind in annexes(dossier):
        if kind.key == "table":
            yield section_end()
        yield from annex(kind, dossier)
    if dossier.signature.red_head:
        yield from imprint(dossier)
    yield section()


def _spaced(before: Block | None, block: Block) -> Iterator[str]:
    """Empty lines the standard asks for: one below the title and above the annexes, two above who signs."""
    last = before.kind if before else ""
    if (last == "title" and block.kind != "title") or (block.kind == "annex" and last != "annex"):
        yield paragraph("", "Flush", "<w:keepNext/>")
    if block.kind == "office":
        yield from [paragraph("", "Flush", "<w:keepNext/>")] * 2


def _block(block: Block, dossier: Dossier) -> Iterator[str]:
    text = speak(block.text, chinese)
    if block.kind == "title":
        yield from (paragraph(line, "PaperTitle") for line in title_lines(text))
    elif block.kind == "annex":
        yield paragraph(text, "AnnexList", indent(left=2 if text.startswith("附件") else 5))
    elif block.kind == "office":
        yield paragraph(text, "Sign", "<w:keepNext/>" + indent(right=_over_date(text, dossier)))
    elif block.kind == "date":
        yield paragraph(text, "Sign", indent(right=SEAL_SPACE))
    else:
        yield paragraph(text, STYLE.get(block.kind, "Body"))


def _over_date(office: str, dossier: Dossier) -> float:
    """Right indent in characters that centres the office above the date, inside the text's width."""
    from deliberation.domain.dossier_words import day

    return max(0.0, SEAL_SPACE + (width(day(dossier.signature.on)) - width(office)) / 2)
