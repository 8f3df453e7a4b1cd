"""A place as a person cites it, sought among the addresses of a draft: 第十二条第二款第三项 → art_12__para_2__point_3.

An address tells where a block stands (domain/eids.py), so that no tree is needed.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from deliberation.domain.citations import LEVELS, Step, mentions, typed
from deliberation.domain.citations_places import Found

INNER = {"paragraph": "para", "subparagraph": "point", "item": "indent"}
HEADINGS = frozenset(LEVELS[: LEVELS.index("article")])


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article's eid with the steps below it, or a heading (kind and number) whose eid is not known yet."""

    article: str = ""
    steps: tuple[Step, ...] = ()
    kind: str = ""
    n: str = ""


def wanted(words: str) -> Wanted | None:
    """What was typed, as a place to look for; None where it is none (or stands in no article: 前款)."""
    return _wanted(typed(words))


def named_in(text: str, here: str = "") -> list[tuple[str, Wanted]]:
    """The places of this draft a remark names, each once, in its own words; 第二款 alone is seen from `here`."""
    found: dict[str, Wanted] = {}
    for one in mentions(text):
        place = _wanted(one.steps, here) if one.other is None else None
        if place is not None and not place.kind:
            found.setdefault(text[one.start : one.end], place)
    return list(found.items())


def _wanted(steps: Sequence[Step], here: str = "") -> Wanted | None:
    if not steps or any(step.back for step in steps):
        return None
    at = next((i for i, step in enumerate(steps) if step.kind == "article"), None)
    if at is not None:
        article = here.split("__")[0] if steps[at].this else f"art_{steps[at].n}"
        return Wanted(article, tuple(steps[at + 1 :])) if article.startswith("art_") else None
    if steps[0].kind not in HEADINGS:
        article = here.split("__")[0]
        return Wanted(article, tuple(steps)) if article.startswith("art_") else None
    return Wanted(kind=steps[-1].kind, n=steps[-1].n)


def deepest(place: Wanted, eids: Collection[str]) -> Found | None:
    """The place among an article's addresses, else the nearest one above it; None where the article is not there.

    第X条第Z项 without a 款 means the first 款 that has such a 项.
    """
    if place.article not in eids:
        return None
    found = place.article
    for step in place.steps:
        skip = "" if step.kind == "paragraph" or "__" in found else r"(?:__para_\d+)?"
        pattern = re.compile(rf"{re.escape(found)}{skip}__{INNER[step.kind]}_{step.n}")
        below = sorted((e for e in eids if pattern.fullmatch(e)), key=_order)
        if not below:
            return Found(found, False)
        found = below[0]
    return Found(found, True)


def _order(eid: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", eid)]
