"""The contents list: found and left out, so that no heading is counted twice."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from deliberation.domain.provisions import DIVISIONS
from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line, bare

_LABEL = re.compile(r"[\[【（(]?目[录次錄][\]】）)]?[：:]?")
_SENTENCE = re.compile("[。；]")
_LEADER = re.compile(r"[\s.…·．_‧•⋯—-]*[（(]?(?<![\d第])\d{1,4}[)）]?$")
_DOTS = " \t\u3000\u00a0.…·．_‧•⋯—-"
_MOST = 3  # lists of one document: some print theirs twice
_HEAD = 400  # lines among which a list without its word is sought
_IN_A_LINE = re.compile(rf"[\[【（(]?目\s*[录次錄][\]】）)]?[\s：:]+(?=第\s*{marks.FIGURES}\s*(?:编|章))")
_DIVISION = re.compile(rf"第\s*{marks.FIGURES}\s*(?:分\s*编|编|章|节)")
_PREFACE = re.compile("序言|前言|引言|序")

Entry = tuple[str, str]


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without the contents list, and the contents list."""
    kept, left = list(lines), list[Line]()
    for _time in range(_MOST):
        start, end = _found(kept)
        if start == end:
            break
        left += kept[start:end]
        kept[start:end] = []
    return kept, left


def _found(lines: Sequence[Line]) -> tuple[int, int]:
    """Where a contents list begins and ends; the same place twice where there is none."""
    start = next((i for i, line in enumerate(lines) if _labels(line)), None)
    if start is not None and not _begun(lines[:start]):
        return start, _end(lines, start + 1)
    in_a_line = next((i for i, line in enumerate(lines[:_HEAD]) if _all_in_a_line(line.text)), None)
    if in_a_line is not None:
        return in_a_line, in_a_line + 1
    return _unlabelled(lines)


def _labels(line: Line) -> bool:
    return len(line.text) < 20 and _LABEL.fullmatch(bare(line.text).strip("*_")) is not None


def _begun(lines: Sequence[Line]) -> bool:
    """Whether the act itself has begun, by an article with words of its own: 目录 below is an attachment's."""
    marked = (mark for line in lines if (mark := marks.headed(line.text)) is not None)
    return any(mark.kind == "article" and bool(_SENTENCE.search(mark.rest)) for mark in marked)


def _all_in_a_line(text: str) -> bool:
    """目录 第一章 总则 第二章 附则, all in one line."""
    if len(text) > 2_000 or not _IN_A_LINE.match(text) or _SENTENCE.search(text):
        return False
    return len(_DIVISION.findall(text)) > 1


def _names(lines: Sequence[Line]) -> frozenset[str]:
    """The names of the divisions, for a list that leaves out their numbers."""
    found = (mark.rest for line in lines if (mark := marks.headed(line.text)) and mark.kind in DIVISIONS)
    return frozenset(bare(_plain(name)) for name in found if len(name) < 60) - {""}


def _plain(text: str) -> str:
    """An entry without its dots and its page number."""
    return _LEADER.sub("", text.strip()).strip(_DOTS)


def entry(text: str, names: AbstractSet[str] = frozenset()) -> Entry | None:
    """(kind, number) of a line that could stand in a contents list, or None."""
    text = text.lstrip("*·•-– 　")
    if len(text) > 200 or _SENTENCE.search(text):
        return None
    mark = marks.headed(text)
    if mark and mark.kind != "article" and (mark.gap or not marks.CITING.match(mark.rest)):
        return mark.kind, mark.n
    if mark and len(mark.rest) <= 40:
        return mark.kind, mark.n
    plain = _plain(text)
    if marks.supplementary(plain) or marks.attached(plain) or _PREFACE.fullmatch(bare(plain)):
        return "other", bare(plain)
    return ("name", bare(plain)) if names and bare(plain) in names else None


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the list begun at `start` ends: where its first heading comes back, or after its last entry."""
    if start == len(lines):
        return start
    names = _names(lines) if entry(lines[start].text) in (None, ("other", "附则")) else frozenset[str]()
    first = entry(lines[start].text, names)
    if first is None:
        return start
    again = _again(lines, start, names)
    if again is not None:
        return again
    end, seen = start, [first]
    for i in range(start, len(lines)):
        found = entry(lines[i].text, names)
        if i > start and first[0] == "name" and found and found[0] in DIVISIONS:
            return i
        if _labels(lines[i]) or (found is None and not _continues(lines, i)):
            break
        if found and found[0] == "article" and first[0] != "article":
            break
        if found and i > start:
            seen.append(found)
        end = i + 1
    comes_back = any(entry(line.text, names) == first for line in lines[end:])
    return end if _is_list(seen) or comes_back else start


def _again(lines: Sequence[Line], start: int, names: AbstractSet[str]) -> int | None:
    """Where the first entry of a list comes back, when all between could stand in a list: articles, too."""
    first, words = entry(lines[start].text, names), bare(_plain(lines[start].text))
    for i in range(start + 1, len(lines)):
        found = entry(lines[i].text, names)
        if found == first or (first and first[0] == "article" and bare(lines[i].text).startswith(words)):
            return i
        if _labels(lines[i]) or (found is None and not _continues(lines, i)):
            return None
    return None


def _is_list(seen: list[Entry]) -> bool:
    """Whether headings stand beside one another as only a list has them: two of a kind with nothing between."""
    kinds = [kind for kind, _ in seen]
    return len(kinds) > len(set(kinds))


def _continues(lines: Sequence[Line], i: int) -> bool:
    """Whether a line that is no entry still stands inside the list: a short word or page number between entries."""
    text = bare(lines[i].text).strip("*")
    following = lines[i + 1].text if i + 1 < len(lines) else ""
    return (
        len(text) <= 25 and not marks.ended(text) and not marks.point(text) and entry(following) is not None
    )


def _unlabelled(lines: Sequence[Line]) -> tuple[int, int]:
    """A run of headings with nothing between them whose first one comes back: a contents list without its word."""
    run = 0
    for i, line in enumerate(lines[:_HEAD]):
        found = entry(line.text)
        if found and found[0] in DIVISIONS and not marks.ENDED.count(line.text[-1:]):
            run += 1
            continue
        if run > 2:
            start = i - run
            again = next((j for j in range(start + 2, i) if _same(lines[j], lines[start])), None)
            if again:
                return start, again
            beside = run > 3 and _is_list([entry(each.text) or ("", "") for each in lines[start:i]])
            if beside and any(_same(each, lines[start]) for each in lines[i:]):
                return start, i
        run = 0
    return 0, 0


def _same(one: Line, other: Line) -> bool:
    return len(one.text) <= 200 and bare(_plain(one.text)) == bare(_plain(other.text))
