"""The step that mends a citation which points elsewhere since the numbers changed: only its words, at its place."""

from dataclasses import replace
from typing import TYPE_CHECKING

from deliberation.domain.correcting.flat import Entry
from deliberation.domain.errors import Conflict, _

if TYPE_CHECKING:
    from deliberation.domain.correcting.steps import Step


def cite(entries: list[Entry], i: int, step: "Step") -> int:
    """The words `step.heading`, which begin `step.at` characters into the text, become `step.text`."""
    entry, end = entries[i], step.at + len(step.heading)
    if not step.heading or not step.text.strip() or entry.text[step.at : end] != step.heading:
        raise Conflict(_("这一处引用刚被改过，请刷新页面再看。"))
    entries[i] = replace(entry, text=entry.text[: step.at] + step.text.strip() + entry.text[end:])
    return i
