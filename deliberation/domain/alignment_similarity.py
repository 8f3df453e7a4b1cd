"""How alike two provisions are: Dice on character bigrams, and the blocks one contains of another.

No segmenter and no number: the words alone are evidence (drafts.md, "Alignment of an imported version").
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

BLOCK = 6  # characters: the shortest run of equal characters that counts as taken over
_POINT_LABEL = re.compile(r"(?m)^\s*(?:[（(][一二三四五六七八九十百零〇0-9]{1,5}[)）]|[0-9]{1,3}[.．、])")

Grams = frozenset[str]


def plain(text: str) -> str:
    """The text in one width and without white space: what must be equal to be called unchanged."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and _is_visible(c))


def normalise(text: str) -> str:
    """Letters, ideographs and digits only; the labels of 项 and 目 at the start of a line are dropped."""
    body = _POINT_LABEL.sub("", text)
    return "".join(c for c in unicodedata.normalize("NFKC", body) if c.isalnum())


@lru_cache(maxsize=1024)
def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cf", "Cc"}


def grams(text: str) -> Grams:
    """The bigrams of a normalised text; a later occurrence carries its count, so the set is a multiset."""
    seen: dict[str, int] = {}
    out = []
    for gram in _pieces(text):
        nth = seen.get(gram, 0)
        seen[gram] = nth + 1
        out.append(f"{gram}{nth}" if nth else gram)
    return frozenset(out)


def _pieces(text: str) -> Iterable[str]:
    if len(text) < 2:
        return [text] if text else []
    return (text[i : i + 2] for i in range(len(text) - 1))


def dice(one: Grams, other: Grams) -> float:
    """2·|A∩B| / (|A|+|B|) in 0..1; two empty texts are not alike (0)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def runs(text: str, source: str) -> tuple[int, ...]:
    """For each position of `text` the length of the longest run through it that `source` has too, if ≥ 6."""
    longest = [0] * len(text)
    size = end = 0
    for start in range(len(text)):
        size = max(size - 1, 0)
        while start + size < len(text) and text[start : start + size + 1] in source:
            size += 1
        if size >= BLOCK and start + size > end:  # else it lies inside the run before
            end = start + size
            longest[start:end] = [max(size, before) for before in longest[start:end]]
    return tuple(longest)
