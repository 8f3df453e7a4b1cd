"""The citations a new version breaks: their words stand as before, what they meant stands elsewhere or not at all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.domain.alignment import Link, article_of
from deliberation.domain.alignment_inside import places as places_inside
from deliberation.domain.citations import Mention, mentions
from deliberation.domain.citations_places import Citation, Places, citations
from deliberation.domain.numbering import label, to_chinese
from deliberation.domain.provisions import Draft, Node


@dataclass(frozen=True, slots=True)
class Broken:
    """A citation in the text of `source` (an eid of the new version) that no longer points where it did.

    `points_at` is what its words mean now, `meant` where the provisions it meant stand now, `lost` the old eids of
    those that stand nowhere. `wording` is what it should read, where one place is meant.
    """

    source: str
    mention: Mention
    words: str
    points_at: tuple[str, ...]
    meant: tuple[str, ...]
    lost: tuple[str, ...]
    wording: str | None


def broken(old: Draft, new: Draft, links: Iterable[Link]) -> list[Broken]:
    """Citations left word for word in a linked provision whose target changed, in the order of the old version."""
    here, there = Places(old), Places(new)
    moved = _moved(here, there, links)
    after = {_name(c, nth): c for c, nth in _counted(citations(new))}
    found = []
    for citation, nth in _counted(citations(old)):
        source = moved.get(citation.source)
        now = after.get((source or "", citation.words, nth))
        if citation.targets and now is not None and (gap := _gap(citation, now, moved, there)):
            found.append(gap)
    return found


def _moved(here: Places, there: Places, links: Iterable[Link]) -> dict[str, str]:
    """Old eid → new eid of every article, 款, 项 and 目 that stands in the new version."""
    moved: dict[str, str] = {}
    for link in links:
        one, other = here.nodes.get(link.old or ""), there.nodes.get(link.new or "")
        if one is None or other is None:
            continue
        for place in places_inside(article_of(one), article_of(other)):
            if place.exact:
                moved.setdefault(place.old, place.new)
    return moved


def _counted(found: list[Citation]) -> list[tuple[Citation, int]]:
    """Each citation with how often the same words were cited before in the same place."""
    seen: Counter[tuple[str, str]] = Counter()
    out = []
    for citation in found:
        key = (citation.source, citation.words)
        out.append((citation, seen[key]))
        seen[key] += 1
    return out


def _name(citation: Citation, nth: int) -> tuple[str, str, int]:
    return citation.source, citation.words, nth


def _gap(before: Citation, now: Citation, moved: dict[str, str], there: Places) -> Broken | None:
    if any("art_" not in target for target in before.targets):
        return None  # a chapter: its heading says which it is
    meant = tuple(dict.fromkeys(moved[t] for t in before.targets if t in moved))
    lost = tuple(t for t in before.targets if t not in moved)
    if not lost and set(meant) == set(now.targets):
        return None
    wording = _wording(now, there.nodes[meant[0]], there) if len(meant) == 1 and not lost else None
    return Broken(now.source, now.mention, now.words, now.targets, meant, lost, wording)


def _wording(citation: Citation, meant: Node, there: Places) -> str | None:
    """The citation's words with the numbers of the place that is meant, on the levels it names itself."""
    own = mentions(citation.words)
    if not own:
        return None
    steps = own[0].steps
    relative = any(step.back for step in steps)
    kinds = ["article", "paragraph"] if relative and steps[0].kind != "article" else [s.kind for s in steps]
    parts = [_label(kind, meant, there, citation.words) for kind in kinds]
    article = there.above(citation.source, "article")
    if relative and article is not None and article is there.above(meant.eid, "article"):
        parts[0] = "本条" if len(parts) > 1 else parts[0]
    return "".join(parts) if all(parts) else None


def _label(kind: str, meant: Node, there: Places, words: str) -> str:
    node = there.above(meant.eid, kind)
    if node is None:
        return ""
    if kind == "article":
        return label(node.n) if node.n else ""
    if kind == "paragraph":
        return f"第{to_chinese(there.siblings(node).index(node) + 1)}款"
    figure = to_chinese(int(node.n)) if node.n and node.n.isdigit() else ""
    if kind == "subparagraph" and figure:
        return f"第（{figure}）项" if "（" in words or "(" in words else f"第{figure}项"
    return f"第{node.n}目" if node.n else ""
