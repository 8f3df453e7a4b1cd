"""Comma, semicolon or tab separated text, in the encodings Chinese offices save it in; and a 接龙 from a chat."""

import codecs
import csv
import io
import re
from collections import Counter

from deliberation.domain.errors import Refusal, _

DELIMITERS = ",\t;，；"
LONGEST_CELL = 200_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINK = re.compile(r"\s*(\d{1,5})\s*[.、．)）:：]\s*(\S.*?)\s*")
_WHO = re.compile(r"(\S{1,12}?)(?:[\s:：,，、;；]+)(.*)", re.S)
NOT_TEXT = _("这个文件不是能读懂的文字表格。请在 WPS 或 Excel 里打开，另存为 .xlsx 再上传。")


def decode(data: bytes) -> str:
    """The text, strictly: UTF-8 with or without mark, UTF-16 with it, GB18030. A Refusal for anything else."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _as(data, name) or _refuse()
    return _as(data, "utf-8") or _as(data, "gb18030") or _refuse()


def _as(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _refuse() -> str:
    raise Refusal(NOT_TEXT)


def delimiter(text: str) -> str:
    """What parts the cells: the sign that stands equally often, and most often, on the first lines; a comma if none does."""
    lines = [_outside(line) for line in text.splitlines()[:30] if line.strip()]
    best, score = ",", (0, 0)
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in lines)
        (most, times), *_rest = counts.most_common(1) or [(0, 0)]
        if most and (times, most) > score:
            best, score = sign, (times, most)
    return best


def _outside(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def cells(text: str, sign: str) -> list[tuple[int, list[str]]]:
    """Rows with the line each begins on, cells exactly as written; quoted cells may hold line ends."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    out, begins = [], 1
    try:
        for row in reader:
            out.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as broken:
        raise Refusal(
            _("第 %(line)s 行读不下去：多半是引号没有成对，或者一格太长。请改好后再上传。"), line=begins
        ) from broken
    return out


def chain(text: str) -> list[tuple[int, tuple[str, str, str]]]:
    """The numbered lines of a WeChat 接龙 as (line, (number, who, what)); [] when it is none. Lines in between belong above."""
    out: list[tuple[int, tuple[str, str, str]]] = []
    for at, line in enumerate(text.splitlines(), 1):
        found = _LINK.fullmatch(line)
        if found:
            who = _WHO.fullmatch(found[2])
            out.append((at, (found[1], who[1] if who else found[2], who[2] if who else "")))
        elif out and line.strip():
            begun, (number, name, said) = out[-1]
            out[-1] = (begun, (number, name, f"{said}\n{line}" if said else line))
    numbers = [int(row[0]) for _at, row in out]
    return out if numbers and numbers == list(range(numbers[0], numbers[0] + len(numbers))) else []
