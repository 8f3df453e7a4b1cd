"""Akoma Ntoso documents of other makers: their words in order, as lines for the reader of drafts.

Levels our tree has no kind for, texts where ours has none, notes and signatures: all of it is read, none is guessed at.
"""

import re
from collections.abc import Iterator

from deliberation.domain.structure import Line
from deliberation.formats.akoma_names import AKN, Element, local

_LABELS = {"num", "heading", "subheading"}
_LEAVES = {"p", "block", "docTitle", "docStage", "crossHeading", "formula", "from", "listIntroduction", "listConclusion"}  # fmt: skip
_ASIDE = {"authorialNote", "meta", "componentRef", "documentRef"}
_BREAK = re.compile(r"\s*[\r\n]\s*")
_CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def lines_of(document: Element) -> list[Line]:
    """Every block of a bill or an act as a line, its number and heading in front; `no` is the line of the file."""
    return list(_Walk().walk(document))


class _Walk:
    """The number and heading that still wait for their first words."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    def walk(self, element: Element) -> Iterator[Line]:
        for child in element:
            name = local(child)
            if name in _LABELS:
                if name == "num":
                    yield from self._out("", child)
                self.waiting.append(words(child))
            elif name == "table":
                yield from self._out("", child)
                yield Line(_rows(child), child.sourceline or 1, table=True)
            elif name in _LEAVES and (_has_words(child) or not _holds_blocks(child)):
                yield from self._out(words(child), child)
                yield from self._notes(child)
            elif name and name not in _ASIDE:
                yield from self._inside(child)
        if local(element) in {"body", "attachment", "preamble"}:
            yield from self._out("", element)

    def _inside(self, child: Element) -> Iterator[Line]:
        if len(child):
            yield from self.walk(child)
        elif words(child):
            yield from self._out(words(child), child)

    def _out(self, text: str, at: Element) -> Iterator[Line]:
        """The words with what waited for them; nothing where there is neither."""
        line = "　".join(part for part in (*self.waiting, text) if part)
        self.waiting = []
        if line:
            yield Line(line, at.sourceline or 1, 1 if local(at) == "docTitle" else 0)

    def _notes(self, block: Element) -> Iterator[Line]:
        for note in block.iter(f"{{{AKN}}}authorialNote"):
            yield from self.walk(note)


def _holds_blocks(element: Element) -> bool:
    inside = (child for child in element.iterdescendants() if local(child) in {*_LEAVES, "table"})
    return any(next(child.iterancestors(f"{{{AKN}}}authorialNote"), None) is None for child in inside)


def _has_words(element: Element) -> bool:
    """Whether words stand in the element itself, beside what it holds."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def words(element: Element) -> str:
    """The words of an element in one line, notes left out; a line end between two Chinese characters is nothing."""
    return _BREAK.sub(_joint, "".join(_pieces(element))).strip()


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) and local(child) not in _ASIDE:
            yield from _pieces(child)
        yield child.tail or ""


def _joint(match: re.Match[str]) -> str:
    text = match.string
    around = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return "" if all(_CJK.match(char) for char in around if char) else " "


def _rows(table: Element) -> str:
    rows = ("\t".join(_cell(cell) for cell in row if local(cell)) for row in table.iter(f"{{{AKN}}}tr"))
    return "\n".join(row for row in rows if row.strip())


def _cell(cell: Element) -> str:
    return words(cell) if _has_words(cell) else " ".join(words(block) for block in cell if local(block))
