"""Remarks from somebody's table: read, mapped once, checked row by row, taken in exactly once, a thousand rows an act."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from deliberation.clock import CHINA
from deliberation.domain.acts import Act
from deliberation.domain.columns import Table, guess
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.intake import Row, by_cells, remark_rows
from deliberation.domain.openings import office_may_enter
from deliberation.domain.remarks import Origin, Words
from deliberation.garbage import uncollected
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.own_rows import OwnRows
from deliberation.services.placing import Placed, place_in
from deliberation.services.remark_batches import Ready, take_in
from deliberation.services.remarks import limit
from deliberation.store import drafts, remarks
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.remarks import ColumnMapping, Remark

ROWS_AN_ACT = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken in: its line in the source, what it says, and why."""

    line: int
    text: str
    why: tuple[Said, ...]


@dataclass(slots=True)
class Report:
    """What became of a table: rows added, rows that were there already, rows refused."""

    added: int = 0
    there: int = 0
    refused: list[Refused] = field(default_factory=list)
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Reading:
    """How a table is read: field → column, the channel of rows that name none, whose table it is, when it came."""

    columns: Mapping[str, int]
    channel: str = "other_system"
    source: str = ""
    received_at: datetime | None = None


def header_digest(header: Sequence[str]) -> str:
    """SHA-256 of a heading row: tables of one form have the same."""
    return hashlib.sha256("\x1f".join(header).encode()).hexdigest()


def columns_for(consultation: Consultation, table: Table) -> tuple[dict[str, int], bool]:
    """How this office read such a table before (True), else the guess (False)."""
    known = remarks.mapping(consultation.office_id, header_digest(table.header))
    if known is not None:
        return {name: at for name, at in known.columns.items() if at < len(table.header)}, True
    return by_cells(table, guess(table.header)), False


def read_rows(consultation: Consultation, table: Table, reading: Reading) -> list[Row]:
    """The rows with all that is wrong with each, also what only this draft can tell (no such article, no such words)."""
    return _read(table, reading, _Places(consultation))


def known_rows(consultation: Consultation, table: Table, rows: Sequence[Row]) -> int:
    """How many of these rows are remarks here already: taken in before, or of a dossier made here."""
    own, known = OwnRows(table), remarks.known_keys(consultation.id, [row.key for row in rows])
    here = 0
    for first in range(0, len(rows), ROWS_AN_ACT):
        some = rows[first : first + ROWS_AN_ACT]
        made_here = own.here(consultation, some)
        here += sum(row.key in known or row.line in made_here for row in some)
    return here


def _read(table: Table, reading: Reading, places: "_Places") -> list[Row]:
    """Whose table it is tells numbers apart; a row without a number is the same row whoever brings it."""
    source = reading.source.strip() if "id" in reading.columns else ""
    rows = remark_rows(table, reading.columns, channel=reading.channel, source=source, limit=limit())
    return [_checked(row, places) for row in rows]


def import_remarks(
    actor: Actor,
    consultation: Consultation,
    table: Table,
    reading: Reading,
    *,
    digest: str = "",
    progress: Progress | None = None,
) -> Report:
    """Take in what is sound and new; what was taken in before is left as it stands. Broken off, it may be begun again."""
    if not {"text", "wording", "attitude"} & set(reading.columns):
        raise Refusal(_("请指出哪一列是意见，否则没有可导入的内容。"), field="text")
    places = _Places(consultation)
    with uncollected():
        rows = _read(table, reading, places)
    own = OwnRows(table)
    report = Report(refused=[Refused(row.line, _shown(row), row.problems) for row in rows if row.problems])
    sound = [row for row in rows if not row.problems]
    for first in range(0, max(1, len(sound)), ROWS_AN_ACT):
        some = sound[first : first + ROWS_AN_ACT]
        with uncollected(), act(actor, Act.IMPORT_REMARKS, on=consultation) as record:
            _remember(record, consultation, table.header, reading.columns)
            _take(record, consultation, [(row, places.of(row)) for row in some], reading, report, own)
            record.about("table", digest[:16] or "-")
            record.note(rows=len(some), sha256=digest)
        if progress:
            progress(first + len(some), len(sound))
    report.refused.sort(key=lambda one: one.line)
    return report


