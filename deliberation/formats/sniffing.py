"""What a file is, by its bytes; its name is only a hint between kinds of text."""

import re

from deliberation.domain.errors import Refusal, _
from deliberation.formats import limits, text_read
from deliberation.formats.docx_parts import main_part

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument\0".encode("utf-16-le")
_WORD_MARKS = (b"\xec\xa5", b"\xdc\xa5")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
MACRO = _("这个文件带有宏程序，为安全起见没有打开。请在 WPS 或 Word 中另存为不带宏的 .docx，再上传。")
CONTAINERS = {".docx", ".docm", ".doc", ".wps", ".wpt", ".odt", ".pdf", ".rtf", ".dot", ".dotx"}
_MACROS = {".docm", ".dotm"}
ALIASES = {
    ".markdown": ".md",
    ".text": ".txt",
    ".xhtml": ".html",
    ".shtml": ".html",
    ".mhtml": ".mht",
    ".akn": ".akn",
}


def ending_of(name: str) -> str:
    """The ending of a file's name in lower case; folders in the name mean nothing."""
    last = re.split(r"[/\\]", name)[-1]
    return "." + last.rpartition(".")[2].lower() if "." in last else ""


def kind_of(data: bytes, name: str) -> str:
    """The key in READERS for this file. A Refusal when no reader is for it."""
    ending = ending_of(name)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if ending in _MACROS:
        raise Refusal(
            _("带宏的文件（.docm、.dotm）为安全起见不读。请在 WPS 或 Word 中另存为不带宏的 .docx，再上传。")
        )
    if head.startswith(b"PK"):
        return _packed(data)
    if head.startswith(OLE):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if _is_image(head):
        raise Refusal(
            _(
                "这是一张图片。两个办法：一是用识别软件识别后，把文字粘贴进来；二是先建立带条号的空白条文，把图片附在旁边对照。"
            )
        )
    return _textual(data, head, ending)


def _compound(data: bytes) -> str:
    """An OLE file: a .doc or .wps when it holds a Word stream; LibreOffice would read any other as gibberish."""
    if _LOCKED in data or _is_locked_word(data):
        raise Refusal(_("这个文件加了密码，读不了。请去掉密码后另存一份，再上传。"))
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refusal(MACRO)
    if "WordDocument".encode("utf-16-le") not in data:
        raise Refusal(limits.BROKEN)
    return ".doc"


def _is_locked_word(data: bytes) -> bool:
    """Whether a .doc has its flag of a password: bit 8 at offset 10 of the WordDocument stream ([MS-DOC] 2.5.2, [MS-CFB] 2.6)."""
    sector = 1 << int.from_bytes(data[30:32], "little") % 16
    at = data.find(_WORD)
    while at >= 0:
        start = (int.from_bytes(data[at + 116 : at + 120], "little") + 1) * sector
        head = data[start : start + 12]
        if head[:2] in _WORD_MARKS:
            return bool(int.from_bytes(head[10:12], "little") & 0x0100)
        at = data.find(_WORD, at + 1)
    return False


def _is_image(head: bytes) -> bool:
    if head.startswith((b"BM", b"RIFF")):
        return b"\x00" in head[:64]
    return head.startswith(_IMAGES) or head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}


def _packed(data: bytes) -> str:
    with limits.open_package(data) as package:
        names = set(package.namelist())
        if main_part(package):
            return ".docx"
        kind = limits.part(package, "mimetype") or b""
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return ".odt"
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise Refusal(_("这是表格或者演示文稿，不是草案文本。请选 Word 文档、PDF 或者纯文本。"))
    if "[Content_Types].xml" in names:
        raise Refusal(
            _("这个文件不是 Word 文档（里面没有正文）。请在 WPS 或 Word 中打开，另存为 .docx 再上传。")
        )
    raise Refusal(_("这是压缩包，不是草案文本。请先解压，再上传里面的文件。"))


def _textual(data: bytes, head: bytes, ending: str) -> str:
    lower = head.lower()
    if lower.startswith((b"<!doctype html", b"<html")) or (b"<html" in lower and b"<?xml" in lower):
        return ".html"
    if lower.startswith(b"mime-version:") or ending in {".mht", ".mhtml"}:
        return ".mht"
    if lower.startswith((b"<?xml", b"<akomantoso")) or ending in {".akn", ".xml"}:
        return ".akn"
    if ending in CONTAINERS:
        raise _misnamed(data, ending)
    if ending in {".html", ".htm", ".xhtml", ".shtml"}:
        return ".html"
    return ALIASES.get(ending, ending) if ending in {".md", ".markdown", ".txt"} else "text"


def _misnamed(data: bytes, ending: str) -> Refusal:
    try:
        text_read.decode(data)
    except Refusal:
        return Refusal(limits.BROKEN)
    return Refusal(
        _("这个文件的后缀名是 %(ending)s，里面却是纯文本。请把后缀名改为 .txt 再上传，或者把文字粘贴进来。"),
        ending=ending,
    )
