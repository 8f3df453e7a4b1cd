"""Lines of a body → flat blocks, in order: what each line is, where a line holds two, where two lines are one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deliberation.domain import numbering
from deliberation.domain.errors import _
from deliberation.domain.provisions import DIVISIONS, Caution
from deliberation.domain.structure import marks
from deliberation.domain.structure.lines import Line
from deliberation.domain.structure.marks import Mark
from deliberation.domain.structure.order import Divisions

_START = re.compile(rf"第\s*{marks.FIGURES}\s*[条章节]")
_POINT_START = re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]")
_WRAPPED = 12
_LONGEST = 10_000  # characters: no sentence is longer
_WINDOW = 160  # characters that tell what begins at a place: a number, a caption, the words after it
_STANDS_ALONE = re.compile(
    r"〔\d{4}〕\s*第?\d+号|(?:的解释|的规定|的说明|的通知|条例|办法|的决定|的安排|细则|规则)$|^.{2,20}人民政府$|^[（(]?\d{4}年\d{1,2}月\d{1,2}日"
)
_HEADING_BELOW = 25
_PAGE = re.compile(r"[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:[\s/，,]*共\s*\d{1,4}\s*页)?")


@dataclass(slots=True)
class Block:
    """One block before nesting. `kind` is a node's kind, or `text`, or `point` with its list style."""

    kind: str
    line: int
    number: str | None = None
    n: str | None = None
    heading: str | None = None
    text: str = ""
    style: str = ""


