"""The reader of drafts: lines of any document → the tree, in small passes, without losing a character."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deliberation.domain.eids import addressed
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.structure import marks
from deliberation.domain.structure.attachments import attachments_at, read_attachments
from deliberation.domain.structure.checks import check
from deliberation.domain.structure.contents import without_contents
from deliberation.domain.structure.front import Front, front, titled
from deliberation.domain.structure.lines import Line, Source, clean
from deliberation.domain.structure.nest import nest
from deliberation.domain.structure.quotes import mark_quoted
from deliberation.domain.structure.scan import Scan
from deliberation.domain.structure.secrecy import secrecy_mark

__all__ = ["Line", "Source", "parse", "secrecy_mark"]


def parse(source: Source) -> Draft:
    """The draft that stands in these lines. Any readable text is answered; what was doubtful becomes a warning."""
    kept, _list = without_contents(list(_cleaned(source.lines)))
    lines = mark_quoted(kept)
    start = body_at(lines)
    if start == len(lines):
        lines = in_one_line(lines)
        start = body_at(lines)
    head, rest = front(lines[:start]), lines[start:]
    if rest:
        head = titled(head)
    else:
        head, rest = replace(head, rest=()), list(head.rest)
    end = attachments_at(rest)
    preamble, body = Scan({}), Scan(later(rest[:end]))
    preamble.read(head.rest)
    body.read(rest[:end])
    attachments, doubts = read_attachments(rest[end:])
    draft = addressed(_draft(head, nest(preamble.blocks), nest(body.blocks), attachments))
    found = (*source.warnings, *preamble.cautions, *body.cautions, *doubts, *check(draft, kept))
    return replace(draft, warnings=tuple(sorted(found, key=lambda caution: caution.line)))


def _cleaned(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that have words, trimmed."""
    for line in lines:
        text = clean(line.text)
        if text:
            yield line if text == line.text else replace(line, text=text)


def _draft(head: Front, preamble: Sequence[Node], body: Sequence[Node], attachments: Sequence[Node]) -> Draft:
    return Draft(
        title="　".join(head.title),
        stage=head.stage,
        note="\n".join(head.note) or None,
        notice=tuple(line.text for line in head.notice),
        preamble=tuple(preamble),
        body=tuple(body),
        attachments=tuple(attachments),
    )


def body_at(lines: Sequence[Line]) -> int:
    """The first line of the body: its first division or article, else its first 一、, else past the end."""
    headed = [i for i, line in enumerate(lines) if not line.quoted and not line.table and _heads(line.text)]
    clauses = [
        i for i, line in enumerate(lines) if not line.quoted and not line.table and marks.clause(line.text)
    ]
    if not headed:
        return clauses[0] if clauses else len(lines)
    if clauses and clauses[0] < headed[0] and _decides(lines[: clauses[0]]):
        return clauses[0]
    start = headed[0]
    while start and marks.clause(lines[start - 1].text) and not marks.ended(lines[start - 1].text):
        start -= 1
    return start


def _heads(text: str) -> bool:
    mark = marks.headed(text)
    if mark is None:
        return marks.supplementary(text)
    if mark.kind != "article":
        cites = not mark.gap and marks.CITING.match(mark.rest) is not None
        return marks.is_heading(mark) or (not cites and marks.ARTICLE_INSIDE.match(mark.rest) is not None)
    return not marks.cites(mark)


def _decides(lines: Sequence[Line]) -> bool:
    return any(line.text.endswith(("决定", "修正案", "决议")) or "修正案（" in line.text for line in lines)


def in_one_line(lines: Sequence[Line]) -> list[Line]:
    """The lines, the first of those that hold a whole act parted before 第一编, 第一章 or 第一条."""
    for i, line in enumerate(lines):
        found = None if line.quoted or line.table else marks.FIRST_INSIDE.search(line.text)
        if found and marks.SECOND_INSIDE.search(line.text, found.end()):
            head, rest = line.text[: found.start()].strip(), line.text[found.start() :].strip()
            return [*lines[:i], replace(line, text=head), replace(line, text=rest, level=0), *lines[i + 1 :]]
    return list(lines)


def later(lines: Sequence[Line]) -> dict[str, int]:
    """For each article number that begins a line: the last line where it does."""
    found = {}
    for line in lines:
        mark = None if line.quoted or line.table else marks.headed(line.text)
        if mark and mark.kind == "article":
            found[mark.n] = line.no
    return found
