"""Codes of a dossier in words, and days, instants and ordinals as an official paper writes them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone

from deliberation.domain.errors import Said, _
from deliberation.domain.remarks import ATTITUDES, CHANNELS, ENDINGS

__all__ = [
    "ATTITUDES", "BEIJING", "CHANNELS", "ENDS", "MEETING_KINDS", "OUTCOMES", "RELATIONS", "SUGGESTION_KINDS", "UNJUDGED",
    "VOTE_KINDS", "WITHHELD", "Translate", "chinese", "day", "listed", "local_day", "minute", "speak", "word",
]  # fmt: skip
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
Translate = Callable[[str], str]

OUTCOMES = {
    "adopted": _("采纳"),
    "partly": _("部分采纳"),
    "not": _("未采纳"),
    "already_law": _("已有规定"),
    "absorbed": _("已吸收"),
    "kept_for_study": _("留作研究"),
    "referred": _("转有关部门"),
    "pending": _("已上报，研究中"),
}
SUGGESTION_KINDS = {
    "wording": _("文字修改"),
    "substance": _("实质修改"),
    "addition": _("新增"),
    "deletion": _("删除"),
    "whole": _("整体"),
    "execution": _("执行层面"),
}
ENDS = {"merged": _("归并"), **ENDINGS}
UNJUDGED = _("未归并，原文照附")
WITHHELD = {
    "not_released": _("未同意公开"),
    "redacted": _("已遮盖"),
    "withdrawn": _("已撤回"),
    "replaced": _("已改写"),
}
MEETING_KINDS = {
    "discussion": _("座谈会"),
    "argumentation": _("论证会"),
    "hearing": _("听证会"),
    "council": _("议事会"),
    "other": _("会议"),
}
VOTE_KINDS = {
    "hands": _("举手表决"),
    "named": _("记名表决"),
    "secret": _("无记名表决"),
    "paper": _("票决"),
}
RELATIONS = {
    "same": _("未改"),
    "renumbered": _("条序调整"),
    "reworded": _("有修改"),
    "moved": _("移动"),
    "split": _("拆分"),
    "merged": _("合并"),
    "deleted": _("删去"),
    "new": _("新增"),
}


def word(words: dict[str, str], code: str | None) -> str:
    """The word of a code; a code from another installation is shown as it is, none as nothing."""
    return words.get(code, code) if code else ""


def day(on: date | None) -> str:
    """2026年6月8日: Arabic figures, no leading zero (GB/T 9704-2012, 7.3.5.4); empty for None."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def local_day(at: datetime | None) -> str:
    """The day of an aware instant in Beijing time; empty for None."""
    return day(at.astimezone(BEIJING).date()) if at else ""


def minute(at: datetime | None) -> str:
    """2026年6月8日14:30 in Beijing time; empty for None."""
    if at is None:
        return ""
    here = at.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日{here.hour:02d}:{here.minute:02d}"


def speak(said: Said | str | tuple[Said | str, ...], translate: Translate) -> str:
    """A sentence in somebody's language; parameters that are sentences, or lists of them, are said first.

    A tuple is a paragraph: its sentences follow one another, with a space after an ASCII stop.
    """
    if isinstance(said, str):
        return said
    if isinstance(said, tuple):
        return "".join(
            f"{one} " if one[-1:].isascii() else one for one in (speak(s, translate) for s in said)
        ).strip()
    text = translate(said.msgid)
    return (
        text % {key: _part(value, translate) for key, value in said.params.items()} if said.params else text
    )


def _part(value: object, translate: Translate) -> object:
    if isinstance(value, Said):
        return speak(value, translate)
    if isinstance(value, tuple):
        return listed((_part(item, translate) for item in value), translate)
    return value


def listed(items: Iterable[object], translate: Translate) -> str:
    """Things in a row: 甲、乙、丙."""
    return translate(_("、")).join(str(item) for item in items)


def chinese(msgid: str) -> str:
    """The translation of a paper that is Chinese: none."""
    return msgid
