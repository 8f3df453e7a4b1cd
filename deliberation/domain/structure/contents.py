"""The contents list: found and left out, so that no heading is counted twice."""

import re
from collections.abc import Sequence

from deliberation.domain.provisions import DIVISIONS
from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line, bare

_LABEL = re.compile(r"[\[【（(]?目[录次錄][\]】）)]?[：:]?")
_SENTENCE = re.compile("[。；]")
_SILENT = 3


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without the contents list, and the contents list."""
    start = next((i for i, line in enumerate(lines) if _LABEL.fullmatch(bare(line.text).strip("*_"))), None)
    if start is not None:
        end = _end(lines, start + 1)
        return [*lines[:start], *lines[end:]], list(lines[start:end])
    start, end = _unlabelled(lines)
    return [*lines[:start], *lines[end:]], list(lines[start:end])


def entry(text: str) -> tuple[str, str] | None:
    """(kind, number) of a line that could stand in a contents list, or None."""
    text = text.lstrip("*·•-– 　")
    if _SENTENCE.search(text) or len(text) > 200:
        return None
    mark = marks.headed(text)
    if mark and mark.kind != "article" and (mark.gap or not marks.CITING.match(mark.rest)):
        return mark.kind, mark.n
    if mark and len(mark.rest) <= 40:
        return mark.kind, mark.n
    plain = re.sub(r"[\s.…·．\d]+$", "", text)
    if marks.supplementary(plain) or marks.attached(plain):
        return "other", bare(plain)
    return None


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the list begun at `start` ends: where its first heading comes back, or after its last entry."""
    first = entry(lines[start].text) if start < len(lines) else None
    if first is None:
        return start
    end, seen = start, [first]
    for i in range(start, len(lines)):
        found = entry(lines[i].text)
        if i > start and found == first:
            return i
        if found is None and not _continues(lines, i):
            break
        if found and found[0] == "article" and first[0] != "article":
            break
        if found and i > start:
            seen.append(found)
        end = i + 1
    return end if _is_list(seen) or any(entry(line.text) == first for line in lines[end:]) else start


def _is_list(seen: list[tuple[str, str]]) -> bool:
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
    for i, line in enumerate(lines[:400]):
        found = entry(line.text)
        if found and found[0] in DIVISIONS and not marks.ENDED.count(line.text[-1:]):
            run += 1
            continue
        if run > _SILENT:
            start = i - run
            first = entry(lines[start].text)
            again = next((j for j in range(start + 1, i) if entry(lines[j].text) == first), None)
            if again:
                return start, again
        run = 0
    return 0, 0
