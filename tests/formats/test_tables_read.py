"""Tables in: what offices send reads back equal, and hostile files are refused with their own sentence."""

import csv
import io
import json
import socket
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain.columns import PEOPLE, guess
from deliberation.domain.errors import Refusal, TooLarge
from deliberation.domain.intake import remark_rows
from deliberation.formats import xlsx_extent
from deliberation.formats.remark_form_xlsx import COLUMNS, write
from deliberation.formats.tables_read import read_pasted, read_table

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HOSTILE = [
    "  前后  ", "a\nb", "_x000D_", "=1+1", "@SUM(A1)", "+86", "-1", "\t", "e\u0301", "𠮷👨\u200d👩\u200d👧", "\ufeffx", "a\u2028b", "\x85",
    "\x7f", "<&>\"'", "01380013800", "\u202ex", "\U0001fffe", "\ufdd0", "'", '"', '""', ",", ";", "a,b", '"a', "\n\n",
    "{{7*7}}", "<script>alert(1)</script>", "${jndi:ldap://x}", "=HYPERLINK(\"http://x\")",
]  # fmt: skip


def xlsx(rows, sheets=(), **more):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    for name, other in (*sheets, (more.get("name", "意见"), rows)):
        sheet = book.add_worksheet(name)
        for r, row in enumerate(other):
            for c, cell in enumerate(row):
                (sheet.write_string if isinstance(cell, str) else sheet.write)(r, c, cell)
    book.close()
    return out.getvalue()


