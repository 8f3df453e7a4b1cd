"""A report cut into the pieces a reader knows it by: its head, its parts, each place of 三, what stands below, each annex.

What a leader moves stays the same piece: a place is known by what it is about, not by its number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

BELOW = "附件说明和落款"
_PART = re.compile(r"^[一二三四五六七八九十]+、(.+)")
_PLACE = re.compile(r"^（[一二三四五六七八九十百零]+）(关于.+)")
_ANNEX = re.compile(r"^附件\d{0,2}$")
_LIST = re.compile(r"^附件[：:]")
_NUMBER = re.compile(r"^(\d{1,3})[.．]")
_ROOT = re.compile(r"^[A-Za-z0-9+/]{43}=$")
_SIGNED = re.compile(r"^— ?\S+ [A-Za-z0-9+/=]{40,}$")


@dataclass(slots=True)
class Section:
    """A piece with the word it is known by on both sides, and its lines; `own`: their headings."""

    key: str
    lines: list[str] = field(default_factory=list)
    under: str = ""
    place: bool = False
    annex: bool = False
    own: list[str] | None = None

    def headings(self) -> list[str]:
        """For each line, and what comes after the last, the heading it stands under."""
        if self.own is not None:
            return [*self.own, *self.own[-1:]] or [""]
        if not self.place:
            return [self.under] * (len(self.lines) + 1)
        found, number = [], ""
        for line in self.lines:
            numbered = _NUMBER.match(line.strip())
            number = numbered[1] if numbered else number
            found.append(f"{self.under}　{number}".strip())
        return [*found, found[-1] if found else self.under]


def cut(lines: Sequence[str]) -> list[Section]:
    """The pieces in order; every line stands in one of them, but for those of the log's head, which no two builds share."""
    found = [Section("")]
    for at, line in enumerate(lines):
        bare = "".join(line.split())
        if found[-1].annex and _of_the_log(lines, at):
            continue
        if _ANNEX.match(bare):
            title = "".join(lines[at + 1].split()) if at + 1 < len(lines) else ""
            found.append(Section(f"annex {title}", under=f"{bare}　{title}".strip(), annex=True))
        elif not found[-1].annex and (opened := _opened(line.strip(), bare)):
            found.append(opened)
        found[-1].lines.append(line)
    return _told_apart(found)


def joined(sections: Sequence[Section]) -> Section:
    """Several as one, each line under the heading it had."""
    lines = [line for one in sections for line in one.lines]
    return Section("", lines, own=[heading for one in sections for heading in one.headings()[:-1]])


def _opened(line: str, bare: str) -> Section | None:
    if _LIST.match(bare):
        return Section("below", under=BELOW)
    if part := _PART.match(bare):
        return Section(f"part {part[1]}", under=line)
    if place := _PLACE.match(bare):
        return Section(f"place {place[1]}", under=line, place=True)
    return None


def _of_the_log(lines: Sequence[str], at: int) -> bool:
    """Whether this line is the log's length, its root or its signature."""
    line = lines[at].strip()
    after = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return bool(_ROOT.match(line) or _SIGNED.match(line) or (line.isdigit() and _ROOT.match(after)))


def _told_apart(sections: list[Section]) -> list[Section]:
    """A heading that comes twice is known by how often it came before."""
    came: dict[str, int] = {}
    for one in sections:
        came[one.key] = came.get(one.key, 0) + 1
        one.key = f"{one.key} {came[one.key]}"
    return sections


def bare(line: str) -> str:
    """A line as it is compared: without white space, and without the number a suggestion or a place has among its like."""
    words = "".join(line.split())
    place = _PLACE.match(words)
    return place[1] if place else _NUMBER.sub("", words)
