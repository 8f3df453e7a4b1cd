"""A sender's file that reaches out of itself, is locked, or carries remarks between its tags."""

import io
import re
import zipfile

import docx
import pytest

from deliberation.domain.errors import Refusal
from deliberation.formats import template_fill
from tests.formats.test_template_fill import changed, document, filled, rows_of, with_part, workbook


def field(*runs):
    """A field cut into so many runs, put into the first paragraph of a document."""
    inside = "".join(f'<w:r><w:instrText xml:space="preserve">{run}</w:instrText></w:r>' for run in runs)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return changed(
        document(), "word/document.xml", b"<w:p>", f"<w:p>{begin}{inside}{end}</w:p><w:p>".encode()
    )


def formula(text):
    return changed(
        workbook(), "xl/worksheets/sheet1.xml", b"</sheetData>",
        f'<row r="40"><c r="A40"><f>{text}</f><v>0</v></c></row></sheetData>'.encode(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        lambda: field(r' DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" '),
        lambda: field(" DDE", "AUTO cmd x "),
        lambda: field(r' INCLUDETEXT "\\\\host\\share\\a.docx" '),
        lambda: field(' INCLUDEPICTURE "http://a.example/x.png" '),
        lambda: changed(document(), "word/document.xml", b"<w:p>", b'<w:p><w:fldSimple w:instr="DDE a b"/></w:p><w:p>'),
        lambda: formula("cmd|'/C calc'!A0"),
        lambda: formula('DDE("soffice";"x";"A1")'),
        lambda: formula('WEBSERVICE("http://a.example/"&amp;A1)'),
        lambda: with_part(workbook(), "xl/activeX/activeX1.xml", b"<x/>"),
    ],
)  # fmt: skip
def test_what_reaches_out_of_the_file_is_refused(data):
    with pytest.raises(Refusal, match="断开链接"):
        template_fill.look(data())


@pytest.mark.parametrize(
    "data",
    [
        lambda: field(" PAGE "),
        lambda: field(' HYPERLINK "http://a.example/link/hidden-dde" '),
        lambda: formula('IF(A1="甲|乙!","是","否")'),
        lambda: formula("SUM(说明!A1:A9)"),
    ],
)
def test_what_stays_inside_is_taken(data):
    assert template_fill.look(data())


def test_a_locked_file_says_that_it_is_locked():
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    with pytest.raises(Refusal, match="密码"):
        template_fill.look(data)


def remarked(data):
    """The same file with a comment and an instruction after every tag that opens."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            raw = source.read(name)
            if name.endswith((".xml", ".rels")):
                raw = re.sub(rb"(<(?![?!/])(?:[^<>/\"]|\"[^\"]*\"|/(?!>))+>)", rb"\1<!-- a --><?b c?>", raw)
            target.writestr(name, raw)
    return out.getvalue()


def test_comments_and_instructions_between_the_tags_are_no_part_of_a_workbook():
    assert rows_of(filled(remarked(workbook()))) == rows_of(filled(workbook()))


def test_nor_of_a_document():
    wanted, found = (
        [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(filled(data))).tables[0].rows]
        for data in (document(), remarked(document()))
    )
    assert found == wanted
