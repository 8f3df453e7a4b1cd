"""An office's own .docx template: looked over when it comes in, its placeholders filled as plain text when it goes out.

A placeholder may be cut into several runs by the program that wrote it; the run it begins in keeps its look. A table row
or a paragraph that names a list is copied for every entry. Macros, embedded things and links outwards are refused.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.domain.paper import Grid, Item, Para
from deliberation.domain.paper_templates import HOLE, Values, filled, list_in, says_nothing
from deliberation.formats import limits
from deliberation.formats.docx_numbering import VAL, W
from deliberation.formats.docx_read import refuse_macros
from deliberation.formats.official_package import stored
from deliberation.formats.outward import reaches_out

MOST = 5 * 1024 * 1024
LISTED = 200  # paragraphs repeated for every entry of a list
UNPACKED = 30 * 1024 * 1024
TEXT_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
UNWANTED = re.compile(r"(?i)\.bin$|^word/(?:embeddings|activex|afchunk)|\.(?:mht|html?|exe|js|vbs|ole)$")
FIELDED = re.compile(r"word/(?!_rels/).*\.xml")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_DOCX = _("样式要用 .docx 文件。请在 WPS 或 Word 中打开，另存为 .docx 再上传。")
_OUTWARD = _("这份样式里有指向外部的链接或者嵌入的对象，为安全起见没有收。请去掉超链接和对象，再上传。")


def check(data: bytes) -> None:
    """A Refusal for whatever is no harmless .docx template; its placeholders are all known."""
    if len(data) > MOST:
        raise TooLarge(
            _("样式文件太大，最多 %(most)s MB。请去掉其中的图片。"), most=MOST // 1024 // 1024, field="file"
        )
    package = _opened(data)
    for name in package.namelist():
        if name.lower().endswith(".rels"):
            _refuse_outward(package, name)
    for name in package.namelist():
        if FIELDED.fullmatch(name) and reaches_out(limits.part(package, name) or b""):
            raise Refusal(_OUTWARD, field="file")
    listed = 0
    for _name, root in _texts(package):
        listed += sum(bool(list_in(_words(paragraph))) for paragraph in root.iter(W + "p"))
        for row in root.iter(W + "tr"):
            list_in("\n".join(_words(p) for p in row.iter(W + "p")))
    if listed > LISTED:
        raise TooLarge(
            _("样式里有 %(listed)s 段要照名单重复，太多了，最多 %(most)s 段。"), listed=listed, most=LISTED, field="file"
        )  # fmt: skip


def _opened(data: bytes) -> zipfile.ZipFile:
    if not data.startswith(b"PK"):
        raise Refusal(_NOT_DOCX, field="file")
    package = limits.open_package(data)
    if sum(entry.file_size for entry in package.infolist()) > UNPACKED:
        raise TooLarge(
            _("样式文件太大，最多 %(most)s MB。请去掉其中的图片。"), most=MOST // 1024 // 1024, field="file"
        )
    refuse_macros(package)
    if "word/document.xml" not in package.namelist():
        raise Refusal(_NOT_DOCX, field="file")
    if any(UNWANTED.search(name) for name in package.namelist()):
        raise Refusal(_OUTWARD, field="file")
    return package


def _refuse_outward(package: zipfile.ZipFile, name: str) -> None:
    root = limits.xml_part(package, name)
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode", "").lower() == "external" or ":" in target or "\\" in target:
            raise Refusal(_OUTWARD, field="file")


def _texts(package: zipfile.ZipFile) -> Iterator[tuple[str, etree._Element]]:
    for name in package.namelist():
        if TEXT_PARTS.fullmatch(name):
            root = limits.xml_part(package, name)
            if root is not None:
                yield name, root


def fill(data: bytes, values: Values) -> bytes:
    """The template with its placeholders filled; every other part stays byte for byte. Same values, same bytes."""
    package = _opened(data)
    changed: dict[str, bytes] = {}
    for name, root in _texts(package):
        done = _fill_rows(root, values)
        for paragraph in [one for one in root.iter(W + "p") if one not in done]:
            _fill_paragraph(paragraph, values)
        changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.namelist():
            made.writestr(stored(name), changed.get(name) or limits.part(package, name) or b"")
    return out.getvalue()


def _fill_rows(root: etree._Element, values: Values) -> set[etree._Element]:
    """Fill the rows that name a list; their paragraphs come back, so that nobody's words are read as placeholders."""
    done: set[etree._Element] = set()
    for row in list(root.iter(W + "tr")):
        if next(row.iterdescendants(W + "tbl"), None) is not None:
            continue
        name = list_in("\n".join(_words(p) for p in row.iter(W + "p")))
        if name:
            done.update(_repeat(row, values.rows(name) or ({},), values, keep=True))
    return done