@dataclass(slots=True)
class Scan:
    """The state of one reading: what was seen last, what is still to come, and what was doubtful."""

    later: dict[str, int]
    joins: bool = True
    headings_hold: bool = False
    blocks: list[Block] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    last: tuple[int, int] | None = None
    above: str = ""
    divisions: Divisions = field(default_factory=Divisions)

    def read(self, lines: Sequence[Line]) -> None:
        """Read all lines in order."""
        for at, line in enumerate(lines):
            self._line(line, lines[at + 1] if at + 1 < len(lines) else None)

    def _line(self, line: Line, following: Line | None) -> None:
        if line.table:
            self.blocks.append(Block("table", line.no, text=line.text))
        elif line.quoted:
            self.blocks.append(Block("quoted", line.no, text=line.text))
        else:
            for piece in self._pieces(line):
                self._piece(piece, line, following)
                self.above = piece

    def _pieces(self, line: Line) -> Iterator[str]:
        """A line, cut where an article or chapter begins inside it, and where inline （一）（二） begin."""
        text, start = line.text, 0
        own, last = self._begun(text)
        for match in _START.finditer(text, 1) if "第" in text[1:] else ():
            at = match.start()
            mark = marks.headed(text[at : at + _WINDOW])
            before = text[max(start, at - _WINDOW) : at]
            if mark and begins_inside(before, mark, own) and self._awaited(mark, last, line.no):
                yield from cut_points(text[start:at].rstrip())
                start = at
                own, last = self._begun(text[at : at + _WINDOW])
                self.cautions.append(
                    Caution("start_in_line", line.no, _("这一行中间另起一条（章、节），已分开，请核对。"))
                )
        yield from cut_points(text[start:])

    def _begun(self, text: str) -> tuple[bool, tuple[int, int] | None]:
        """Whether a piece begins with a division's heading, and the last article once it is read."""
        own = marks.headed(text[:_WINDOW])
        last = own.order if own and own.kind == "article" and self._article_here(own) else self.last
        return bool(own and own.kind in DIVISIONS), last

    def _awaited(self, mark: Mark, last: tuple[int, int] | None, no: int) -> bool:
        if mark.kind != "article":
            return mark.gap and len(mark.rest) > 0
        if not follows(last, mark.order):
            return False
        return self.later.get(mark.n, 0) <= no

    def _piece(self, text: str, line: Line, following: Line | None) -> None:
        mark = marks.headed(text)
        if mark and mark.kind == "article" and self._article_here(mark):
            return self._article(mark, line)
        if mark and mark.kind in DIVISIONS and marks.is_heading(mark):
            doubt = self.divisions.follow(mark, line.no)
            self.cautions += [doubt] if doubt and self.joins else []
            self.blocks.append(Block(mark.kind, line.no, mark.number, mark.n, mark.rest.strip() or None))
            return None
        return self._lesser(text, line, following)

    def _lesser(self, text: str, line: Line, following: Line | None) -> None:
        mark = marks.clause(text)
        if mark:
            return self._clause(mark, line, following)
        if marks.supplementary(text) and not (self.blocks and self._names(self.blocks[-1], text)):
            self.blocks.append(Block("supplementary", line.no, heading=text))
            return None
        found = marks.point(text)
        if found:
            style, point = found
            self.blocks.append(
                Block("point", line.no, point.number, point.n, text=point.rest.lstrip(), style=style)
            )
            return None
        return self._plain(text, line)

    def _article_here(self, mark: Mark) -> bool:
        """Whether 第X条 at the beginning of a line begins an article rather than cites one."""
        citing = marks.cites(mark)
        awaited = self.last is not None and follows(self.last, mark.order)
        last = self.blocks[-1] if self.blocks else None
        whole = last is None or last.kind == "table" or marks.ended(last.text) or marks.spaced(mark)
        if awaited:
            return mark.gap or not citing or self.later.get(mark.n, 0) == 0
        if citing:
            return False
        return whole and (mark.gap or self.last is None or mark.order > self.last)

    def _article(self, mark: Mark, line: Line) -> None:
        self._check_order(mark, line.no)
        caption, text = marks.caption(mark.rest)
        self.last = mark.order
        self.blocks.append(Block("article", line.no, mark.number, mark.n, caption))
        if text:
            self.blocks.append(Block("text", line.no, text=text))

    def _check_order(self, mark: Mark, no: int) -> None:
        if self.last is None and mark.order[0] > 1:
            missing = between((0, 0), mark.order)
            self.cautions.append(Caution.of("number_start", no, _("条号从%(number)s开始，前面没有%(missing)s，请核对。"), number=mark.number, missing=missing))  # fmt: skip
        elif self.last is not None and mark.order <= self.last:
            self.cautions.append(Caution.of("number_repeats", no, _("%(number)s的条号重复或者倒退，按原样保留，请核对。"), number=mark.number))  # fmt: skip
        elif self.last is not None and not follows(self.last, mark.order):
            missing = between(self.last, mark.order)
            self.cautions.append(Caution.of("number_gap", no, _("%(number)s之前缺%(missing)s，按原样保留，请核对。"), number=mark.number, missing=missing))  # fmt: skip

    def _clause(self, mark: Mark, line: Line, following: Line | None) -> None:
        short = not marks.ended(mark.rest) and len(mark.rest) <= _HEADING_BELOW
        below = following is not None and not marks.clause(following.text)
        heading = bool(mark.rest) and (line.level > 1 or (short and below))
        above = marks.headed(following.text) if following else None
        kind = "chapter" if heading and above and above.kind == "article" else "clause"
        block = Block(kind, line.no, mark.number, mark.n, mark.rest if heading else None)
        self.blocks.append(block)
        if mark.rest and not heading:
            self.blocks.append(Block("text", line.no, text=mark.rest))

    def _plain(self, text: str, line: Line) -> None:
        last = self.blocks[-1] if self.blocks else None
        if last and self._completes(last, text):
            return
        if line.level and not marks.ended(text):
            self.blocks.append(Block("chapter", line.no, heading=text))
        elif _PAGE.fullmatch(text):
            self.blocks.append(Block("text", line.no, text=text))
            self.cautions.append(
                Caution(
                    "page_number", line.no, _("这一行像是页码，按原样保留；如果不是正文，请删去后重新读入。")
                )
            )
        elif last and self.joins and last.kind in {"text", "point"} and _wraps(last, self.above, text):
            last.text += text
            self.cautions.append(
                Caution("line_joined", line.no, _("句子在行末断开，已与上一行接成一款，请核对。"))
            )
        else:
            self.blocks.append(Block("text", line.no, text=text))

    def _completes(self, last: Block, text: str) -> bool:
        """之一, a caption or a chapter's name on a line of its own goes to the number above it."""
        if last.kind == "article" and not last.heading:
            sub = marks.SUB_ALONE.fullmatch(text)
            if sub and "-" not in (last.n or "-"):
                last.number = f"{last.number}之{sub['sub']}"
                last.n = f"{last.n}-{numbering.from_chinese(sub['sub'])}"
                self.last = numbering.order(last.n)
                rest = sub["rest"].strip()
                if rest and not self._completes(last, rest):
                    self.blocks.append(Block("text", last.line, text=rest))
                return True
            caption, rest = marks.caption(text) if marks.CAPTION.match(text) else (None, text)
            if caption:
                last.heading = caption
                if rest:
                    self.blocks.append(Block("text", last.line, text=rest))
                return True
            if caption is None and (round_ := marks.ROUND_CAPTION.fullmatch(text)):
                last.heading = round_["caption"]
                return True
        if self._names(last, text):
            last.heading = text
            return True
        return False

    def _names(self, last: Block, text: str) -> bool:
        """Whether this line is the name of the division whose number stands alone on the line above."""
        if last.kind not in DIVISIONS or last.heading:
            return False
        return len(text) <= _HEADING_BELOW and not marks.ended(text)


