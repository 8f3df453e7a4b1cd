"""Flat blocks → the tree: divisions hold articles, articles hold paragraphs, paragraphs hold points and items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deliberation.domain.provisions import DIVISIONS, Node
from deliberation.domain.structure.marks import RANK as _RANK
from deliberation.domain.structure.scan import Block

RANK = {**_RANK, "closing": 5}
_CLOSING = re.compile(
    r"本(?:决定|修正案|决议|办法|规定|解释|意见|通知)自.{0,30}起(?:施行|生效|执行)|.{0,60}根据本(?:决定|修正案).{0,10}修改"
)


@dataclass(slots=True)
class Growing:
    """A node whose children are still coming."""

    block: Block
    kind: str
    children: list["Growing"] = field(default_factory=list)

    def node(self) -> Node:
        """The finished node."""
        b = self.block
        return Node(
            self.kind, b.number, b.n, "", b.heading, b.text, tuple(child.node() for child in self.children)
        )


def nest(blocks: Sequence[Block]) -> tuple[Node, ...]:
    """The tree of these blocks. Points before any paragraph stand in an empty paragraph; nothing is lost."""
    root = Growing(Block("root", 0), "root")
    above: list[tuple[int, Growing]] = [(0, root)]
    top = top_division(blocks)
    run: list[Block] = []
    for block in blocks:
        kind = top if block.kind == "supplementary" else block.kind
        if closes(block, above[-1][1]):
            kind = "closing"
        if kind not in RANK:
            run.append(block)
            continue
        above[-1][1].children += paragraphs(run)
        run = [block] if kind == "closing" else []
        while above[-1][0] >= RANK[kind]:
            above.pop()
        if kind != "closing":
            growing = Growing(block, kind)
            above[-1][1].children.append(growing)
            above.append((RANK[kind], growing))
    above[-1][1].children += paragraphs(run)
    return tuple(child.node() for child in root.children)


def closes(block: Block, holder: Growing) -> bool:
    """Whether a text ends the list of clauses: 本决定自…起施行, 《…》根据本决定作相应修改."""
    if holder.kind != "clause" or block.kind != "text" or block.line == holder.block.line:
        return False
    return _CLOSING.match(block.text) is not None


def top_division(blocks: Sequence[Block]) -> str:
    """The highest division in use: what an unnumbered 附则 is one of."""
    used = {block.kind for block in blocks}
    return next((kind for kind in DIVISIONS if kind in used), "chapter")


def paragraphs(run: Sequence[Block]) -> list[Growing]:
    """The paragraphs of one article: texts, with their points by list style; tables and quotations beside them."""
    out: list[Growing] = []
    open_points: list[tuple[str, Growing]] = []
    paragraph: Growing | None = None
    for block in run:
        if block.kind != "point":
            growing = Growing(block, "paragraph" if block.kind == "text" else block.kind)
            out.append(growing)
            paragraph, open_points = (growing if block.kind == "text" else None), []
            continue
        if paragraph is None:
            paragraph = Growing(Block("text", block.line), "paragraph")
            out.append(paragraph)
        _hang(block, paragraph, open_points)
    return out


def _hang(block: Block, paragraph: Growing, open_points: list[tuple[str, Growing]]) -> None:
    """Hang a point under the last point of another style, or beside the last of its own style."""
    styles = [style for style, _growing in open_points]
    if block.style in styles:
        del open_points[styles.index(block.style) :]
    elif block.style == "bracket":
        open_points.clear()
    holder = open_points[-1][1] if open_points else paragraph
    growing = Growing(block, "subparagraph" if block.style == "bracket" else "item")
    holder.children.append(growing)
    open_points.append((block.style, growing))
