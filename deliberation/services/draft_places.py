"""Where in the tree a warning stands: the block whose number it names, else the one that holds the words of its line."""

import re
from collections.abc import Mapping

from deliberation.domain.provisions import Caution, Draft, Node

OUTER = {"part", "subpart", "chapter", "section", "article", "clause", "attachment", "table", "quoted"}
SHOWN = 40


def place_of(caution: Caution, draft: Draft, lines: Mapping[int, str]) -> tuple[str, str]:
    """(eid of the block, the words of the line); empty where nobody can say."""
    words = lines.get(caution.line, "").strip()
    number = str(caution.said.params.get("number", "")) if caution.said else ""
    found = _numbered(draft, number) if number else None
    if found is None and words:
        found = _holding(draft, _bare(words))
    return (found.eid if found else "", words[:SHOWN])


def _numbered(draft: Draft, number: str) -> Node | None:
    return next((node for node in draft.walk() if node.kind in OUTER and node.number == number), None)


def _holding(draft: Draft, words: str) -> Node | None:
    """The last outer block, in reading order, that begins before or holds the words."""
    outer = None
    for node in draft.walk():
        if node.kind in OUTER:
            outer = node
        own = _bare("".join(part for part in (node.number, node.heading, node.text) if part))
        if own and (words[:24] in own or own in words):
            return outer or node
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\s#*|>]+", "", text)
