"""Rows of somebody's table as plain dictionaries of fields, each with what is wrong with it. Nothing is dropped.

A cell's words are kept verbatim (line ends only); codes, places and dates are read, and where they cannot be read the
row says so and waits for a person.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from deliberation.domain import places
from deliberation.domain.columns import PEOPLE, REMARKS, Table
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.row_keys import doubled_ids, row_keys
from deliberation.domain.verbatim import LIMIT, verbatim

VERBATIM = ("text", "wording", "reason", "quote")
LONGEST = {
    "name": 80,
    "phone": 60,
    "category": 40,
    "origin": 200,
    "id": 80,
    "office": 200,
    "duty": 80,
    "email": 200,
}
OTHERS = 400
CODES = {"kind", "eid", "attitude", "channel"}  # made here out of what a cell says
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\sT]*(?:(\d{1,2})\s*[::时点]\s*(\d{1,2})?\s*(?:[:分]\s*\d{1,2}(?:\.\d+)?)?秒?)?\s*Z?"
)
MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the source, its fields, its key for exactly-once, and what is wrong with it."""

    line: int
    values: Mapping[str, str]
    key: str = ""
    problems: tuple[Said, ...] = ()


@dataclass(slots=True)
class _Cells:
    values: dict[str, str]
    problems: list[Said] = field(default_factory=list)

    def wrong(self, msgid: str, **params: object) -> None:
        self.problems.append(Said(msgid, **params))


def by_cells(table: Table, mapping: Mapping[str, int]) -> dict[str, int]:
    """The columns as guessed by their headings, put right by their cells: 来源 that names only 入户走访, 热线 … is the channel."""
    at = mapping.get("origin")
    if at is None or "channel" in mapping:
        return dict(mapping)
    cells = {row[at].strip() for row in table.rows if at < len(row)} - {""}
    if not cells or any(places.channel(cell) is None for cell in cells):
        return dict(mapping)
    return {**{name: column for name, column in mapping.items() if name != "origin"}, "channel": at}


def remark_rows(
    table: Table, mapping: Mapping[str, int], *, channel: str = "", source: str = "", limit: int = LIMIT
) -> list[Row]:
    """Rows of remarks: values hold `kind`, `eid`, `attitude`, `channel` as codes, `made_at` as ISO 8601, the rest as written.

    `channel` stands in where the cell is empty; `source` (the office the table came from) keeps ids of two tables apart.
    """
    taken = list(_taken(table, mapping, REMARKS))
    keys = row_keys((values for _line, values in taken), source=source)
    doubled = doubled_ids(values for _line, values in taken)
    return [
        _remark(line, values, key, doubled, channel, limit)
        for (line, values), key in zip(taken, keys, strict=True)
    ]


def people_rows(table: Table, mapping: Mapping[str, int], *, source: str = "") -> list[Row]:
    """Rows of people: name, phone, category, office, duty and so on; white space at the ends of a cell is dropped."""
    taken = [
        (line, {n: cell.strip() for n, cell in values.items()})
        for line, values in _taken(table, mapping, PEOPLE)
    ]
    rows = []
    for (line, values), key in zip(taken, row_keys((v for _l, v in taken), source=source), strict=True):
        cells = _Cells(values)
        if not values.get("name"):
            cells.wrong(_("没有姓名。"))
        _check(cells, LIMIT)
        rows.append(Row(line, cells.values, key, tuple(cells.problems)))
    return rows


def _taken(
    table: Table, mapping: Mapping[str, int], fields: Mapping[str, object]
) -> list[tuple[int, dict[str, str]]]:
    """The mapped cells of every row that has any, with line ends as LF."""
    wanted = {name: at for name, at in mapping.items() if name in fields}
    lines = table.lines or tuple(range(2, len(table.rows) + 2))
    out = []
    for line, row in zip(lines, table.rows, strict=True):
        values = {n: _lf(row[at]) for n, at in wanted.items() if at < len(row)}
        if any(cell.strip() for cell in values.values()):
            out.append((line, values))
    return out


