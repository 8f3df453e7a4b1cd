"""What names the filled sheet from another sheet, a chart or a pivot table, in the sender's own workbook, goes with its rows."""

import io
import shutil
import subprocess
import zipfile

import pytest
import xlsxwriter
from lxml import etree

from deliberation.formats import template_xlsx
from deliberation.formats.xlsx_elsewhere import shifted
from tests.formats.test_template_fill import changed, with_part
from tests.formats.test_template_tables import HEADS, S, part

NAME = "反馈 '表"
QUOTED = "'反馈 ''表'"


def workbook(blank=2):
    """A table to fill, a line of the commission's below it, and a sheet that counts and quotes both."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, other = book.add_worksheet(NAME), book.add_worksheet("统计")
    border = book.add_format({"border": 1})
    sheet.write_row(1, 0, HEADS)
    for row in range(2, 2 + blank):
        sheet.write_blank(row, 0, None, border)
    last = 2 + blank
    sheet.write_row(last, 0, ["填报人：", "张三"])
    sheet.write_formula(last + 1, 0, f"={QUOTED}!B{last + 1}&B{last + 1}")
    for row, formula in enumerate((
        f"=COUNTA({QUOTED}!C3:C{last})", f"={QUOTED}!$B${last + 1}", f"={QUOTED}!A1&B{last + 1}", '="反馈!B5"',
    )):  # fmt: skip
        other.write_formula(row, 0, formula)
    other.write_url(5, 0, f"internal:{QUOTED}!A{last + 1}", string="填报人")
    other.data_validation(
        6, 0, 6, 0, {"validate": "list", "source": f"={QUOTED}!$B${last + 1}:$B${last + 1}"}
    )
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={QUOTED}!$A$3:$A${last}"})
    other.insert_chart("D2", chart)
    book.close()
    return out.getvalue()


def filled(data, many=7):
    return template_xlsx.fill(data, NAME, 1, [{0: n + 1, 2: f"意见{n}"} for n in range(many)])


def formulas(data, sheet):
    return [each.text for each in part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{S}f")]


def test_formulas_of_another_sheet_go_with_the_rows():
    data = filled(workbook())
    assert formulas(data, 2) == [f"COUNTA({QUOTED}!C3:C9)", f"{QUOTED}!$B$10", f"{QUOTED}!A1&B5", '"反馈!B5"']
    assert formulas(data, 1) == [f"{QUOTED}!B10&B10"]
    sheet = part(data, "xl/worksheets/sheet2.xml")
    assert sheet.find(f".//{S}hyperlink").get("location") == f"{QUOTED}!A10"
    assert sheet.findtext(f".//{S}formula1") == f"{QUOTED}!$B$10:$B$10"
    chart = part(data, "xl/charts/chart1.xml")
    assert f"{QUOTED}!$A$3:$A$9" in [each.text for each in chart.iter() if each.tag.endswith("}f")]


def test_where_nothing_moves_they_stay():
    assert formulas(filled(workbook(9)), 2) == formulas(workbook(9), 2)
    sheet = part(filled(workbook(9)), "xl/worksheets/sheet2.xml")
    saved = [cell.find(f"{S}v") is not None for cell in sheet.iter(f"{S}c") if cell.find(f"{S}f") is not None]
    assert saved == [False, False, False, True], (
        "what names the filled table is counted anew by whoever opens it"
    )


def test_one_formula_of_several_cells_is_written_out_for_each():
    shared = (
        f'<row r="30"><c r="A30"><f t="shared" ref="A30:A32" si="0">{QUOTED}!B4+$C$1+A29</f><v>1</v></c></row>'
        '<row r="31"><c r="A31"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="32"><c r="A32"><f t="shared" si="0"/><v>1</v></c></row></sheetData>'
    ).encode()
    data = filled(changed(workbook(), "xl/worksheets/sheet2.xml", b"</sheetData>", shared))
    assert formulas(data, 2)[-3:] == [
        f"{QUOTED}!B4+$C$1+A29",
        f"{QUOTED}!B10+$C$1+A30",
        f"{QUOTED}!B11+$C$1+A31",
    ]
    below = (
        b'<row r="20"><c r="A20"><f t="shared" ref="A20:B20" si="3">A5&amp;"A5"</f></c>'
        b'<c r="B20"><f t="shared" si="3"/></c></row></sheetData>'
    )
    data = filled(changed(workbook(), "xl/worksheets/sheet1.xml", b"</sheetData>", below))
    assert formulas(data, 1)[-2:] == ['A10&"A5"', 'B10&"A5"']


def test_a_pivot_table_reads_as_far_as_the_table_now_reaches():
    source = (
        f'<pivotCacheDefinition xmlns="{S[1:-1]}"><cacheSource type="worksheet">'
        f'<worksheetSource ref="A2:E4" sheet="{NAME}"/></cacheSource></pivotCacheDefinition>'
    )
    data = filled(with_part(workbook(), "xl/pivotCache/pivotCacheDefinition1.xml", source.encode()))
    made = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/pivotCache/pivotCacheDefinition1.xml"))
    assert made.find(f".//{S}worksheetSource").get("ref") == "A2:E9"


@pytest.mark.parametrize(
    ("text", "to", "wanted"),
    [
        ("A1+$A$1+A$1+$A1", "C3", "C3+$A$1+C$1+$A3"), ("SUM(A1:B2)", "B1", "SUM(B1:C2)"), ("LOG10(A1)", "A2", "LOG10(A2)"),
        ("'A1'!A1", "A2", "'A1'!A2"), ('"A1"&Z1', "B1", '"A1"&AA1'), ("名称A1", "A2", "名称A1"),
    ],
)  # fmt: skip
def test_a_shared_formula_as_another_cell_means_it(text, to, wanted):
    assert shifted(text, "A1", to) == wanted


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="缺少soffice")
def test_another_program_counts_all_that_was_filled_in(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(filled(workbook()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "--outdir", str(tmp_path),
         str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    lines = next(tmp_path.glob("*.csv")).read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[:2]] == ["7", "张三"]