def edited(data, change):
    """The package with its parts run through change(name, bytes) -> bytes | None, and extra parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def added(data, name, part):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return out.getvalue()


def sheet_xml(cells):
    """A workbook whose only sheet has this as its sheetData."""

    def change(name, part):
        if name == "xl/worksheets/sheet1.xml":
            head, _, rest = part.partition(b"<sheetData")
            return head + b"<sheetData>" + cells + b"</sheetData>" + rest[rest.index(b"<pageMargins") :]
        return part

    return edited(xlsx([["条款", "意见"], ["1", "x"]]), change)


ROWS = [["条款", "意见", "理由"], *[[str(n), text, "因"] for n, text in enumerate(HOSTILE, 1)]]


def written_csv(rows, sign=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", xlsx(ROWS)),
        ("a.csv", written_csv(ROWS).encode("utf-8-sig")),
        ("a.csv", written_csv(ROWS).encode("utf-8")),
        ("a.csv", written_csv(ROWS, ";").encode("utf-8")),
        ("a.tsv", written_csv(ROWS, "\t").encode("utf-8")),
        ("a.txt", written_csv(ROWS, "\t").encode("utf-16")),
        ("a.csv", written_csv(ROWS).encode("gb18030")),
        ("a.jsonl", "\n".join(json.dumps(dict(zip(ROWS[0], row, strict=True))) for row in ROWS[1:]).encode()),
    ],
)  # fmt: skip
def test_every_cell_comes_back_equal(name, data):
    made = read_table(data, name)
    assert made.header == ("条款", "意见", "理由")
    assert [list(row) for row in made.rows] == ROWS[1:]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_csv_of_any_text(rows):
    body = [[a + "x", b] for a, b in rows]
    made = read_table(written_csv([["条款", "意见"], *body]).encode("utf-8-sig"), "x.csv")
    assert [list(row) for row in made.rows] == body


def test_numbers_days_and_truth_in_cells():
    import datetime

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "电话", "时间", "意见"])
    sheet.write_row(1, 0, ["张三", 13800138000])
    sheet.write_datetime(
        1, 2, datetime.datetime(2026, 3, 5, 14, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    )
    sheet.write_row(2, 0, [1.5, True])
    sheet.write_datetime(2, 2, datetime.datetime(2026, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    made = read_table(out.getvalue(), "a.xlsx")
    assert made.rows[0][:3] == ("张三", "13800138000", "2026-03-05 14:30")
    assert made.rows[1][:3] == ("1.5", "true", "2026-03-05")


def test_titles_above_and_blank_rows_and_lines():
    made = read_table(
        xlsx(
            [
                ["××条例意见汇总表"],
                [],
                ["序号", "条款", "意见"],
                ["1", "第一条", "甲"],
                [],
                ["2", "第二条", "乙"],
            ]
        ),
        "a.xlsx",
    )
    assert made.header == ("序号", "条款", "意见")
    assert made.lines == (4, 6)
    assert [row[2] for row in made.rows] == ["甲", "乙"]


def test_sheets():
    empty_first = xlsx([["条款", "意见"], ["1", "甲"]], [("封面", [])])
    assert read_table(empty_first, "a.xlsx").sheet == "意见"
    ours = xlsx(
        [["条款", "意见"], ["1", "原文"]],
        [("意见建议汇总表", [["条款", "意见"], ["1", "汇总"]])],
        name="意见原文",
    )
    assert read_table(ours, "a.xlsx").rows[0][1] == "原文"
    assert read_table(ours, "a.xlsx", sheet="意见建议汇总表").rows[0][1] == "汇总"
    with pytest.raises(Refusal, match="没有名为“无”的工作表。请选：意见建议汇总表、意见原文"):
        read_table(ours, "a.xlsx", sheet="无")


def test_formulas_are_never_computed():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["条款", "意见"])
    sheet.write_formula(1, 1, '=WEBSERVICE("http://127.0.0.1/")', None, "保存时的结果")
    sheet.write_formula(2, 1, "=1+1", None, 7)
    book.close()
    made = read_table(out.getvalue(), "a.xlsx")
    assert [row[1] for row in made.rows] == ["保存时的结果", "7"]
    assert "2 格是公式" in str(made.cautions[0])


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_words, **_more):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)


GOOD = xlsx([["条款", "意见"], ["1", "x"]])
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BILLION = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<x/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    return out.getvalue()


def with_dtd(prefix, part_name):
    return edited(
        GOOD,
        lambda name, part: (
            part.replace(part[: part.index(b"?>") + 2], prefix, 1) if name == part_name else part
        ),
    )


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.xlsx", "空的"),
        (b"\xef\xbb\xbf \n", "a.csv", "空的"),
        (GOOD[:200], "a.xlsx", "损坏"),
        (GOOD[: len(GOOD) // 2], "a.xlsx", "损坏"),
        (b"PK\x03\x04" + b"\x00" * 50, "a.xlsx", "损坏"),
        (b"plain text", "a.xlsx", "损坏"),
        (bomb(), "a.xlsx", "不正常"),
        (added(GOOD, "xl/vbaProject.bin", b"x"), "a.xlsx", "宏"),
        (added(GOOD, "xl/macrosheets/sheet1.xml", b"<x/>"), "a.xlsx", "宏"),
        (added(GOOD, "xl/externalLinks/externalLink1.xml", b"<x/>"), "a.xlsx", "其他文件的链接"),
        (added(GOOD, "xl/connections.xml", b"<x/>"), "a.xlsx", "其他文件的链接"),
        (with_dtd(DTD, "xl/worksheets/sheet1.xml"), "a.xlsx", "外部实体"),
        (with_dtd(BILLION, "xl/sharedStrings.xml"), "a.xlsx", "外部实体"),
        (edited(GOOD, lambda n, p: p[:-20] if n.endswith("sheet1.xml") else p), "a.xlsx", "损坏"),
        (edited(GOOD, lambda n, p: None if n == "xl/workbook.xml" else p), "a.xlsx", "损坏"),
        (added(b"PK\x05\x06" + b"\x00" * 18, "word/document.xml", b"<x/>"), "a.docx", "表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xls", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "密码"),
        (b"%PDF-1.7 x", "a.pdf", "表格文件"),
        (b"\x00\x01\x02" * 50, "a.csv", "能读懂"),
        (b"\xff\xfe\x00", "a.csv", "能读懂"),
        (b'\xef\xbb\xbfa,b\n\xff,1', "a.csv", "能读懂"),
        (b'a,b\n"' + b"x" * 300_000, "a.csv", "引号"),
        (b'{"a": 1}\nnot json', "a.jsonl", "第 2 行"),
        (b'{"a": 1}\n\n[1]', "a.jsonl", "第 3 行"),
        (b'{"a": {"b": 1}}', "a.jsonl", "嵌套"),
        (b'{"a": 1, "a": 2}', "a.jsonl", "第 1 行"),
        (b"[" * 100_000, "a.jsonl", "第 1 行"),
    ],
)  # fmt: skip
def test_refused_each_with_its_own_sentence(data, name, says, no_network):
    with pytest.raises(Refusal, match=says):
        read_table(data, name)


def test_external_links_and_remote_parts_are_not_followed(no_network):
    def change(name, part):
        if name == "xl/worksheets/sheet1.xml":
            return part.replace(
                b"</worksheet>", b'<hyperlinks><hyperlink ref="A1" r:id="r1"/></hyperlinks></worksheet>'
            )
        return part

    linked = added(
        edited(GOOD, change),
        "xl/worksheets/_rels/sheet1.xml.rels",
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="http://127.0.0.1/x" TargetMode="External"/></Relationships>',
    )
    assert read_table(linked, "a.xlsx").rows == (("1", "x"),)


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c r="A999999"><v>1</v></c></row>',
        b'<row r="1"><c r="AZZ1" t="inlineStr"><is><t>x</t></is></c></row>',
        b"<row r='1048576'><c  s=\"1\" r='XFD1048576' ><v>1</v></c></row>",
    ],
)
def test_a_far_cell_is_too_much(cells):
    with pytest.raises(TooLarge, match="太大"):
        read_table(sheet_xml(cells), "a.xlsx")


def test_a_far_cell_without_a_value_does_no_harm():
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe6\x84\x8f\xe8\xa7\x81</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    made = read_table(sheet_xml(cells), "a.xlsx")
    assert made.rows == (("5",),)


def test_a_long_string_named_by_many_cells(monkeypatch):
    monkeypatch.setattr(xlsx_extent, "MAX_CHARACTERS", 100_000)
    with pytest.raises(TooLarge, match="文字太多"):
        read_table(xlsx([["条款", "意见"], *[["1", "长" * 1000]] * 200]), "a.xlsx")


def test_a_large_but_honest_sheet():
    rows = [["条款", "意见"], *[[str(n % 99 + 1), f"第{n}条" + "字" * 600] for n in range(6_000)]]
    made = read_table(xlsx(rows), "a.xlsx")
    assert [list(row) for row in made.rows] == rows[1:]


def test_a_sheet_of_many_bytes():
    """More than the ten megabytes the XML parser takes at once."""
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%d%s</t></is></c></row>'
        % (n, n, n, bytes([65 + n % 20]) * 300)
        for n in range(1, 40_000)
    )
    data = edited(sheet_xml(cells), lambda _name, part: part)
    assert len(cells) > 12_000_000
    assert len(read_table(data, "a.xlsx").rows) == 39_998


def test_too_many_rows():
    rows = [["条款", "意见"], *[["1", "x"]] * 30]
    for data, name in (
        (xlsx(rows), "a.xlsx"),
        (written_csv(rows).encode(), "a.csv"),
        (b'{"a":"1"}\n' * 30, "a.jsonl"),
    ):
        assert len(read_table(data, name, rows=30).rows) == 30
        with pytest.raises(TooLarge):
            read_table(data, name, rows=29)
    with pytest.raises(TooLarge, match="列太多"):
        read_table(",".join(["x"] * 300).encode(), "a.csv")


def test_pasted_from_a_spreadsheet():
    made = read_pasted('姓名\t电话\t类别\n张三\t13800138000\t居民\n李四\t\t"两行\n的类别"\n', fields=PEOPLE)
    assert made.header == ("姓名", "电话", "类别")
    assert made.rows == (("张三", "13800138000", "居民"), ("李四", "", "两行\n的类别"))
    assert made.lines == (2, 3)
    assert guess(made.header, PEOPLE) == {"name": 0, "phone": 1, "category": 2}


def test_pasted_chain_of_a_chat():
    made = read_pasted(
        "#接龙\n充电条例座谈会报名\n\n1. 张三 来，第十二条有意见\n2、李四\n3. 王五：请假\n补一句"
    )
    assert made.rows == (
        ("1", "张三", "来，第十二条有意见"),
        ("2", "李四", ""),
        ("3", "王五", "请假\n补一句"),
    )
    assert made.lines == (4, 5, 6)
    assert guess(made.header) == {"name": 1, "text": 2}


def test_pasted_commas_and_nothing():
    assert read_pasted("条款,意见\n第一条,好").rows == (("第一条", "好"),)
    assert read_pasted("条款，意见\n第一条，好").rows == (("第一条", "好"),)
    with pytest.raises(Refusal, match="没有粘贴到内容"):
        read_pasted(" \n ")


def test_numbers_that_are_no_chain():
    made = read_pasted("意见\n1. 甲\n5. 乙")
    assert made.header == ("意见",)
    assert made.rows == (("1. 甲",), ("5. 乙",))


def form(**options):
    out = io.BytesIO()
    write(out, **options)
    return out.getvalue()


def test_the_form_is_understood_and_gives_the_same_bytes():
    assert form(places=["第一条"]) == form(places=["第一条"])
    with pytest.raises(Refusal, match="没有名为“选项”"):
        read_table(form(), "form.xlsx", sheet="选项")
    made = read_table(form(), "form.xlsx")
    assert made.header == tuple(name for name, _width in COLUMNS)
    assert made.rows == ()
    assert set(guess(made.header)) == {
        "id", "place", "attitude", "text", "wording", "reason", "name", "phone", "category", "channel", "made_at",
    }  # fmt: skip


def test_the_form_has_drop_downs_of_words_the_reader_knows():
    with zipfile.ZipFile(io.BytesIO(form(places=["第一条", "第二条"]))) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
        strings = package.read("xl/sharedStrings.xml").decode()
    assert xml.count("<dataValidation ") == 4
    assert "选项!$A$2:$A$5" in xml
    assert "选项!$B$2:$B$5" in xml
    for word in ("总体意见", "第二条", "赞成", "会议发言", "居民"):
        assert f">{word}<" in strings


def test_a_filled_form_reads_without_problems():
    filled = xlsx(
        [
            [name for name, _width in COLUMNS],
            [
                "A1",
                "第十二条第二款",
                "建议修改",
                "=1+1",
                "改",
                "因",
                "张三",
                "138",
                "居民",
                "入户走访",
                "2026-03-05",
            ],
        ]
    )
    made = read_table(filled, "form.xlsx")
    (row,) = remark_rows(made, guess(made.header))
    assert row.problems == ()
    assert row.values["text"] == "=1+1"
    assert (row.values["eid"], row.values["channel"], row.values["attitude"]) == (
        "art_12__para_2",
        "visit",
        "amend",
    )
