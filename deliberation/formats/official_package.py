"""A .docx as a zip written in one pass: the body is an iterable of XML pieces, so a long annex needs no memory.

Dates are fixed and names sorted by nature, so the same pieces give the same bytes. The properties say the paper's
title and its own date, no program and no person.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO

from deliberation.formats import official_styles as page
from deliberation.formats.official_xml import safe

EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 16
_W = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {  # relation id: (kind, file)
    "styles": ("styles", "styles.xml"),
    "settings": ("settings", "settings.xml"),
    "footer_default": ("footer", "footer1.xml"),
    "footer_even": ("footer", "footer2.xml"),
    "header_default": ("header", "header1.xml"),
    "header_even": ("header", "header2.xml"),
}


def stored(name: str) -> zipfile.ZipInfo:
    """An entry with a fixed date and fixed attributes."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def write_package(
    target: IO[bytes], body: Iterable[str], *, title: str, made_at: datetime | None, mark: str = ""
) -> None:
    """Write the paper. `body` is the inside of `w:body` with its last `w:sectPr`; nothing is read twice."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _small_parts(title, made_at, mark):
            package.writestr(stored(name), text)
        with package.open(stored("word/document.xml"), "w", force_zip64=True) as out:
            for chunk in _chunks(_document(body)):
                out.write(chunk)


def package_bytes(body: Iterable[str], *, title: str, made_at: datetime | None, mark: str = "") -> bytes:
    """The paper in memory, for short ones."""
    buffer = io.BytesIO()
    write_package(buffer, body, title=title, made_at=made_at, mark=mark)
    return buffer.getvalue()


def _document(body: Iterable[str]) -> Iterator[str]:
    yield f"{page.HEAD}<w:document {page.NS}><w:body>"
    yield from body
    yield "</w:body></w:document>"


def _chunks(pieces: Iterable[str]) -> Iterator[bytes]:
    """Pieces gathered into writes of about 64 KiB."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _small_parts(title: str, made_at: datetime | None, mark: str) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _content_types()
    yield "_rels/.rels", _relations({
        "document": (f"{_REL}/officeDocument", "word/document.xml"),
        "core": (f"{_PKG}/relationships/metadata/core-properties", "docProps/core.xml"),
    })  # fmt: skip
    yield "docProps/core.xml", _core(title, made_at)
    yield "word/_rels/document.xml.rels", _relations({
        key: (f"{_REL}/{kind}", file) for key, (kind, file) in _PARTS.items()
    })  # fmt: skip
    yield "word/styles.xml", page.styles()
    yield "word/settings.xml", page.settings()
    yield "word/footer1.xml", page.footer("odd")
    yield "word/footer2.xml", page.footer("even")
    yield "word/header1.xml", page.header(mark)
    yield "word/header2.xml", page.header(mark)


def _content_types() -> str:
    over = [("/word/document.xml", f"{_W}.document.main+xml")]
    over += [(f"/word/{file}", f"{_W}.{kind}+xml") for kind, file in _PARTS.values()]
    over += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    parts = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in over)
    return (
        f'{page.HEAD}<Types xmlns="{_PKG}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{file}"/>' for key, (kind, file) in targets.items()
    )
    return f'{page.HEAD}<Relationships xmlns="{_PKG}/relationships">{inside}</Relationships>'


def _core(title: str, made_at: datetime | None) -> str:
    when = ""
    if made_at:
        at = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        when = "".join(
            f'<dcterms:{key} xsi:type="dcterms:W3CDTF">{at}</dcterms:{key}>'
            for key in ("created", "modified")
        )
    return (
        f'{page.HEAD}<cp:coreProperties xmlns:cp="{_PKG}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{safe(title)}</dc:title>{when}</cp:coreProperties>"
    )
