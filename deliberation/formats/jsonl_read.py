"""JSON lines (RFC 8259, one object a line): keys are headings, values are text, numbers, true, false, null, flat lists."""

import json

from deliberation.domain.columns import Table
from deliberation.domain.errors import Refusal, TooLarge, _

MOST_KEYS = 256


def read(text: str, rows: int) -> Table:
    """A table whose headings are all keys in the order first met. A Refusal names the line that cannot be read."""
    header: dict[str, None] = {}
    objects: list[dict[str, str]] = []
    lines: list[int] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        if len(objects) == rows:
            raise TooLarge(_("这个文件超过 %(most)s 行。请分成几个文件导入。"), most=rows)
        made = _object(line, number)
        header |= dict.fromkeys(made)
        objects.append(made)
        lines.append(number)
    if not objects:
        raise Refusal(_("这个文件里没有内容。请检查是否选错了文件。"))
    if len(header) > MOST_KEYS:
        raise TooLarge(_("这个表的列太多，最多 %(most)s 列。请删去用不着的列。"), most=MOST_KEYS)
    return Table(
        tuple(header), tuple(tuple(each.get(name, "") for name in header) for each in objects), tuple(lines)
    )


def _object(line: str, number: int) -> dict[str, str]:
    try:
        made = json.loads(line, parse_int=str, parse_float=str, object_pairs_hook=_once)
    except (ValueError, RecursionError) as broken:
        raise Refusal(_("第 %(line)s 行不是一条完整的 JSON。请改好后再上传。"), line=number) from broken
    if not isinstance(made, dict):
        raise Refusal(_("第 %(line)s 行不是一条完整的 JSON。请改好后再上传。"), line=number)
    return {name: _cell(value, number) for name, value in made.items()}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _cell(value: object, number: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    raise Refusal(_("第 %(line)s 行里有嵌套的内容，读不了。每一项只能是文字或者数字。"), line=number)
