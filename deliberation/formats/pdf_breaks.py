"""Places where a line may end although no rule of typesetting has one: a run that fits into no line would leave the page."""

import re

ANYWHERE = "\u200b"
LONG, CELL = 30, 8  # characters of a run that are kept together, in a line of text and in a cell
_OPENS, _CLOSES = "（《〈“‘「『【〔", "，。、；：？！）》〉”’」』】〕…—"


def _run(most: int) -> re.Pattern[str]:
    """What is longer than that: Latin letters and signs without a space, or marks that all cling to one another."""
    latin = r"[^\s\u1100-\ufaff\ufe30-\uffef\U0001f000-\U0003ffff]"
    return re.compile(f"{latin}{{{most},}}|[{_OPENS}{_CLOSES}]{{{min(most, 12)},}}")


_RUNS = {most: _run(most) for most in (LONG, CELL)}


def breakable(text: str, most: int = LONG) -> str:
    """The text with such places in its longest runs; nothing else is changed."""
    return _RUNS[most].sub(lambda found: ANYWHERE.join(found[0]), text)
