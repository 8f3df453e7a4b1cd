"""Citations as they are written: 本条例第十二条第二款第三项, 第三项至第六项, 前款, 前两款, 前条, bare 第二款.

Source: 立法技术规范（试行）（一）(NPC Standing Committee Legislative Affairs Commission, 2009), 9 引用; local texts also
put 项 in brackets, 第（三）项, and both are read. One mention is one place or one unbroken range; a list
(第十八条、第十九条) is several.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deliberation.domain.numbering import FIGURES, from_chinese, value

LEVELS = ("part", "subpart", "chapter", "section", "article", "paragraph", "subparagraph", "item")
UNITS = {
    "编": "part", "分编": "subpart", "章": "chapter", "节": "section",
    "条": "article", "款": "paragraph", "项": "subparagraph", "目": "item",
}  # fmt: skip
OWN = "本(?:实施|暂行)?(?:法典|法|条例|规定|办法|细则|规则|决定|解释|章程|规程|守则|公约|意见|规范)"
REACH = 60  # characters before a citation in which the name of its act is looked for
_FIGURE = rf"[（(]?[{FIGURES}]+[）)]?"
_AFTER = r"(?![件例约形线路目式额物]|规(?!定))"
_ATOM = re.compile(
    rf"第\s*(?P<first>{_FIGURE})\s*(?:[至到]\s*(?P<last>{_FIGURE})\s*)?(?P<unit>分编|[编章节条款项目]){_AFTER}"
    rf"(?:之(?P<after>[{FIGURES}]+)(?![{FIGURES}日]))?"
    rf"|(?<![目当事提先之日生面空])前(?P<back>[{FIGURES}]*)(?P<before>[条款项]){_AFTER}"
    r"|本(?P<this>[条款项])(?=\s*第)"
)
_LIST = re.compile(rf"\s*(?:、|，|和|及|与|或者|或|以及|至|到)\s*(?P<own>{OWN})?\s*")
_THROUGH = re.compile(r"\s*[至到]\s*")
_OWN_BEFORE = re.compile(rf"{OWN}\s*$")
_TITLED = re.compile(r"《([^》]*)》(?:[（(][^（()）]*[）)])?\s*$")
_NAMED = re.compile(
    r"([\u4e00-\u9fff]{0,18}(?:法典|法|通则|条例|细则|规则|司法解释|章程|公约|协定|修正案"
    r"|(?:该|上述|管理|实施|暂行|若干|处理)(?:规定|办法|决定|意见)))\s*$"
)
_VERBS = re.compile(
    r"^.*(?:依照|按照|依据|根据|适用|符合|属于|构成|认定为|违反|参照|比照|不影响|是指|产生|实施|执行|规定|将|在|对|除|由|与|和|及)(?=.)"
)
_GOES_ON = re.compile(r"\s*(?:规定|所|的|第|中|以外|适用)")


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a citation: its number, the last of a range, how many back (前两款 = 2), or this one (本条)."""

    kind: str
    n: str = ""
    last: str = ""
    back: int = 0
    this: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start` to `end` of a text, its steps from the highest known level down.

    `other` is the name of another act the mention belongs to, None where it is this one.
    """

    start: int
    end: int
    steps: tuple[Step, ...]
    other: str | None = None


def mentions(text: str) -> list[Mention]:
    """Every citation in a text, in order."""
    found: list[Mention] = []
    for match in _ATOM.finditer(text):
        step = _step(match)
        if step is None:
            continue
        last = found[-1] if found else None
        gap = text[last.end : match.start()] if last else ""
        if last and not gap.strip() and _below(last.steps[-1], step):
            found[-1] = replace(last, end=match.end(), steps=(*last.steps, step))
        elif last and _THROUGH.fullmatch(gap) and _is_range(last.steps[-1], step):
            found[-1] = replace(last, end=match.end(), steps=_through(last.steps, step))
        elif last and (joined := _LIST.fullmatch(gap)):
            found.append(_next(last, step, match, own=bool(joined["own"])))
        elif fresh := _fresh(text, match, step):
            found.append(fresh)
    return [m for m in found if not m.steps[-1].this]


def _step(match: re.Match[str]) -> Step | None:
    if match["this"]:
        return Step(UNITS[match["this"]], this=True)
    try:
        if match["before"]:
            return Step(UNITS[match["before"]], back=from_chinese(match["back"]) if match["back"] else 1)
        n = value(match["first"]) or ""
        kind = UNITS[match["unit"]]
        after = f"-{from_chinese(match['after'])}" if match["after"] and kind == "article" else ""
        last = value(match["last"]) or "" if match["last"] else ""
    except ValueError:
        return None
    return Step(kind, n + after, last) if n else None


def _below(one: Step, other: Step) -> bool:
    """第十二条 followed by 第二款, with nothing between."""
    return LEVELS.index(other.kind) > LEVELS.index(one.kind) and not other.back and not one.last


def _is_range(one: Step, other: Step) -> bool:
    return one.kind == other.kind and bool(one.n) and bool(other.n) and not one.last


def _through(steps: tuple[Step, ...], last: Step) -> tuple[Step, ...]:
    return (*steps[:-1], replace(steps[-1], last=last.n))


def _next(last: Mention, step: Step, match: re.Match[str], own: bool) -> Mention:
    """The next of a list: what stands above its level is that of the one before."""
    level = LEVELS.index(step.kind)
    above = () if step.back or step.this else tuple(s for s in last.steps if LEVELS.index(s.kind) < level)
    above = tuple(replace(s, n=s.last, last="") if s.last else s for s in above)
    return Mention(match.start(), match.end(), (*above, step), None if own else last.other)


def _fresh(text: str, match: re.Match[str], step: Step) -> Mention | None:
    before = text[max(0, match.start() - REACH) : match.start()]
    own = _OWN_BEFORE.search(before)
    if step.kind in LEVELS[:4] and not own and not _GOES_ON.match(text, match.end()):
        return None  # 第三章 as a heading or in passing is no citation
    relative = bool(step.back or step.this)
    other = None if own or relative else _other(before)
    return Mention(match.start(), match.end(), (step,), other)


def _other(before: str) -> str | None:
    """The name of the act that stands right before a citation, when it is not this one."""
    if titled := _TITLED.search(before):
        return titled[1]
    named = _NAMED.search(before)
    return (_VERBS.sub("", named[1]) or named[1]) if named else None


def typed(words: str) -> tuple[Step, ...]:
    """What a person types for a place: 第十二条第二款第三项, 12条2款3项, 第17条之一. Empty where it is no place."""
    steps: list[Step] = []
    at = 0
    text = re.sub(rf"\s+|^{OWN}", "", words)
    for match in _spoken(text):
        if match.start() != at:
            return ()
        n, kind = value(match["n"]), UNITS[match["unit"]]
        if n is None or (steps and LEVELS.index(kind) <= LEVELS.index(steps[-1].kind)):
            return ()
        after = value(match["after"]) if match["after"] else None
        steps.append(Step(kind, f"{n}-{after}" if after else n))
        at = match.end()
    return tuple(steps) if at == len(text) else ()


def _spoken(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(
        rf"第?(?P<n>{_FIGURE})(?P<unit>分编|[编章节条款项目])(?:之(?P<after>[{FIGURES}]+))?", text
    )
