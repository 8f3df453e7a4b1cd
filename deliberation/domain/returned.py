"""A report that came back, line by line beside the one that was made: what a leader changed in the word processor.

Lines are compared without white space; lines that are not equal are paired where they are alike (Dice on bigrams), else
they went or came. Each difference stands under its heading: （三）关于第十二条, and the number of the suggestion there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from deliberation.domain.alignment_similarity import Grams, dice, grams, normalise
from deliberation.domain.errors import Refusal, _

ALIKE = 0.4  # below it a line is another line
LEAST_OURS = 0.3  # share of our characters that must be found again, or it is another document
MOST = 20_000  # lines
_PART = re.compile(r"^[一二三四五六七八九十]+、")
_PLACE = re.compile(r"^（[一二三四五六七八九十百零]+）关于")
_NUMBER = re.compile(r"^(\d{1,3})[.．]")


@dataclass(frozen=True, slots=True)
class Difference:
    """kind changed | gone | added; `ours` and `theirs` as they stand ("" where there is none), under which heading."""

    kind: str
    under: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences in order, and how many lines of ours stand unchanged."""

    differences: tuple[Difference, ...]
    same: int


def compare(ours: Sequence[str], theirs: Sequence[str]) -> Comparison:
    """What differs; a Refusal where it is plainly another document."""
    if len(theirs) > MOST:
        raise Refusal(_("这个文件太长，不像是送上去的报告。请核对后再上传。"), field="final")
    one, other = _kept(ours), _kept(theirs)
    bare = ["".join(line.split()) for line in one], ["".join(line.split()) for line in other]
    headings = _headings(one)
    found: list[Difference] = []
    same = 0
    for tag, a, b, c, d in SequenceMatcher(None, *bare, autojunk=False).get_opcodes():
        if tag == "equal":
            same += b - a
        else:
            found += _block(one[a:b], other[c:d], headings, a)
    _is_ours(one, found)
    return Comparison(tuple(found), same)


def _kept(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _headings(lines: Sequence[str]) -> list[str]:
    """For each line the heading it stands under, with the number of its suggestion where there are several."""
    found, part, place, number = [], "", "", ""
    for line in lines:
        bare = line.strip()
        if _PART.match(bare):
            part, place, number = bare, "", ""
        elif _PLACE.match(bare):
            place, number = bare, ""
        elif place and (numbered := _NUMBER.match(bare)):
            number = numbered[1]
        found.append(f"{place}　{number}".strip() if place else part)
    return [*found, found[-1] if found else ""]


def _block(ours: list[str], theirs: list[str], headings: list[str], at: int) -> list[Difference]:
    """A stretch that is not equal: lines paired in order where they are alike, the rest gone or added."""
    pairs = _pairs([grams(normalise(line)) for line in ours], [grams(normalise(line)) for line in theirs])
    found, done = [], 0
    partner = dict(pairs)
    for n, line in enumerate(ours):
        under = headings[at + n]
        to = partner.get(n)
        if to is None:
            found.append(Difference("gone", under, line, ""))
            continue
        found += [Difference("added", under, "", theirs[k]) for k in range(done, to)]
        found.append(Difference("changed", under, line, theirs[to]))
        done = to + 1
    under = headings[max(0, at + len(ours) - 1)]
    return found + [Difference("added", under, "", line) for line in theirs[done:]]


def _pairs(ours: list[Grams], theirs: list[Grams]) -> list[tuple[int, int]]:
    """The pairs in order with the greatest likeness altogether, none below ALIKE; long stretches are paired greedily."""
    if len(ours) * len(theirs) > 250_000:
        return []
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    score = [[dice(a, b) for b in theirs] for a in ours]
    for i in range(len(ours) - 1, -1, -1):
        for k in range(len(theirs) - 1, -1, -1):
            here = score[i][k] + best[i + 1][k + 1] if score[i][k] >= ALIKE else 0.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], here)
    return list(_path(best, score))


def _path(best: list[list[float]], score: list[list[float]]) -> list[tuple[int, int]]:
    found, i, k = [], 0, 0
    while i < len(score) and k < len(best[0]) - 1:
        if score[i][k] >= ALIKE and best[i][k] == score[i][k] + best[i + 1][k + 1]:
            found.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
    return found


def _is_ours(ours: Sequence[str], found: Sequence[Difference]) -> None:
    lost = sum(len(one.ours) for one in found if one.kind == "gone")
    total = sum(map(len, ours))
    if total and 1 - lost / total < LEAST_OURS:
        raise Refusal(
            _("这个文件和本次的报告对不上，可能拿错了文件。请核对后再上传，什么也没有改。"), field="final"
        )
