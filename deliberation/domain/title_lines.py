"""A long title in lines: no word is torn, the lines are of like length (GB/T 9704-2012, 7.3.1)."""

import re
from functools import lru_cache

MOST = 20  # 二号 characters in 156 mm
_WORDS = (
    "征求意见", "情况", "报告", "草案", "条例", "规定", "办法", "管理", "安全", "保护", "促进", "会议", "纪要", "通知", "关于",
    "意见", "建议", "汇总表", "实施", "修改", "决定", "法制", "委员会", "人民代表大会", "常务委员会", "电动自行车", "充电", "消防",
    "生活垃圾", "分类", "物业", "文明", "行为", "公共", "服务", "城市", "乡村", "农村", "环境", "客运", "出租汽车", "历史", "文化",
)  # fmt: skip
_TOKEN = re.compile("|".join([*sorted(_WORDS, key=len, reverse=True), r"[0-9A-Za-z.%]+", "."]), re.S)
_NO_START = set("）》〉】、，。；：？！”’的)")
_NO_END = set("（《〈【“‘(")
_GOOD_END = set("）》〉】”’)，")
TORN = 5.0  # characters of unevenness that a break inside a name is worth


def width(text: str) -> float:
    """Width in full characters: ASCII counts a half."""
    return sum(0.5 if ord(char) < 128 else 1.0 for char in text)


def title_lines(text: str, most: int = MOST) -> list[str]:
    """The fewest lines of at most `most` characters, as even as the words allow; one line where it fits."""
    pieces = _pieces(text)
    least = max(1, -int(-width(text) // most))
    for lines in range(least, len(pieces) + 1):
        found = _cut(tuple(pieces), lines, most)
        if found:
            return list(found)
    return [text]


def _pieces(text: str) -> list[str]:
    """What may not be torn: words, and marks with the word they belong to."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        if pieces and (token[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


@lru_cache(maxsize=256)
def _cut(pieces: tuple[str, ...], lines: int, most: int) -> tuple[str, ...] | None:
    """The most even cut into exactly so many lines, or None."""
    if lines == 1:
        whole = "".join(pieces)
        return (whole,) if width(whole) <= most else None
    best: tuple[str, ...] | None = None
    for at in range(1, len(pieces) - lines + 2):
        first = "".join(pieces[:at])
        if width(first) > most:
            break
        rest = _cut(pieces[at:], lines - 1, most)
        if rest and (best is None or _uneven((first, *rest)) <= _uneven(best)):
            best = (first, *rest)
    return best


def _uneven(lines: tuple[str, ...]) -> float:
    """How far the lines differ; a break beside a bracket or book mark is better than one inside a name."""
    widths = [width(line) for line in lines]
    torn = sum(
        first[-1] not in _GOOD_END and then[0] not in _NO_END
        for first, then in zip(lines, lines[1:], strict=False)
    )
    return max(widths) - min(widths) + TORN * torn
