"""A saved recorder (.json, .html) or backup of the console: bytes in, entries out, in the order they were written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deliberation.domain.errors import Refusal, Said, TooLarge, _
from deliberation.domain.hall_entries import KEY, Entry, clean, in_order, read_entry
from deliberation.formats.recorder_html import kept_in

NOT_OURS = _("这不是离线记录本存下来的文件。请选保存的 .json、.html，或者填好的空白表 .xlsx。")
MOST = 20_000
LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True)
class Brought:
    """What a file holds: which meeting it says it is of ("" where it says none), and what was written."""

    code: str
    title: str
    device: str
    entries: tuple[Entry, ...]
    source: str = "file"
    problems: tuple[Said, ...] = ()


def read(data: bytes) -> Brought:
    """Either kind; Refusal with a sentence for anything else."""
    if len(data) > LARGEST:
        raise TooLarge(_("这个文件太大，不像是离线记录本。"), field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(NOT_OURS, field="file") from None
    found = _parsed(text if text.lstrip().startswith("{") else kept_in(text))
    device = found.get("device")
    given = found.get("entries")
    if found.get("format") != "yishiting-hall" or not isinstance(given, list):
        raise Refusal(NOT_OURS, field="file")
    if len(given) > MOST:
        raise TooLarge(_("这个文件里的记录太多，最多 %(most)s 条。"), most=MOST, field="file")
    if not given:
        raise Refusal(_("这份记录本里还没有记过东西，没有什么可导入的。"), field="file")
    if not isinstance(device, str) or not KEY.fullmatch(device):
        raise Refusal(NOT_OURS, field="file")
    names = clean({"code": _word(found, "code", 32), "title": _word(found, "title", 200)})
    return _brought(names["code"], names["title"], device, given)


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(_("这个文件不完整，可能没有存好。请从离线记录本里再保存一次。"), field="file") from None
    if not isinstance(found, dict):
        raise Refusal(NOT_OURS, field="file")
    return found


def _word(found: Mapping[str, Any], name: str, most: int) -> str:
    given = found.get(name)
    return given[:most] if isinstance(given, str) else ""


def _brought(code: str, title: str, device: str, given: list[Any]) -> Brought:
    """Entries that cannot be told from one another are named, the others are read."""
    entries, problems = [], []
    for line, one in enumerate(given, 1):
        try:
            entries.append(read_entry(one, device))
        except Refusal:
            problems.append(Said(_("第 %(line)s 条残缺，读不出来，没有算进去。"), line=line))
    return Brought(code, title, device, tuple(in_order(entries)), problems=tuple(problems))
