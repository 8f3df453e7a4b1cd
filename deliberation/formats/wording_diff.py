"""Which words went and which came between two texts, in stretches a person reads at a glance.

Smallest units are a single ideograph, a number whole (第三十五条, 二百元, 12.5), or a Latin word; a single equal character
between two longer changes is taken into the change, for nobody reads it as something that stayed.
"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from deliberation.domain.comparison import Change, Run

_TOKEN = re.compile(
    r"第?[〇零一二两三四五六七八九十百千万亿]{2,}(?:[条款项章节编元日年月倍])?|第[〇零一二三四五六七八九十][条款项章节编]"
    r"|[〇零一二两三四五六七八九十](?=[元日年月倍万千百])|[0-9０-９]+(?:[.．][0-9０-９]+)?%?|[A-Za-z]+|\s|.",
    re.DOTALL,
)
ISLAND = 1  # characters: an equal stretch this short between two longer changes is no landmark


def differences(old: str, new: str) -> tuple[Run, ...]:
    """Runs in reading order, what went before what came; equal + gone is `old`, equal + added is `new`."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[Run] = []
    for op in Indel.opcodes(before, after):
        if op.tag == "equal":
            runs.append(Run("equal", "".join(before[op.src_start : op.src_end])))
        if op.tag == "delete":
            runs.append(Run("gone", "".join(before[op.src_start : op.src_end])))
        if op.tag == "insert":
            runs.append(Run("added", "".join(after[op.dest_start : op.dest_end])))
    return _gathered(_without_islands(_gathered(runs)))


def similarity(old: str, new: str) -> float:
    """How much of two texts is common, 0..1, by characters."""
    return float(Indel.normalized_similarity(old, new))


def _without_islands(runs: Sequence[Run]) -> list[Run]:
    """Short equal stretches become part of the change around them, both gone and come back."""
    out: list[Run] = []
    for place, run in enumerate(runs):
        if run.change == "equal" and _is_island(runs, place):
            out += [Run("gone", run.text), Run("added", run.text)]
        else:
            out.append(run)
    return out


def _is_island(runs: Sequence[Run], place: int) -> bool:
    size = len(runs[place].text)
    if size > ISLAND or "\n" in runs[place].text or "\x1e" in runs[place].text:
        return False
    return min(_changed(runs, place - 1, -1), _changed(runs, place + 1, 1)) > size


def _changed(runs: Sequence[Run], place: int, step: int) -> int:
    """The longest change that touches this place."""
    longest = 0
    while 0 <= place < len(runs) and runs[place].change != "equal":
        longest = max(longest, len(runs[place].text))
        place += step
    return longest


def _gathered(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Between two equal stretches at most one that went and one that came."""
    out: list[Run] = []
    gone = added = ""
    for run in (*runs, Run("equal", "")):
        if run.change == "gone":
            gone += run.text
        elif run.change == "added":
            added += run.text
        else:
            out += _present(("gone", gone), ("added", added), ("equal", run.text))
            gone = added = ""
    return _joined(out)


def _present(*pieces: tuple[Change, str]) -> list[Run]:
    return [Run(change, text) for change, text in pieces if text]


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    out: list[Run] = []
    for run in runs:
        if out and out[-1].change == run.change == "equal":
            out[-1] = Run("equal", out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)
