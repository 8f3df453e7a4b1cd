"""Quoted lines of amendments and decisions: text between quotation marks is never structure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line

OPEN, CLOSE = "“「『", "”」』"
_AMENDS = re.compile("修改|作为|增加|修正|修订|改为|移至|如下|内容|规定|调整")
_TAKES_IN = re.compile(r"[：:]\s*(?=[“「『])")


def mark_quoted(lines: Sequence[Line]) -> list[Line]:
    """The lines with `quoted` set on those that stand inside a quotation; a lead-in is parted from its quotation."""
    out: list[Line] = []
    inside = False
    announced = False
    for i, line in enumerate(lines):
        if line.table:
            out.append(replace(line, quoted=inside))
            continue
        if inside and not line.text.startswith(tuple(OPEN)) and not _still_inside(lines, i):
            inside = False
        if inside or (announced and line.text.startswith(tuple(OPEN))):
            pieces = [replace(line, quoted=True)]
            inside = _open_after(line.text, inside)
        else:
            pieces = _part(line)
            inside = pieces[-1].quoted and _open_after(pieces[-1].text, False)
        out += pieces
        announced = (pieces[-1].quoted and pieces[-1].text[-1:] in CLOSE) or _announces(pieces[-1].text)
    return out


def _part(line: Line) -> list[Line]:
    """A line with its lead-in parted from the quotation that runs to its end, when it announces new wording."""
    for match in _TAKES_IN.finditer(line.text):
        lead, quotation = line.text[: match.end()].strip(), line.text[match.end() :]
        if _AMENDS.search(lead[-40:]) and _runs_to_end(quotation):
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
    depth = 1 if inside and not text.startswith(tuple(OPEN)) else 0
    for char in text:
        depth = max(0, depth + (char in OPEN) - (char in CLOSE))
    return depth > 0


def _announces(text: str) -> bool:
    return text.endswith(("：", ":")) and bool(_AMENDS.search(text[-40:]))


def _still_inside(lines: Sequence[Line], at: int) -> bool:
    """Whether a quotation open at this line is closed below: otherwise its closing mark was forgotten."""
    depth = 0
    for line in lines[at : at + 200]:
        if line.text.startswith(tuple(OPEN)):
            return not marks.structural(lines[at].text)
        for char in line.text:
            depth += (char in OPEN) - (char in CLOSE)
            if depth < 0:
                return True
    return False
