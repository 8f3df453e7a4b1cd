"""What follows the last article: 附件, 附表, 附录, 附图, each with its own paragraphs, lists, tables, even articles."""

from collections.abc import Sequence
from itertools import pairwise

from deliberation.domain import numbering
from deliberation.domain.provisions import Caution, Node
from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line
from deliberation.domain.structure.nest import nest
from deliberation.domain.structure.scan import Scan, follows


def attachments_at(lines: Sequence[Line]) -> int:
    """The line where the attachments begin; past the end when there are none."""
    last: tuple[int, int] | None = None
    begun = False
    for i, line in enumerate(lines):
        mark = marks.headed(line.text)
        if mark and mark.kind == "article":
            last, begun = mark.order, True
        begun = begun or bool(marks.clause(line.text))
        if begun and _heads(line) and not _goes_on(lines[i + 1 :], last):
            return i
    return len(lines)


def _heads(line: Line) -> bool:
    if line.quoted or line.table:
        return False
    return marks.attached(line.text) is not None or marks.EXPLAINS.fullmatch(line.text) is not None


def _goes_on(lines: Sequence[Line], last: tuple[int, int] | None) -> bool:
    """Whether the act's own articles go on below, so that this was no attachment."""
    below = (
        mark
        for line in lines
        if not line.table and (mark := marks.headed(line.text)) and mark.kind == "article"
    )
    first = next(below, None)
    return last is not None and first is not None and first.gap and follows(last, first.order)


def read_attachments(lines: Sequence[Line]) -> tuple[tuple[Node, ...], list[Caution]]:
    """One node for each attachment, and what was doubtful."""
    nodes: list[Node] = []
    doubts: list[Caution] = []
    starts = [i for i, line in enumerate(lines) if _heads(line)]
    for start, end in pairwise([*starts, len(lines)]):
        scan = Scan({}, joins=False)
        scan.read(lines[start + 1 : end])
        doubts += scan.cautions
        nodes.append(_attachment(lines[start].text, nest(scan.blocks)))
    return tuple(nodes), doubts


def _attachment(text: str, children: tuple[Node, ...]) -> Node:
    match = marks.attached(text)
    if match is None:  # 关于《…》的说明
        return Node("attachment", heading=text, children=children)
    number = match["number"].strip() + match["gap"].strip()
    return Node(
        "attachment",
        number,
        numbering.value(match["number"].lstrip("附件表录图 ")),
        "",
        match["heading"] or None,
        "",
        children,
    )
