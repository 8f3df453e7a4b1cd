"""Automatic numbering of Word documents: what stands before a paragraph though no one typed it.

Source: ISO/IEC 29500-1:2016, 17.9 (numbering), 17.18.59 (ST_NumberFormat).
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from deliberation.domain.numbering import DIGITS, to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_PLACE = re.compile(r"%([1-9])")
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTING = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting",
}  # fmt: skip
_DIGITAL = {
    "ideographDigital",
    "japaneseDigitalTenThousand",
    "taiwaneseDigital",
    "koreanDigital",
    "koreanDigital2",
}
_LEGALS = {"chineseLegalSimplified", "japaneseLegal", "ideographLegalTraditional"}
_ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20), "decimalEnclosedCircleChinese": ("①", 20), "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20), "ideographEnclosedCircle": ("㊀", 10),
}  # fmt: skip


def figure(number: int, style: str) -> str:
    """A number in one of Word's list formats; an unknown format is written in Arabic figures."""
    if style == "none" or style == "bullet":
        return ""
    if style in _COUNTING and 1 <= number <= 9999:
        return to_chinese(number)
    if style in _DIGITAL:
        return "".join("〇" if digit == "0" else DIGITS[int(digit)] for digit in str(number))
    if style in _LEGALS and 1 <= number <= 9999:
        return _legal(number)
    if style in _ENCLOSED and 1 <= number <= _ENCLOSED[style][1]:
        return chr(ord(_ENCLOSED[style][0]) + number - 1)
    return _other(number, style)


def _legal(number: int) -> str:
    table = dict(zip(DIGITS, _LEGAL, strict=True)) | {"十": "拾", "百": "佰", "千": "仟"}
    return "".join(table[char] for char in to_chinese(number))


def _other(number: int, style: str) -> str:
    if style in {"upperLetter", "lowerLetter"} and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in {"upperRoman", "lowerRoman"}:
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    if style == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if style == "ideographZodiacTraditional" and 1 <= number <= 60:
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    if style == "numberInDash":
        return f"- {number} -"
    if style == "ideographZodiac" and 1 <= number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    return f"{number:02d}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        words += letters * times
    return words


@dataclass(slots=True)
class Level:
    """One level of a list: where it starts, how it counts, what is written, which level restarts it."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    gap: bool = True
    legal: bool = False
    restart: int | None = None
    linked: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, num_id: str, depth: int) -> str:
        """The words before the next paragraph of this list at this depth (0..8); counts on."""
        abstract = self.abstract_of.get(num_id)
        level = self._level(num_id, depth)
        if abstract is None or level is None:
            return ""
        counts = self.counts.setdefault(abstract, {})
        fresh = self.starts.get(num_id, {}).get(depth)
        if fresh is not None and (num_id, depth) not in self.begun:
            counts[depth] = fresh
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.begun.add((num_id, depth))
        self._restart_below(num_id, depth, counts)
        return self._words(num_id, level, counts)

    def linked(self, num_id: str | None, style: str) -> int:
        """The depth a list keeps for a paragraph style; 0 where it names none."""
        levels = self.levels.get(self.abstract_of.get(num_id or "", ""), {})
        return next((depth for depth, level in levels.items() if style and level.linked == style), 0)

    def _restart_below(self, num_id: str, depth: int, counts: dict[int, int]) -> None:
        for below in [deeper for deeper in counts if deeper > depth]:
            level = self._level(num_id, below)
            if level is None or level.restart is None or (level.restart and depth < level.restart):
                del counts[below]

    def _words(self, num_id: str, level: Level, counts: dict[int, int]) -> str:
        if level.style == "bullet":
            return ""

        def written(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            at = self._level(num_id, depth) or Level()
            style = "decimal" if level.legal else at.style
            return figure(counts.get(depth, at.start), style)

        words = _PLACE.sub(written, level.text)
        return words + (" " if words and level.gap else "")

    def _level(self, num_id: str, depth: int) -> Level | None:
        own = self.overrides.get(num_id, {}).get(depth)
        return own or self.levels.get(self.abstract_of.get(num_id, ""), {}).get(depth)


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines; none when it is absent."""
    lists = Numbering()
    if root is None:
        return lists
    styled: dict[str, str] = {}
    linked: dict[str, str] = {}
    for abstract in root.iterfind(W + "abstractNum"):
        key = abstract.get(W + "abstractNumId", "")
        lists.levels[key] = {_depth(lvl): _level(lvl) for lvl in abstract.iterfind(W + "lvl")}
        styled |= {_val(abstract, "styleLink"): key} if _val(abstract, "styleLink") else {}
        linked |= {key: _val(abstract, "numStyleLink")} if _val(abstract, "numStyleLink") else {}
    for key, style in linked.items():
        lists.levels[key] = lists.levels.get(styled.get(style, ""), lists.levels[key])
    for num in root.iterfind(W + "num"):
        _read_num(lists, num)
    return lists


def _read_num(lists: Numbering, num: etree._Element) -> None:
    key = num.get(W + "numId", "")
    lists.abstract_of[key] = _val(num, "abstractNumId")
    for override in num.iterfind(W + "lvlOverride"):
        depth = _depth(override)
        start = _val(override, "startOverride")
        if start:
            lists.starts.setdefault(key, {})[depth] = integer(start, 1)
        own = override.find(W + "lvl")
        if own is not None:
            lists.overrides.setdefault(key, {})[depth] = _level(own)


def _level(lvl: etree._Element) -> Level:
    style = _val(lvl, "numFmt")
    if not style:  # newer formats hide in AlternateContent
        found = next(lvl.iter(W + "numFmt"), None)
        style = found.get(VAL, "decimal") if found is not None else "decimal"
    restart = _val(lvl, "lvlRestart")
    return Level(
        start=integer(_val(lvl, "start"), 0 if lvl.find(W + "start") is None else 1),
        style=style,
        text=_val(lvl, "lvlText"),
        gap=_val(lvl, "suff") != "nothing",
        legal=lvl.find(W + "isLgl") is not None,
        restart=integer(restart, 0) if restart else None,
        linked=_val(lvl, "pStyle"),
    )


def _depth(element: etree._Element) -> int:
    return integer(element.get(W + "ilvl", "0"), 0)


def _val(element: etree._Element, name: str) -> str:
    child = element.find(W + name)
    return (child.get(VAL) or "") if child is not None else ""


def integer(written: str, otherwise: int) -> int:
    """The number written, or the other where none is."""
    return int(written) if re.fullmatch(r"-?\d{1,6}", written or "") else otherwise
