"""The tree of a draft: part › subpart › chapter › section › article › paragraph › subparagraph › item.

Source: Legislation Law of the PRC (立法法, text of 2023-03-13), art. 65. Numbers are labels kept as written;
identity is given by the store (`uid`), the address in one version is the `eid`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deliberation.domain.errors import Said

KINDS = (
    "part", "subpart", "chapter", "section", "article", "paragraph", "subparagraph", "item",
    "clause", "table", "quoted", "attachment",
)  # fmt: skip
DIVISIONS = ("part", "subpart", "chapter", "section")
HOLDERS = ("article", "clause")
CAPTION_BRACKETS = "【】〖〗（）()[]［］"


@dataclass(frozen=True, slots=True)
class Node:
    """One block of a draft. `number` is raw as written (第十二条, （三）), `n` its value ("12", "17-1").

    `heading` is as written: 总　则 of a chapter, 【立法目的】 of an article with its brackets (`caption` has none).
    An article's and a clause's own text stands in paragraph children; a table's text has a row a line, cells in tabs.
    """

    kind: str
    number: str | None = None
    n: str | None = None
    eid: str = ""
    heading: str | None = None
    text: str = ""
    children: tuple["Node", ...] = ()

    @property
    def caption(self) -> str:
        """The heading without the brackets around it and without white space at its ends."""
        return (self.heading or "").strip().strip(CAPTION_BRACKETS).strip()

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def lines(self) -> Iterator[str]:
        """The blocks of this node as text, one a line; a number stands before its first paragraph."""
        head = "　".join(part for part in (self.number, self.heading, self.text) if part)
        children = self.children
        if self._runs_in():
            first, *after = children[0].lines()
            head = "　".join(part for part in (head, first) if part)
            children = children[1:]
        else:
            after = []
        if head:
            yield from head.split("\n")
        yield from after
        for child in children:
            yield from child.lines()

    def _runs_in(self) -> bool:
        """Whether the first paragraph stands on the line of the number; a clause's heading keeps its own line."""
        if self.kind not in HOLDERS or not self.children or (self.kind == "clause" and self.heading):
            return False
        return self.children[0].kind == "paragraph" and bool(self.children[0].text)

    def whole_text(self) -> str:
        """Everything below and in this node, a block a line: what is compared, searched and quoted from."""
        return "\n".join(self.lines())

    def as_dict(self) -> dict[str, Any]:
        """The shape of `flask drafts parse --json`."""
        return {
            "kind": self.kind, "number": self.number, "n": self.n, "eid": self.eid, "heading": self.heading,
            "text": self.text, "children": [child.as_dict() for child in self.children],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader was unsure of: a stable code, the line in the source (from 1), a msgid sentence.

    `message` is the sentence in Chinese with its parameters filled in; `said` keeps msgid and parameters apart.
    """

    code: str
    line: int
    message: str
    said: Said | None = field(default=None, compare=False)

    @classmethod
    def of(cls, code: str, line: int, msgid: str, /, **params: object) -> "Caution":
        """A caution whose sentence has parameters."""
        said = Said(msgid, **params)
        return cls(code, line, str(said), said)


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
        """How many nodes of each kind; a division without a number (附则) is not counted among the numbered ones."""
        return dict(Counter(node.kind for node in self.walk() if node.number or node.kind not in DIVISIONS))

    def lines(self) -> Iterator[str]:
        """Every block in reading order, one a line: notice, title, stage, adoption note, preamble, body, attachments."""
        yield from self.notice
        for part in (self.title, self.stage, self.note):
            if part:
                yield from part.split("\n")
        for group in (self.preamble, self.body, self.attachments):
            for node in group:
                yield from node.lines()

    def text(self) -> str:
        """The canonical text of a version (`flask drafts parse --text`), every line ended."""
        return "".join(line + "\n" for line in self.lines())

    def digest(self) -> str:
        """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits: the version's name everywhere."""
        return hashlib.sha256(self.text().encode("utf-8")).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The shape of `flask drafts parse --json`."""
        return {
            "title": self.title, "stage": self.stage, "note": self.note, "notice": list(self.notice),
            "preamble": [node.as_dict() for node in self.preamble],
            "body": [node.as_dict() for node in self.body],
            "attachments": [node.as_dict() for node in self.attachments],
            "warnings": [{"code": c.code, "line": c.line, "message": c.message} for c in self.warnings],
            "counts": self.counts(), "digest": self.digest(),
        }  # fmt: skip
