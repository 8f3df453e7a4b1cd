"""Quoted words found again inside the linked provision of a later version, or not at all.

Source of the measure: G. Myers, "A fast bit-vector algorithm for approximate string matching", J. ACM 46 (1999).
A quotation is never sought anywhere else: without a clear place it goes to the list of orphans.
"""

from dataclasses import dataclass

from deliberation.domain.alignment_similarity import dice, grams, normalise

EDITS = 5  # one edit for every five characters at most (20 %)
CONTEXT = 24  # characters of surrounding text that decide between equal places
CLEARER = 0.2  # how much better the surroundings must fit


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` of the searched text, and how many edits the quotation needed."""

    start: int
    end: int
    edits: int


def relocate(text: str, exact: str, prefix: str = "", suffix: str = "") -> Found | None:
    """The one place of the quotation `exact` in `text`, or None where there is none or more than one.

    `prefix` and `suffix` are the words that stood around it; they decide only between places that
    fit equally well, and only when one fits clearly better.
    """
    if not exact.strip():
        return None
    places = _places(text, exact)
    if not places:
        return None
    best = min(places, key=lambda p: p.edits)
    rivals = [p for p in places if p != best and p.edits - best.edits < max(1, len(exact) // 10)]
    return best if not rivals else _by_surroundings(text, [best, *rivals], prefix, suffix)


def _by_surroundings(text: str, places: list[Found], prefix: str, suffix: str) -> Found | None:
    ranked = sorted(((_fit(text, p, prefix, suffix), -k) for k, p in enumerate(places)), reverse=True)
    if ranked[0][0] - ranked[1][0] < CLEARER:
        return None
    return places[-ranked[0][1]]


def _fit(text: str, place: Found, prefix: str, suffix: str) -> float:
    """How well the text before and after a place fits the words that stood there, 0..2."""
    prefix, suffix = prefix[-CONTEXT:], suffix[:CONTEXT]
    before = text[max(0, place.start - len(prefix)) : place.start]
    after = text[place.end : place.end + len(suffix)]
    return _alike(before, prefix) + _alike(after, suffix)


def _alike(one: str, other: str) -> float:
    one, other = normalise(one), normalise(other)
    return 1.0 if one == other else dice(grams(one), grams(other))


def _places(text: str, exact: str) -> list[Found]:
    """Places that do not overlap, the best first of any that do, each with at most 20 % edits."""
    distances = _ends(text, exact)
    taken: list[Found] = []
    for end in sorted(range(len(distances)), key=lambda e: (distances[e], e)):
        if distances[end] * EDITS > len(exact):
            break
        start = _start(text, exact, end + 1)
        if all(end + 1 <= p.start or start >= p.end for p in taken):
            taken.append(Found(start, end + 1, distances[end]))
    return taken


def _ends(text: str, pattern: str, anchored: bool = False) -> list[int]:
    """For each position of `text` the least edits of `pattern` against a stretch that ends there.

    Anchored, the stretch begins at the beginning of `text`.
    """
    size = len(pattern)
    full, high = (1 << size) - 1, 1 << (size - 1)
    where: dict[str, int] = {}
    for k, char in enumerate(pattern):
        where[char] = where.get(char, 0) | 1 << k
    up, down, score, out = full, 0, size, []
    for char in text:
        same = where.get(char, 0)
        vertical = same | down
        across = (((same & up) + up) ^ up) | same
        more, less = down | (~(across | up) & full), up & across
        score += 1 if more & high else -1 if less & high else 0
        more, less = (more << 1 | anchored) & full, less << 1 & full
        up, down = less | (~(vertical | more) & full), more & vertical
        out.append(score)
    return out


def _start(text: str, pattern: str, end: int) -> int:
    """Where the best stretch that ends before `end` begins."""
    reach = min(end, len(pattern) + len(pattern) // EDITS + 1)
    behind = _ends(text[end - reach : end][::-1], pattern[::-1], anchored=True)
    length = min(range(len(behind)), key=lambda k: (behind[k], abs(k + 1 - len(pattern)))) + 1
    return end - length
