"""What stands before the body: public notice, title, stage label, adoption note, and the rest as preamble."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line, bare

_FORMS = "法|法典|条例|规定|办法|细则|规则|规程|章程|决定|决议|解释|修正案|纲要|准则|公约|协定|方案|批复|命令|答复|意见|通则|制度|标准|目录|规范|案|守则|约定|规约|民约|预案|通告|编|说明|报告|通知|公告|议案|计划"
_STAGE = r"[（(](?=[^（）()]*(?:草案|征求意见|审议稿|修改稿|送审稿|讨论稿|建议稿|试拟稿|公开稿|表决稿|建议表决|初稿))[^（）()]{2,40}[)）]"
_TITLE = re.compile(
    rf"(?![（(]|根据|依照|现将|为|附)[^。；！？]{{2,80}}(?:{_FORMS})(?:[（(][^（）()]{{1,30}}[)）]|草案|征求意见稿)*"
)
_SHORT_TITLE = re.compile(r"[^。；，：！？:;,]{2,40}[^。；，：！？:;,、…]")
_HEADS_PART = re.compile(r"序言|前言|引言|目[录次]|总则|附则|说明|公告")
STAGE = re.compile(rf"{_STAGE}+")
_STAGE_AT_END = re.compile(rf"(?P<title>.+?)(?P<stage>(?:{_STAGE})+)")
_DATED = re.compile(r"[（(]?\s*(?:根据|经|自)?\s*[\d０-９〇○零一二三四五六七八九十]{4}\s*年")
_ADOPTED = re.compile("通过|批准|修正|修订|公布|发布|施行|废止|印发|制定|签署|生效|实施|修改|清理")
_ACT = re.compile(r"[（(]?.{0,40}(?:令|公告)\s*[（(〔\[]?[\d第〔].{0,20}号.{0,20}")
_OPENING = re.compile(r"[（(]")
_NOTICE = re.compile("征求意见|公告|公示|通知|关于.*(?:函|公告|说明|启事)")


@dataclass(frozen=True, slots=True)
class Front:
    """The lines before the body, sorted."""

    notice: tuple[Line, ...] = ()
    title: tuple[str, ...] = ()
    stage: str | None = None
    note: tuple[str, ...] = ()
    rest: tuple[Line, ...] = ()


def front(lines: Sequence[Line]) -> Front:
    """Sort the lines that stand before the first division, article or clause."""
    at = _title_at(lines)
    if at is None:
        return Front(rest=tuple(lines))
    first, end = at
    title = [line.text for line in lines[first:end]]
    stage = None
    match = _STAGE_AT_END.fullmatch(title[-1])
    if match:
        title[-1], stage = match["title"].strip(), match["stage"]
    elif end < len(lines) and STAGE.fullmatch(bare(lines[end].text)):
        stage = lines[end].text
        end += 1
    note, end = _note(lines, end)
    return Front(tuple(lines[:first]), tuple(title), stage, tuple(note), tuple(lines[end:]))


def _title_at(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The first line of the title and the line after its last, or None."""
    tops = [
        i for i, line in enumerate(lines) if line.level == 1 and not _HEADS_PART.fullmatch(bare(line.text))
    ]
    named = [i for i, line in enumerate(lines) if _is_title(line)]
    staged = [
        i for i in range(1, len(lines)) if STAGE.fullmatch(bare(lines[i].text)) and not lines[i - 1].table
    ]
    if staged:
        last = staged[-1] - 1
    elif named:
        last = _chosen(lines, named)
    elif tops:
        last = tops[-1]
    else:
        return None
    if tops and tops[-1] > last and not _NOTICE.search(lines[tops[-1]].text):
        last = tops[-1]
    first = last
    while first > 0 and _continues_title(lines, first):
        first -= 1
    return first, last + 1


def _is_title(line: Line) -> bool:
    text = bare(line.text)
    if line.table or _DATED.match(text) or marks.point(text) or marks.clause(text):
        return False
    if _HEADS_PART.fullmatch(text):
        return False
    return line.level == 1 or _TITLE.fullmatch(text) is not None


def titled(head: Front) -> Front:
    """With the first line as the title where none was found by its words, if it could be one."""
    first = head.rest[0] if head.rest and not head.title and not head.notice else None
    if first is None or first.table or first.quoted or not _SHORT_TITLE.fullmatch(first.text):
        return head
    text = bare(first.text)
    if (
        marks.structural(first.text)
        or _DATED.match(text)
        or _ACT.fullmatch(text)
        or _HEADS_PART.fullmatch(text)
    ):
        return head
    return replace(head, title=(first.text,), rest=head.rest[1:])


def _chosen(lines: Sequence[Line], named: list[int]) -> int:
    """Of the lines that could be titles: the last heading if there is one, else the last that heads no sentence."""
    quiet = [i for i in named if not _NOTICE.search(lines[i].text) or lines[i].level == 1]
    plain = [i for i in quiet or named if "，" not in lines[i].text]
    chosen = plain or quiet or named
    noticed = any(_NOTICE.search(line.text) for line in lines[: chosen[-1]])
    return chosen[-1] if noticed else _first_run(chosen, lines)


def _first_run(chosen: list[int], lines: Sequence[Line]) -> int:
    """The first title, and the lines that go on with it."""
    at, named = chosen[0], set(chosen)
    while at + 1 in named and _goes_on(lines[at], lines[at + 1]):
        at += 1
    return at


def _goes_on(above: Line, below: Line) -> bool:
    return above.level == below.level and (above.level == 1 or len(above.text) < 40)


def _continues_title(lines: Sequence[Line], at: int) -> bool:
    above, here = lines[at - 1], lines[at]
    if above.level != here.level or above.table or marks.ended(above.text):
        return False
    if here.level == 1:
        return not _NOTICE.search(above.text)
    return at - 1 == 0 and bare(here.text).startswith(("关于", "实施")) and len(above.text) <= 40


def _note(lines: Sequence[Line], start: int) -> tuple[list[str], int]:
    """The adoption note after the title: dated lines, a bracket to its end, and what is left of a broken one."""
    end, depth = start, 0
    for line in lines[start:]:
        text = bare(line.text)
        if line.table or line.level or not (depth > 0 or _noted(text)):
            break
        depth += sum(text.count(c) for c in "（(《") - sum(text.count(c) for c in "）)》")
        depth = max(depth, 0) if end - start < 60 else 0
        end += 1
    return [line.text for line in lines[start:end]], end


def _noted(text: str) -> bool:
    if len(text) > 600:
        return False
    if _DATED.match(text):
        return bool(_ADOPTED.search(text)) or len(text) <= 20
    if _ACT.fullmatch(text):
        return True
    return text in {"根据", "修正）", "）"} or (
        text[:1] in "（(" and bool(_ADOPTED.search(text)) and "年" in text
    )