def _lf(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _remark(line: int, given: dict[str, str], key: str, doubled: set[str], channel: str, limit: int) -> Row:
    cells = _Cells(dict(given))
    if given.get("id", "").strip() in doubled:
        cells.wrong(_("编号“%(id)s”在表里出现了不止一次，请改成各不相同的编号。"), id=given["id"].strip())
    _place(cells)
    _code(
        cells,
        "attitude",
        places.attitude,
        "no_view",
        _("看不懂态度“%(word)s”，请写：赞成、建议修改、不赞成、没意见。"),
    )
    _code(
        cells,
        "channel",
        places.channel,
        channel or "other_system",
        _("看不懂渠道“%(word)s”，请从模板的下拉框里选。"),
    )
    _time(cells)
    _check(cells, limit)
    said = any(cells.values.get(name, "").strip() for name in ("text", "wording"))
    if not said and cells.values["attitude"] == "no_view":
        cells.wrong(_("没有意见内容。"))
    return Row(line, cells.values, key, tuple(cells.problems))


def _place(cells: _Cells) -> None:
    """`place` and `eid` columns to kind, eid and quote; a quote column wins over a quotation in the place."""
    word = cells.values.pop("place", "")
    address = cells.values.get("eid", "").strip()
    found = places.recognise(address or word)
    if address and found is not None and found.kind != "after" and _added(word, found.eid):
        found = places.Place("after", found.eid)
    if found is None:
        cells.wrong(
            _("看不懂条款位置“%(word)s”，请写成“第十二条第二款”或者“总体意见”，一行只写一处。"),
            word=address or word.strip(),
        )
        found = places.Place("whole")
    quote = cells.values.get("quote") or found.quote
    kind = "quote" if quote and found.eid.startswith("art_") else found.kind
    cells.values |= {"kind": kind, "eid": found.eid, "quote": quote, "place_words": word}


def _added(word: str, eid: str) -> bool:
    """Whether the words (or the code) beside an address say that something is to be added after it."""
    said = places.recognise(word) if word.strip() else None
    return word.strip() == "after" or (said is not None and said.kind == "after" and said.eid == eid)


def _code(cells: _Cells, name: str, read: object, default: str, msgid: str) -> None:
    word = cells.values.get(name, "").strip()
    code = read(word) if word and callable(read) else default
    if code is None:
        cells.wrong(msgid, word=word)
    cells.values[name] = code or default


def _time(cells: _Cells) -> None:
    word = cells.values.get("made_at", "").strip()
    if not word:
        cells.values.pop("made_at", None)
        return
    iso = iso_time(word)
    if iso is None:
        cells.wrong(_("看不懂时间“%(word)s”，请写成 2026-03-05 或者 2026-03-05 14:30。"), word=word)
        cells.values.pop("made_at")
        return
    cells.values["made_at"] = iso


def iso_time(word: str) -> str | None:
    """2026年3月5日 14时30分 → 2026-03-05T14:30, a day alone → 2026-03-05; None where it is no date."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", word).strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) if part else 0 for part in found.groups())
    leap = month != 2 or day < 29 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    if not (1 <= month <= 12 and 1 <= day <= MONTHS[month - 1] and leap and hour < 24 and minute < 60):
        return None
    clock = f"T{hour:02d}:{minute:02d}" if found[4] else ""
    zone = "Z" if clock and word.strip().endswith("Z") else ""
    return f"{year:04d}-{month:02d}-{day:02d}{clock}{zone}"


def _check(cells: _Cells, limit: int) -> None:
    """Each cell as it may be kept; what cannot be kept is a problem of the row, and the cell stays to be shown."""
    for name, cell in cells.values.items():
        if not cell or name in CODES:
            continue
        try:
            cells.values[name] = verbatim(
                cell, field=name, limit=limit if name in VERBATIM else LONGEST.get(name, OTHERS)
            )
        except Refusal as refused:
            cells.problems.append(refused.said)
