"""The tree beside its source: which blocks say which lines, and where the two differ. White space counts on neither side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from deliberation.domain.correcting.flat import BODY, flatten, names
from deliberation.domain.provisions import Draft
from deliberation.domain.structure.lines import bare

NEAR = 400
_ANCHOR = 10
_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks (their places in the flat list) and the lines (their places in the source's list) that say the same."""

    blocks: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From this line on (its place in the source's list; past the end where something was added last): what stands there, what the tree says."""

    line: int
    source: str
    tree: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Rows from the first word to the last, every block and every line in exactly one; the differences; the block of each line."""

    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    eids: tuple[str, ...]

    def block_of(self, line: int) -> str:
        """The address of the first block of the row a line (its place in the list) stands in; "" when there is none."""
        row = next((row for row in self.rows if line in row.lines), None)
        return self.eids[row.blocks[0]] if row and row.blocks else ""


def beside(draft: Draft, lines: Sequence[str]) -> Beside:
    """The blocks of `flatten` (without BODY) beside these lines."""
    named = [
        (eid, bare(e.words())) for e, eid in zip(flatten(draft), names(draft), strict=True) if e.kind != BODY
    ]
    told = "".join(words for _eid, words in named)
    ends = [0]
    for _eid, words in named:
        ends.append(ends[-1] + len(words))
    places, differences = _placed(told, [bare(line) for line in lines])
    return Beside(_rows(ends, places), tuple(differences), tuple(eid for eid, _words in named))


def _placed(told: str, lines: Sequence[str]) -> tuple[list[tuple[int, int]], list[Difference]]:
    """Where each line stands in what the tree says, in order; an absent one stands nowhere (from = to)."""
    at, places, found = 0, [], []
    for i, words in enumerate(lines):
        if told.startswith(words, at):
            places.append((at, at + len(words)))
            at += len(words)
            continue
        start = told.find(words, at, at + NEAR + len(words)) if len(words) > 1 else -1
        if start >= 0:
            found.append(Difference(i, "", told[at:start]))
            places.append((start, start + len(words)))
            at = start + len(words)
            continue
        end = _goes_on(told, at, words, lines[i + 1 : i + 1 + _AHEAD])
        found.append(_difference(i, words, told[at:end]))
        places.append((at, end))
        at = end
    if at < len(told):
        found.append(Difference(len(lines), "", told[at:]))
    return places, found


def _goes_on(told: str, at: int, words: str, following: Sequence[str]) -> int:
    """Where the tree goes on after a line it does not say word for word."""
    most = at + len(words) + NEAR
    for line in following:
        start = told.find(line[:_ANCHOR], at, most) if line else -1
        if start >= 0:
            return start
    tail = words[-_ANCHOR:]
    start = told.find(tail, at, most)
    if start >= 0:
        return start + len(tail)
    return at if following else min(len(told), at + len(words))


def _difference(line: int, source: str, tree: str) -> Difference:
    """The two without what they begin and end with alike."""
    start = 0
    while start < min(len(source), len(tree)) and source[start] == tree[start]:
        start += 1
    source, tree, end = source[start:], tree[start:], 0
    while end < min(len(source), len(tree)) and source[-1 - end] == tree[-1 - end]:
        end += 1
    return Difference(line, source[: len(source) - end], tree[: len(tree) - end])


def _rows(ends: Sequence[int], places: Sequence[tuple[int, int]]) -> tuple[Row, ...]:
    """Cut wherever neither a block nor a line goes across."""
    covered = [span for span in (*pairwise(ends), *places) if span[1] - span[0] > 1]
    open_at = [0] * (ends[-1] + 2)
    for start, end in covered:
        open_at[start + 1] += 1
        open_at[end] -= 1
    row_of, row, depth = [], -1, 0
    for at in range(ends[-1] + 1):
        depth += open_at[at]
        row += depth == 0
        row_of.append(row)
    blocks: dict[int, list[int]] = {}
    at_row = 0
    for i, (start, end) in enumerate(pairwise(ends)):
        at_row = row_of[start] if end > start else at_row
        blocks.setdefault(at_row, []).append(i)
    lines: dict[int, list[int]] = {}
    for i, (start, _end) in enumerate(places):
        lines.setdefault(row_of[start], []).append(i)
    keys = sorted({*blocks, *lines})
    return tuple(Row(tuple(blocks.get(key, ())), tuple(lines.get(key, ()))) for key in keys)
