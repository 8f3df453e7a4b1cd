"""Marks that turn the direction of writing, in words that are set into a sentence of ours: closed where they end.

A mark left open would turn the rest of the sentence round (Unicode Standard Annex 9, 3.3). Nothing is taken away.
"""

import re

_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
          "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def turned(text: str) -> bool:
    """Whether there is such a mark in it."""
    return _MARKS.search(text) is not None


def enclosed(text: str) -> str:
    """The text with every mark it leaves open closed at its end, the last opened first."""
    if not turned(text):
        return text
    open_ = list[str]()
    for mark in _MARKS.findall(text):
        if mark in _OPENS:
            open_.append(_OPENS[mark])
        elif mark in open_:
            while open_.pop() != mark:
                pass
    return text + "".join(reversed(open_))
