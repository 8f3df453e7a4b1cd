"""The best chain of pairs that keeps the order of both sides, and the pairs left over that broke it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from deliberation.domain.alignment_similarity import Grams, dice

IN_ORDER = 0.35  # the least similarity of a pair in the chain
OUT_OF_ORDER = 0.60  # the least similarity of a pair that moved
IN_THE_GAP = 0.25  # the least similarity of two articles that stand alone between two pairs
WEAKER = 0.25  # how much less alike a pair of the chain must be to give way to a move
SAME_PLACE = 0.01  # a tie-break, never enough to decide


@dataclass(frozen=True, slots=True)
class Side:
    """One provision prepared for comparison: its normalised text, its bigrams, its chapter's heading."""

    text: str
    grams: Grams
    place: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Old index, new index, similarity 0..1, whether it keeps the order, and the best rival's similarity."""

    old: int
    new: int
    score: float
    in_order: bool
    rival: float = 0.0


Table = list[dict[int, float]]  # for each old index: new index → similarity, where at least IN_ORDER


def pair(olds: Sequence[Side], news: Sequence[Side]) -> list[Pair]:
    """Every old provision with at most one new one and the other way round; in the order of the old side."""
    twins = _twins(olds, news)
    table = _similarities(olds, news, twins)
    chain = _chain(table, olds, news)
    pairs = {i: Pair(i, j, table[i][j], in_order=True) for i, j in chain}
    moved = _moved(table)
    _give_way(pairs, moved)
    taken = {p.new for p in pairs.values()}
    for p in (*moved, *_in_gaps(chain, olds, news), *_beside(table)):
        if p.old not in pairs and p.new not in taken and (p.in_order or _fits(p, pairs)):
            pairs[p.old] = p
            taken.add(p.new)
    return _with_rivals([pairs[i] for i in sorted(pairs)], table)


def _give_way(pairs: dict[int, Pair], moved: Sequence[Pair]) -> None:
    """Drop the weak pairs of the chain that keep apart two articles far more alike."""
    by_new = {p.new: p for p in pairs.values()}
    for p in moved:
        rivals = {q for q in (pairs.get(p.old), by_new.get(p.new)) if q is not None and q.new in by_new}
        if rivals and all(q.in_order and q.score + WEAKER <= p.score for q in rivals):
            for q in rivals:
                del pairs[q.old], by_new[q.new]


def _moved(table: Table) -> list[Pair]:
    """The pairs alike enough to have moved, the likest first."""
    found = [Pair(i, j, s, False) for i, row in enumerate(table) for j, s in row.items() if s >= OUT_OF_ORDER]
    return sorted(found, key=lambda p: -p.score)


def _beside(table: Table) -> list[Pair]:
    """The weaker pairs, the likest first; they count only next to a pair that moved the same way."""
    found = [Pair(i, j, s, False) for i, row in enumerate(table) for j, s in row.items() if s < OUT_OF_ORDER]
    return sorted(found, key=lambda p: -p.score)


def _fits(p: Pair, pairs: dict[int, Pair]) -> bool:
    """Whether a move stands by itself, or an article beside it went along to the same place."""
    if p.score >= OUT_OF_ORDER:
        return True
    beside = (pairs.get(p.old - 1), pairs.get(p.old + 1))
    return any(q is not None and abs(q.new - p.new) == 1 for q in beside)


def _in_gaps(chain: list[tuple[int, int]], olds: Sequence[Side], news: Sequence[Side]) -> list[Pair]:
    """Between two pairs of the chain: a single article on either side, when they are at all alike."""
    ends = [(-1, -1), *chain, (len(olds), len(news))]
    found = []
    for (i, j), (k, m) in pairwise(ends):
        if k - i == 2 and m - j == 2:
            score = dice(olds[i + 1].grams, news[j + 1].grams)
            if score >= IN_THE_GAP:
                found.append(Pair(i + 1, j + 1, score, in_order=True))
    return found


def _twins(olds: Sequence[Side], news: Sequence[Side]) -> dict[int, int]:
    """Old index → new index where the text is equal and occurs once on either side."""
    where_old, where_new = _places(olds), _places(news)
    return {
        spots[0]: where_new[text][0]
        for text, spots in where_old.items()
        if text and len(spots) == 1 and len(where_new.get(text, ())) == 1
    }


def _places(sides: Sequence[Side]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i, side in enumerate(sides):
        found.setdefault(side.text, []).append(i)
    return found


def _similarities(olds: Sequence[Side], news: Sequence[Side], twins: dict[int, int]) -> Table:
    """Twins see only each other; among the rest every pair that is alike enough."""
    taken = set(twins.values())
    open_new = [(j, side.grams) for j, side in enumerate(news) if j not in taken and side.grams]
    return [
        {twins[i]: 1.0} if i in twins else _row(side.grams, open_new)  # an equal text needs no measuring
        for i, side in enumerate(olds)
    ]


def _row(mine: Grams, others: list[tuple[int, Grams]]) -> dict[int, float]:
    row: dict[int, float] = {}
    size = len(mine)
    for j, theirs in others:
        other = len(theirs)
        if 2 * min(size, other) < IN_ORDER * (size + other):
            continue  # too different in length ever to reach the threshold
        score = dice(mine, theirs)
        if score >= IN_ORDER:
            row[j] = score
    return row


def _chain(table: Table, olds: Sequence[Side], news: Sequence[Side]) -> list[tuple[int, int]]:
    """The increasing chain of pairs with the greatest sum of squared similarities.

    Squares, because two poor pairs must not outweigh one good one. A Fenwick tree over the new side keeps
    the best chain that ends before each column: K·log m for K candidate pairs.
    """
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(news) + 1)  # Fenwick tree of (weight, step)
    steps: list[tuple[int, int, int]] = []  # (old, new, step before)
    for i, row in enumerate(table):
        found = []
        for j, score in row.items():
            weight, before = _best_until(best, j)
            bonus = SAME_PLACE if olds[i].place and olds[i].place == news[j].place else 0.0
            found.append((weight + score * score + bonus, j, before))
        for weight, j, before in found:
            steps.append((i, j, before))
            _raise(best, j + 1, (weight, len(steps) - 1))
    return _walk_back(steps, _best_until(best, len(news))[1])


def _best_until(tree: list[tuple[float, int]], column: int) -> tuple[float, int]:
    """The best chain that ends in a column before `column`."""
    top = (0.0, -1)
    while column > 0:
        if tree[column][0] > top[0]:
            top = tree[column]
        column -= column & -column
    return top


def _raise(tree: list[tuple[float, int]], column: int, chain: tuple[float, int]) -> None:
    while column < len(tree):
        if chain[0] > tree[column][0]:
            tree[column] = chain
        column += column & -column


def _walk_back(steps: list[tuple[int, int, int]], last: int) -> list[tuple[int, int]]:
    chain = []
    while last >= 0:
        i, j, last = steps[last]
        chain.append((i, j))
    return chain[::-1]


def _with_rivals(pairs: list[Pair], table: Table) -> list[Pair]:
    """Each pair with the best similarity either of its sides has to anything else."""
    columns: dict[int, list[tuple[float, int]]] = {}
    for i, row in enumerate(table):
        for j, score in row.items():
            columns.setdefault(j, []).append((score, i))
    out = []
    for p in pairs:
        beside = [s for j, s in table[p.old].items() if j != p.new]
        above = [s for s, i in columns.get(p.new, ()) if i != p.old]
        out.append(Pair(p.old, p.new, p.score, p.in_order, max([*beside, *above], default=0.0)))
    return out
