"""The report's blocks and annexes as parts of a paper, with the empty lines and indents of GB/T 9704-2012."""

from collections.abc import Iterator
from dataclasses import replace

from deliberation.domain.annexes import annex
from deliberation.domain.dossier import Dossier
from deliberation.domain.dossier_words import chinese, day, speak
from deliberation.domain.paper import Item, Para
from deliberation.domain.report import Block, annexes, report
from deliberation.domain.title_lines import width

STYLE = {"addressee": "flush", "h1": "h1", "h2": "h2", "title": "title"}
HELD = frozenset({"office", "contact"})  # what must not stand on a page without the line before it
SEAL_SPACE = 4.0  # characters right of the date where a seal will stand


def report_paper(dossier: Dossier) -> Iterator[Item]:
    """The report and every annex, in order."""
    blocks = report(dossier)
    kinds = ["", *(block.kind for block in blocks), ""]
    for before, block, after in zip(kinds, blocks, kinds[2:], strict=False):
        yield from _spaced(before, block.kind)
        *first, part = _lines(_para(block, dossier))
        yield from first
        yield replace(part, hold=True) if after in HELD else part
    for kind in annexes(dossier):
        yield from annex(kind, dossier)


def _spaced(before: str, kind: str) -> Iterator[Item]:
    """Empty lines the standard asks for: one below the title and above the annexes, two above who signs."""
    if before == "title" or (kind == "annex" and before != "annex"):
        yield Para("flush", "")
    if kind == "office":
        yield from [Para("flush", "", hold=True)] * 2


def _lines(part: Para) -> list[Para]:
    """A text of several lines is as many paragraphs: a line that is broken by hand would be drawn out to the margin."""
    if part.style != "body" or "\n" not in part.text:
        return [part]
    lines = [line for line in part.text.split("\n") if line.strip()]
    return [replace(part, text=line) for line in lines] or [part]


def _para(block: Block, dossier: Dossier) -> Para:
    text = speak(block.text, chinese)
    if block.kind == "annex":
        return Para("annex_list", text, left=2 if text.startswith("附件") else 5)
    if block.kind == "office":
        return Para("sign", text, right=_rights(dossier)[0], hold=True)
    if block.kind == "date":
        return Para("sign", text, right=_rights(dossier)[1])
    return Para(STYLE.get(block.kind, "body"), text)


def _rights(dossier: Dossier) -> tuple[float, float]:
    """Right indents, in characters, of office and date: the office centred above the date, both inside the text."""
    sign = dossier.signature
    spare = (width(sign.office or dossier.office) - width(day(sign.on))) / 2
    date = max(SEAL_SPACE, spare)
    return date - spare, date
