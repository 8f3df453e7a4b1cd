"""A report that came back, line by line beside the one that was made: what a leader changed in the word processor.

Piece is held against piece, so that a place that was moved is still held against itself, and annexes of the edition with names
are left out. Lines are compared without white space; lines that are not equal are paired where they are alike (Dice on bigrams), else
they went or came. Each difference stands under its heading: （三）关于第十二条, and the number of the suggestion there.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from deliberation.domain.alignment_similarity import Grams, dice, grams, normalise
from deliberation.domain.errors import Refusal, _
from deliberation.domain.returned_sections import Section, bare, cut, joined

ALIKE = 0.4  # below it a line is another line
LEAST_OURS = 0.3  # share of our characters that must be found again, or it is another document
MOST = 20_000  # lines
PATIENCE = 20_000_000  # steps: what lines that repeat may cost before they are matched in a plainer way
WORK = 40_000_000  # bigrams compared at most while changed lines are paired
HEAD = 16  # lines within which the title stands, whatever is set above it
_TITLE = re.compile(r".*?关于《(.+?)》征求意见情况的(?:补充)?报告")
_STAGE = re.compile(r"（[^（）]*）$")
WITHHELD = "此条内容不在本版公开"


@dataclass(frozen=True, slots=True)
class Difference:
    """kind changed | gone | added | moved; `ours` and `theirs` as they stand ("" where there is none), under which heading."""

    kind: str
    under: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences in order, how many lines of ours stand unchanged; `named`: without the annexes, for theirs have names."""

    differences: tuple[Difference, ...]
    same: int
    named: bool = False


def compare(
    ours: Sequence[str], theirs: Sequence[str], office: str = "", others: Collection[str] = ()
) -> Comparison:
    """What differs, piece by piece; a Refusal where it is plainly another document. `office` signs ours, none of `others` does."""
    if len(theirs) > MOST:
        raise Refusal(_("这个文件太长，不像是送上去的报告。请核对后再上传。"), field="final")
    one, other = _kept(ours), _kept(theirs)
    _same_draft(one, other)
    _same_office(one, other, office, others)
    mine, yours = cut(one), cut(other)
    named = _has_names(mine, yours)
    if named:  # the annexes of the other edition are another text, line for line
        mine, yours = ([each for each in several if not each.annex] for several in (mine, yours))
    moved = _moved(mine, yours)
    found: list[Difference] = []
    same, left = 0, [WORK]
    for a, b in _pieces(mine, yours):
        if a.key in moved:
            found.append(Difference("moved", a.under, a.lines[0], b.lines[0]))
        more, differs = _piece(a, b, left)
        same, found = same + more, found + differs
    _is_ours([line for each in mine for line in each.lines], found)
    return Comparison(tuple(found), same, named)


def _has_names(ours: Sequence[Section], theirs: Sequence[Section]) -> bool:
    """Whether what came back was made of the edition with names: what is withheld in ours stands open there."""
    mine, other = (
        sum(WITHHELD in line for each in several if each.annex for line in each.lines)
        for several in (ours, theirs)
    )
    return mine > 2 * other and any(each.annex for each in theirs)


def _pieces(ours: Sequence[Section], theirs: Sequence[Section]) -> list[tuple[Section, Section]]:
    """Ours beside theirs, in our order; those without a fellow together, where the first of them stands."""
    here, there = {each.key for each in ours}, {each.key: each for each in theirs}
    pieces = [(each, there[each.key]) for each in ours if each.key in there]
    alone = (
        [each for each in ours if each.key not in there],
        [each for each in theirs if each.key not in here],
    )
    if alone[0]:
        at = ours.index(alone[0][0])
    elif alone[1]:
        before = theirs[theirs.index(alone[1][0]) - 1]  # the head stands first on both sides
        at = 1 + next(n for n, each in enumerate(ours) if each.key == before.key)
    else:
        return pieces
    pieces.insert(at, (joined(alone[0]), joined(alone[1])))
    return pieces


def _moved(ours: Sequence[Section], theirs: Sequence[Section]) -> set[str]:
    """The places that do not stand in the longest run both have in the same order."""
    at = {each.key: n for n, each in enumerate(theirs)}
    places = [each.key for each in ours if each.place and each.key in at]
    return set(places) - {places[n] for n in _rising([at[key] for key in places])}


def _piece(ours: Section, theirs: Section, left: list[int]) -> tuple[int, list[Difference]]:
    """How many lines of a piece are the same, and what differs."""
    headings, others = ours.headings(), theirs.headings() if not ours.key else None
    same, found = 0, list[Difference]()
    bare_lines = [[bare(line) for line in each.lines] for each in (ours, theirs)]
    for equal, a, b, c, d in _stretches(*bare_lines):
        if equal:
            same += b - a
        else:
            block = _block(ours.lines[a:b], theirs.lines[c:d], headings[a : b + 1], left)
            found += _under(block, others[c:d]) if others else block
    return same, found


def _under(block: list[Difference], headings: list[str]) -> list[Difference]:
    """What was added, under the heading it has in what came back."""
    found, at = [], 0
    for one in block:
        found.append(replace(one, under=headings[at]) if one.kind == "added" else one)
        at += one.kind != "gone"
    return found


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
    return [once[n] for n in _rising([k for _i, k in once])]


def _rising(values: Sequence[int]) -> list[int]:
    """Where the longest run of rising values stands."""
    ends, tails, before = list[int](), list[int](), dict[int, int]()
    for n, k in enumerate(values):
        place = bisect_left(ends, k)
        ends[place : place + 1], tails[place : place + 1] = [k], [n]
        before[n] = tails[place - 1] if place else -1
    found, n = list[int](), tails[-1] if tails else -1
    while n >= 0:
        found.append(n)
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


def _block(ours: list[str], theirs: list[str], headings: list[str], left: list[int]) -> list[Difference]:
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
        under = headings[n]
        to = partner.get(n)
        if to is None:
            found.append(Difference("gone", under, line, ""))
            continue
        found += [Difference("added", under, "", theirs[k]) for k in range(done, to)]
        found.append(Difference("changed", under, line, theirs[to]))
        done = to + 1
    under = headings[max(0, len(ours) - 1)]
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


def _same_office(ours: Sequence[str], theirs: Sequence[str], office: str, others: Collection[str]) -> None:
    """Two offices' reports of one draft are alike but for what was said; another one's is signed by a line with its name."""
    signed = {"".join(line.split()) for line in theirs} - {"".join(line.split()) for line in ours}
    other = next((name for name in others if "".join(name.split()) in signed), None)
    if other is not None and "".join(office.split()) not in "".join("".join(theirs).split()):
        raise Refusal(
            _("这是“%(other)s”的报告，不是本单位的，可能拿错了文件。请核对后再上传，什么也没有改。"),
            other=other, field="final",
        )  # fmt: skip


def _is_ours(ours: Sequence[str], found: Sequence[Difference]) -> None:
    lost = sum(len(one.ours) for one in found if one.kind == "gone")
    total = sum(map(len, ours))
    if total and 1 - lost / total < LEAST_OURS:
        raise Refusal(
            _("这个文件和本次的报告对不上，可能拿错了文件。请核对后再上传，什么也没有改。"), field="final"
        )
