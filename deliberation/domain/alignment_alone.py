"""Articles without a counterpart: how sure it is that there is none."""

from collections.abc import Sequence

from deliberation.domain.alignment_order import Pair, Side
from deliberation.domain.alignment_similarity import Grams, dice

UNLIKE = 0.25  # similarity below which two articles have nothing to do with each other
TAKEN_IN = 0.45  # of an article's bigrams found in one of the other side: it may have been taken in there
PHRASE = 9  # characters: a common run this long is more than a turn of phrase


def certain(
    lost: Sequence[int], mine: Sequence[Side], theirs: Sequence[Side], open_places: Sequence[bool]
) -> set[int]:
    """Those of `lost` that resemble nothing on the other side.

    `open_places[k]` says whether an article without a counterpart stands on the other side where lost[k] would be:
    then one may have become the other in wholly new words, and nothing is certain.
    """
    phrases = {phrase for side in theirs for phrase in _phrases(side.text)}
    others = [side.grams for side in theirs]
    return {
        i
        for i, is_open in zip(lost, open_places, strict=True)
        if not is_open and not phrases & set(_phrases(mine[i].text)) and _unlike(mine[i].grams, others)
    }


def _phrases(text: str) -> list[str]:
    return [text[k : k + PHRASE] for k in range(len(text) - PHRASE + 1)]


def _unlike(grams: Grams, others: Sequence[Grams]) -> bool:
    return all(
        dice(grams, other) < UNLIKE and len(grams & other) < TAKEN_IN * max(len(grams), 1) for other in others
    )


def gaps(
    pairs: Sequence[Pair], lost_old: Sequence[int], lost_new: Sequence[int]
) -> tuple[list[bool], list[bool]]:
    """For each lost old and each lost new article: whether the other side lost one between the same two pairs."""
    chain = [(p.old, p.new) for p in pairs if p.in_order]
    old_at = [sum(old < i for old, _new in chain) for i in lost_old]
    new_at = [sum(new < j for _old, new in chain) for j in lost_new]
    return [gap in set(new_at) for gap in old_at], [gap in set(old_at) for gap in new_at]
