"""The filled-in table of a hall: rows in, entries out, each with a key of its own by id or by what it says."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.hall_entries import Entry
from deliberation.domain.remarks import ATTITUDES
from deliberation.domain.row_keys import doubled_ids, row_keys
from deliberation.formats import xlsx_read
from deliberation.formats.hall_xlsx import MARK, ROWS, SHEETS
from deliberation.formats.recorder_read import Brought

CHINA = timezone(timedelta(hours=8))
CLOCK = re.compile(r"(\d{1,2})\s*[:：.点]\s*(\d{1,2})?")
WHO = re.compile(r"(\d{1,3})[\s.、　]+(\S.*)")
POINT = re.compile(r"(\d{1,3})[.、．]\s*(.*)", re.DOTALL)
FIGURES = {"在场": "present", "赞成": "for", "反对": "against", "弃权": "abstain"}
CODES = {
    "时间": "at", "谁说的": "who", "议程": "item", "说了什么": "text", "态度": "attitude", "作为意见": "as_remark",
    "议的是什么": "question", "谁清点": "teller", **FIGURES,
}  # fmt: skip
BY_NAME = {name: code for code, name in ATTITUDES.items()}
LATER = _("“%(sheet)s”第 %(line)s 行：%(why)s")
EMPTY_FIGURE = _("人数没有填全，没有的请写 0。")
NO_TIME = _("时间看不懂，请写成 9:05。")
Row = tuple[int, dict[str, str]]


def read(data: bytes, day: date, begins: time, agenda: Sequence[tuple[int, str]]) -> Brought:
    """Entries of all three sheets. `agenda` are (id, title) in order; times without a day are of the meeting's day."""
    code, title = _mark(data)
    found = {name: _rows(data, name) for name in SHEETS}
    if not any(found.values()):
        raise Refusal(_("这张表还没有填，没有什么可导入的。"), field="file")
    device = hashlib.sha256(f"hall table\0{code}".encode()).hexdigest()[:32]
    made, problems = _Maker(device, day, begins, agenda), []
    for name, make in (("签到", made.signed), ("发言", made.said), ("举手", made.hands)):
        problems += [Said(LATER, sheet=name, line=line, why=why) for line, why in make(found[name])]
    return Brought(code, title, device, tuple(made.entries), "table", tuple(problems))


def _mark(data: bytes) -> tuple[str, str]:
    """Which meeting the table says it is of, and its title."""
    try:
        notes = xlsx_read.read(data, sheet="填写说明", preferred=(), rows=ROWS, columns=30).cells
    except Refusal:
        return "", ""
    words = [row[0].strip() for _line, row in notes]
    code = next((one.removeprefix(MARK) for one in words if one.startswith(MARK)), "")
    return code[:32], words[0][:200] if words else ""


def _rows(data: bytes, name: str) -> list[Row]:
    """The filled rows of a sheet by their headings; none where the sheet is gone or empty."""
    try:
        book = xlsx_read.read(data, sheet=name, preferred=(), rows=5 * ROWS, columns=30)
    except Refusal as refused:
        if refused.said.params.get("sheet") == name or "没有内容" in refused.said.msgid:
            return []
        raise
    heads = [cell.strip() for cell in book.cells[0][1]]
    wanted = [label for label, _width in SHEETS[name]]
    if not set(wanted[:3]) & set(heads):
        raise Refusal(
            _("“%(sheet)s”的表头被改过，认不出来。请用下载的空白表填写。"), sheet=name, field="file"
        )
    rows = [
        (line, {h: c.strip("\r\n ") for h, c in zip(heads, row, strict=False) if h})
        for line, row in book.cells[1:]
    ]
    return [(line, row) for line, row in rows if any(row.values())]


