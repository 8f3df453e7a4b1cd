"""A list of people from somebody's spreadsheet: read, columns guessed, rows checked, then all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deliberation.domain.columns import PEOPLE, Table, guess
from deliberation.domain.errors import Refusal, Said, TooLarge, _
from deliberation.domain.intake import people_rows
from deliberation.domain.roles import Role
from deliberation.formats.tables_read import read_pasted, read_table
from deliberation.services.people import Newcomer, named

MOST_ROWS = 2_000
FIELDS = {"name": _("姓名"), "phone": _("电话"), "category": _("类别"), "expertise": _("专长或职务")}
LIKELY = {"expertise": ("expertise", "duty", "office")}


@dataclass(frozen=True)
class Line:
    """One row: its line in the source, the person it names, what is wrong with it."""

    number: int
    new: Newcomer
    problems: tuple[Said, ...]


def read_list(pasted: str = "", data: bytes = b"", name: str = "") -> Table:
    """The table pasted or uploaded; a plain list of names without a heading is one column of names."""
    if not pasted.strip() and not data:
        raise Refusal(_("请粘贴名单，或者选一个表格文件。"), field="pasted")
    try:
        if data:
            return headed(read_table(data, name, fields=PEOPLE, rows=MOST_ROWS))
        return headed(read_pasted(pasted, fields=PEOPLE, rows=MOST_ROWS))
    except Refusal as refused:
        refused.field = "file" if data else "pasted"
        raise


def headed(table: Table) -> Table:
    """Where the first line is no heading but a person, it becomes a row; its columns are told apart by what stands in them."""
    if guess(table.header, PEOPLE):
        return table
    first = table.lines[0] - 1 if table.lines else 1
    rows = (table.header, *table.rows)
    if len(rows) > MOST_ROWS:
        raise TooLarge(_("一次最多导入 %(most)s 人，请分成几次。"), most=MOST_ROWS)
    return replace(
        table, header=_headings(rows), rows=rows, lines=(max(1, first), *table.lines) if table.lines else ()
    )


def _headings(rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """姓名 for the first column of short words, 电话 for the first of figures, else no heading."""
    found: list[str] = []
    for column in zip(*rows, strict=True):
        cells = [cell.strip() for cell in column if cell.strip()]
        figures = sum(c.replace("-", "").replace(" ", "").isdigit() and len(c) >= 7 for c in cells)
        serial = bool(cells) and all(c.rstrip(".、").isdigit() for c in cells)
        if cells and figures * 2 > len(cells):
            found.append("电话" if "电话" not in found else "")
        elif serial or not cells:
            found.append("")
        else:
            found.append("姓名" if "姓名" not in found else "")
    return tuple(found)


def likely(table: Table) -> dict[str, int]:
    """Field of `FIELDS` → column, as guessed from the headings."""
    found = guess(table.header, PEOPLE)
    chosen = {}
    for field in FIELDS:
        at = next((found[name] for name in LIKELY.get(field, (field,)) if name in found), None)
        if at is not None:
            chosen[field] = at
    return chosen


def lines(table: Table, mapping: Mapping[str, int], role: Role) -> list[Line]:
    """Every row as a newcomer with what is wrong with it, in the order of the table."""
    if "name" not in mapping:
        raise Refusal(_("请指出哪一列是姓名。"), field="name")
    made = []
    for row in people_rows(table, mapping):
        given = row.values
        new = Newcomer(
            given.get("name", ""), given.get("phone", ""), role, given.get("category", ""), given.get("expertise", "")
        )  # fmt: skip
        made.append(Line(row.line, new, (*row.problems, *_wrong(new))))
    return made


def _wrong(new: Newcomer) -> tuple[Said, ...]:
    if not new.name.strip():
        return ()
    try:
        named(new)
    except Refusal as refused:
        return (refused.said,)
    return ()


def sound(found: list[Line]) -> list[Newcomer]:
    """The people of a list in which nothing is wrong; else a Refusal that says how many rows are to be mended."""
    bad = [line for line in found if line.problems]
    if bad:
        raise Refusal(
            _(
                "有 %(count)s 行要改，一行也没有导入。请在表格里改好，再粘贴一次。第一处：第 %(line)s 行，%(why)s"
            ),
            count=len(bad),
            line=bad[0].number,
            why=bad[0].problems[0],
            field="table",
        )
    return [line.new for line in found]
