"""How a proposed group is shown: without those a person set apart, the words its members share marked in their own text."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar
from unicodedata import normalize

from deliberation.domain.grouping_words import PARTICLES, PHRASES

Sides = frozenset[tuple[int, int]]
NOWHERE: Sides = frozenset()
SHOWN, LONGEST = 12, 24
M = TypeVar("M")


def parted(members: Sequence[M], sides: Mapping[M, Sides]) -> list[list[M]]:
    """The members in as few groups as go without putting together two that were said not to be alike."""
    groups: list[tuple[list[M], dict[int, int]]] = []
    for member in members:
        mine = dict(sides.get(member, NOWHERE))
        for together, theirs in groups:
            if all(theirs.get(apart, side) == side for apart, side in mine.items()):
                together.append(member)
                theirs.update(mine)
                break
        else:
            groups.append(([member], mine))
    return [together for together, _theirs in groups]


def marked(texts: Sequence[str]) -> list[list[tuple[str, bool]]]:
    """Each text in stretches, with whether all the others say these very words too. Manner of speaking is not marked."""
    level = [_level(text) for text in texts]
    shared = set.intersection(*({words[n : n + 2] for n in range(len(words) - 1)} for words in level))
    shared = {pair for pair in shared if pair.isalnum() and not PARTICLES.search(pair)}
    return [_stretches(text, words, shared) for text, words in zip(texts, level, strict=True)]


def told(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words all of these share and those in which some differ, as they stand in the texts."""
    each = marked(texts)
    shared = [words for words, is_shared in each[0] if is_shared]
    differ = [words for text in each for words, is_shared in text if not is_shared]
    return _words(shared), _words(differ)


def _words(stretches: Sequence[str]) -> tuple[str, ...]:
    """Pieces between marks, without manner of speaking at their ends; what says nothing is left out."""
    pieces = (piece for words in stretches for piece in re.split(r"[\W_]+", PHRASES.sub("，", words)))
    trimmed = (re.sub(f"^(?:{PARTICLES.pattern})+|(?:{PARTICLES.pattern})+$", "", piece) for piece in pieces)
    return tuple(dict.fromkeys(word for word in trimmed if len(word) > 1 and len(word) <= LONGEST))[:SHOWN]


def _level(text: str) -> str:
    """Width and case levelled, manner of speaking blanked, every character in its place."""
    plain = "".join(folded if len(folded := normalize("NFKC", c).casefold()) == 1 else c for c in text)
    return PHRASES.sub(lambda match: " " * len(match[0]), plain)


def _stretches(text: str, level: str, shared: Collection[str]) -> list[tuple[str, bool]]:
    inside = [False] * len(text)
    for n in range(len(level) - 1):
        if level[n : n + 2] in shared:
            inside[n] = inside[n + 1] = True
    out: list[tuple[str, bool]] = []
    for char, is_shared in zip(text, inside, strict=True):
        if out and out[-1][1] == is_shared:
            out[-1] = out[-1][0] + char, is_shared
        else:
            out.append((char, is_shared))
    return out