def begins_inside(before: str, mark: Mark, in_heading: bool) -> bool:
    """Whether an article or chapter may begin after these words of the same line."""
    if marks.cites(mark):
        return False
    if mark.kind != "article" and not (mark.gap and before[-1:].isspace()):
        return False
    words = before.rstrip()
    return words.endswith(("。", "！", "？", "；", "。”", "）")) or (in_heading and _named(before))


def _named(before: str) -> bool:
    """Whether these words are a division's number and its name, so that its first article may follow at once."""
    mark = marks.headed(before)
    return before[-1:].isspace() or (mark is not None and bool(mark.rest.strip()) and marks.is_heading(mark))


def cut_points(text: str) -> Iterator[str]:
    """A line cut before each of its inline （一）…（二）…, when they run on from one after ： ； or 。"""
    starts, awaited = [], 1
    for match in _POINT_START.finditer(text):
        found = marks.point(text[match.start() : match.start() + _WINDOW])
        if found and found[1].n == str(awaited) and _ends_before(text, match.start()) in "：；。:;":
            starts.append(match.start())
            awaited += 1
    if len(starts) < 2:
        yield text
        return
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if text[start:end].strip():
            yield text[start:end].strip()


def _ends_before(text: str, at: int) -> str:
    """The last character before a place that is not white space; a line end where there is none."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1] if at else "\n"


def follows(last: tuple[int, int] | None, order: tuple[int, int]) -> bool:
    """Whether a number comes directly after: 18 or 17-1 after 17."""
    if last is None:
        return order == (1, 0)
    return order in ((last[0] + 1, 0), (last[0], last[1] + 1))


def between(last: tuple[int, int], order: tuple[int, int]) -> str:
    """The articles missing between two numbers, in words."""
    first, final = last[0] + 1, order[0] - (0 if order[1] else 1)
    if first > final or final > numbering.MOST:
        return _("中间的条")
    words = numbering.label(str(first))
    return words if first == final else f"{words}至{numbering.label(str(final))}"


def _wraps(last: Block, above: str, below: str) -> bool:
    return len(last.text) < _LONGEST and wraps(above, below)


def wraps(above: str, below: str) -> bool:
    """Whether a line breaks off in mid-sentence, so that the next plain line goes on with it."""
    if marks.ended(above) or len(above) < _WRAPPED:
        return False
    return not any(_STANDS_ALONE.search(text) for text in (above, below))
