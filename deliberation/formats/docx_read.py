"""Word documents → lines: the body in order, automatic numbers written out, embedded HTML bodies read.

Nothing outside the file is opened, whatever its relations name. Source: ISO/IEC 29500-1:2016, 17.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from lxml import etree

from deliberation.domain.errors import Refusal, _
from deliberation.domain.provisions import Caution
from deliberation.domain.structure import Line, Source
from deliberation.formats import docx_words, limits, mht_read
from deliberation.formats.docx_numbering import VAL, Numbering, W, integer, read_numbering
from deliberation.formats.docx_parts import main_part, relations_of
from deliberation.formats.docx_styles import Style, heading_level, read_styles
from deliberation.formats.docx_words import Seen
from deliberation.formats.sniffing import MACRO

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DEEPEST = 3
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _R.split("}")[0][1:].encode(),
}
_TOP = (W + "p", W + "tbl", docx_words.CHUNK)


def read(data: bytes, depth: int = 0) -> Source:
    """The lines of a .docx file; line numbers count its paragraphs and tables. `depth`: in how many others it lies."""
    package = limits.open_package(data)
    refuse_macros(package)
    main = main_part(package)
    body = limits.part(package, main) if main else None
    if main is None or body is None:
        raise Refusal(
            _("这个文件不是 Word 文档（里面没有正文）。请在 WPS 或 Word 中打开，另存为 .docx 再上传。")
        )
    limits.refuse_document_type(body)
    limits.check_lines(body.count(b"</w:p>") // 2)  # before it is unfolded; a long table has as many cells
    return Reading(package, main, depth).read(transitional(body))


def transitional(data: bytes) -> bytes:
    """The same XML in the names of transitional OOXML, which all but “strict” documents use."""
    if b"purl.oclc.org/ooxml" not in data[:8192]:
        return data
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    return data


def refuse_macros(package: zipfile.ZipFile) -> None:
    """A Refusal for a document with macros, by its parts or its declared type."""
    names = {name.lower() for name in package.namelist()}
    types = limits.part(package, "[Content_Types].xml") or b""
    if (
        any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names)
        or b"macroenabled" in types.lower()
    ):
        raise Refusal(MACRO)


class Reading:
    """One reading of one package: its styles, lists, notes and relations, and the lines so far."""

    def __init__(self, package: zipfile.ZipFile, main: str, depth: int = 0) -> None:
        self.package, self.depth = package, depth
        self.styles: dict[str, Style] = read_styles(_part(package, "styles"))
        self.lists: Numbering = read_numbering(_part(package, "numbering"))
        self.notes = {**_notes(package, "footnotes", "f"), **_notes(package, "endnotes", "e")}
        self.relations = _relations(package, main)
        self.seen = Seen()
        self.lines: list[Line] = []
        self.cautions: list[Caution] = []
        self.no = 0
        self.carried = ""

    def read(self, body: bytes) -> Source:
        """Walk the body once, letting go of each paragraph after it is read."""
        walk = etree.iterparse(
            BytesIO(body), events=("end",), tag=_TOP, resolve_entities=False, no_network=True
        )
        try:
            for _event, element in walk:
                if (
                    next(element.iterancestors(*_TOP[:2], docx_words.BOX, docx_words.FALLBACK), None)
                    is not None
                ):
                    continue
                self._block(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as broken:
            raise Refusal(limits.BROKEN) from broken
        self._carry_out()
        if self.seen.hidden:
            self.cautions.insert(
                0, Caution("hidden_text", 1, _("文件里有设为隐藏的文字，没有读入，请核对。"))
            )
        if self.seen.tracked:
            self.cautions.insert(
                0, Caution("tracked_changes", 1, _("文件里有修订痕迹：已按接受全部修订来读，请核对。"))
            )
        return Source(tuple(self.lines), tuple(self.cautions))

    def _block(self, element: etree._Element) -> None:
        self.no += 1
        limits.check_lines(self.no)
        if element.tag == docx_words.CHUNK:
            self.lines += self._embedded(element.get(_R, ""))
        elif element.tag == W + "tbl":
            self._table(element)
        else:
            self._paragraph(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        pictures = self.seen.pictures
        text = docx_words.words(paragraph, self.seen)
        style = self._style(paragraph)
        if style.contents:
            return
        number = self._number(paragraph, style) if text.strip() else ""
        text = self.carried + number + text
        if docx_words.mark_deleted(paragraph):
            self.seen.tracked, self.carried = True, text
            return
        self.carried = ""
        self._add(text, style.level)
        self._aside(pictures)

    def _add(self, text: str, level: int) -> None:
        for piece in text.split("\n"):
            if piece.strip():
                self.lines.append(Line(piece, self.no, level))

    def _aside(self, pictures: int) -> None:
        """Text boxes and notes of the paragraph just read; a warning where a picture was passed over."""
        boxes, self.seen.boxes = self.seen.boxes, []
        for box in boxes:
            for paragraph in box.iter(W + "p"):
                self._add(docx_words.words(paragraph, self.seen), 0)
        notes, self.seen.notes = self.seen.notes, []
        for text in filter(None, (self.notes.get(key) for key in notes)):
            self._add(text, 0)
            self.cautions.append(Caution("footnote", self.no, _("脚注的文字放在它所在的段落之后，请核对。")))
        if self.seen.pictures > pictures:
            self.cautions.append(Caution("picture", self.no, _("这里有图片，图片里的文字没有读入，请核对。")))

    def _table(self, table: etree._Element) -> None:
        if _is_layout(table):
            for element in docx_words.framed(table):
                self._block(element)
            return
        pictures = self.seen.pictures
        rows = docx_words.table_rows(table, self.seen, self._told)
        text = "\n".join("\t".join(row) for row in rows if any(row))
        if text:
            self.lines.append(Line(text, self.no, table=True))
        self._aside(pictures)

    def _told(self, paragraph: etree._Element) -> str:
        """The words of a paragraph in a cell, with its automatic number; all the words of a body embedded there."""
        if paragraph.tag == docx_words.CHUNK:
            return " ".join(line.text for line in self._embedded(paragraph.get(_R, "")))
        text = docx_words.words(paragraph, self.seen)
        return self._number(paragraph, self._style(paragraph)) + text if text.strip() else ""

    def _carry_out(self) -> None:
        self._add(self.carried, 0)
        self.carried = ""

    def _style(self, paragraph: etree._Element) -> Style:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(named.get(VAL, ""), Style()) if named is not None else Style()
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = heading_level(outline) if outline is not None else style.level
        return replace(style, level=level)

    def _number(self, paragraph: etree._Element, style: Style) -> str:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        num = own.find(W + "numId") if own is not None else None
        depth = own.find(W + "ilvl") if own is not None else None
        num_id = num.get(VAL, "0") if num is not None else style.num_id
        if depth is not None:
            at = integer(depth.get(VAL, "0"), 0)
        else:
            at = self.lists.linked(num_id, style.key) if style.depth is None else style.depth
        return self.lists.next(num_id, at) if num_id and num_id != "0" else ""

    def _embedded(self, relation: str) -> list[Line]:
        """The lines of another document inside this one; one outside is named in a warning and never opened."""
        target, external = self.relations.get(relation, ("", True))
        data = None if external else limits.part(self.package, target)
        if data is None:
            self.cautions.append(Caution("outside", self.no, _("这里引用了文件之外的内容，没有读入。")))
            return []
        inner = self._inner(data)
        self.cautions += (replace(caution, line=self.no) for caution in inner.warnings)
        return [replace(line, no=self.no) for line in inner.lines]

    def _inner(self, data: bytes) -> Source:
        """A body inside this document: another .docx, or a web archive, HTML, text."""
        if not data.startswith(b"PK"):
            return mht_read.read_any(data)
        if self.depth >= _DEEPEST:
            raise Refusal(limits.BROKEN)
        return read(data, self.depth + 1)


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only frames the text: no row has a second cell."""
    return all(
        sum(1 for _cell in row.iterchildren(W + "tc", W + "sdt")) <= 1 for row in table.iterchildren(W + "tr")
    )


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    data = limits.part(package, f"word/{name}.xml")
    return None if data is None else limits.xml(transitional(data))


def _notes(package: zipfile.ZipFile, name: str, key: str) -> dict[str, str]:
    root = _part(package, name)
    if root is None:
        return {}
    real = (note for note in root if note.get(W + "type") in (None, "normal"))
    return {key + note.get(W + "id", ""): docx_words.words(note, Seen()).strip() for note in real}


def _relations(package: zipfile.ZipFile, main: str) -> dict[str, tuple[str, bool]]:
    """Relation id → (entry name, whether it points outside)."""
    root = limits.xml_part(package, relations_of(main))
    found: Iterator[etree._Element] = iter(()) if root is None else root.iter(_RELATION)
    return {
        rel.get("Id", ""): (
            _entry(rel.get("Target", "")),
            rel.get("TargetMode") == "External" or ":" in rel.get("Target", ""),
        )
        for rel in found
    }


def _entry(target: str) -> str:
    return posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
