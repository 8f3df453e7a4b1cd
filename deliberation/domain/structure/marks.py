"""What the beginning of a line says: 第一编, 第三章, 第十二条, 附件2, 一、, （一）, 1. and their kin."""

import re
from dataclasses import dataclass
from functools import lru_cache

from deliberation.domain import numbering

_FIGURE = rf"[{numbering.FIGURES}]"
FIGURES = rf"{_FIGURE}(?:[ \t\u3000\u00a0]*{_FIGURE}){{0,8}}"
_KIND = {"编": "part", "篇": "part", "分编": "subpart", "章": "chapter", "节": "section", "条": "article"}
RANK = {"part": 1, "subpart": 2, "chapter": 3, "section": 4, "article": 5, "clause": 5}


HEADED = re.compile(
    rf"(?P<number>第\s*(?P<n>{FIGURES})\s*(?P<unit>分\s*编|编|篇|章|节|条)"
    rf"(?:\s*之\s*(?P<sub>[一二三四五六七八九十]{{1,3}}|[0-9０-９]{{1,2}}(?![0-9０-９年月])))?)(?P<gap>[\s、：:．.]*)"
)
ARTICLE_INSIDE = re.compile(rf"[^。；，：！？第]{{0,40}}?(?:\s|(?<=[\u4e00-\u9fff]))第\s*{FIGURES}\s*条")
FIRST_INSIDE = re.compile(r"(?<=[\s。）)])第\s*[一1１]\s*(?:编|章|条)(?!规定)")
SECOND_INSIDE = re.compile(r"(?<=[\s。；”）)])第\s*[二2２]\s*条(?!规定|第)")
CLAUSE = re.compile(r"(?P<number>(?P<n>[一二三四五六七八九十百]{1,5})[、．.])(?P<gap>\s*)")
POINTS = (
    ("bracket", re.compile(r"(?P<number>[（(]\s*(?P<n>[零〇一二三四五六七八九十百]{1,6})\s*[)）][、．.]?)\s*")),
    ("dotted", re.compile(r"(?P<number>(?P<n>[0-9０-９]{1,3}(?:[.．][0-9]{1,2})+)[.．、]?)(?=[\s\u4e00-\u9fff])\s*")),
    ("arabic", re.compile(r"(?P<number>(?P<n>[0-9０-９]{1,3})[.．、﹒])\s*(?![0-9０-９])")),
    ("half", re.compile(r"(?P<number>(?P<n>[0-9０-９]{1,3})[)）])\s*")),
    ("round", re.compile(r"(?P<number>[（(]\s*(?P<n>[0-9０-９]{1,3})\s*[)）])\s*")),
    ("circled", re.compile(r"(?P<number>(?P<n>[①-⑳⑴-⒇⒈-⒛]))\s*")),
    ("letter", re.compile(r"(?P<number>(?P<n>[a-zA-Z])[.．、)）])\s*(?=[\u4e00-\u9fff])")),
)  # fmt: skip
ATTACHED = re.compile(
    r"(?P<number>附\s*(?:件|表|录|图)\s*[0-9０-９一二三四五六七八九十]{0,3}|附(?=\s*[：:]))"
    r"(?P<gap>\s*[：:．.]?\s*)(?P<heading>.*)"
)
EXPLAINS = re.compile(
    r"(?:关于)?《[^》]{2,60}》(?:[（(][^（）()]{2,20}[)）])?(?:的|的起草|起草|的修订|修订|的审议)?\s*说\s*明|(?:起草|修订|编制|立法|条文)说明"
)
SUPPLEMENTARY = re.compile(r"附\s*则")
CAPTION = re.compile(
    r"\s*(?P<caption>【[^【】]{1,60}】|〖[^〖〗]{1,60}〗|\[[^\[\]]{1,60}\]|［[^［］]{1,60}］)"
)
ROUND_CAPTION = re.compile(
    r"\s*(?P<caption>[（(](?![零〇一二三四五六七八九十百0-9０-９]{1,6}[)）])[^（）()。；]{2,30}[)）])"
)
SUB_ALONE = re.compile(r"之\s*(?P<sub>[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})(?P<rest>(?:[\s【〖].*)?)")
CITING = re.compile(
    r"(?:规定|所[列称述指]|第[^条]{1,8}[款项目]|的规定|之规定|之外|[、和及或至到，,）)》”；]|以及|与|中的?|关于|修改|改为|作为|删去|至第|后增加|前增加|对)"
)
_BEGINS_ALSO = re.compile(
    r"与|中|关于|修改|改为|作为|删去|后增加|前增加|对|以及"
)  # words an article may begin with
ENDED = "。；：！？!?;:”’」』）)》】〗…"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line begins: kind, number as written, its value ("12", "17-1"), whether a separator followed, the rest."""

    kind: str
    number: str
    n: str
    gap: bool
    rest: str

    @property
    def order(self) -> tuple[int, int]:
        """Where the number stands among its kind."""
        return numbering.order(self.n)


def headed(text: str) -> Mark | None:
    """第X编/分编/章/节/条 at the beginning of the text, or None."""
    return _headed(text) if text[:1] == "第" else None


@lru_cache(maxsize=256)
def _headed(text: str) -> Mark | None:
    match = HEADED.match(text)
    if not match:
        return None
    try:
        n = str(numbering.from_chinese(match["n"]))
        n += f"-{numbering.from_chinese(match['sub'])}" if match["sub"] else ""
    except ValueError:
        return None
    rest = text[match.end() :]
    gap = bool(match["gap"]) or not rest or bool(CAPTION.match(rest))
    number = match["number"] + match["gap"].strip()
    return Mark(_KIND["".join(match["unit"].split())], number, n, gap, rest)


def clause(text: str) -> Mark | None:
    """一、 at the beginning of the text, or None."""
    match = CLAUSE.match(text)
    if not match:
        return None
    n = str(numbering.from_chinese(match["n"]))
    return Mark("clause", match["number"], n, True, text[match.end() :])


def point(text: str) -> tuple[str, Mark] | None:
    """The style and mark of （一）, 1., （1）, ①, a. at the beginning of the text, or None."""
    for style, pattern in POINTS:
        match = pattern.match(text)
        if match:
            return style, Mark(
                "point", match["number"].strip(), _value(style, match["n"]), True, text[match.end() :]
            )
    return None


def _value(style: str, written: str) -> str:
    if style == "letter":
        return written.lower()
    if style == "circled":
        first = next(start for start in "⒈⑴①" if ord(start) <= ord(written) < ord(start) + 20)
        return str(ord(written) - ord(first) + 1)
    if style == "dotted":
        return written.replace("．", ".").replace(".", "-")
    return str(numbering.from_chinese(written))


def is_heading(mark: Mark) -> bool:
    """Whether a division's line reads as a heading rather than as a sentence that begins with 第三章."""
    rest = mark.rest.strip()
    if mark.kind == "article" or len(rest) > 60 or any(char in rest for char in "。；，"):
        return False
    return mark.gap or not CITING.match(rest)


