"""How much of a file is taken, and how a packed file is opened without unpacking a bomb or following a name.

Limits: 50 MB as sent, 5,000 entries, 200 MB unpacked in all, 100 times the packed size for entries over 40 MB.
Entries are read in memory by their exact names, each name once; nothing is ever written out, so a name like ../../x means nothing.
"""

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from deliberation.domain.errors import Refusal, TooLarge, _

MAX_BYTES = 50 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
SMALL = 40 * 1024 * 1024
MAX_LINES = 40_000  # the longest law has about 3,000; read and set in order in well under ten seconds
BROKEN = _("这个文件不完整或者已损坏，打不开。请重新下载或者在 WPS、Word 中打开后另存一份，再上传。")
TOO_LARGE = _("文件太大（%(size)s MB），最多 %(most)s MB。请去掉其中的图片，或者把文字粘贴进来。")
_BOMB = _("这个文件压缩得不正常，解开后会非常大，没有打开。请在 WPS 或 Word 中打开后另存一份，再上传。")
TOO_MANY = _(
    "这个文件段落太多，超过 %(most)s 段，没有读入（最长的法典也只有几千段）。请检查是否选错了文件；草案确实这么长的，请分成几份上传。"
)
_DTD = _(
    "这个文件里带有外部实体或者文档类型声明，为安全起见没有打开。请在 WPS 或 Word 中打开后另存一份，再上传。"
)


def check_size(data: bytes) -> None:
    """TooLarge above 50 MB, a Refusal for an empty file."""
    if len(data) > MAX_BYTES:
        raise TooLarge(TOO_LARGE, size=len(data) // 1024 // 1024, most=MAX_BYTES // 1024 // 1024)
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise Refusal(_("这个文件是空的。请检查是否选错了文件，再上传一次。"))


def check_lines(count: int) -> None:
    """TooLarge for more paragraphs than any draft has, before the costly passes."""
    if count > MAX_LINES:
        raise TooLarge(TOO_MANY, most=MAX_LINES)


def open_package(data: bytes) -> zipfile.ZipFile:
    """The packed file, its entries counted and weighed; a Refusal when broken, locked or swollen."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
        entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as broken:
        raise Refusal(BROKEN) from broken
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refusal(_BOMB)
    if len({entry.filename for entry in entries}) != len(entries):
        raise Refusal(BROKEN)  # one name for several: every reading of it would weigh as much as the largest
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Refusal(_BOMB)
        if entry.flag_bits & 1:
            raise Refusal(_("这个文件加了密码，读不了。请去掉密码后另存一份，再上传。"))
    return package


def part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """One entry's bytes by its exact name, or None; never more than it said it holds."""
    try:
        with package.open(name) as stream:
            most = package.getinfo(name).file_size
            data = stream.read(most + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as broken:
        raise Refusal(BROKEN) from broken
    if len(data) > most:
        raise Refusal(_BOMB)
    return data


def xml_part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """One XML entry parsed, or None where absent."""
    data = part(package, name)
    return None if data is None else xml(data)


def xml(data: bytes) -> etree._Element:
    """XML parsed with entities, network and document types off; comments and instructions are no part of it.

    A Refusal when it has document types or entities, or is malformed.
    """
    refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise Refusal(BROKEN) from broken


def refuse_document_type(data: bytes) -> None:
    """A Refusal when the XML declares a document type or entities, in any encoding XML allows."""
    head = data[:4096].replace(b"\x00", b"").lower()
    if b"<!doctype" in head or b"<!entity" in head or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refusal(_DTD)