def _take(
    record: Record,
    consultation: Consultation,
    rows: Sequence[tuple[Row, Placed]],
    reading: Reading,
    report: Report,
    own: OwnRows,
) -> None:
    here = remarks.by_keys(consultation.id, [row.key for row, _placed in rows])
    made_here = own.here(consultation, (row for row, _placed in rows))
    ready = []
    for row, placed in rows:
        try:
            one = _ready(record, consultation, row, placed, reading)
            before = made_here.get(row.line) or here.get(row.key)
            if before is None:
                own.has_words(row)
                ready.append(one)
                continue
            _same(before, one.words, row)
            report.there += 1
        except Refusal as refusal:
            report.refused.append(Refused(row.line, _shown(row), (refusal.said,)))
    if not ready:
        record.nothing()
        return
    numbers = take_in(record, consultation, ready)
    report.added += len(ready)
    report.first, report.last = report.first or numbers[0], numbers[-1]


def _same(before: Remark, words: Words, row: Row) -> None:
    if (before.text, before.wording, before.reason, before.attitude) != (
        words.text,
        words.wording,
        words.reason,
        words.attitude,
    ):
        raise Refusal(
            _("编号“%(id)s”以前导入过（意见 %(number)s），这次的内容不一样。原来的不改；要作为新的一条，请换一个编号。"),
            id=row.values.get("id", "").strip(), number=before.public_number,
        )  # fmt: skip


def _ready(record: Record, consultation: Consultation, row: Row, placed: Placed, reading: Reading) -> Ready:
    values = row.values
    received = _instant(values.get("made_at", "")) or reading.received_at or record.at
    office_may_enter(record.at, consultation.office_until, received, consultation.public_until)
    origin = Origin(
        channel=values["channel"], said_by=values.get("name", "").strip(), contact=values.get("phone", "").strip(),
        category=values.get("category", "").strip(), received_at=received,
        source=values.get("origin", "").strip() or reading.source.strip(),
    )  # fmt: skip
    return Ready(_words(row), origin, placed)


def _words(row: Row) -> Words:
    """What a row says that was found sound: its cells were looked at when it was read."""
    values = row.values
    words = Words(
        key=row.key, text=values.get("text", ""), attitude=values["attitude"], place=values["kind"], eid=values["eid"],
        quote=values.get("quote", ""), wording=values.get("wording", ""), reason=values.get("reason", ""),
    )  # fmt: skip
    meant = words.place_meant()
    return words if meant == words.place else replace(words, place=meant)


def _instant(iso: str) -> datetime | None:
    """2026-03-05 is the beginning of that day in China; a clock without a zone is China's."""
    if not iso:
        return None
    read = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=CHINA)


def _shown(row: Row) -> str:
    return row.values.get("text") or row.values.get("wording") or ""


class _Places:
    """Places looked up once for a whole table, in the version that stands."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation, self.version = consultation, drafts.current(consultation.task_id)
        self._known: dict[tuple[str, str, str], Placed | Refusal] = {}

    def of(self, row: Row) -> Placed:
        """Where the row stands; a Refusal where there is no such place."""
        at = (row.values["kind"], row.values["eid"], row.values.get("quote", ""))
        if at not in self._known:
            self._known[at] = self._find(row)
        found = self._known[at]
        if isinstance(found, Refusal):
            raise found
        return found

    def _find(self, row: Row) -> Placed | Refusal:
        try:
            return place_in(self.consultation, _words(row), self.version)
        except Refusal as refusal:
            return refusal


def _checked(row: Row, places: _Places) -> Row:
    if row.problems:
        return row
    try:
        places.of(row)
    except Refusal as refusal:
        word = row.values.get("place_words", "").strip() or row.values["eid"]
        why = Said(_("“%(word)s”：草案里没有这一条。"), word=word) if refusal.field == "eid" else refusal.said
        return Row(row.line, row.values, row.key, (why,))
    return row


def _remember(
    record: Record, consultation: Consultation, header: Sequence[str], columns: Mapping[str, int]
) -> None:
    digest = header_digest(header)
    known = remarks.mapping(consultation.office_id, digest)
    if known is None:
        known = ColumnMapping(
            office_id=consultation.office_id, header_digest=digest, columns={}, at=record.at
        )
        db.session.add(known)
    if known.columns != dict(columns):
        known.columns, known.at = dict(columns), record.at
