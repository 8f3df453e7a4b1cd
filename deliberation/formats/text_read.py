"""Plain text → lines: UTF-8, UTF-16 with its mark, or GB18030, detected; tables pasted from a sheet are kept as tables."""

import codecs
import re

from deliberation.domain.errors import Refusal, _
from deliberation.domain.structure import Line, Source, marks

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NEWLINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes) -> str:
    """The text of these bytes. A Refusal when they are no text in an encoding used for Chinese."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace")
    for name in ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refusal(
        _(
            "这个文件不是能读懂的文字（UTF-8 或 GB18030）。请在 WPS 或 Word 中打开，另存为 .docx 再上传，或者把文字粘贴进来。"
        )
    )


def read(data: bytes) -> Source:
    """The lines of a .txt file."""
    return from_text(decode(data))


def from_text(text: str) -> Source:
    """The lines of a text; rows of two and more cells parted by tabs, one after another, are one table."""
    return Source(tuple(gather_rows([Line(line, no) for no, line in enumerate(NEWLINE.split(text), 1)])))


def gather_rows(lines: list[Line]) -> list[Line]:
    """Two or more successive lines with tabs inside become one table line."""
    out: list[Line] = []
    rows: list[Line] = []
    for line in [*lines, Line("", 0)]:
        if _is_row(line.text):
            rows.append(line)
            continue
        out += [Line("\n".join(row.text for row in rows), rows[0].no, table=True)] if len(rows) > 1 else rows
        rows = []
        out.append(line)
    return out[:-1]


def _is_row(text: str) -> bool:
    text = text.strip()
    if "\t" not in text:
        return False
    found = marks.point(text)
    return "\t" in found[1].rest.lstrip() if found else not marks.structural(text)