def _fill_paragraph(paragraph: etree._Element, values: Values) -> None:
    words = _words(paragraph)
    if not HOLE.search(words):
        return
    name = list_in(words)
    if name:
        _repeat(paragraph, values.rows(name), values, keep=False)
    elif says_nothing(words, values) and _may_go(paragraph):
        paragraph.getparent().remove(paragraph)
    else:
        _put(paragraph, values, None)


def _repeat(
    element: etree._Element, rows: Sequence[Mapping[str, str]], values: Values, *, keep: bool
) -> list[etree._Element]:
    """Copies of a row or paragraph, one an entry, in its place; their paragraphs."""
    done: list[etree._Element] = []
    for row in rows:
        made = copy.deepcopy(element)
        paragraphs = [made] if made.tag == W + "p" else list(made.iter(W + "p"))
        if keep or not says_nothing(_words(made), values, row):
            for paragraph in paragraphs:
                _put(paragraph, values, row)
            done += paragraphs
            element.addprevious(made)
    if element.tag == W + "tr" or rows or _may_go(element):
        element.getparent().remove(element)
    else:
        _put(element, values, {})
    return done


def _may_go(paragraph: etree._Element) -> bool:
    """A cell, a text box and a section's end need their last paragraph."""
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    parent = paragraph.getparent()
    return parent.tag == W + "body" or len(parent.findall(W + "p")) > 1


def _pieces(paragraph: etree._Element) -> list[etree._Element]:
    """The text pieces of this paragraph itself, not of a text box in it."""
    return [
        piece
        for piece in paragraph.iter(W + "t")
        if next(piece.iterancestors(W + "p"), None) is paragraph and piece.getparent().tag == W + "r"
    ]


def _words(paragraph: etree._Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def _put(paragraph: etree._Element, values: Values, row: Mapping[str, str] | None) -> None:
    """Replace from the last placeholder to the first, so that earlier places stay where they are."""
    pieces = _pieces(paragraph)
    for match in reversed(list(HOLE.finditer(_words(paragraph)))):
        word, at, first = _clean(filled(match[0], values, row)), 0, True
        for piece in pieces:
            text = piece.text or ""
            begin, end = max(match.start() - at, 0), min(match.end() - at, len(text))
            at += len(text)
            if begin < end and begin < len(text):
                piece.text = text[:begin] + (word if first else "") + text[end:]
                piece.set(XML_SPACE, "preserve")
                first = False
    for piece in pieces:
        _break_lines(piece)


def _break_lines(piece: etree._Element) -> None:
    """A line feed in a text piece becomes a break; characters XML has no place for are left out."""
    lines = (piece.text or "").split("\n")
    piece.text = lines[0]
    after = piece
    for line in lines[1:]:
        for tag, text in (("br", None), ("t", line)):
            made = etree.Element(W + tag)
            made.text = text
            after.addnext(made)
            after = made


def _clean(text: str) -> str:
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )


def read_parts(data: bytes) -> tuple[Item, ...]:
    """A filled paper as parts, to be shown, copied as text and drawn as a picture."""
    package = _opened(data)
    root = limits.xml_part(package, "word/document.xml")
    body = root.find(W + "body") if root is not None else None
    found: list[Item] = []
    for element in body if body is not None else ():
        if element.tag == W + "tbl":
            found.append(_grid(element))
        elif element.tag == W + "p":
            found.append(
                Para(
                    _style(element, first=not any(isinstance(p, Para) and p.text for p in found)),
                    _lines(element),
                )
            )
    return tuple(found)


def _lines(paragraph: etree._Element) -> str:
    signs = {W + "br": "\n", W + "tab": "\t"}
    pieces = paragraph.iter(W + "t", W + "br", W + "tab")
    return "".join(signs.get(p.tag, p.text or "") for p in pieces if p.getparent().tag == W + "r").strip()


def _style(paragraph: etree._Element, *, first: bool) -> str:
    side = paragraph.find(f"{W}pPr/{W}jc")
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    name = named.get(VAL, "") if named is not None else ""
    if name == "PaperTitle" or (first and side is not None and side.get(VAL) == "center"):
        return "title"
    if name == "Heading1":
        return "h1"
    if name == "Sign" or (side is not None and side.get(VAL) in ("right", "end")):
        return "sign"
    if side is not None and side.get(VAL) == "center":
        return "centre"
    return "body" if name == "Body" or paragraph.find(f"{W}pPr/{W}ind") is not None else "flush"


def _grid(table: etree._Element) -> Grid:
    rows = [
        ["\n".join(_lines(p) for p in cell.iter(W + "p")).strip() for cell in row.iter(W + "tc")]
        for row in table.iter(W + "tr")
    ]
    wide = max((len(row) for row in rows), default=1)
    rows = [row + [""] * (wide - len(row)) for row in rows] or [[""]]
    return Grid((156.0 / wide,) * wide, tuple(rows[0]), rows[1:])
