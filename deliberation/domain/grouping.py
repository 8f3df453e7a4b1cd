"""Which remarks on one article say nearly the same: groups to propose to a person, who decides.

Leader clustering over an index of rare pairs of characters: a remark joins the group whose first remark it is most
like, else it starts one. No chains: likeness is to the leader, opposition is asked of every member.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from typing import Protocol

from deliberation.domain.grouping_sense import Sense, opposed, sense
from deliberation.domain.grouping_words import content, pairs

LIKE_ENOUGH = 0.45
RAREST, CANDIDATES = 10, 12
COMPARED = 24  # members of different wording that a newcomer is compared with
SHOWN = 12


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
        """Take note of one more remark's letters (see grouping_words.content)."""

    def likeness(self, one: str, other: str) -> float:
        """0 (nothing in common) to 1 (the same); what reaches LIKE_ENOUGH is proposed."""


class SharedPairs:
    """Likeness by shared pairs and characters, the rare ones weighing more (Dice's coefficient, weighted)."""

    def __init__(self) -> None:
        self.known: Counter[str] = Counter()
        self.remarks = 0

    def learn(self, letters: str) -> None:
        """Count what occurs."""
        self.remarks += 1
        self.known.update(pairs(letters))

    def weight(self, gram: str) -> float:
        """How much a pair tells: more when few remarks have it."""
        return 1 + log((self.remarks + 2) / (self.known[gram] + 1))

    def likeness(self, one: str, other: str) -> float:
        """Three parts pairs, two parts characters."""
        if one == other:
            return 1.0
        by_pairs = self._dice(pairs(one), pairs(other))
        by_characters = self._dice(set(one), set(other))
        return 0.6 * by_pairs + 0.4 * by_characters

    def _dice(self, one: set[str], other: set[str]) -> float:
        whole = sum(map(self.weight, one)) + sum(map(self.weight, other))
        return 2 * sum(map(self.weight, one & other)) / whole if whole else 0.0


@dataclass(slots=True)
class _Cluster:
    """A group being made: `leader` its first remark's letters, `forms` the different wordings with their senses."""

    leader: str
    members: list[str] = field(default_factory=list)
    forms: dict[tuple[str, str], Sense] = field(default_factory=dict)
    attitudes: set[str] = field(default_factory=set)
    scores: list[float] = field(default_factory=list)

    def takes(self, newcomer: Sense) -> bool:
        """Whether no member is opposed to it."""
        if newcomer.attitude and self.attitudes - {newcomer.attitude}:
            return False
        return not any(opposed(newcomer, member) for member in self.forms.values())

    def join(self, remark_id: str, newcomer: Sense, score: float) -> None:
        """Take it in."""
        self.members.append(remark_id)
        self.scores.append(score)
        if newcomer.attitude:
            self.attitudes.add(newcomer.attitude)
        if len(self.forms) < COMPARED:
            self.forms.setdefault((newcomer.letters, newcomer.attitude), newcomer)


class Grouper:
    """Groups remarks one by one, as they come."""

    def __init__(self, similarity: Similarity | None = None) -> None:
        self.similarity = similarity or SharedPairs()
        self._known: Counter[str] = Counter()
        self._clusters: list[_Cluster] = []
        self._holding: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._same: dict[tuple[str, str, str], int] = {}
        self._seen: set[str] = set()

    def learn(self, texts: Iterable[str]) -> None:
        """Learn how common words are from remarks that are not (yet) to be grouped."""
        for text in texts:
            self._learn(content(text))

    def add(self, remark: Remark) -> int:
        """Put a remark where it belongs; the number of its group, which never changes. An id again: ValueError."""
        if remark.id in self._seen:
            raise ValueError(remark.id)
        self._seen.add(remark.id)
        exact = (remark.place, remark.attitude, remark.text)
        if (number := self._same.get(exact)) is None:
            number = self._same[exact] = self._place(remark)
        else:
            self._clusters[number].members.append(remark.id)
            self._clusters[number].scores.append(1.0)
        return number

    def result(self) -> Grouping:
        """The groups as they stand."""
        groups = tuple(_group(c) for c in self._clusters if len(c.members) > 1)
        return Grouping(groups, tuple(c.members[0] for c in self._clusters if len(c.members) == 1))

    def _learn(self, letters: str) -> None:
        self._known.update(pairs(letters))
        self.similarity.learn(letters)

    def _place(self, remark: Remark) -> int:
        newcomer = sense(remark.text, remark.attitude)
        self._learn(newcomer.letters)
        best, number = LIKE_ENOUGH, -1
        for candidate in self._candidates(remark.place, newcomer.letters):
            cluster = self._clusters[candidate]
            score = self.similarity.likeness(newcomer.letters, cluster.leader)
            if score >= best and (score > best or number < 0) and cluster.takes(newcomer):
                best, number = score, candidate
        if number < 0:
            best, number = 1.0, self._start(remark.place, newcomer.letters)
        self._clusters[number].join(remark.id, newcomer, best)
        return number

    def _candidates(self, place: str, letters: str) -> Iterator[int]:
        """Groups whose leader shares the rarest pairs, those that share most first."""
        rare = self._rarest(letters)
        votes = Counter(number for pair in rare for number in self._holding.get((place, pair), ()))
        return (number for number, _ in votes.most_common(CANDIDATES))

    def _rarest(self, letters: str) -> list[str]:
        return sorted(pairs(letters), key=lambda pair: (self._known[pair], pair))[:RAREST]

    def _start(self, place: str, letters: str) -> int:
        self._clusters.append(_Cluster(letters))
        number = len(self._clusters) - 1
        for pair in pairs(letters):
            self._holding[place, pair].append(number)
        return number


def group(remarks: Iterable[Remark], similarity: Similarity | None = None) -> Grouping:
    """Group all of them, knowing beforehand how common each word is. The same id twice: ValueError."""
    each = list(remarks)
    grouper = Grouper(similarity)
    grouper.learn(remark.text for remark in each)
    for remark in each:
        grouper.add(remark)
    return grouper.result()


def _group(cluster: _Cluster) -> Group:
    forms = [form.letters for form in cluster.forms.values()]
    shared = set.intersection(*map(pairs, forms))
    differ = set().union(*map(pairs, forms)) - shared
    return Group(
        tuple(cluster.members),
        _stretches(forms[0], shared),
        tuple(dict.fromkeys(word for form in forms for word in _stretches(form, differ)))[:SHOWN],
        round(sum(cluster.scores) / len(cluster.scores), 3),
    )


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
