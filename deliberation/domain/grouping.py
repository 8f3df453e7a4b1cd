"""Which remarks on one article say nearly the same: groups to propose to a person, who decides.

Leader clustering over an index of rare pairs of characters: a remark joins the group whose first remark it is most
like, else it starts one. No chains: likeness is to the leader, opposition is asked of every member.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain
from math import log
from typing import Protocol
from zlib import crc32

from deliberation.domain import grouping_shown as shown
from deliberation.domain.grouping_demand import Wanted, same_quantities
from deliberation.domain.grouping_sense import amounts, letters_of, opposed, sense
from deliberation.domain.grouping_words import pairs

LIKE_ENOUGH = 0.4
RAREST, SAMPLED, CANDIDATES = 16, 5, 16
CROWDED = 64  # what so many leaders hold tells nothing
COMPARED = 24  # members of different wording that a newcomer is compared with
SHOWN = 12
WEIGHED = 2048  # texts whose weight is kept at hand
Weighed = tuple[set[str], float]
Marks = tuple[set[str], list[str]]


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark to be grouped. `place` is the article's eid (art_12), `attitude` a code or ""."""

    id: str
    place: str
    attitude: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Ids of remarks that say nearly the same, in order of coming; what all share, in what some differ; 0..1."""

    members: tuple[str, ...]
    shared: tuple[str, ...]
    differ: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of two and more in order of their first remark, and the ids that stand alone: every id once."""

    groups: tuple[Group, ...]
    single: tuple[str, ...]


class Similarity(Protocol):
    """The place for another measure of likeness. It is asked only about remarks that are not opposed."""

    def learn(self, letters: str) -> None:
        """Take note of one more remark's letters (see grouping_sense.letters_of)."""

    def likeness(self, one: str, other: str) -> float:
        """0 (nothing in common) to 1 (the same); what reaches LIKE_ENOUGH is proposed."""


class SharedPairs(dict[str, float]):
    """Likeness by shared pairs and characters, the rare ones weighing more (Dice's coefficient, weighted).

    As a mapping it holds the weight of each pair or character; weights are renewed each time it knows a tenth more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known: Counter[str] = Counter()
        self.remarks = 0
        self._renewed_at = 0
        self._weights: dict[str, tuple[Weighed, Weighed]] = {}

    def __missing__(self, gram: str) -> float:
        weight = self[gram] = 1 + log((self.remarks + 2) / (self.known[gram] + 1))
        return weight

    def learn(self, letters: str) -> None:
        """Count what occurs."""
        self.remarks += 1
        self.known.update(pairs(letters))
        if self.remarks > 1.1 * self._renewed_at:
            self._renewed_at = self.remarks
            self.clear()
            self._weights.clear()

    def likeness(self, one: str, other: str) -> float:
        """Three parts pairs, two parts characters."""
        if one == other:
            return 1.0
        mine, theirs = self._weighed(one), self._weighed(other)
        return 0.6 * self._dice(mine[0], theirs[0]) + 0.4 * self._dice(mine[1], theirs[1])

    def _weighed(self, letters: str) -> tuple[Weighed, Weighed]:
        """Pairs and characters with their whole weight; a newcomer's are asked for once a group it is compared with."""
        found = self._weights.get(letters)
        if found is None:
            if len(self._weights) >= WEIGHED:
                self._weights.clear()
            found = self._weights[letters] = self._weigh(pairs(letters)), self._weigh(set(letters))
        return found

    def _weigh(self, grams: set[str]) -> Weighed:
        return grams, sum(map(self.__getitem__, grams), 0.0)

    def _dice(self, one: Weighed, other: Weighed) -> float:
        whole = one[1] + other[1]
        return 2 * sum(map(self.__getitem__, one[0] & other[0]), 0.0) / whole if whole else 0.0


@dataclass(slots=True)
class _Cluster:
    """A group being made: `leader` its first remark's letters, `forms` its different wordings (text, attitude)."""

    leader: str
    members: list[str] = field(default_factory=list)
    forms: dict[tuple[str, str], Wanted] = field(default_factory=dict)
    attitudes: set[str] = field(default_factory=set)
    scores: list[float] = field(default_factory=list)
    sides: dict[int, str] = field(default_factory=dict)

    def takes(self, text: str, attitude: str) -> bool:
        """Whether no member is opposed to it."""
        wants = amounts(text)
        if any(not same_quantities(wants, theirs) for theirs in self.forms.values()):
            return False
        newcomer = sense(text, attitude)
        if newcomer.attitude and self.attitudes - {newcomer.attitude}:
            return False
        if any(self.sides.get(number, side) != side for number, side in newcomer.sides):
            return False
        return not any(opposed(newcomer, sense(*form)) for form in self.forms)

    def join(self, remark: Remark, score: float) -> None:
        """Take it in."""
        self.members.append(remark.id)
        self.scores.append(score)
        if remark.attitude not in {"", "no_view"}:
            self.attitudes.add(remark.attitude)
        if len(self.members) > 1:
            self.sides.update(sense(remark.text, remark.attitude).sides)
        if len(self.forms) < COMPARED:
            self.forms[remark.text, remark.attitude] = amounts(remark.text)


