"""Spreadsheets in, by python-calamine; before it sees a sheet, the package is weighed and its extent measured (xlsx_extent.py)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from deliberation.domain.errors import Refusal, Said, TooLarge, _
from deliberation.formats import limits, xlsx_extent

MAX_CELLS = 4_000_000
_LOCKED = "EncryptedPackage".encode("utf-16-le")
LOCKED = _("这个表格加了密码，读不了。请去掉密码后另存一份，再上传。")
FORMULAS = _("有 %(count)s 格是公式，取的是保存时算出的结果。")


@dataclass(frozen=True, slots=True)
class Book:
    """One sheet's cells as text with their line numbers, its name, all sheets' names, what to be wary of."""

    cells: list[tuple[int, list[str]]]
    sheet: str
    sheets: tuple[str, ...]
    cautions: tuple[Said, ...] = ()


def read(data: bytes, *, sheet: str | None, preferred: Sequence[str], rows: int, columns: int) -> Book:
    """The sheet named, or a preferred one, or the first visible one with anything in it."""
    formulas = _weighed(data, rows, columns) if data.startswith(b"PK") else 0
    if not data.startswith(b"PK") and _LOCKED in data:
        raise Refusal(LOCKED)
    book = _opened(data)
    names = tuple(
        each.name
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
    )
    if sheet is not None and sheet not in names:
        raise Refusal(
            _("没有名为“%(sheet)s”的工作表。请选：%(sheets)s。"), sheet=sheet, sheets="、".join(names)
        )
    order = [sheet] if sheet is not None else sorted(names, key=lambda name: name not in preferred)
    for name in order:
        cells = _cells(book, name, rows, columns)
        if cells:
            return Book(cells, name, names, (Said(FORMULAS, count=formulas),) if formulas else ())
    raise Refusal(_("这个表里没有内容。请检查是否选错了文件或者工作表。"))


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as broken:  # the library has no common error
        raise Refusal(limits.BROKEN) from broken
    except BaseException as broken:
        raise _panic(broken) from broken


def _panic(broken: BaseException) -> BaseException:
    """A fault inside the library is a broken file to us; an interruption stays one."""
    return Refusal(limits.BROKEN) if type(broken).__name__ == "PanicException" else broken


def _cells(book: CalamineWorkbook, name: str, rows: int, columns: int) -> list[tuple[int, list[str]]]:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > rows and sheet.height > rows:
            raise TooLarge(_("这个表超过 %(most)s 行。请分成几个文件导入。"), most=rows)
        if sheet.width > columns or sheet.height * sheet.width > MAX_CELLS:
            raise TooLarge(_("这个表的列太多，最多 %(most)s 列。请删去用不着的列。"), most=columns)
        first = sheet.start[0] + 1 if sheet.start else 1
        raw = sheet.to_python(skip_empty_area=True)
    except (Refusal, MemoryError):
        raise
    except Exception as broken:
        raise Refusal(limits.BROKEN) from broken
    except BaseException as broken:
        raise _panic(broken) from broken
    lines = [(first + at, [shown(cell) for cell in row]) for at, row in enumerate(raw)]
    return [(line, row) for line, row in lines if any(row)]


def shown(cell: object) -> str:
    """A cell as text: whole numbers without a point (telephones), days and times in ISO 8601, text as it is."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return "" if cell is None else str(cell)


def _weighed(data: bytes, rows: int, columns: int) -> int:
    """Refuse what is not a plain workbook; return how many formulas it has."""
    with limits.open_package(data) as package:
        names = package.namelist()
        if "mimetype" in names or not any(name.startswith("xl/") for name in names):
            raise Refusal(_("请上传表格文件：.xlsx、.xls、.csv 或者 .jsonl。"))
        if "xl/workbook.xml" not in names:
            raise Refusal(limits.BROKEN)
        if any(
            name.lower().endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names
        ):
            raise Refusal(_("带宏的表格为安全起见不读。请在 WPS 或 Excel 里另存为不带宏的 .xlsx，再上传。"))
        if any(
            "/externallinks/" in name.lower() or name.lower().endswith("connections.xml") for name in names
        ):
            raise Refusal(
                _(
                    "表格里有指向其他文件的链接，为安全起见没有打开。请全选、复制、选择性粘贴为数值，另存后再上传。"
                )
            )
        return xlsx_extent.measure(package, rows, columns)
