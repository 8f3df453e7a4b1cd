"""Rows of strings written at once are the bytes the library writes cell by cell; its own mark-up in a string is words."""

import io
import re
from datetime import datetime

import pytest
import python_calamine

from deliberation.formats.template_xlsx import plain
from deliberation.formats.xlsx_book import Book, fitting
from tests.formats.test_verbatim_out import hostile

MARKUP = ("<r><t>甲</t></r>", "<r></r>", "</is></c><c><f>1+1</f></c>", "<r>&amp;</r>", " <r>a</r> ")


def made(rows, at_once):
    out = io.BytesIO()
    book = Book(out)
    book.set_properties({"created": datetime(2026, 3, 5)})  # else it is the second in which each is made
    sheet = book.add_worksheet("一")
    head, cell = book.add_format({"bold": True}), book.add_format({"border": 1})
    sheet.write_string(0, 0, "表头", head)
    if at_once:
        last = sheet.lines(1, rows, cell)
    else:
        last = 0
        for last, cells in enumerate(rows, 1):
            for column, text in enumerate(cells):
                sheet.write_string(last, column, fitting(text), cell)
    sheet.autofilter(0, 0, last, 2)
    other = book.add_worksheet("二")
    other.lines(0, [["再来", "一张"]], cell)
    book.finish()
    return out.getvalue()


def rows_of(data):
    return (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    )


@pytest.mark.parametrize("count", [0, 1, 2, 700])
def test_the_same_bytes_as_cell_by_cell(count):
    texts = [*hostile(count * 3), "长" * 40_000, "", " ", "_x000D_", "\ufffe", "a\n", "　全角"]
    rows = [texts[n : n + 3] for n in range(0, count * 3, 3)]
    rows += [texts[-9:][n : n + 2] for n in range(0, 8, 2)] if count > 1 else []
    assert made(rows, True) == made(rows, False)


def test_words_that_look_like_the_librarys_own_mark_up_come_back():
    for at_once in (True, False):
        data = made([[text] for text in MARKUP], at_once)
        assert [row[0] for row in rows_of(data)] == list(MARKUP)


ESCAPES = (
    "_x000D_",
    "_x005F_x000D_",
    "_x005F_x005F_",
    "_x005f_x000d_x0041_",
    "_x000D_x000D_x000D_",
    "_x_x0041__",
    "_X0041_",
)


def test_words_that_look_like_an_escape_come_back_one_in_another_too():
    for at_once in (True, False):
        data = made([[text] for text in ESCAPES], at_once)
        assert [row[0] for row in rows_of(data)] == list(ESCAPES)
    assert [
        re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), plain(text)) for text in ESCAPES
    ] == list(ESCAPES)