def supplementary(text: str) -> bool:
    """附则 alone on its line, without a number."""
    return SUPPLEMENTARY.fullmatch(text.strip(" *_　")) is not None


def attached(text: str) -> re.Match[str] | None:
    """附件, 附表, 附录, 附图, 附： as a heading line, or None when it begins a sentence."""
    match = ATTACHED.fullmatch(text)
    if not match or len(text) > 60 or any(char in match["heading"] for char in "。；，"):
        return None
    return None if re.match(r"(?:所[列称]|中的|的|规定)", match["heading"]) else match


def cites(mark: Mark) -> bool:
    """Whether 第X条 is only spoken of: 第三条规定的. After a space a verb may begin an article of its own."""
    if CITING.match(mark.rest) is None or caption(mark.rest)[0] is not None:
        return False
    return not (spaced(mark) and _BEGINS_ALSO.match(mark.rest))


def spaced(mark: Mark) -> bool:
    """Whether white space, or the end of the line, follows the number."""
    return mark.gap and mark.number[-1:] not in "、：:．."


def caption(rest: str) -> tuple[str | None, str]:
    """The caption at the beginning of an article's text, with its brackets, and what follows it."""
    match = CAPTION.match(rest) or ROUND_CAPTION.match(rest)
    return (match["caption"], rest[match.end() :].lstrip()) if match else (None, rest.lstrip())


def structural(text: str) -> bool:
    """Whether a line surely begins something of its own: a division, an article, a clause, a point, an attachment."""
    mark = headed(text)
    if mark and (mark.kind == "article" or is_heading(mark)):
        return True
    return bool(clause(text) or point(text) or supplementary(text) or attached(text))


def ended(text: str) -> bool:
    """Whether the text ends as a sentence, a list item or a heading in brackets ends."""
    return not text or text[-1] in ENDED
