"""Rows out for a spreadsheet: read back equal, never a formula."""

import csv
import io

import pytest

from deliberation.formats import rows_csv


def read(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_commas_quotes_and_line_ends_come_back():
    rows = [["一,二", '说"好"', "上\n下"], ["", "　空", "é"]]
    assert read(rows_csv.write(("甲", "乙", "丙"), rows)) == [["甲", "乙", "丙"], *rows]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1＋1"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert read(rows_csv.write(("甲",), [[cell]]))[1] == [f"'{cell}"]
