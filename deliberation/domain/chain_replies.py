"""A WeChat 接龙 as people paste it: numbered lines with names, answers and decorations; who among those invited is meant.

Nothing is guessed in silence: a line that names nobody, two namesakes, a substitute or "perhaps" is left to a person.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NUMBERED = re.compile(
    r"^\s*(?:[【\[(（]?\s*(\d{1,3})\s*(?:[.．、,，:：)）\]】]|\s|(?=[^\d.\s年月日点时号楼栋]))|([①-⑳㉑-㊿]))\s*(.*)$"
)
HEAD = re.compile(r"^\s*[#＃]\s*接龙")
EXAMPLE = re.compile(r"^\s*(?:例|示例|例如|格式)\s*[:：.、]?\s*")
LEAVE = re.compile(
    r"请假|告假|来不了|去不了|到不了|参加不了|不能来|不能去|不能参加|不能到|不参加|不来|不去|没空|没时间|有事|缺席|出差|住院|×|✗|✘|❌|🙅"
)
UNSURE = re.compile(r"待定|不确定|不一定|不好说|尽量|争取|可能|看情况|再说|或许|到时候|[?？]")
INSTEAD = re.compile(r"代(?!表)|替|转告|转达")
GAPS = re.compile(r"[\s\u200b\u200c\u200d\u2005\u2006\ufeff\ufe0f]+")
DOTS = re.compile(r"[•・‧∙⋅]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chain: its number as written (None where unnumbered) and what stands behind it."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who a line means and what it says: `reply` "comes", "leave" or "" (unsure); `people` empty: a person must say who.
    `likely` are those invited who share the line's first character, to be offered first."""

    entry: Entry
    reply: str
    people: tuple[int, ...] = ()
    likely: tuple[int, ...] = ()


def read(text: str) -> tuple[Entry, ...]:
    """The lines of a chain in order; what stands before its first number is the invitation. Without any number every
    line counts, but not the heading."""
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line and not HEAD.match(line) and not EXAMPLE.match(line)]
    marked = [(NUMBERED.match(line), line) for line in lines]
    if any(found for found, _line in marked):
        return tuple(
            Entry(_number(found), found[3].strip()) for found, _line in marked if found and found[3].strip()
        )
    return tuple(Entry(None, line) for line in lines)


def _number(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else int(unicodedata.numeric(found[2]))


def plain(words: str) -> str:
    """A name as it is compared: no spaces, one kind of middle dot, full-width letters as narrow ones."""
    return DOTS.sub("·", GAPS.sub("", unicodedata.normalize("NFKC", words)))


def said(text: str) -> str:
    """What a line answers: comes (silence is yes in a chain), leave, or "" where it must be asked."""
    if LEAVE.search(text):
        return "leave"
    return "" if UNSURE.search(text) or INSTEAD.search(text) else "comes"


def settle(entries: Iterable[Entry], invited: Mapping[int, str]) -> tuple[Found, ...]:
    """Whom each line means among those invited (id → name). Of several lines for one person the last one stands."""
    names: dict[str, list[int]] = {}
    for person, name in invited.items():
        names.setdefault(plain(name), []).append(person)
    found = [_one(entry, names) for entry in entries]
    last = {person: n for n, one in enumerate(found) for person in one.people}
    kept = []
    for n, one in enumerate(found):
        people = tuple(person for person in one.people if last[person] == n)
        if people or not one.people:
            kept.append(Found(one.entry, one.reply, people, one.likely))
    return tuple(kept)


def _one(entry: Entry, names: Mapping[str, list[int]]) -> Found:
    line, reply = plain(entry.text), said(entry.text)
    rest, people, doubtful = line, list[int](), bool(INSTEAD.search(entry.text))
    for name in sorted((one for one in names if one), key=len, reverse=True):
        if name in rest:
            rest = rest.replace(name, "\n")
            people += names[name]
            doubtful |= len(names[name]) > 1
    if people and not doubtful and reply:
        return Found(entry, reply, tuple(people))
    likely = people or [one for name, ids in names.items() if name and name[0] in line[:4] for one in ids]
    return Found(entry, reply, (), tuple(likely))
