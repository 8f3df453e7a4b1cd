"""A report that came back, line by line beside the one that was made: what a leader changed in the word processor.

Lines are compared without white space; lines that are not equal are paired where they are alike (Dice on bigrams), else
they went or came. Each difference stands under its heading: （三）关于第十二条, and the number of the suggestion there.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from deliberation.domain.alignment_similarity import Grams, dice, grams, normalise
from deliberation.domain.errors import Refusal, _

ALIKE = 0.4  # below it a line is another line
LEAST_OURS = 0.3  # share of our characters that must be found again, or it is another document
MOST = 20_000  # lines
PATIENCE = 20_000_000  # steps: what lines that repeat may cost before they are matched in a plainer way
WORK = 40_000_000  # bigrams compared at most while changed lines are paired
HEAD = 16  # lines within which the title stands, whatever is set above it
_TITLE = re.compile(r".*?关于《(.+?)》征求意见情况的(?:补充)?报告")
_STAGE = re.compile(r"（[^（）]*）$")
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
    _same_draft(one, other)
    bare = ["".join(line.split()) for line in one], ["".join(line.split()) for line in other]
    headings = _headings(one)
    found: list[Difference] = []
    same, left = 0, [WORK]
    for equal, a, b, c, d in _stretches(*bare):
        if equal:
            same += b - a
        else:
            found += _block(one[a:b], other[c:d], headings, a, left)
    _is_ours(one, found)
    return Comparison(tuple(found), same)


Stretch = tuple[bool, int, int, int, int]


def _stretches(ours: list[str], theirs: list[str]) -> Iterator[Stretch]:
    """Stretches that are equal or not. Where lines repeat too often, between the lines that stand once in both."""
    left = [PATIENCE]
    anchors = _anchors(ours, theirs) if _cost(ours, theirs) > PATIENCE else []
    a = c = 0
    for i, k in (*anchors, (len(ours), len(theirs))):
        for equal, a1, a2, c1, c2 in _gap(ours[a:i], theirs[c:k], left):
            yield equal, a + a1, a + a2, c + c1, c + c2
        if i < len(ours):
            yield True, i, i + 1, k, k + 1
        a, c = i + 1, k + 1


def _cost(ours: Sequence[str], theirs: Sequence[str]) -> int:
    there = Counter(theirs)
    return sum(there[line] for line in ours) * min(len(ours), len(theirs))


def _anchors(ours: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """The longest run, in order in both, of lines that stand just once in each."""
    here, there = Counter(ours), Counter(theirs)
    at = {line: k for k, line in enumerate(theirs)}
    once = [(i, at[line]) for i, line in enumerate(ours) if here[line] == there[line] == 1]
    ends, tails, before = list[int](), list[int](), dict[int, int]()
    for n, (_i, k) in enumerate(once):
        place = bisect_left(ends, k)
        ends[place : place + 1], tails[place : place + 1] = [k], [n]
        before[n] = tails[place - 1] if place else -1
    found, n = list[tuple[int, int]](), tails[-1] if tails else -1
    while n >= 0:
        found.append(once[n])
        n = before[n]
    return found[::-1]


def _gap(ours: list[str], theirs: list[str], left: list[int]) -> Iterator[Stretch]:
    """Matched line by line while `left` lasts; else what is equal at both ends."""
    left[0] -= _cost(ours, theirs)
    if left[0] >= 0:
        for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            yield tag == "equal", a, b, c, d
        return
    left[0] += _cost(ours, theirs)
    least = min(len(ours), len(theirs))
    head = next((n for n in range(least) if ours[n] != theirs[n]), least)
    most = least - head
    tail = next((n for n in range(most) if ours[-1 - n] != theirs[-1 - n]), most)
    one, other = len(ours) - tail, len(theirs) - tail
    for equal, a, b, c, d in (
        (True, 0, head, 0, head), (False, head, one, head, other), (True, one, len(ours), other, len(theirs))
    ):  # fmt: skip
        if b > a or d > c:
            yield equal, a, b, c, d


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


def _block(
    ours: list[str], theirs: list[str], headings: list[str], at: int, left: list[int]
) -> list[Difference]:
    """A stretch that is not equal: lines paired in order where they are alike, the rest gone or added.

    `left` is what may still be spent on pairing.
    """
    left[0] -= len(theirs) * sum(len(line) + 10 for line in ours)
    pairs = (
        _pairs([grams(normalise(line)) for line in ours], [grams(normalise(line)) for line in theirs])
        if left[0] >= 0
        else []
    )
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


def _same_draft(ours: Sequence[str], theirs: Sequence[str]) -> None:
    """Reports of two drafts are alike in most of their lines; what tells them apart is the draft's name in the title."""
    names = [
        found[1]
        for lines in (ours, theirs)
        if (found := _TITLE.match("".join("".join(lines[:HEAD]).split())))
    ]
    if len(names) < 2:
        return
    mine, other = (_STAGE.sub("", name) for name in names)
    if mine != other and mine not in "".join("".join(theirs).split()):
        raise Refusal(
            _("这是《%(other)s》的报告，不是《%(mine)s》的，可能拿错了文件。请核对后再上传，什么也没有改。"),
            other=other, mine=mine, field="final",
        )  # fmt: skip


def _is_ours(ours: Sequence[str], found: Sequence[Difference]) -> None:
    lost = sum(len(one.ours) for one in found if one.kind == "gone")
    total = sum(map(len, ours))
    if total and 1 - lost / total < LEAST_OURS:
        raise Refusal(
            _("这个文件和本次的报告对不上，可能拿错了文件。请核对后再上传，什么也没有改。"), field="final"
        )