class Grouper:
    """Groups remarks one by one, as they come."""

    def __init__(self, similarity: Similarity | None = None) -> None:
        self.similarity = similarity or SharedPairs()
        self._known: Counter[str] = Counter()
        self._clusters: list[_Cluster] = []
        self._holding: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._same: dict[tuple[str, str, str], int] = {}
        self._seen: set[str] = set()
        self._learned = False

    def learn(self, letters: Iterable[str]) -> None:
        """Learn how common pairs are before grouping; what is learned here is not learned again when added."""
        for each in letters:
            self._learn(each)
        self._learned = True

    def add(self, remark: Remark, letters: str | None = None) -> int:
        """Put a remark where it belongs; the number of its group, which never changes. An id again: ValueError."""
        if remark.id in self._seen:
            raise ValueError(remark.id)
        self._seen.add(remark.id)
        exact = (remark.place, remark.attitude, remark.text)
        if (number := self._same.get(exact)) is None:
            letters = letters_of(remark.text) if letters is None else letters
            number = self._same[exact] = self._place(remark, letters)
        else:
            self._clusters[number].members.append(remark.id)
            self._clusters[number].scores.append(1.0)
        return number

    def gathered(self) -> list[list[str]]:
        """The ids of each group, those that stand alone among them, in order of coming."""
        return [list(cluster.members) for cluster in self._clusters]

    def result(self) -> Grouping:
        """The groups as they stand."""
        groups = tuple(_group(c) for c in self._clusters if len(c.members) > 1)
        return Grouping(groups, tuple(c.members[0] for c in self._clusters if len(c.members) == 1))

    def _learn(self, letters: str) -> None:
        self._known.update(pairs(letters))
        self.similarity.learn(letters)

    def _place(self, remark: Remark, letters: str) -> int:
        if not self._learned:
            self._learn(letters)
        best, number, marks = LIKE_ENOUGH, -1, _marks(letters, remark.attitude)
        for candidate in self._candidates(remark.place, marks):
            cluster = self._clusters[candidate]
            score = self.similarity.likeness(letters, cluster.leader)
            if score >= best and (score > best or number < 0) and cluster.takes(remark.text, remark.attitude):
                best, number = score, candidate
        if number < 0:
            best, number = 1.0, self._start(remark.place, letters, marks)
        self._clusters[number].join(remark, best)
        return number

    def _candidates(self, place: str, marks: Marks) -> Iterator[int]:
        """Groups whose leader shares the rarest pairs or a sampled run of four, those that share most first."""
        rare = sorted(marks[0], key=lambda pair: (self._known[pair], pair))[:RAREST]
        held = [self._holding.get((place, mark), ()) for mark in (*rare, *marks[1])]
        votes = Counter(chain.from_iterable(numbers for numbers in held if len(numbers) < CROWDED))
        least = min(len(rare), 2)
        return (number for number, count in votes.most_common(CANDIDATES) if count >= least)

    def _start(self, place: str, letters: str, marks: Marks) -> int:
        self._clusters.append(_Cluster(letters))
        number = len(self._clusters) - 1
        for mark in (*marks[0], *marks[1]):
            holding = self._holding[place, mark]
            if len(holding) < CROWDED:
                holding.append(number)
        return number


def _marks(letters: str, attitude: str) -> Marks:
    """What a remark is looked for by: its pairs, and its sampled runs. One that only says yes or no has its attitude."""
    if not letters:
        return ({f"only {attitude}"} if attitude in {"support", "oppose"} else set()), []
    return pairs(letters), _sampled(letters)


def _sampled(letters: str) -> list[str]:
    """A few runs of four characters, chosen so that like texts choose alike (the smallest by CRC-32)."""
    runs = {letters[n : n + 4] for n in range(len(letters) - 3)}
    return nsmallest(SAMPLED, runs, key=lambda run: crc32(run.encode()))


def group(remarks: Iterable[Remark], similarity: Similarity | None = None) -> Grouping:
    """Group all of them, knowing beforehand how common each word is. The same id twice: ValueError."""
    each = [(remark, letters_of(remark.text)) for remark in remarks]
    grouper = Grouper(similarity)
    grouper.learn(letters for _, letters in each)
    for remark, letters in each:
        grouper.add(remark, letters)
    return grouper.result()


def _group(cluster: _Cluster) -> Group:
    shared, differ = told(text for text, _ in cluster.forms)
    score = round(sum(cluster.scores) / len(cluster.scores), 3)
    return Group(tuple(cluster.members), shared, differ, score)


def told(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words all of these share, and those in which some differ; names of one thing count as one where no word is shared."""
    each = list(dict.fromkeys(texts))
    shared, differ = shown.told(each)
    if not shared:
        forms = list(dict.fromkeys(map(letters_of, each)))
        shared = _stretches(forms[0], set.intersection(*map(pairs, forms)))
    return shared, differ


def _stretches(letters: str, of: set[str]) -> tuple[str, ...]:
    """Neighbouring pairs of the set joined to words, in order."""
    words, word = [], ""
    for place in range(max(len(letters) - 1, min(len(letters), 1))):
        pair = letters[place : place + 2]
        if pair in of:
            word = word + pair[-1] if word else pair
        elif word:
            words.append(word)
            word = ""
    return tuple(dict.fromkeys([*words, word] if word else words))[:SHOWN]
