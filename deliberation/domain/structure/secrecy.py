"""The mark of a state secret at the head of a file.

Source: Law on Guarding State Secrets (保守国家秘密法, text of 2024-02-27), arts. 13 and 23: 绝密, 机密, 秘密;
GB/T 9704-2012, 7.2.2: the mark stands at the top left of the first page, with ★ and the term, 机密★1年.
"""

import re
from collections.abc import Iterable
from itertools import islice

HEAD = 15
_MARK = re.compile(
    r"(?:密\s*级\s*[：:]?\s*)?(?P<mark>(?:绝\s*密|机\s*密|秘\s*密)(?:\s*[★☆*＊]\s*(?:[0-9０-９一二三四五六七八九十]{1,3}\s*[年月日个]*|长期|启用前)?"
    r"|\s*(?:特急|加急|平急))?)"
)
_STARRED = re.compile(
    r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆]\s*(?:[0-9０-９一二三四五六七八九十]{1,3}\s*[年月日个]*|长期|启用前)?"
)


def secrecy_mark(lines: Iterable[str]) -> str | None:
    """The mark of secrecy as written at the head of these lines (the first 15 that are not empty), or None."""
    for line in islice((line.strip() for line in lines if line.strip()), HEAD):
        match = _MARK.fullmatch(line) or _STARRED.search(line)
        if match:
            return match.groupdict().get("mark") or match[0]
    return None


_STAMP = re.compile(
    r"^\s*(?:[（(【\[]\s*)?(?P<first>(?:绝密|机密|秘密))(?:\s*[）)】\]]|[\s：:_—-]|\.\w{1,5}$|$)"
    r"|[（(【\[]\s*(?P<inside>(?:绝密|机密|秘密)(?:\s*[★☆][^）)】\]]*)?)\s*[）)】\]]"
    r"|[\s_—-](?P<last>(?:绝密|机密|秘密))(?:\.\w{1,5})?\s*$"
)


def secrecy_stamp(words: str) -> str | None:
    """A mark of secrecy put on a title or a file name: at its head or end, in brackets, or with a star.

    The words inside a name (保守国家秘密条例, 商业秘密保护条例) are none.
    """
    starred = _STARRED.search(words)
    if starred:
        return starred[0]
    match = _STAMP.search(words)
    return next((found for found in match.groups() if found), None) if match else None
