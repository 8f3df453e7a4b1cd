"""A draft as a flat list of blocks in reading order, and back: what stands under what follows from the kinds.

Where a tree hangs a block elsewhere than its kind says (a closing paragraph beside the clauses, an item in an item),
the block remembers under what: so list → tree gives exactly the tree the list was made from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from deliberation.domain.eids import addressed
from deliberation.domain.provisions import Draft, Node

FRONT = ("notice", "title", "stage", "note")
BODY = "body"
RANK = {
    "attachment": 0, "part": 1, "subpart": 2, "chapter": 3, "section": 4, "article": 5, "clause": 5, "paragraph": 6,
    "table": 6, "quoted": 6, "subparagraph": 7, "item": 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One block without what is under it; of the four kinds of FRONT it has only text; BODY marks where the body begins.

    `under` is (kind, which of that kind from the top) of its holder where the kind alone would say otherwise.
    """

    kind: str
    number: str | None = None
    n: str | None = None
    heading: str | None = None
    text: str = ""
    under: tuple[str, int] | None = None

    def words(self) -> str:
        """Number, heading and text as they are read, one after another."""
        return "　".join(part for part in (self.number, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did to the list: from `at`, `out` was taken out and `put` put in. Both ways it is exact."""

    at: int
    out: tuple[Entry, ...]
    put: tuple[Entry, ...]

    def back(self) -> "Change":
        """The change that undoes this one."""
        return Change(self.at, self.put, self.out)

    def on(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The list with the change made; ValueError when it is not the list the change was made from."""
        end = self.at + len(self.out)
        if tuple(entries[self.at : end]) != self.out:
            raise ValueError("the change does not fit this draft")
        return (*entries[: self.at], *self.put, *entries[end:])


@dataclass(slots=True)
class _Growing:
    entry: Entry
    children: list["_Growing"] = field(default_factory=list)

    def node(self) -> Node:
        e = self.entry
        return Node(
            e.kind, e.number, e.n, "", e.heading, e.text, tuple(child.node() for child in self.children)
        )


def flatten(draft: Draft) -> tuple[Entry, ...]:
    """The blocks of a draft in reading order: front, preamble, BODY, body, attachments."""
    out = [Entry("notice", text=line) for line in draft.notice]
    if draft.title:
        out.append(Entry("title", text=draft.title))
    if draft.stage:
        out.append(Entry("stage", text=draft.stage))
    out += [Entry("note", text=line) for line in (draft.note or "").split("\n") if line]
    _spread(draft.preamble, [], out)
    out.append(Entry(BODY))
    _spread((*draft.body, *draft.attachments), [], out)
    return tuple(out)


def _spread(nodes: Iterable[Node], above: list[str], out: list[Entry]) -> list[str]:
    """Append the nodes under the kinds `above`; the kinds down to the block appended last come back."""
    last = above
    for node in nodes:
        entry = Entry(node.kind, node.number, node.n, node.heading, node.text)
        if _depth(entry, last) != len(above):
            kind = above[-1] if above else ""
            entry = replace(entry, under=(kind, above.count(kind)))
        out.append(entry)
        last = _spread(node.children, [*above, node.kind], out)
    return last


def _depth(entry: Entry, open_kinds: Sequence[str]) -> int:
    """How many of the blocks still open hold this one."""
    if entry.under is not None:
        kind, which = entry.under
        if not kind:
            return 0
        found = [depth for depth, one in enumerate(open_kinds, 1) if one == kind]
        if len(found) >= which > 0:
            return found[which - 1]
    depth = len(open_kinds)
    while depth and RANK[open_kinds[depth - 1]] >= RANK[entry.kind]:
        depth -= 1
    return depth


def build(entries: Sequence[Entry]) -> Draft:
    """The tree of these blocks, addressed anew."""
    at = next((i for i, entry in enumerate(entries) if entry.kind == BODY), len(entries))
    front = [e for e in entries if e.kind in FRONT]
    ends = next((i for i, e in enumerate(entries) if i > at and e.kind == "attachment"), len(entries))
    said = {kind: [e.text for e in front if e.kind == kind and e.text] for kind in FRONT}
    return addressed(
        Draft(
            title="　".join(said["title"]),
            stage="".join(said["stage"]) or None,
            note="\n".join(said["note"]) or None,
            notice=tuple(said["notice"]),
            preamble=_nested([e for e in entries[:at] if e.kind not in FRONT]),
            body=_nested(entries[at + 1 : ends]),
            attachments=_nested(entries[ends:]),
        )
    )


def _nested(entries: Iterable[Entry]) -> tuple[Node, ...]:
    root = _Growing(Entry("root"))
    open_blocks = [root]
    for entry in entries:
        depth = _depth(entry, [one.entry.kind for one in open_blocks[1:]])
        del open_blocks[depth + 1 :]
        growing = _Growing(entry)
        open_blocks[-1].children.append(growing)
        open_blocks.append(growing)
    return tuple(child.node() for child in root.children)


def names(draft: Draft) -> list[str]:
    """The address of each block of `flatten`, in its order: front_1, front_2 … before the preamble, "" for BODY."""
    front = len(draft.notice) + bool(draft.title) + bool(draft.stage)
    front += sum(1 for line in (draft.note or "").split("\n") if line)
    walk = [node.eid for top in draft.preamble for node in top.walk()]
    rest = [node.eid for top in (*draft.body, *draft.attachments) for node in top.walk()]
    return [f"front_{i + 1}" for i in range(front)] + walk + [""] + rest


def changed(before: Sequence[Entry], after: Sequence[Entry]) -> Change:
    """The smallest stretch in which two lists differ."""
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Change(start, tuple(before[start : len(before) - end]), tuple(after[start : len(after) - end]))