class _Maker:
    """Makes entries in the order of the rows; what cannot be read is named by its line."""

    def __init__(self, device: str, day: date, begins: time, agenda: Sequence[tuple[int, str]]) -> None:
        self.device, self.day, self.agenda = device, day, list(agenda)
        self.entries: list[Entry] = []
        self.last = datetime.combine(day, begins, CHINA)

    def _add(self, key: str, kind: str, at: datetime, facts: Mapping[str, Any]) -> None:
        self.entries.append(Entry(key, self.device, len(self.entries) + 1, kind, at, facts))

    def _at(self, words: str) -> datetime | None:
        found = CLOCK.search(words)
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            return None
        return datetime.combine(self.day, time(int(found[1]), int(found[2] or 0)), CHINA)

    def signed(self, rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
        """Arrivals and departures; whoever has a time and no number is a newcomer."""
        facts = [
            {"what": "signed", "who": r.get("号码", "") + r.get("姓名", ""), "came": r.get("到会时间", "")}
            for _n, r in rows
        ]
        gone = [
            {"what": "left", "who": r.get("号码", "") + r.get("姓名", ""), "left": r.get("离开时间", "")}
            for _n, r in rows
        ]
        keyed = zip(
            rows, row_keys(facts, source=self.device), row_keys(gone, source=self.device), strict=True
        )
        for (line, row), came_key, left_key in keyed:
            who = _who(f"{row.get('号码', '')} {row.get('姓名', '')}".strip())
            came, left = row.get("到会时间", ""), row.get("离开时间", "")
            if (came and self._at(came) is None) or (left and self._at(left) is None):
                yield line, NO_TIME
                continue
            at = self._at(came)
            if who.get("number") is None and who.get("name") and (at or left):
                self._add(came_key, "guest", at or self.last, {**who, "seat": row.get("身份", "")})
            elif at is not None:
                self._add(came_key, "arrive", at, who)
            gone_at = self._at(left)
            if gone_at is not None:
                self._add(left_key, "leave", gone_at, who)

    def said(self, rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
        """Lines in the order of the rows; a row without a time is as late as the one before."""
        keys = _keys(rows, f"{self.device}/said")
        for (line, row), key in zip(rows, keys, strict=True):
            if not row.get("说了什么"):
                yield line, _("没有写说了什么。")
                continue
            at = self._at(row.get("时间", ""))
            if row.get("时间") and at is None:
                yield line, NO_TIME
                continue
            self.last = at or self.last
            facts: dict[str, Any] = {
                "text": row["说了什么"],
                **_who(row.get("谁说的", "")),
                **self._item(row.get("议程", "")),
            }
            facts |= {
                "attitude": BY_NAME.get(row.get("态度", ""), ""),
                "as_remark": row.get("作为意见", "") == "是",
            }
            self._add(key, "line", self.last, facts)

    def _item(self, words: str) -> dict[str, Any]:
        found = POINT.match(words)
        same = [i for i, title in self.agenda if title in (words, found[2] if found else words)]
        if same:
            return {"item": same[0]}
        at = int(found[1]) - 1 if found else -1
        return {"item": self.agenda[at][0]} if 0 <= at < len(self.agenda) else {}

    def hands(self, rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
        """Shows of hands."""
        keys = _keys(rows, f"{self.device}/hands")
        for (line, row), key in zip(rows, keys, strict=True):
            figures = {to: row.get(name, "") for name, to in FIGURES.items()}
            if not all(one.isascii() and one.isdigit() and len(one) < 6 for one in figures.values()):
                yield line, EMPTY_FIGURE
                continue
            facts = {"question": row.get("议的是什么", ""), "teller": row.get("谁清点", "")}
            at = self._at(row.get("时间", "")) or self.last
            self._add(key, "hands", at, facts | {name: int(one) for name, one in figures.items()})


def _keys(rows: Sequence[Row], source: str) -> list[str]:
    """A row's key: its own id, unless another row has the same one, else what it says and which occurrence of it this is."""
    shared = doubled_ids({"id": row.get("编号", "")} for _line, row in rows)
    return row_keys((_identity(row, shared) for _line, row in rows), source=source)


def _identity(row: Mapping[str, str], shared: set[str]) -> dict[str, str]:
    own = row.get("编号", "")
    return (
        {"id": own}
        if own and own not in shared
        else {code: row.get(name, "") for name, code in CODES.items()}
    )


def _who(words: str) -> dict[str, Any]:
    """ "3 张三", "3" or a name."""
    found = WHO.fullmatch(words.strip())
    if found:
        return {"number": int(found[1]), "name": found[2].strip()}
    bare = words.strip()
    return {"number": int(bare)} if bare.isascii() and bare.isdigit() and len(bare) < 4 else {"name": bare}
