"""Where in the tree a warning stands: the block whose number it names, else the one that holds the words of its line."""

import re
from collections.abc import Mapping

from deliberation.domain.errors import Refusal
from deliberation.domain.provisions import Caution, Draft, Node
from deliberation.domain.structure import Source
from deliberation.formats import READERS, sniffing, text_read
from deliberation.formats.reading import source_of_text

OUTER = {"part", "subpart", "chapter", "section", "article", "clause", "attachment", "table", "quoted"}
CHEAP = {".docx", ".md", ".txt", ".html", ".mht"}
SHOWN = 40


def source_lines(data: bytes, name: str, pasted: str) -> dict[int, str]:
    """The lines of the source by number, where reading it once more costs little; else nothing."""
    try:
        source = _source(data, name, pasted)
    except (Refusal, KeyError):
        return {}
    return {line.no: line.text for line in source.lines if line.text.strip()} if source else {}


def _source(data: bytes, name: str, pasted: str) -> Source | None:
    if not data:
        return source_of_text(pasted)
    kind = sniffing.kind_of(data, name)
    if kind == "text":
        return source_of_text(text_read.decode(data))
    return READERS[kind](data) if kind in CHEAP else None


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
