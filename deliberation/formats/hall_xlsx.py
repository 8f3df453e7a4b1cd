"""The empty table for a hall without any network: 签到, 发言, 举手 with drop-downs, every cell text. Same input, same bytes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from deliberation.domain.errors import _
from deliberation.domain.remarks import ATTITUDES

SHEETS: dict[str, tuple[tuple[str, int], ...]] = {
    "签到": (("号码", 8), ("姓名", 14), ("身份", 18), ("到会时间", 12), ("离开时间", 12)),
    "发言": (("时间", 10), ("谁说的", 18), ("议程", 28), ("说了什么", 70), ("态度", 12), ("作为意见", 12), ("编号", 10)),
    "举手": (("时间", 10), ("议的是什么", 44), ("在场", 8), ("赞成", 8), ("反对", 8), ("弃权", 8), ("谁清点", 14), ("编号", 10)),
}  # fmt: skip
MARK = "会议标记："
HINTS = (
    _("签到：名单上的人写到会时间就行，例如 9:05；名单外来的人写在后面，姓名、身份都写上。"),
    _(
        "发言：一行一句，照原话写，可以换行（Alt+Enter）。“谁说的”和“议程”从下拉框里选，名单外的人直接写姓名。"
    ),
    _("要成为意见的那一句，在“作为意见”里选“是”，并选态度。"),
    _("举手：没有人举手的写 0，不要空着。"),
    _("时间写成 9:05 或者 09:05，都算开会那一天的。编号可以不填；填了就不要改，再次导入时靠它认出同一行。"),
    _("填好后在“离线记录本和空白表”页导入。补填以后可以再导入一次，只添新的，不会重复。"),
)
FIXED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
ROWS = 1_000


@dataclass(frozen=True, slots=True)
class HallTable:
    """What is printed into the table beforehand; `people` are (number, name, standing)."""

    title: str
    code: str
    people: tuple[tuple[int, str, str], ...] = ()
    agenda: tuple[str, ...] = ()
    hints: Sequence[str] = HINTS


def write(table: HallTable) -> bytes:
    """The table as a .xlsx."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    )  # fmt: skip
    book.set_properties({"title": f"{table.title}会场记录表", "author": "", "created": FIXED})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
    sheets = {name: _sheet(book, name, text, head) for name in SHEETS}
    for at, (number, name, standing) in enumerate(table.people, 1):
        for column, value in enumerate((str(number), name, standing)):
            sheets["签到"].write_string(at, column, value, text)
    _notes(book, table)
    options = {
        ("发言", 1): [f"{number} {name}" for number, name, _standing in table.people],
        ("发言", 2): [f"{n}. {title}" for n, title in enumerate(table.agenda, 1)],
        ("发言", 4): list(ATTITUDES.values()), ("发言", 5): ["是"],
    }  # fmt: skip
    lists = book.add_worksheet("选项")
    for at, ((sheet, column), words) in enumerate(options.items()):
        lists.write_column(0, at, [SHEETS[sheet][column][0], *words])
        if words:
            _drop_down(sheets[sheet], column, at, len(words), strict=column >= 4)
    lists.hide()
    book.close()
    return target.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, text: object, head: object
) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name)
    for at, (label, width) in enumerate(SHEETS[name]):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, label, head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    return sheet


def _notes(book: xlsxwriter.Workbook, table: HallTable) -> None:
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 90, book.add_format({"text_wrap": True}))
    lines = [table.title, *table.hints, f"{MARK}{table.code}" if table.code else ""]
    for at, line in enumerate(lines):
        notes.write_string(at, 0, line)


def _drop_down(
    sheet: xlsxwriter.worksheet.Worksheet, column: int, at: int, count: int, *, strict: bool
) -> None:
    letter = "ABCDEFGH"[at]
    sheet.data_validation(1, column, ROWS, column, {
        "validate": "list", "source": f"=选项!${letter}$2:${letter}${count + 1}", "ignore_blank": True,
        "error_type": "stop" if strict else "information", "error_title": "请选择", "error_message": "请从下拉框里选。",
    })  # fmt: skip
