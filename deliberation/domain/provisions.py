"""The tree of a draft: part › subpart › chapter › section › article › paragraph › subparagraph › item.

Source: Legislation Law of the PRC (立法法, text of 2023-03-13), art. 65. Numbers are labels kept as written;
identity is given by the store (`uid`), the address in one version is the `eid`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

KINDS = (
    "part", "subpart", "chapter", "section", "article", "paragraph", "subparagraph", "item",
    "clause", "table", "quoted", "attachment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One block of a draft. `number` is raw as written (第十二条, （三）), `n` its value ("12", "17-1")."""

    kind: str
    number: str | None = None
    n: str | None = None
    eid: str = ""
    heading: str | None = None
    text: str = ""
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader was unsure of: a stable code, the line in the source (from 1), a msgid sentence."""

    code: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as read: what stands around the body, the body, and what the reader was unsure of."""

    title: str = ""
    stage: str | None = None
    note: str | None = None
    notice: tuple[str, ...] = ()
    preamble: tuple[Node, ...] = ()
    body: tuple[Node, ...] = ()
    attachments: tuple[Node, ...] = ()
    warnings: tuple[Caution, ...] = field(default=())

    def walk(self) -> Iterator[Node]:
        """Every node in reading order: preamble, body, attachments."""
        for group in (self.preamble, self.body, self.attachments):
            for node in group:
                yield from node.walk()

    def articles(self) -> list[Node]:
        """The articles in order."""
        return [node for node in self.walk() if node.kind == "article"]

    def counts(self) -> dict[str, int]:
        """How many nodes of each kind."""
        return dict(Counter(node.kind for node in self.walk()))
