"""What a format reader hands on: the lines of a document, with what the format itself knew about them."""

import re
from dataclasses import dataclass

from deliberation.domain.provisions import Caution

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")
WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without markup, its place in the source (from 1), and the format's hints.

    `level` is a heading's depth (0: no heading). A table is one line: rows end in a newline, cells in a tab.
    """

    text: str
    no: int
    level: int = 0
    table: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A document as lines, and what its reader was unsure of."""

    lines: tuple[Line, ...]
    warnings: tuple[Caution, ...] = ()


def bare(text: str) -> str:
    """The text without white space and unseen characters: what lossless is measured on."""
    return WHITE.sub("", UNSEEN.sub("", text))


def clean(text: str) -> str:
    """A line without unseen and control characters, trimmed; white space inside stays as it was."""
    return CONTROL.sub("", UNSEEN.sub("", text)).strip()
