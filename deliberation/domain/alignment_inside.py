"""Inside a pair of articles: where each 款, 项 and 目 of the old one stands in the new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deliberation.domain.alignment import ArticleText
from deliberation.domain.alignment_order import Side, pair
from deliberation.domain.alignment_similarity import dice, grams, normalise


@dataclass(frozen=True, slots=True)
class Place:
    """Where one old provision stands now: itself (`exact`), or the nearest ancestor that lives on."""

    old: str
    new: str
    exact: bool
    score: float


def places(old: ArticleText, new: ArticleText) -> list[Place]:
    """A place for the article and every part below it, in the order of the old text; none is ever lost.

    The same way at every level: 款 with 款, then 项 with 项 inside a pair of 款. A part without a counterpart
    stands at the counterpart of its nearest ancestor, marked inexact with score 0.
    """
    return [Place(old.key, new.key, True, _score(old, new)), *_below(old, new)]


def _below(old: ArticleText, new: ArticleText) -> Iterator[Place]:
    partner = _partners(old.parts, new.parts)
    for i, part in enumerate(old.parts):
        if i in partner:
            yield from places(part, new.parts[partner[i]])
        else:
            yield from (Place(lost.key, new.key, False, 0.0) for lost in _all(part))


def _partners(old: Sequence[ArticleText], new: Sequence[ArticleText]) -> dict[int, int]:
    if len(old) == len(new) == 1:
        return {0: 0}  # the only 款 of an article is the article
    return {p.old: p.new for p in pair([_side(a) for a in old], [_side(a) for a in new])}


def _side(part: ArticleText) -> Side:
    words = normalise(part.text)
    return Side(words, grams(words))


def _score(old: ArticleText, new: ArticleText) -> float:
    """Similarity of two parts, 1 for equal words (also for two parts that have none)."""
    one, other = _side(old), _side(new)
    if one.text == other.text:
        return 1.0
    return round(dice(one.grams, other.grams), 4)


def _all(part: ArticleText) -> Iterator[ArticleText]:
    yield part
    for child in part.parts:
        yield from _all(child)
