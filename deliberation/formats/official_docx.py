"""The report as a .docx in the layout of GB/T 9704-2012, letter form by default, red head as a form of it.

No seal, emblem or name of a program is ever drawn. Same dossier, same bytes.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from deliberation.domain.annexes import VOLUME, originals, volumes
from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.paper import annex_heading
from deliberation.domain.report import title
from deliberation.domain.report_paper import report_paper
from deliberation.formats.official_head import imprint, red_head
from deliberation.formats.official_package import write_package
from deliberation.formats.official_parts import drawn
from deliberation.formats.official_styles import section


def write(dossier: Dossier, target: IO[bytes]) -> None:
    """Write report.docx with all its annexes; originals above 2,000 are left to the volumes."""
    name = speak(title(dossier), chinese)
    write_package(target, _body(dossier), title=name, made_at=dossier.made_at, mark=dossier.mark)


def write_volume(dossier: Dossier, number: int, remarks: Iterable[RemarkRow], target: IO[bytes]) -> None:
    """Write one volume of originals, `number` from 1; takes at most 2,000 rows from `remarks`."""
    name = f"意见原文（第{number}册，共{volumes(len(dossier.remarks))}册）"
    body = _volume(name, islice(remarks, VOLUME))
    write_package(target, body, title=name, made_at=dossier.made_at, mark=dossier.mark)


def _volume(name: str, remarks: Iterable[RemarkRow]) -> Iterator[str]:
    yield from drawn(annex_heading("", name, new_page=False))
    yield from drawn(originals(remarks))
    yield section()


def _body(dossier: Dossier) -> Iterator[str]:
    red = dossier.signature.red_head
    if red:
        yield from red_head(dossier)
    yield from drawn(report_paper(dossier))
    if red:
        yield from imprint(dossier)
    yield section()
