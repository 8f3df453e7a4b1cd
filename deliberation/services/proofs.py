"""What a preview is corrected against: the lines of its source, the blocks beside them, what is still doubtful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.domain.correcting import BODY, Entry, flatten, names
from deliberation.domain.correcting.beside import Beside, beside
from deliberation.domain.provisions import HOLDERS, Draft, Node
from deliberation.domain.structure import Source
from deliberation.domain.structure.contents import without_contents
from deliberation.domain.structure.lines import Line, clean
from deliberation.formats.draft_json import draft_from_dict
from deliberation.store import corrections
from deliberation.store.corrections import Proof
from deliberation.store.db import db
from deliberation.store.drafts import Version


@dataclass(frozen=True)
class Doubts:
    """What a person has to know before publishing: warnings nobody ticked, articles without text, differences from the source."""

    open: int
    empty: int
    different: int

    @property
    def any(self) -> bool:
        """Whether anything is left doubtful."""
        return bool(self.open or self.empty or self.different)


@dataclass(frozen=True)
class Desk:
    """A preview as it is corrected: its blocks with their addresses, the source's lines, both beside one another."""

    draft: Draft
    blocks: tuple[tuple[str, Entry], ...]
    lines: tuple[tuple[int, str], ...]
    left_out: tuple[tuple[int, str], ...]
    beside: Beside
    warnings: tuple[Mapping[str, Any], ...]
    looked: frozenset[int]
    revision: int
    scan: bool

    @property
    def doubts(self) -> Doubts:
        """What is still doubtful."""
        waits = sum(1 for n in range(len(self.warnings)) if n not in self.looked)
        different = 0 if self.scan else len(self.beside.differences)
        return Doubts(waits, len(empty_articles(self.draft)), different)


def remember(version: Version, draft: Draft, source: Source | None, *, scan: bool = False) -> Proof:
    """Keep the source's lines with a preview, inside the act that makes it."""
    kept, left = _lines(draft, source)
    proof = Proof(
        version_id=version.id, revision=0, lines=[] if scan else kept, left_out=left, looked=[], scan=scan
    )
    db.session.add(proof)
    return proof


def _lines(draft: Draft, source: Source | None) -> tuple[list[Any], list[Any]]:
    """[number, text] of the lines that were read, and of the contents list that was left out."""
    if source is None:
        return [[no, line] for no, line in enumerate(draft.lines(), 1)], []
    lines = [Line(clean(line.text), line.no, line.level, line.table) for line in source.lines]
    kept, left = without_contents([line for line in lines if line.text])
    return [[line.no, line.text] for line in kept], [[line.no, line.text] for line in left]


def desk(version: Version) -> Desk:
    """A version's desk; one made before there were proofs is compared with the text it had when it was read."""
    proof, draft = corrections.proof(version.id), draft_from_dict(version.tree)
    lines = proof.lines if proof is not None else _lines(draft, None)[0]
    named = zip(names(draft), flatten(draft), strict=True)
    return Desk(
        draft,
        tuple((eid, entry) for eid, entry in named if entry.kind != BODY),
        tuple((no, text) for no, text in lines),
        tuple((no, text) for no, text in proof.left_out) if proof is not None else (),
        beside(draft, [text for _no, text in lines]),
        tuple(version.warnings),
        frozenset(proof.looked) if proof is not None else frozenset(),
        proof.revision if proof is not None else 0,
        proof.scan if proof is not None else False,
    )


def placed(warnings: Sequence[Mapping[str, Any]], draft: Draft, lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The warnings with the address their line has in this draft; one whose line is not there keeps none."""
    found = beside(draft, [text for _no, text in lines])
    at = {no: i for i, (no, _text) in reversed(list(enumerate(lines)))}
    row_of = {i: row for row in found.rows for i in row.lines}
    numbers = {eid: entry.number for eid, entry in zip(names(draft), flatten(draft), strict=True) if eid}
    out = []
    for kept in warnings:
        row = row_of.get(at.get(kept["line"], -1))
        inside = [found.eids[i] for i in row.blocks] if row else []
        named = [eid for eid in inside if numbers[eid] and numbers[eid] == kept["params"].get("number")]
        out.append({**kept, "eid": (named or inside or [""])[0]})
    return out


def empty_articles(draft: Draft) -> list[Node]:
    """Articles and clauses without a word of text."""
    return [node for node in draft.walk() if node.kind in HOLDERS and not says(node)]


def says(node: Node) -> bool:
    """Whether a block has a word of text in it or below."""
    return bool(node.text) or any(below.text for child in node.children for below in child.walk())


def revision_of(version: Version) -> int:
    """How often a preview was changed; 0 when never."""
    found = corrections.proof(version.id)
    return found.revision if found is not None else 0


def is_scan(version: Version) -> bool:
    """Whether a version was made from a scan, so that an article without text refers to it."""
    found = corrections.proof(version.id)
    return found is not None and found.scan
