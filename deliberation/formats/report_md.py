"""report.md: the same report for reading and searching; Markdown, the originals fenced so that nothing is marked up."""

import re
from collections.abc import Iterable, Iterator
from typing import IO

from deliberation.domain import summary_table as rows
from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import Translate, chinese, speak
from deliberation.domain.errors import Said, _
from deliberation.domain.report import Block, annexes, report

_LEAD = {"title": "# ", "h1": "## ", "h2": "### "}
_TICKS = re.compile("`{3,}")
_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def write(dossier: Dossier, target: IO[bytes], translate: Translate = chinese) -> None:
    """Write report.md; `translate` gives the labels another language, what people said stays as it is."""
    for piece in _pieces(dossier, translate):
        target.write(piece.encode())


def _pieces(dossier: Dossier, translate: Translate) -> Iterator[str]:
    if dossier.mark:
        yield f"> {_plain(translate(dossier.mark))}\n\n"
    for block in report(dossier):
        yield _block(block, translate)
    for annex in annexes(dossier):
        heading = Said(_("附件%(n)s　%(name)s"), n=annex.number, name=annex.name)
        yield f"\n## {_plain(speak(heading, translate))}\n\n"
        yield from _annex(annex.key, dossier, translate)


def _block(block: Block, translate: Translate) -> str:
    return f"{_LEAD.get(block.kind, '')}{_plain(speak(block.text, translate))}\n\n"


def _annex(key: str, dossier: Dossier, translate: Translate) -> Iterator[str]:
    if key == "table":
        yield from _table(
            rows.SUMMARY_HEADS, map(rows.summary_row, rows.in_order(dossier.suggestions)), translate
        )
    elif key == "originals":
        yield from _originals(dossier.remarks, translate)
    elif key == "minutes":
        yield from (f"- {_plain(minutes.meeting.title)}\n" for minutes in dossier.minutes)
    elif key == "votes":
        yield from _table(rows.ATTITUDE_HEADS, map(rows.attitude_row, dossier.attitudes), translate)
        yield from _table(rows.VOTE_HEADS, map(rows.vote_row, dossier.votes), translate)
    elif key == "comparison":
        lines = ([r.old, r.new, r.relation, r.old_text, r.new_text] for r in dossier.comparison)
        yield from _table(rows.COMPARISON_HEADS, lines, translate)
    else:
        yield from (f"- {translate(label)}：{_plain(said)}\n" for label, said in rows.count_lines(dossier))


def _table(heads: tuple[str, ...], lines: Iterable[list[str]], translate: Translate) -> Iterator[str]:
    yield f"| {' | '.join(translate(head) for head in heads)} |\n|{' --- |' * len(heads)}\n"
    for cells in lines:
        yield f"| {' | '.join(_plain(cell).replace(chr(10), '<br>') for cell in cells)} |\n"
    yield "\n"


def _originals(remarks: Iterable[RemarkRow], translate: Translate) -> Iterator[str]:
    for row in remarks:
        yield f"### {_plain(rows.remark_head(row))}\n\n"
        for label, text in rows.remark_parts(row):
            yield f"{translate(label)}\n\n" if label else ""
            yield _fenced(text)
        if row.text is None:
            yield f"{rows.withheld_line(row)}\n\n"
        yield f"{_plain(rows.remark_source(row))}\n\n"


def _fenced(text: str) -> str:
    """A fence longer than any in the text (CommonMark 0.31, 4.5): what stands inside is read as it is."""
    ticks = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=2))
    return f"{ticks}text\n{text}\n{ticks}\n\n"


def _plain(text: str) -> str:
    """Text with the marks of Markdown escaped."""
    return _MARKUP.sub(r"\\\1", text)
