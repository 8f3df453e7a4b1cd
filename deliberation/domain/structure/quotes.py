"""Quoted lines of amendments and decisions: text between quotation marks is never structure."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from deliberation.domain.provisions import HOLDERS
from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line

OPEN, CLOSE = "“「『", "”」』"
OPENS, STRAIGHT = tuple(OPEN), '"＂'
_REACH = 400  # lines that one announcement may bring in
Place = tuple[str, int, int]
_AMENDS = re.compile("修改|作为|增加|修正|修订|改为|移至|如下|内容|规定|调整")
_TAKES_IN = re.compile(r"[：:]\s*(?=[“「『])")


def mark_quoted(lines: Sequence[Line]) -> list[Line]:
    """The lines with `quoted` set on those that stand inside a quotation; a lead-in is parted from its quotation."""
    out: list[Line] = []
    inside = announced = False
    for i, line in enumerate(lines):
        if line.table:
            out.append(replace(line, quoted=inside))
            continue
        text = shaped(line.text, inside)
        if inside and not text.startswith(OPENS) and not _still_inside(lines, i):
            inside = False
        if inside or (announced and text.startswith(OPENS)):
            pieces = [replace(line, quoted=True)]
            inside = _open_after(text, inside)
        else:
            pieces = _part(line)
            inside = pieces[-1].quoted and _open_after(shaped(pieces[-1].text, False), False)
        out += pieces
        last = shaped(pieces[-1].text, inside)
        announced = (pieces[-1].quoted and last[-1:] in CLOSE) or _announces(last)
    return mark_unquoted(out)


def shaped(text: str, inside: bool) -> str:
    """The text with straight quotation marks turned to what they are by their place; as long as before."""
    if '"' not in text and "＂" not in text:
        return text
    is_open, out = inside and text[:1] not in STRAIGHT, []
    for at, char in enumerate(text):
        if char in STRAIGHT:
            is_open = at == 0 or not is_open
            char = "“" if is_open else "”"
        out.append(char)
    return "".join(out)


def mark_unquoted(lines: list[Line]) -> list[Line]:
    """New articles announced by 内容如下： and printed without quotation marks, up to the next number of our own."""
    numbers = [None if line.quoted or line.table else _number(line.text) for line in lines]
    places: dict[Place, list[int]] = {}
    for i, number in enumerate(numbers):
        if number:
            places.setdefault(number, []).append(i)
    out, own, end = list(lines), None, 0
    for i, line in enumerate(lines):
        if i < end or line.quoted or line.table:
            continue
        own = number if (number := numbers[i]) and number[0] in HOLDERS else own
        if own and _announces(line.text) and i + 1 < len(lines) and _foreign(numbers[i + 1], own):
            later = places.get((own[0], own[1] + 1, 0), [])
            at = bisect(later, i)
            end = later[at] if at < len(later) and later[at] <= i + _REACH else i + 1
            out[i + 1 : end] = [replace(each, quoted=True) for each in out[i + 1 : end]]
    return out


def _number(text: str) -> Place | None:
    """(kind, number, 之) of a line that begins with one of a division, an article, a clause."""
    mark = marks.headed(text) or marks.clause(text)
    return (mark.kind, *mark.order) if mark else None


def _foreign(number: Place | None, own: Place) -> bool:
    """Whether a number cannot be the next of our own."""
    return number is not None and number[0] != "clause" and number[:2] != (own[0], own[1] + 1)


def _part(line: Line) -> list[Line]:
    """A line with its lead-in parted from the quotation that runs to its end, when it announces new wording."""
    text = shaped(line.text, False)
    for match in _TAKES_IN.finditer(text):
        lead, quotation = line.text[: match.end()].strip(), line.text[match.end() :]
        if _AMENDS.search(lead[-40:]) and _runs_to_end(text[match.end() :]):
            return [replace(line, text=lead), replace(line, text=quotation, quoted=True)]
    return [line]


def _runs_to_end(quotation: str) -> bool:
    """Whether the quotation that begins here is closed only at the end of the line, or not at all."""
    depth = 0
    for i, char in enumerate(quotation):
        depth += (char in OPEN) - (char in CLOSE)
        if depth <= 0:
            return not quotation[i + 1 :].strip("。；，.;、 　")
    return True


def _open_after(text: str, inside: bool) -> bool:
    """Whether a quotation is open after this line; a line that begins with a quotation mark opens its own."""
    depth = 1 if inside and not text.startswith(OPENS) else 0
    for char in text:
        depth = max(0, depth + (char in OPEN) - (char in CLOSE))
    return depth > 0


def _announces(text: str) -> bool:
    return text.endswith(("：", ":")) and bool(_AMENDS.search(text[-40:]))


def _still_inside(lines: Sequence[Line], at: int) -> bool:
    """Whether a quotation open at this line is closed below: otherwise its closing mark was forgotten."""
    depth = 0
    for line in lines[at : at + 200]:
        text = shaped(line.text, True)
        if text.startswith(OPENS):
            return not marks.structural(lines[at].text)
        for char in text:
            depth += (char in OPEN) - (char in CLOSE)
            if depth < 0:
                return True
    return False
