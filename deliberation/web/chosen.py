"""What was ticked at the workbench: remarks by their serial numbers, points as number.point (12.2)."""

import re
from collections.abc import Sequence
from typing import Any

from flask import request

from deliberation.services.merging import Chosen, standing
from deliberation.store import points, remarks, suggestions
from deliberation.store.consultations import Consultation

MOST = 500
_ONE = re.compile(r"(\d{1,8})(?:\.(\d{1,3}))?")


def numbers(words: str) -> list[int]:
    """Serial numbers in a list of words; what is none is left out."""
    return list(dict.fromkeys(number for number, point in _read(words) if point is None))


def _read(words: str) -> list[tuple[int, int | None]]:
    matches = [_ONE.fullmatch(word.strip()) for word in words.split(",")]
    found = [(int(m[1]), int(m[2]) if m[2] else None) for m in matches if m]
    return list(dict.fromkeys(found))[:MOST]


def ticked(one: Consultation, form: Any) -> Chosen:
    """What was ticked on the page before, or what the form carries on."""
    if request.method == "GET":
        form.chosen.data = ",".join(request.args.getlist("remark"))
    return of(one, form.chosen.data or "")


def into(chosen: Chosen, form: Any) -> dict[int, list[int]]:
    """Behind which suggestions each of these stands now, for the list; the form carries on that this was seen."""
    if request.method == "GET" or (form.refused is not None and form.refused.status == 409):
        form.seen.data = standing(chosen)
    return suggestions.numbers_of([one.id for one in chosen.every()])


def of(one: Consultation, words: str) -> Chosen:
    """The remarks and points these words name; a whole remark leaves no room for its points."""
    read = _read(words)
    whole = remarks.by_numbers(one.id, [number for number, point in read if point is None])
    some = points.by_numbers(one.id, [(number, point) for number, point in read if point is not None])
    taken = {each.id for each in whole}
    return Chosen(tuple(whole), tuple(point for point in some if point.remark_id not in taken))


def listed(chosen: Chosen) -> Sequence[tuple[Any, list[Any]]]:
    """Each remark with its ticked points, for a list to read."""
    return [(each, [p for p in chosen.points if p.remark_id == each.id]) for each in chosen.every()]
