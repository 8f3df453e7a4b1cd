"""The sender's file as a package: refused where it could do harm, written again with only the named parts changed."""

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from deliberation.domain.errors import Refusal, _
from deliberation.formats import limits
from deliberation.formats.official_package import stored
from deliberation.formats.outward import reaches_out
from deliberation.formats.sniffing import OLE

MOST = 5 * 1024 * 1024
NOT_A_TABLE = _("请上传来文单位的表格：.xlsx，或者有表格的 .docx。旧格式（.xls、.doc、.wps）请先另存。")
MACROS = _("这个文件带有宏，为安全起见不用。请在 WPS 或 Office 里另存为不带宏的 .xlsx 或 .docx，再上传。")
LINKED = _("这个文件里有指向其他文件或网址的内容，为安全起见不用。请断开链接、另存后再上传。")
LOCKED = _("这个文件加了密码，读不了。请去掉密码后另存一份，再上传。")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPEAKS = re.compile(r"(?:word|xl)/.*\.xml")
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def kind_of(data: bytes) -> str:
    """xlsx or docx. A Refusal for anything else, for macros, links to elsewhere, bombs, broken files."""
    limits.check_size(data)
    if len(data) > MOST:
        raise Refusal(
            _("表格文件太大，最多 %(most)s MB。请去掉图片，另存后再上传。"), most=MOST // 1024 // 1024
        )
    if not data.startswith(b"PK"):
        raise Refusal(LOCKED if data.startswith(OLE) and ENCRYPTED in data else NOT_A_TABLE)
    with limits.open_package(data) as package:
        names = package.namelist()
        found = "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else ""
        if not found:
            raise Refusal(NOT_A_TABLE)
        _harmless(package, names)
    return found


def _harmless(package: zipfile.ZipFile, names: list[str]) -> None:
    low = [name.lower() for name in names]
    types = limits.part(package, "[Content_Types].xml") or b""
    if (
        any(n.endswith(("vbaproject.bin", "vbadata.xml", ".xlm")) or "/macrosheets/" in n for n in low)
        or b"macroenabled" in types.lower()
    ):
        raise Refusal(MACROS)
    if any(
        n.endswith(("connections.xml", "afchunk.mht"))
        or any(part in n for part in ("/externallinks/", "/embeddings/", "/activex/", "/querytables/"))
        for n in low
    ):
        raise Refusal(LINKED)
    for name in names:
        if name.endswith(".rels"):
            root = limits.xml_part(package, name)
            for each in root.iter(_REL) if root is not None else ():
                _stays_inside(each)
        elif _SPEAKS.fullmatch(name) and reaches_out(limits.part(package, name) or b""):
            raise Refusal(LINKED)


def _stays_inside(relation: etree._Element) -> None:
    kind = relation.get("Type", "").rpartition("/")[2]
    if relation.get("TargetMode") == "External" and kind != "hyperlink" or kind in {"aFChunk", "oleObject"}:
        raise Refusal(LINKED)


def opened(data: bytes) -> zipfile.ZipFile:
    """The package for reading its parts."""
    return limits.open_package(data)


def part(package: zipfile.ZipFile, name: str) -> etree._Element:
    """One part that must be there."""
    root = limits.xml_part(package, name)
    if root is None:
        raise Refusal(limits.BROKEN)
    return root


def written(data: bytes, changed: Mapping[str, etree._Element], gone: tuple[str, ...] = ()) -> bytes:
    """The file with these parts in place of its own; the same input, the same bytes."""
    out = io.BytesIO()
    with limits.open_package(data) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in package.namelist():
            if name in gone or name.endswith("/"):
                continue
            root = changed.get(name)
            raw = limits.part(package, name) if root is None else HEAD.encode() + etree.tostring(root)
            target.writestr(stored(name), raw or b"")
    return out.getvalue()
