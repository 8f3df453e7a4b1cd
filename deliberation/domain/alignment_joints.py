"""Articles that were split in two or joined into one: proposals for a person, never decided here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Literal

from deliberation.domain.alignment_order import Pair, Side
from deliberation.domain.alignment_similarity import BLOCK, dice, runs

HALF = 0.5  # of the smaller text, taken over in blocks: enough among neighbours
NEARLY_ALL = 0.8  # the same, anywhere in the document
QUARTER = 0.25  # the least one of several sources must give
SENTENCE = 12  # characters: less than this may be a turn of phrase
NEAR = 4  # how many places on either side count as neighbours

LONG = 20  # characters in one run: two unpaired articles that share it may be one that moved
ALIKE = 0.45  # if they are this similar as well

Kind = Literal["split", "merged", "moved", "reworded"]
Spot = tuple[int, int]  # old index, new index
_NOTHING = (0,)


@dataclass(frozen=True, slots=True)
class Joint:
    """One pair of a proposed split, merge or move; `score` is the share of the smaller text that was taken over."""

    old: int
    new: int
    relation: Kind
    score: float


@dataclass(frozen=True, slots=True)
class _Scene:
    """Both sides and who is paired with whom; `given` is what passed from one to the other, in characters."""

    olds: Sequence[Side]
    news: Sequence[Side]
    forth: Mapping[int, int]
    back: Mapping[int, int]
    chain: Sequence[Spot]
    known: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)

    def runs(self, text: str, source: str) -> tuple[int, ...]:
        """`alignment_similarity.runs`, measured once for each pair of texts."""
        key = (text, source)
        if key not in self.known:
            self.known[key] = runs(text, source)
        return self.known[key]

    def given(self, i: int, j: int) -> set[int]:
        """Which characters of new `j` come from old `i`, and from nowhere nearer.

        What j's own counterpart said already, or what i's own counterpart still says, was not given away:
        a run counts only where it is longer than theirs.
        """
        text = self.news[j].text
        here = self.runs(text, self.olds[i].text)
        said = self.runs(text, self.olds[self.back[j]].text) if j in self.back else _NOTHING
        kept = self.runs(text, self.news[self.forth[i]].text) if i in self.forth else _NOTHING
        sides = zip(here, cycle(said), cycle(kept), strict=False)
        return {k for k, (a, b, c) in enumerate(sides) if a > b and a > c}

    def moved(self, i: int, j: int) -> bool:
        """Whether two unpaired articles share a long run and much besides."""
        run = max(self.runs(self.news[j].text, self.olds[i].text), default=0)
        return run >= LONG and dice(self.olds[i].grams, self.news[j].grams) >= ALIKE

    def near(self, i: int, j: int) -> bool:
        """Whether old `i` stood beside the place of new `j`, by the pairs around either."""
        spots = [self.forth[k] for k in range(i - NEAR, i + NEAR + 1) if k in self.forth]
        return any(abs(spot - j) <= NEAR for spot in spots)


def joints(pairs: Sequence[Pair], olds: Sequence[Side], news: Sequence[Side]) -> list[Joint]:
    """Splits and merges beside the pairs, one joint for each pair of articles, in the order of the old side."""
    chain = [(p.old, p.new) for p in pairs if p.in_order]
    scene = _Scene(olds, news, {p.old: p.new for p in pairs}, {p.new: p.old for p in pairs}, chain)
    found: dict[Spot, Kind] = {}
    for i, j in _passed_on(scene):
        kind: Kind = "split" if i in scene.forth else "merged"
        found[i, j] = kind
        if kind == "split":
            found.setdefault((i, scene.forth[i]), kind)
        elif j in scene.back:
            found.setdefault((scene.back[j], j), kind)
    found |= _many_to_one(found) | _alone(scene, found)
    return [Joint(i, j, found[i, j], _share(olds[i].text, news[j].text)) for i, j in sorted(found)]


def _many_to_one(found: Mapping[Spot, Kind]) -> dict[Spot, Kind]:
    """An unpaired old article that went into several new ones was split, not merged."""
    goes: dict[int, list[Spot]] = {}
    for spot in found:
        goes.setdefault(spot[0], []).append(spot)
    return {spot: "split" for spots in goes.values() if len(spots) > 1 for spot in spots}


def _alone(scene: _Scene, found: Mapping[Spot, Kind]) -> dict[Spot, Kind]:
    """A joint of two articles that have no other is no joint: the article was reworded, and perhaps moved."""
    olds, news = Counter(i for i, _j in found), Counter(j for _i, j in found)
    return {
        (i, j): "moved" if any((o < i) != (n < j) for o, n in scene.chain) else "reworded"
        for i, j in found
        if olds[i] == news[j] == 1 and i not in scene.forth and j not in scene.back
    }


def _passed_on(scene: _Scene) -> list[Spot]:
    """The pairs between which enough words passed: one of them alone, or several neighbours together."""
    given = _counted(scene)
    alone = [spot for spot, count in given.items() if _enough(scene, spot, count)]
    return sorted({*alone, *_together(scene, given)})


def _counted(scene: _Scene) -> dict[Spot, int]:
    """How much each article gave to each; words two of them have count for the one that gave more."""
    gifts: dict[int, list[tuple[set[int], int]]] = {}
    for i, j in _sharing(scene):
        if scene.forth.get(i) != j:
            gifts.setdefault(j, []).append((scene.given(i, j), i))
    counts: dict[Spot, int] = {}
    for j, givers in gifts.items():
        used: set[int] = set()
        for places, i in sorted(givers, key=lambda gift: (-len(gift[0]), gift[1])):
            counts[i, j] = len(places - used)
            used |= places
    return {spot: count for spot, count in counts.items() if count >= SENTENCE}


def _enough(scene: _Scene, spot: Spot, count: int) -> bool:
    i, j = spot
    if i not in scene.forth and j not in scene.back and scene.moved(i, j):
        return True
    smaller = min(len(scene.olds[i].text), len(scene.news[j].text))
    return count >= (HALF if scene.near(i, j) else NEARLY_ALL) * smaller


def _together(scene: _Scene, given: Mapping[Spot, int]) -> Iterable[Spot]:
    """An unpaired new article of which several neighbours each gave a quarter and together half."""
    for j in (j for j in range(len(scene.news)) if j not in scene.back):
        size = len(scene.news[j].text)
        spots = [s for s, n in given.items() if s[1] == j and n >= QUARTER * size and scene.near(*s)]
        if sum(given[s] for s in spots) >= HALF * size:
            yield from spots


def _sharing(scene: _Scene) -> list[Spot]:
    """The pairs with enough blocks in common for a sentence; an article that stands unchanged gave nothing away."""
    settled = {i for i, j in scene.forth.items() if scene.olds[i].text == scene.news[j].text}
    kept = {scene.forth[i] for i in settled}
    where: dict[str, list[int]] = {}
    for j in (j for j in range(len(scene.news)) if j not in kept):
        for block in _blocks(scene.news[j].text):
            where.setdefault(block, []).append(j)
    found = []
    for i in (i for i in range(len(scene.olds)) if i not in settled):
        shared: Counter[int] = Counter()
        for block in _blocks(scene.olds[i].text):
            shared.update(where.get(block, ()))
        found += [(i, j) for j, count in shared.items() if count > SENTENCE - BLOCK]
    return found


def _blocks(text: str) -> set[str]:
    return {text[k : k + BLOCK] for k in range(len(text) - BLOCK + 1)}


def _share(one: str, other: str) -> float:
    small, large = sorted((one, other), key=len)
    return round(sum(map(bool, runs(small, large))) / len(small), 4) if small else 0.0
