"""A transcript or a copied chat, split by who speaks: 「张三：……」, 「说话人1 00:03:12」, messages copied from WeChat.

What was said is kept as it stands; only the heads (name and time) are taken off and each piece's blank edges.
"""

import re
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, _

MOST = 2_000
_TIME = r"(?:[上下]午|早上|晚上|中午|凌晨)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*[AP]M)?"
_DATE = r"(?:\d{2,4}[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}日?|\d{1,2}[-/.月]\s*\d{1,2}日?|昨天|今天|星期[一二三四五六日天]|周[一二三四五六日天])"
_HEAD = re.compile(
    rf"^(?P<name>[^，。；！？,;!?：:\d][^，。；！？,;!?：:]{{0,24}}?)\s*[：:]?\s*[\[(（]?\s*(?P<time>(?:{_DATE}\s*)?{_TIME})\s*[\])）]?\s*$",
    re.IGNORECASE,
)
_COLON = re.compile(
    r"^(?P<name>[^，。；！？,;!?：:“”\"《》\d][^，。；！？,;!?：:“”\"《》]{0,15}?)\s*[：:]\s*(?P<text>.*)$",
    re.DOTALL,
)
_RULE = re.compile(rf"^[\s—\-=_*·]*(?:{_DATE})?[\s—\-=_*·]*$")
_NOT_A_NAME = re.compile(
    r"^(?:第[〇零一二三四五六七八九十百千\d]+[条款项章节]|议题|议程|时间|地点|主题|会议|注|备注|附|记录|参会|出席|https?$|例如|比如|一是|二是|三是)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one speaker said without being interrupted. `at` is the time as written ("" where none); `line` counts from 1."""

    speaker: str
    text: str
    at: str = ""
    line: int = 1


def split(pasted: str, but: frozenset[str] = frozenset()) -> tuple[Piece, ...]:
    """The pieces in order. Words before the first head have the speaker "". Refusal where there is nothing or too much.

    `but` are words before a colon that a person said are no speakers: they stay in what was said.
    """
    pieces: list[tuple[str, str, int, list[str]]] = []
    for number, row in enumerate(pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        head = _head(row.strip("\ufeff \u3000\t"))
        if head is not None and head[0] not in but:
            speaker, at, text = head
            pieces.append((speaker, at, number, [text] if text else []))
        elif not pieces and row.strip() and not _RULE.match(row):
            pieces.append(("", "", number, [row]))
        elif pieces and not (_RULE.match(row) and row.strip()):
            pieces[-1][3].append(row)
    found = [Piece(who, "\n".join(rows).strip("\n \u3000"), at, n) for who, at, n, rows in pieces]
    found = [one for one in found if one.text]
    if not found:
        raise Refusal(_("没有读出发言。请粘贴“张三：……”这样的文字，一人一段。"), field="pasted")
    if len(found) > MOST:
        raise Refusal(_("一次最多粘贴 %(most)s 段，请分几次。"), most=MOST, field="pasted")
    return tuple(found)


def speakers(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """Everybody who speaks, once, in the order they first speak."""
    return tuple(dict.fromkeys(one.speaker for one in pieces))


def _head(row: str) -> tuple[str, str, str] | None:
    """(speaker, time, the rest of the row) where the row begins a piece."""
    timed = _HEAD.match(row)
    if timed and not _NOT_A_NAME.match(timed["name"]):
        return timed["name"].strip(), timed["time"].strip(), ""
    said = _COLON.match(row)
    if said and not _NOT_A_NAME.match(said["name"]) and not re.search(r"\s{2,}", said["name"]):
        return said["name"].strip(), "", said["text"]
    return None
