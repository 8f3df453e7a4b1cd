"""Chinese numerals, both ways, 1 to 9999, and the numbers of articles with their 之一.

Source: Legislation Law of the PRC (立法法, text of 2023-03-13), art. 65: parts, chapters, sections and articles are
numbered in Chinese numerals, subparagraphs in bracketed Chinese numerals, items in Arabic numerals.
Written: 一百零一, 一千二百六十. Read besides: 12, １２, 廿三, 〇, 一百〇一, 二〇二六, 两百, 一百二.
"""

import re
import unicodedata
from functools import lru_cache

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"))
LEAST, MOST = 1, 9999
FIGURES = "〇○零一二三四五六七八九十百千两廿卅0-9０-９"

_VALUES = {char: value for value, char in enumerate(DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_SHORT = {"廿": "二十", "卅": "三十"}
_LABEL = re.compile(
    rf"[第（(]?\s*([{FIGURES}\s]+?)\s*[编章节条款项目部分）)、．.]*(?:\s*之\s*([{FIGURES}\s]+))?"
)


def to_chinese(number: int) -> str:
    """12 → 十二, 101 → 一百零一, 1260 → 一千二百六十. ValueError outside 1..9999."""
    if not LEAST <= number <= MOST:
        raise ValueError(f"{number} is not between {LEAST} and {MOST}")
    words, rest, skipped = "", number, False
    for weight, unit in UNITS:
        digit, rest = divmod(rest, weight)
        if not digit:
            skipped = bool(words)
            continue
        words += ("零" if skipped else "") + DIGITS[digit] + unit
        skipped = False
    if rest:
        words += ("零" if skipped else "") + DIGITS[rest]
    return words[1:] if words.startswith("一十") else words


@lru_cache(maxsize=4096)
def from_chinese(written: str) -> int:
    """The value of a numeral as people write it, spaces allowed inside. ValueError when it is none."""
    plain = "".join(
        _SHORT.get(char, char) for char in unicodedata.normalize("NFKC", written) if not char.isspace()
    )
    if re.fullmatch(r"[0-9]{1,6}", plain):
        return int(plain)
    if not plain or any(char not in _VALUES and char not in _WEIGHTS for char in plain):
        raise ValueError(f"{written!r} is not a number")
    if len(plain) > 1 and not any(char in _WEIGHTS for char in plain):
        return int("".join(str(_VALUES[char]) for char in plain))
    return _weighed(plain)


def _weighed(plain: str) -> int:
    total, digit, last = 0, None, 0
    for char in plain:
        if char in _WEIGHTS:
            last = _WEIGHTS[char]
            total += (1 if digit is None or digit == 0 else digit) * last
            digit = None
        else:
            last = 0 if char in "零〇○" else last
            digit = _VALUES[char]
    if digit and last >= 100:  # 一百二 is 120, 一百零二 is 102
        return total + digit * last // 10
    return total + (digit or 0)


def value(written: str) -> str | None:
    """The value of a label as an address: 第十二条 → "12", 第十七条之一 → "17-1", （三） → "3"; None when it has none."""
    match = _LABEL.fullmatch(written.strip())
    if not match:
        return None
    try:
        first = from_chinese(match[1])
        return f"{first}-{from_chinese(match[2])}" if match[2] else str(first)
    except ValueError:
        return None


def label(n: str, unit: str = "条") -> str:
    """The other way: "12" → 第十二条, "17-1" → 第十七条之一; `unit` is 编, 章, 节 or 条."""
    first, _, after = n.partition("-")
    words = f"第{to_chinese(int(first))}{unit}"
    return f"{words}之{to_chinese(int(after))}" if after else words


def order(n: str) -> tuple[int, int]:
    """What an address sorts by: "17" before "17-1" before "18"."""
    first, _, after = n.partition("-")
    return int(first), int(after or 0)
