"""table.xlsx: strings only, filters and frozen head, same bytes, read back equal, over several sheets."""

import gc
import io
import re
import zipfile
from dataclasses import replace

import pytest
import python_calamine

from deliberation.domain.dossier_editions import for_public
from deliberation.domain.errors import Refusal
from deliberation.domain.summary_table import SUMMARY_HEADS
from deliberation.formats import tables
from deliberation.formats.dossier_tables_read import read_originals, read_outcomes
from tests.formats.sample_dossier import dossier, remark


def made(value):
    buffer = io.BytesIO()
    tables.write(value, buffer)
    return buffer.getvalue()


def sheets(data):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def xml(data, part):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part).decode()


@pytest.fixture(scope="module")
def data():
    return made(dossier())


def test_three_sheets_and_the_columns_of_the_summary(data):
    found = sheets(data)
    assert list(found) == ["意见建议汇总表", "意见原文", "代码"]
    assert found["意见建议汇总表"][0] == list(SUMMARY_HEADS)
    assert [row[0] for row in found["意见建议汇总表"][1:]] == [str(n) for n in range(1, 10)]
    assert found["意见原文"][0] == list(tables.ORIGINALS)
    assert len(found["意见原文"]) == 41


def test_every_code_used_is_explained(data):
    found = sheets(data)
    known = {(row[0], row[1]) for row in found["代码"][1:]}
    heads = found["意见原文"][0]
    for row in found["意见原文"][1:]:
        for column in ("态度", "渠道", "去向", "采纳情况"):
            code = row[heads.index(column)]
            assert not code or (column, code) in known


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"]
)
def test_head_frozen_and_filtered_and_no_formula_or_link(data, part):
    text = xml(data, part)
    assert "<autoFilter ref=" in text
    assert 'state="frozen"' in text
    assert "<f>" not in text
    assert "hyperlink" not in text


def test_a_formula_stays_a_string():
    rows = (remark(1, text='=HYPERLINK("http://a.example","x")', wording="=1+1", reason="@SUM(1)"),)
    data = made(replace(dossier(0, 0), remarks=rows))
    assert "<f>" not in xml(data, "xl/worksheets/sheet2.xml")
    row = read_originals(data)[0]
    assert (row["text"], row["wording"], row["reason"]) == (
        '=HYPERLINK("http://a.example","x")',
        "=1+1",
        "@SUM(1)",
    )


def test_properties_are_fixed_and_name_nobody(data):
    core = xml(data, "docProps/core.xml")
    assert "2026-07-16T08:20:00Z" in core
    assert re.search(r"<dc:creator>\s*</dc:creator>", core) or "<dc:creator/>" in core
    assert not re.search("xlsxwriter|python|议事厅", core, re.I)
    assert not re.search("xlsxwriter|python|议事厅|excel|application>", xml(data, "docProps/app.xml"), re.I)
    assert made(dossier()) == data


def test_read_back_every_field(data):
    rows = read_originals(data)
    assert len(rows) == 40
    for n, row in enumerate(rows, 1):
        given = remark(n)
        for field in ("number", "eid", "attitude", "channel", "category", "text", "sha256", "salt"):
            assert row[field] == getattr(given, field)
        assert row["suggestions"] == "、".join(map(str, given.suggestions))
        assert (row["author"], row["phone"], row["leaf"]) == (
            given.author.name,
            given.author.phone,
            str(given.leaf),
        )


def test_the_public_edition_has_no_name_no_phone_no_withheld_words():
    rows = (remark(1), remark(2, withheld="redacted", text="不应出现"))
    data = made(for_public(replace(dossier(0, 0), remarks=rows)))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert "不应出现" not in everything
    assert "1380000" not in everything
    row = read_originals(data)[1]
    assert [row[field] for field in ("text", "sha256", "salt", "phone")] == [""] * 4
    assert row["author"] == remark(2).author.label
    assert row["leaf"] == "621"


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(tables, "ROWS_A_SHEET", 10)
    data = made(dossier(25, 0))
    assert list(sheets(data)) == ["意见建议汇总表", "意见原文", "意见原文2", "意见原文3", "代码"]
    assert [row["number"] for row in read_originals(data)] == [remark(n).number for n in range(1, 26)]


def test_exactly_full_sheets_leave_no_empty_one(monkeypatch):
    monkeypatch.setattr(tables, "ROWS_A_SHEET", 10)
    assert list(sheets(made(dossier(20, 0)))) == ["意见建议汇总表", "意见原文", "意见原文2", "代码"]


def test_no_remark_no_row():
    assert read_originals(made(dossier(0, 0))) == []


def filled(outcomes):
    """A returned table: the summary with outcomes a commission typed."""
    rows = tuple(replace(row, outcome=outcome, outcome_reason=why)
                 for row, (outcome, why) in zip(dossier(0, len(outcomes)).suggestions, outcomes, strict=True))  # fmt: skip
    return made(replace(dossier(0, 0), suggestions=rows))


def test_outcomes_come_back_by_number():
    data = filled([("adopted", ""), ("not", "与上位法不一致"), (None, ""), ("partly", "只改文字")])
    assert read_outcomes(data) == [
        (1, "adopted", ""),
        (2, "not", "与上位法不一致"),
        (4, "partly", "只改文字"),
    ]


def test_an_unknown_outcome_is_refused_with_its_row():
    with pytest.raises(Refusal, match="第3行.*随便写的.*采纳、部分采纳"):
        read_outcomes(filled([("adopted", ""), ("随便写的", "")]))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", "不是表格".encode()])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(Refusal, match="Excel"):
        read_originals(data)


def test_another_workbook_is_refused():
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("意见建议汇总表").write_string(0, 0, "序号")
    book.close()
    with pytest.raises(Refusal, match="没有“意见原文”"):
        read_originals(buffer.getvalue())
    with pytest.raises(Refusal, match="研究采纳情况、采纳理由"):
        read_outcomes(buffer.getvalue())


class Full(io.BytesIO):
    """A disk that is full until somebody makes room."""

    full = True

    def write(self, data):
        if self.full:
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_a_full_disk_is_the_disks_own_error():
    disk = Full()
    with pytest.raises(OSError, match="No space"):
        tables.write(dossier(1, 1), disk)
    disk.full = False  # what is left half-open closes itself in peace
    gc.collect()


@pytest.mark.parametrize("text", ["长" * 32_767, "😀" * 16_383])
def test_a_cell_holds_what_excel_can_hold(text):
    row = read_originals(made(replace(dossier(0, 0), remarks=(remark(1, text=text),))))[0]
    assert row["text"] == text


@pytest.mark.parametrize("text", ["长" * 40_000, "😀" * 30_000])
def test_what_no_cell_can_hold_is_cut_and_says_so(text):
    row = read_originals(made(replace(dossier(0, 0), remarks=(remark(1, text=text),))))[0]
    assert row["text"].endswith("全文见remarks.jsonl和报告）")
    assert len(row["text"].encode("utf-16-le")) // 2 <= 32_767
    assert text.startswith(row["text"][:1_000])
