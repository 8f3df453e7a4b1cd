"""The empty form offices fill in and send back: headings read_table understands, drop-downs, every cell text."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO

import xlsxwriter

from deliberation.domain.errors import _
from deliberation.domain.remarks import ATTITUDES, CHANNELS

COLUMNS = (
    ("编号", 12), ("条款位置", 18), ("态度", 12), ("意见", 44), ("修改建议", 44), ("理由", 36), ("姓名", 12), ("电话", 16),
    ("类别", 14), ("渠道", 14), ("时间", 18),
)  # fmt: skip
CATEGORIES = (
    "人大代表",
    "专家团成员",
    "行业代表",
    "居民",
    "村民",
    "党员",
    "社区工作者",
    "企业",
    "社会组织",
    "单位",
    "其他",
)
HINTS = (
    _("一行写一条意见，针对一处。条款位置写成“第十二条第二款”“总体意见”“标题”“在第八条后增加一条”。"),
    _("态度、类别、渠道从下拉框里选；类别也可以自己写。"),
    _("意见照原话写，可以换行（Alt+Enter）。编号可以不填；填了就不要改，再次导入时靠它认出同一条。"),
    _("姓名和电话只给联系点内部看，可以不填。不要填身份证号。"),
    _("时间写成 2026-03-05 或者 2026-03-05 14:30。"),
)
FIXED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
ROWS = 5_000


def write(
    target: IO[bytes],
    *,
    places: Sequence[str] = (),
    categories: Sequence[str] = CATEGORIES,
    hints: Sequence[str] = HINTS,
) -> None:
    """Write the form; `places` (第一条, 第二条 …) become a drop-down that also lets other words in. Same input, same bytes."""
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "意见登记表", "author": "", "created": FIXED})
    sheet = book.add_worksheet("意见登记表")
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format(
        {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
    )
    for at, (name, width) in enumerate(COLUMNS):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, name, head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    options = {
        "条款位置": ("总体意见", "标题", *places), "态度": tuple(ATTITUDES.values()), "类别": tuple(categories),
        "渠道": tuple(CHANNELS.values()),
    }  # fmt: skip
    _notes(book, hints, options)
    for at, name in enumerate(options):
        _drop_down(sheet, [each for each, _width in COLUMNS].index(name), at, len(options[name]), name)
    book.close()


def _notes(book: xlsxwriter.Workbook, hints: Sequence[str], options: dict[str, tuple[str, ...]]) -> None:
    """How to fill it in, and the words the drop-downs offer, on sheets of their own."""
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 90, book.add_format({"text_wrap": True}))
    for line, hint in enumerate(hints):
        notes.write_string(line, 0, hint)
    lists = book.add_worksheet("选项")
    for column, (name, words) in enumerate(options.items()):
        lists.write_column(0, column, [name, *words])
    lists.hide()


def _drop_down(sheet: xlsxwriter.worksheet.Worksheet, column: int, at: int, count: int, name: str) -> None:
    letter = "ABCDEFGH"[at]
    sheet.data_validation(1, column, ROWS, column, {
        "validate": "list", "source": f"=选项!${letter}$2:${letter}${count + 1}", "ignore_blank": True,
        "error_type": "information" if name in {"条款位置", "类别"} else "stop",
        "error_title": name, "error_message": "请从下拉框里选。",
    })  # fmt: skip
