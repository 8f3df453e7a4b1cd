"""The sender's own table filled: its look kept, any number of rows, hostile words equal, what cannot be filled refused."""

import base64
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import pytest
import python_calamine
import xlsxwriter
from docx.shared import Pt

from deliberation.domain.dossier import SenderTable
from deliberation.domain.errors import Refusal
from deliberation.formats import template_docx, template_fill, template_xlsx
from deliberation.formats.limits import open_package
from tests.formats.sample_dossier import dossier
from tests.formats.test_verbatim_out import hostile

HEADS = ("序号", "条款", "修改意见", "修改理由", "提出单位", "是否采纳")


def workbook(blank=3, *, foot=True, numbered=False, merged="", example=False, formula=""):
    """As a commission sends one: a merged title, a heading with colours, empty bordered rows, who filled it in below."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("反馈表")
    title = book.add_format({"bold": True, "font_name": "方正小标宋简体", "font_size": 18, "align": "center"})
    head = book.add_format({"bold": True, "bg_color": "#DDEEFF", "border": 1, "text_wrap": True})
    cell = book.add_format({"border": 1, "font_name": "仿宋", "font_size": 12})
    sheet.merge_range("A1:F1", "《××条例（草案）》征求意见反馈表", title)
    sheet.set_column("C:C", 43.5)
    sheet.write_row(1, 0, HEADS, head)
    for row in range(2, 2 + blank):
        sheet.set_row(row, 20)
        for column in range(6):
            sheet.write_blank(row, column, None, cell)
        if numbered:
            sheet.write_number(row, 0, row - 1, cell)
    if example:
        sheet.write_row(2, 0, ["1", "第十条", "例：建议改为……"], cell)
    if merged:
        sheet.merge_range(merged, "", cell)
    if formula:
        sheet.write_formula(formula, "=1+1")
    if foot:
        sheet.merge_range(2 + blank, 0, 2 + blank, 5, "填报人：　　　　联系电话：", cell)
    sheet.print_area(0, 0, 2 + blank, 5)
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


def document(blank=2, *, merged=False, exact=False):
    made = docx.Document()
    made.add_heading("征求意见反馈表", 1)
    table = made.add_table(rows=1 + blank, cols=len(HEADS))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = name
    for row in table.rows[1:]:
        run = row.cells[2].paragraphs[0].add_run("")
        run.font.size, run.font.name = Pt(10.5), "楷体"
        if exact:
            row.height, row.height_rule = Pt(20), docx.enum.table.WD_ROW_HEIGHT_RULE.EXACTLY
    if merged:
        table.rows[1].cells[1].merge(table.rows[1].cells[2])
    made.add_paragraph("填报单位（盖章）：")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def kept(data, at=0):
    found = template_fill.look(data)[at]
    return SenderTable(
        "反馈表", found.kind, base64.b64encode(data).decode(), found.place, found.head_row, found.columns
    )


def filled(data, value=None):
    return template_fill.fill(value or dossier(0, 9), kept(data))


def rows_of(data):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def test_the_heading_is_known_below_a_title():
    found = template_fill.look(workbook())[0]
    assert (found.kind, found.place, found.head_row, found.header) == ("xlsx", "反馈表", 1, HEADS)
    assert found.columns == {"n": 0, "place": 1, "proposed": 2, "reasons": 3, "office": 4, "outcome": 5}
    found = template_fill.look(document())[0]
    assert (found.kind, found.place, found.head_row, found.columns["proposed"]) == ("docx", "1", 0, 2)


@pytest.mark.parametrize("blank", [0, 1, 3, 20])
@pytest.mark.parametrize("numbered", [False, True])
def test_every_suggestion_in_article_order_and_the_foot_below(blank, numbered):
    found = rows_of(filled(workbook(blank, numbered=numbered)))
    assert found[0][0] == "《××条例（草案）》征求意见反馈表"
    assert tuple(found[1]) == HEADS
    lines = found[2:11]
    assert [row[0] for row in lines] == [float(n) for n in range(1, 10)]
    assert [row[1] for row in lines] == [row.place for row in dossier(0, 9).suggestions]
    assert all(
        "建议表述：" in row[2] and "不同意见（4条）" in row[2] and "同类意见19条" in row[2] for row in lines
    )
    assert all(row[4] == "普安街道基层立法联系点" and row[5] == "" for row in lines)
    assert [row[0] for row in found[11:] if "填报人" in str(row[0])] == ["填报人：　　　　联系电话："]


def test_the_senders_formatting_stays():
    before, after = workbook(), filled(workbook())
    with open_package(before) as a, open_package(after) as b:
        for name in a.namelist():
            if name not in {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}:
                assert a.read(name) == b.read(name), name
        old, new = (p.read("xl/worksheets/sheet1.xml").decode() for p in (a, b))
        book = b.read("xl/workbook.xml").decode()
    for piece in ('<mergeCell ref="A1:F1"', "<cols>", 'state="frozen"'):
        assert piece in old
        assert piece in new
    assert '<mergeCell ref="A12:F12"' in new
    assert "$A$1:$F$12" in book
    assert new.count('r="C4"') == 1
    styles = zipfile.ZipFile(io.BytesIO(after)).read("xl/styles.xml").decode()
    assert 'wrapText="1"' in styles


def test_the_same_input_the_same_bytes():
    assert filled(workbook()) == filled(workbook())
    assert filled(document()) == filled(document())


def test_hostile_words_come_back_equal_from_a_workbook():
    texts = hostile(1_700)[:1_700]
    rows = [{1: texts[n], 2: texts[(n + 1) % 1_700], 3: texts[(n + 2) % 1_700]} for n in range(1_700)]
    made = template_xlsx.fill(workbook(), "反馈表", 1, rows)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    back = rows_of(made)[2:1_702]
    assert [row[1] for row in back] == texts
    assert [row[2] for row in back] == [values[2] for values in rows]
    assert [row[3] for row in back] == [values[3] for values in rows]


def test_hostile_words_come_back_equal_from_a_document():
    texts = [text for text in hostile(1_000) if "\r" not in text]
    made = template_docx.fill(document(), "1", 0, [{2: text} for text in texts])
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    names = {f"{space}br": "\n", f"{space}tab": "\t"}
    table = docx.Document(io.BytesIO(made)).tables[0]
    rows = table._tbl.findall(f"{space}tr")[1:]
    back = [
        "".join(
            names.get(piece.tag, piece.text or "")
            for run in row.findall(f"{space}tc")[2].iter(f"{space}r")
            for piece in run
            if piece.tag != f"{space}rPr"
        )
        for row in rows
    ]
    assert back == texts


def test_a_document_keeps_its_type_and_grows():
    made = docx.Document(io.BytesIO(filled(document(exact=True))))
    table = made.tables[0]
    assert len(table.rows) == 10
    assert {row.cells[2].paragraphs[0].runs[0].font.size for row in table.rows[1:]} == {Pt(10.5)}
    assert {row.height_rule for row in table.rows[1:]} == {docx.enum.table.WD_ROW_HEIGHT_RULE.AT_LEAST}
    assert [row.cells[1].text for row in table.rows[1:]] == [row.place for row in dossier(0, 9).suggestions]
    assert made.paragraphs[-1].text == "填报单位（盖章）："
    bare = docx.Document(io.BytesIO(filled(document(0))))
    assert len(bare.tables[0].rows) == 10


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (lambda: workbook(merged="B3:C3"), "合并"),
        (lambda: workbook(merged="A4:A5"), "合并"),
        (lambda: workbook(formula="D4"), "公式"),
        (lambda: workbook(example=True), "示例"),
        (lambda: document(merged=True), "合并"),
    ],
)
def test_what_cannot_be_filled_row_by_row_is_refused(data, word):
    with pytest.raises(Refusal, match=word):
        filled(data())


def with_part(data, name, raw):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.namelist():
            if each != name:
                target.writestr(each, source.read(each))
        target.writestr(name, raw)
    return out.getvalue()


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://a.example/x.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (lambda: with_part(workbook(), "xl/vbaProject.bin", b"x"), "宏"),
        (lambda: with_part(document(), "word/vbaProject.bin", b"x"), "宏"),
        (lambda: with_part(workbook(), "xl/externalLinks/externalLink1.xml", b"<x/>"), "链接"),
        (lambda: with_part(document(), "word/_rels/settings.xml.rels", OUTSIDE), "链接"),
        (lambda: with_part(workbook(), "xl/bomb.bin", b"\0" * 50_000_000), "压缩"),
        (
            lambda: with_part(workbook(), "xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
            "实体",
        ),
        (lambda: workbook()[:400], "损坏"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"0" * 900, "xlsx"),
        (lambda: b"%PDF-1.7 ...", "xlsx"),
        (lambda: b"", "空"),
    ],
)
def test_harmful_and_foreign_files_are_refused(data, word):
    with pytest.raises(Refusal, match=word):
        template_fill.look(data())


def changed(data, name, old, new):
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        raw = source.read(name)
    assert old in raw
    return with_part(data, name, raw.replace(old, new, 1))


@pytest.mark.parametrize("wide", [b"900000000", b"x", b"-1", "²".encode()])
def test_a_cell_over_millions_of_columns_is_refused_before_it_is_laid_out(wide):
    span = b'<w:tc><w:tcPr><w:gridSpan w:val="' + wide + b'"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    data = changed(document(), "word/document.xml", b"</w:tr></w:tbl>", span)
    with pytest.raises(Refusal, match="损坏"):
        template_fill.look(data)


@pytest.mark.parametrize("row", [b"999999999999", b"x", b"0"])
def test_a_row_no_sheet_has_is_refused_before_it_is_walked_to(row):
    data = changed(
        workbook(), "xl/worksheets/sheet1.xml", b"</sheetData>", b'<row r="' + row + b'"/></sheetData>'
    )
    with pytest.raises(Refusal, match="损坏"):
        filled(data)


def test_a_cell_beyond_the_columns_that_are_taken_does_not_widen_the_table():
    far = b'<row r="59"><c r="ZZZZ59" t="inlineStr"><t>x</t></c></row></sheetData>'
    data = changed(workbook(), "xl/worksheets/sheet1.xml", b"</sheetData>", far)
    assert max(len(row) for _name, rows in template_xlsx.look(data) for row in rows) <= template_xlsx.COLUMNS


def test_one_name_for_many_entries_is_refused():
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/media/a.bin", b"x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            target.writestr("xl/media/a.bin", b"\0" * 1_000_000)
    with pytest.raises(Refusal, match="损坏"):
        template_fill.look(out.getvalue())


def test_a_table_without_a_known_heading_is_refused():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_row(0, 0, ["甲", "乙", "丙"])
    book.close()
    with pytest.raises(Refusal, match="表头"):
        template_fill.look(out.getvalue())
    made = docx.Document()
    made.add_paragraph("没有表格")
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(Refusal, match="没有表格"):
        template_fill.look(out.getvalue())


def test_a_suggestion_longer_than_a_cell_points_to_the_report():
    value = dossier(0, 1)
    row = replace(value.suggestions[0], text="长" * 40_000)
    found = rows_of(filled(workbook(), replace(value, suggestions=(row,))))
    assert found[2][2].endswith("……（全文见报告）")
    assert len(found[2][2]) < 32_767


def test_no_suggestion_leaves_the_table_empty():
    assert [row for row in rows_of(filled(workbook(foot=False), dossier(0, 0)))[2:] if any(row)] == []
