"""疑似采纳: whether a proposed wording shows in the text that came out, and in which words; a person confirms it."""

from dataclasses import dataclass

from deliberation.domain.alignment_similarity import grams, normalise

LIKELY = 0.5  # of the proposed change, found in the new text: worth showing as 疑似采纳
WHOLE = 0.5  # a wording at least this long beside the old text stands for all of it


@dataclass(frozen=True, slots=True)
class Adoption:
    """`score` is the share of the proposed change found, 0..1; `words` are (start, end) in the new text."""

    score: float
    words: tuple[tuple[int, int], ...]

    @property
    def likely(self) -> bool:
        """Whether to list it for a person."""
        return self.score >= LIKELY


def adoption(old: str, new: str, wording: str, quote: str = "") -> Adoption:
    """How much of what `wording` changes in `old` is so in `new`.

    `quote` are the words of `old` the wording replaces; without one a wording of about the length of the old
    text replaces all of it, and a shorter one is taken as words to be added. What the proposal and the old text
    have in common proves nothing. Score 0 where it changes nothing, or nothing was changed.
    """
    before, proposed, after = (grams(normalise(text)) for text in (old, wording, new))
    replaced = (
        grams(normalise(quote)) if quote else before if len(wording) >= WHOLE * len(old) else frozenset()
    )
    fresh, dropped = proposed - before, replaced - proposed
    if not fresh and not dropped:
        return Adoption(0.0, ())
    come, gone = fresh & after, dropped - after
    score = round((len(come) + len(gone)) / (len(fresh) + len(dropped)), 4)
    return Adoption(score, _words(new, {gram[:2] for gram in come}, wording))


def _words(text: str, pairs: set[str], wording: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text made of these character pairs; what lies between two is taken in if proposed too."""
    spans: list[tuple[int, int]] = []
    for k in range(len(text) - 1):
        if text[k : k + 2] not in pairs:
            continue
        if spans and (spans[-1][1] > k or text[spans[-1][0] : k + 2] in wording):
            spans[-1] = (spans[-1][0], k + 2)
        else:
            spans.append((k, k + 2))
    return tuple(spans)
