"""Markdown → lines: front matter, comments, heading signs, bold, link targets and table bars are markup; nothing else is."""

import re
from collections.abc import Callable, Iterator

from deliberation.domain.structure import Line, Source
from deliberation.formats import text_read

_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\n.*?\n---[ \t]*(?=\n|\Z)", re.S)
_UNSHOWN = (("<!--", "-->"), (r"<style\b", r"</style\s*>"), (r"<script\b", r"</script\s*>"))
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=第|附|目))")
_CLOSING = re.compile(r"\s+#+\s*$")
_BOLD = re.compile(r"\*\*|(?<!_)__(?!_)(?P<bold>.+?)(?<!_)__(?!_)")
_LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_BAR_ROW = re.compile(r"\s*\|.*\|\s*")
_BAR_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_TABLE = (r"<table\b", r"</table\s*>")
MARKED = re.compile(r"(?m)^(?:#{1,6}\s+\S|\*\*第|---[ \t]*$|<!--)")


def read(data: bytes) -> Source:
    """The lines of a .md file."""
    return from_text(text_read.decode(data))


def from_text(text: str) -> Source:
    """The lines of a text with Markdown in it; line numbers are the source's."""
    text = text_read.NEWLINE.sub("\n", text)
    text = _FRONT.sub(lambda match: _blank(match[0]), text.replace("\x00", ""), count=1)
    for first, last in _UNSHOWN:
        text = _replaced(text, first, last, _blank)
    tables: list[str] = []

    def keep(table: str) -> str:
        tables.append(table)
        return f"\x00{len(tables) - 1}\x00" + _blank(table)

    text = _replaced(text, *_TABLE, keep)
    return Source(tuple(text_read.gather_rows(list(_lines(text.split("\n"), tables)))))


def _blank(piece: str) -> str:
    return "\n" * piece.count("\n")


def _replaced(text: str, first: str, last: str, instead: Callable[[str], str]) -> str:
    """The text with each stretch from `first` to the next `last` replaced; what is never closed stays as it is."""
    ends = re.compile(last, re.I)
    out, at = [], 0
    for match in re.finditer(first, text, re.I):
        if match.start() < at:
            continue
        end = ends.search(text, match.end())
        if end is None:
            break
        out += [text[at : match.start()], instead(text[match.start() : end.end()])]
        at = end.end()
    return "".join([*out, text[at:]])


def _lines(raw: list[str], tables: list[str]) -> Iterator[Line]:
    at = 0
    while at < len(raw):
        no, text = at + 1, raw[at]
        at += 1
        held = re.fullmatch(r"\s*\x00(\d+)\x00\s*", text)
        if held:
            yield Line(_html_table(tables[int(held[1])]), no, table=True)
        elif _BAR_ROW.fullmatch(text):
            rows = [text]
            while at < len(raw) and _BAR_ROW.fullmatch(raw[at]):
                rows.append(raw[at])
                at += 1
            yield Line("\n".join(_cells(row) for row in rows if not _BAR_RULE.fullmatch(row)), no, table=True)
        elif not _RULE.fullmatch(text):
            yield _line(text, no)


def _line(text: str, no: int) -> Line:
    match = _HEADING.match(text)
    level = len(match[1]) if match else 0
    if match:
        text = _CLOSING.sub("", text[match.end() :])
    return Line(inline(text), no, level)


def inline(text: str) -> str:
    """The words of a line without bold signs, link targets and HTML tags."""
    if "[" in text:
        text = _LINK.sub(lambda match: match["words"], text)
    if "<" in text:
        text = _TAGS.sub("", text)
    return _BOLD.sub(lambda match: match["bold"] or "", text)


def _cells(row: str) -> str:
    return "\t".join(inline(cell.strip()) for cell in row.strip().strip("|").split("|"))


def _html_table(table: str) -> str:
    """Rows of an HTML table, cells in tabs; the words of a cell in one line."""
    rows = re.split(r"<tr\b[^>]*>", table, flags=re.I)
    out = []
    for row in rows:
        cells = re.split(r"<t[dh]\b[^>]*>", row, flags=re.I)
        words = [
            inline(re.sub(r"<br\s*/?>|\s*\n\s*", " ", cell, flags=re.I)).strip()
            for cell in cells[1 if len(cells) > 1 else 0 :]
        ]
        if any(words):
            out.append("\t".join(words))
    return "\n".join(out)
