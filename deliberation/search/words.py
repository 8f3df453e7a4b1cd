"""Showing a finding: where the words stand in the text as written, and which stretch of it to show."""

from deliberation.domain.grams import plain
from deliberation.search import Piece

BEFORE, AFTER = 30, 120


def spans(text: str, sought: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, as (from, to) in characters of `text`, in order, joined where they touch."""
    level, origin = _levelled(text)
    found = []
    for word in sought:
        at = level.find(word)
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = level.find(word, at + 1)
    return _joined(sorted(found))


def marked(text: str, sought: list[str]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    return _pieces(text, 0, len(text), spans(text, sought))


def excerpt(text: str, sought: list[str]) -> tuple[Piece, ...]:
    """The stretch of the text about the first finding (its beginning where there is none), … where it is cut."""
    where = spans(text, sought)
    first = where[0][0] if where else 0
    start = 0 if first <= BEFORE + 2 else first - BEFORE
    end = min(len(text), max(start + BEFORE + AFTER, where[0][1] if where else 0))
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if end < len(text) else ()
    return before + _pieces(text, start, end, where) + after


def _levelled(text: str) -> tuple[str, list[int]]:
    """The plain text, and for each of its characters the place it came from."""
    level: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for c in plain(char):
            level.append(c)
            origin.append(place)
    return "".join(level), origin


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _pieces(text: str, start: int, end: int, where: list[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces = []
    at = start
    for left, right in where:
        left, right = max(left, start), min(right, end)
        if left >= right:
            continue
        if at < left:
            pieces.append(Piece(text[at:left]))
        pieces.append(Piece(text[left:right], found=True))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)
