"""Hints on figures: periods, persons, sums and shares in Chinese numerals, calendar dates in Arabic ones."""

import re
from collections.abc import Iterator

from deliberation.domain.errors import Said, _
from deliberation.domain.numbering import LEAST, MOST, from_chinese, to_chinese
from deliberation.domain.provisions import Draft
from deliberation.domain.style_hints_values import Hint, texts

_QUANTITY = re.compile(
    r"(?<![0-9０-９.．年月第号/-])([0-9０-９]{1,8})(万元|元|个工作日|工作日|日(?!期)|天|个月|周年|年(?![0-9０-９]|以?来)|周|小时|人|名|户|倍|%|％)"
)
_CHINESE_DATE = re.compile(
    r"([一二][零〇○一二三四五六七八九]{3})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_YEAR = range(1900, 2200)


def figure_hints(draft: Draft) -> Iterator[Hint]:
    """All hints of this kind."""
    for node in texts(draft):
        for match in _QUANTITY.finditer(node.text):
            number = int(match[1])
            if match[2] == "年" and number in _YEAR:
                continue
            said = Said(_("时间段、人数、金额、比例用汉字数字。"))
            yield Hint("figures", node.eid, said, match[0], match.start(), _quantity(number, match[2]))
        for match in _CHINESE_DATE.finditer(node.text):
            said = Said(_("公历日期用阿拉伯数字。"))
            yield Hint("date_figures", node.eid, said, match[0], match.start(), _date(match))


def _quantity(number: int, unit: str) -> str | None:
    if unit == "元" and number > MOST and number % 10_000 == 0:
        number, unit = number // 10_000, "万元"
    if not LEAST <= number <= MOST:
        return None
    words = to_chinese(number)
    return f"百分之{words}" if unit in {"%", "％"} else f"{words}{unit}"


def _date(match: re.Match[str]) -> str | None:
    try:
        year, *rest = [str(from_chinese(part)) for part in match.groups() if part]
    except ValueError:
        return None
    return "".join(f"{n}{unit}" for n, unit in zip([year, *rest], "年月日", strict=False))
