"""原汁原味: a remark is the text its author saw in the box; what may be done to it at intake, and nothing else.

CRLF and CR become LF, because browsers send LF as CRLF and scripts do not. No trimming, no normal form.
Refused is what XML 1.0 (§2.2 Char) cannot carry, because the text must come back equal out of DOCX and XLSX:
C0 controls other than TAB and LF, U+FFFE, U+FFFF, lone surrogates.
"""

import re
from urllib.parse import unquote_to_bytes

from deliberation.domain.errors import Refusal, _

LIMIT = 10_000
HIGHEST_LIMIT = 30_000
CELL = 32_767
"""An Excel cell ends here, counted in UTF-16 units."""
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def verbatim(text: str, *, field: str, limit: int = LIMIT) -> str:
    """The text to keep for ever, equal but for line ends; Refusal naming the field, the character and its place.

    `limit` counts characters (code points) after line ends are LF; never more than 30,000.
    """
    if not text:
        return text
    kept = text if "\r" not in text else text.replace("\r\n", "\n").replace("\r", "\n")
    found = UNWRITABLE.search(kept)
    if found:
        line, column = place_of(kept, found.start())
        raise Refusal(
            _("第 %(line)s 行第 %(column)s 个字符（%(shown)s）是看不见的控制字符，无法保存，请删去它再提交。"),
            field=field, line=line, column=column, shown=shown(found[0]),
        )  # fmt: skip
    most = min(limit, HIGHEST_LIMIT)
    if len(kept) > most:
        raise Refusal(
            _("这一栏最多 %(limit)s 字，现有 %(length)s 字，请删减，或者分成几条提交。"),
            field=field, limit=most, length=len(kept),
        )  # fmt: skip
    if 2 * len(kept) > CELL and len(kept.encode("utf-16-le")) > 2 * CELL:
        raise Refusal(_("这一栏的生僻字太多，汇总表的一格放不下，请分成几条提交。"), field=field)
    return kept


def place_of(text: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def shown(character: str) -> str:
    """The character's number, since the character itself cannot be seen: U+0007."""
    return f"U+{ord(character):04X}"


def utf8(raw: bytes, *, field: str | None = None) -> str:
    """The text of a raw body or a text part of one, strictly UTF-8 (RFC 3629); Refusal with the first wrong byte."""
    try:
        return raw.decode("utf-8", "strict")
    except UnicodeDecodeError as wrong:
        raise Refusal(
            _("收到的文字不是 UTF-8 编码（第 %(place)s 个字节 %(byte)s），请换一个浏览器或者另存为 UTF-8 再提交。"),
            field=field, place=wrong.start + 1, byte=f"0x{raw[wrong.start]:02X}",
        ) from None  # fmt: skip


def form_utf8(raw: bytes) -> None:
    """Check a urlencoded body as it came: each name and value must be UTF-8 once its %XX are bytes; else Refusal."""
    for pair in raw.split(b"&"):
        name, _equals, value = pair.replace(b"+", b" ").partition(b"=")
        field = utf8(unquote_to_bytes(name))
        utf8(unquote_to_bytes(value), field=field)
