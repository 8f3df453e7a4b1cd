"""A sender's workbook with an Excel table, lists to choose from, colours and a filter: all reach as far as what was filled in."""

import io
import shutil
import subprocess
import zipfile

import pytest
import python_calamine
import xlsxwriter
from lxml import etree

from deliberation.formats import template_xlsx
from deliberation.formats.xlsx_growth import Growth

HEADS = ("序号", "条款", "修改意见", "修改理由", "是否采纳")
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(blank=2, *, totals=False, table=True):
    """A heading in row 2, `blank` empty rows as an Excel table, below them a line to be filled in by hand."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("反馈表")
    sheet.write(0, 0, "征求意见反馈表")
    sheet.write_formula(0, 3, f"=COUNTA(C3:C{2 + blank})")
    last = 1 + blank
    columns = [{"header": name} for name in HEADS]
    if totals:
        columns[0]["total_string"], columns[4]["total_function"] = "合计", "count"
    if table:
        sheet.add_table(1, 0, last + totals, 4, {"columns": columns, "total_row": totals, "name": "反馈"})
    else:
        sheet.write_row(1, 0, HEADS)
        for row in range(2, last + 1):
            sheet.write_blank(row, 0, None, book.add_format({"border": 1}))
        sheet.autofilter(1, 0, last, 4)
    sheet.data_validation(2, 4, last, 4, {"validate": "list", "source": ["采纳", "不采纳"]})
    sheet.data_validation(2, 3, last, 3, {"validate": "list", "source": f"=$H${last + 4}:$H${last + 5}"})
    sheet.conditional_format(2, 0, last, 4, {"type": "formula", "criteria": '=$E3="采纳"', "format": book.add_format({"bold": True})})  # fmt: skip
    sheet.write(last + 1 + totals, 0, "填报人：")
    sheet.write_column(last + 3, 7, ["理由一", "理由二"])
    sheet.print_area(0, 0, last + 1 + totals, 4)
    sheet.repeat_rows(1)
    book.define_name("意见区", f"=反馈表!$A$3:$E${last + 1}")
    other = book.add_worksheet("说明")
    other.add_table(0, 0, 3, 1, {"name": "别的"})
    book.close()
    return out.getvalue()


def filled(data, many=7):
    rows = [{0: n + 1, 1: f"第{n}条", 2: f"=意见{n}"} for n in range(many)]
    return template_xlsx.fill(data, "反馈表", 1, rows)


def part(data, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def ranges(data):
    """Every range the workbook names, by what names it."""
    sheet, table, book = (
        part(data, f"xl/{name}.xml") for name in ("worksheets/sheet1", "tables/table1", "workbook")
    )
    return {
        "table": table.get("ref"),
        "filter": table.find(f"{S}autoFilter").get("ref"),
        "lists": [each.get("sqref") for each in sheet.iter(f"{S}dataValidation")],
        "from": [each.text for each in sheet.iter(f"{S}formula1")],
        "colours": [each.get("sqref") for each in sheet.iter(f"{S}conditionalFormatting")],
        "names": {each.get("name"): each.text for each in book.iter(f"{S}definedName")},
    }


@pytest.mark.parametrize("blank", [1, 2, 6])
def test_everything_reaches_to_the_last_row_filled(blank):
    found = ranges(filled(workbook(blank)))
    assert (found["table"], found["filter"]) == ("A2:E9", "A2:E9")
    assert sorted(found["lists"]) == ["D3:D9", "E3:E9"]
    assert "$H$12:$H$13" in "".join(found["from"])
    assert found["colours"] == ["A3:E9"]
    assert found["names"] == {
        "_xlnm.Print_Area": "反馈表!$A$1:$E$10", "_xlnm.Print_Titles": "反馈表!$2:$2", "意见区": "反馈表!$A$3:$E$9",
    }  # fmt: skip
    assert part(filled(workbook(blank)), "xl/tables/table2.xml").get("ref") == "A1:B4"


def test_a_table_with_room_enough_stays_as_it_was():
    before, after = (ranges(data) for data in (workbook(9), filled(workbook(9))))
    assert before == after


def test_a_row_of_totals_stays_the_last_below_what_was_filled():
    after = filled(workbook(2, totals=True))
    found = ranges(after)
    assert (found["table"], found["filter"]) == ("A2:E10", "A2:E9")
    formulas = [each.text for each in part(after, "xl/worksheets/sheet1.xml").iter(f"{S}f")]
    assert formulas == ["COUNTA(C3:C9)", "SUBTOTAL(103,[是否采纳])"]
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(after)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[2:11]] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, "合计", "填报人："]


def test_a_filter_without_a_table_grows_too():
    data = filled(workbook(3, table=False))
    assert part(data, "xl/worksheets/sheet1.xml").find(f"{S}autoFilter").get("ref") == "A2:E9"
    names = {each.get("name"): each.text for each in part(data, "xl/workbook.xml").iter(f"{S}definedName")}
    assert names["_xlnm._FilterDatabase"].replace("'", "") == "反馈表!$A$2:$E$9"


@pytest.mark.parametrize(
    ("formula", "place", "wanted"),
    [
        ('$E3="E5 说"', None, '$E3="E5 说"'),
        ("SUM(A3:A5)+A6", None, "SUM(A3:A9)+A10"),
        ("LOG10(A6)", None, "LOG10(A10)"),
        ("$H$8:$H$9", None, "$H$12:$H$13"),
        ("别的!$A$6:$A$9", None, "别的!$A$6:$A$9"),
        ("'反馈 表'!$A$3:$A$5,'反馈 表'!$B:$B", "反馈 表", "'反馈 表'!$A$3:$A$9,'反馈 表'!$B:$B"),
        ("'别 的'!$A$6", "反馈 表", "'别 的'!$A$6"),
        ("#REF!", "反馈 表", "#REF!"),
    ],
)
def test_a_formulas_references_go_with_the_rows(formula, place, wanted):
    assert Growth(first=3, start=6, by=4, last=9).formula(formula, place) == wanted


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="缺少soffice")
def test_another_program_opens_it_and_sees_the_whole_table(tmp_path):
    """LibreOffice reads the table as a database range with its filter, and writes every row again."""
    (tmp_path / "a.xlsx").write_bytes(filled(workbook(2, totals=True)))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fods", "--outdir",
         str(tmp_path), str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    made = etree.parse(tmp_path / "a.fods").getroot()
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    found = {
        each.get(f"{table}name"): each.get(f"{table}target-range-address")
        for each in made.iter(f"{table}database-range")
    }
    assert found["反馈"].replace("$", "") == "反馈表.A2:反馈表.E10"
    assert "意见6" in "".join(made.itertext())
