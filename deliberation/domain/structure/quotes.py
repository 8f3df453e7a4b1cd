"""Quoted lines of amendments and decisions: text between quotation marks is never structure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line
from deliberation.domain.structure.marks import Mark

OPEN, CLOSE = "“「『", "”」』"
OPENS, STRAIGHT = tuple(OPEN), '"＂'
_REACH = 400  # lines that one announcement may bring in
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
    out = list(lines)
    own: Mark | None = None
    for i, line in enumerate(lines):
        if line.quoted or line.table or out[i].quoted:
            continue
        mark = marks.headed(line.text) or marks.clause(line.text)
        if mark and mark.kind in {"article", "clause"}:
            own = mark
        if own and _announces(line.text) and _foreign(lines, i + 1, own):
            reach = min(len(lines), i + _REACH)
            end = next((k for k in range(i + 1, reach) if _goes_on(lines[k], own)), None)
            for k in range(i + 1, end or i + 1):
                out[k] = replace(out[k], quoted=True)
    return out


def _foreign(lines: Sequence[Line], at: int, own: Mark) -> bool:
    """Whether the line here begins with a number that cannot be the next of our own."""
    mark = marks.headed(lines[at].text) if at < len(lines) and not lines[at].quoted else None
    return mark is not None and (mark.kind != own.kind or mark.order[0] != own.order[0] + 1)


def _goes_on(line: Line, own: Mark) -> bool:
    mark = marks.headed(line.text) or marks.clause(line.text)
    return mark is not None and mark.kind == own.kind and mark.order == (own.order[0] + 1, 0)


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
