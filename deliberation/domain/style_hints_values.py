"""The value of a style hint, and the texts hints look at."""

from collections.abc import Iterator
from dataclasses import dataclass

from deliberation.domain.errors import Said
from deliberation.domain.provisions import Draft, Node

SILENT = {"quoted", "table"}


@dataclass(frozen=True, slots=True)
class Hint:
    """`quote` are the words at `start` of the text of `eid` (empty where a whole provision is meant).

    `wording` replaces the quote, None where only a person can say how.
    """

    code: str
    eid: str
    said: Said
    quote: str = ""
    start: int = 0
    wording: str | None = None


def texts(draft: Draft) -> Iterator[Node]:
    """The nodes of the body whose text is the draft's own, and not empty."""
    for root in draft.body:
        for node in _own(root):
            if node.text:
                yield node


def _own(node: Node) -> Iterator[Node]:
    if node.kind in SILENT:
        return
    yield node
    for child in node.children:
        yield from _own(child)


def full_text(node: Node) -> str:
    """All text of a node and below, without numbers."""
    return "".join(n.text for n in node.walk())
