"""The index in files, by Whoosh: postings of grams, Existence only, read directly and never scored."""

import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from heapq import nlargest
from pathlib import Path
from typing import Any
from uuid import uuid4

from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.formats import Existence
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from deliberation.domain.grams import grams, plain, words
from deliberation.search import Entry, Found, Hit, IndexDamaged
from deliberation.search.files import DurableStorage, change_over, current, only_writer
from deliberation.search.segments import Segment
from deliberation.search.words import excerpt, marked

PATIENCE = 10.0  # seconds a writer waits for another
MERGED_UP_TO = 4_000  # documents; larger segments are left as they are until a rebuild
RETRIES = 50
LAST = "last"


class Terms(FieldType):
    """A field that holds a set of terms as they are; neither order nor number."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Iterable[str], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, value) of each."""
        return ((term.encode(), 1, 1.0, b"") for term in set(value))


SCHEMA = Schema(
    key=Terms(),
    words=Terms(),
    audience=Terms(),
    kind=Terms(),
    consultation=Terms(),
    entry=STORED(),
    plain=COLUMN(VarBytesColumn()),
    stamp=COLUMN(NumericColumn("q")),
)


class WhooshIndex:
    """See `deliberation.search.Index`. Reads under one lock (a search is quicker than a switch of threads)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reading = threading.Lock()
        self._open: dict[str, Segment] = {}
        folder.mkdir(parents=True, exist_ok=True)
        if current(folder) is None:
            with only_writer(folder, PATIENCE):
                if current(folder) is None:
                    self._new_generation([], 0)

    def put(
        self, entries: Iterable[Entry], last_outbox_id: int, gone: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Add, replace and drop in one step."""
        batch = {entry.key: entry for entry in entries}
        keys = {_term(key) for key in (*batch, *gone)}
        with only_writer(self.folder, PATIENCE):
            last = max(last_outbox_id, self.last())
            writer = _writer(self.folder / (current(self.folder) or ""))
            try:
                for document in self._documents(keys | {LAST}):
                    writer.delete_document(document)
                for entry in batch.values():
                    _add(writer, entry)
                _add_last(writer, last)
            except BaseException:
                writer.cancel()
                raise
            writer.commit(mergetype=_merge_small)

    def drop(self, gone: Iterable[tuple[str, str]], last_outbox_id: int) -> None:
        """Drop keys."""
        self.put([], last_outbox_id, gone)

    def last(self) -> int:
        """The outbox id the index has reached."""
        with self._reading:
            for segment, dropped in self._segments():
                for document in segment.documents("key", LAST):
                    if document not in dropped:
                        return int(segment.entry(document)[0])
        return 0

    def find(
        self,
        asked: str,
        audience: set[str] | frozenset[str],
        kinds: Iterable[str] | None = None,
        consultation: str | None = None,
        page: int = 1,
        size: int = 20,
    ) -> Found:
        """Find, count exactly, and show one page."""
        sought, page = words(asked), max(page, 1)
        if not sought or not audience:
            return Found(page=page, size=size, words=tuple(sought))
        limits = {"audience": audience}
        if kinds is not None:
            limits["kind"] = frozenset(kinds)
        if consultation is not None:
            limits["consultation"] = frozenset([consultation])
        with self._reading:
            total, entries = self._page(sought, limits, page * size, size)
        hits = tuple(
            Hit(entry, marked(entry.title, sought), excerpt(entry.text, sought)) for entry in entries
        )
        return Found(total, hits, page, size, tuple(sought))

    def rebuild(self, entries: Iterable[Entry], last_outbox_id: int) -> int:
        """Make all anew beside the old."""
        with only_writer(self.folder, PATIENCE):
            return self._new_generation(entries, last_outbox_id)

    def close(self) -> None:
        """Let go of files."""
        with self._reading:
            self._open.clear()

    def _new_generation(self, entries: Iterable[Entry], last: int) -> int:
        name = uuid4().hex
        FileIndex.create(DurableStorage(str(self.folder / name)).create(), SCHEMA, "MAIN")
        writer, count = _writer(self.folder / name), 0
        for entry in entries:
            _add(writer, entry)
            count += 1
        _add_last(writer, last)
        writer.commit(merge=False)
        change_over(self.folder, name)
        return count

    def _segments(self) -> list[tuple[Segment, frozenset[int]]]:
        """The segments of this moment, each with what was dropped from it; those already open are used again."""
        for _attempt in range(RETRIES):
            name = current(self.folder) or ""
            storage = DurableStorage(str(self.folder / name))
            try:
                listed = TOC.read(storage, "MAIN", schema=SCHEMA).segments
                now = {
                    s.segment_id(): self._open.get(s.segment_id()) or Segment(storage, SCHEMA, s)
                    for s in listed
                }
            except (
                FileNotFoundError,
                EmptyIndexError,
            ):  # merged away or changed over between the two readings
                continue
            self._open = now
            return [(now[s.segment_id()], frozenset(s.deleted_docs())) for s in listed]
        raise IndexDamaged

    def _documents(self, keys: set[str]) -> list[int]:
        """The documents under these keys, counted through all segments as the writer does."""
        found, offset = [], 0
        with self._reading:
            for segment, dropped in self._segments():
                for key in keys:
                    found += [offset + d for d in segment.documents("key", key) if d not in dropped]
                offset += segment.size
        return found

    def _page(
        self, sought: list[str], limits: dict[str, Any], upto: int, size: int
    ) -> tuple[int, list[Entry]]:
        total, best = 0, []
        for segment, dropped in self._segments():
            among = int.from_bytes(b"\1" * segment.size, "little")
            for field, terms in limits.items():
                among &= segment.either(field, terms)
            found = segment.matching(sought, among, dropped) if among else []
            total += len(found)
            newest = nlargest(upto, found, key=segment.stamps.__getitem__)
            best += [(segment.stamps[d], segment, d) for d in newest]
        best.sort(key=lambda one: one[0], reverse=True)
        return total, [Entry(*segment.entry(d)) for _, segment, d in best[upto - size : upto]]


def _term(key: tuple[str, str]) -> str:
    return "\0".join(key)


def _stamp(entry: Entry) -> int:
    """Microseconds since 1970, then twelve bits of the key so that the order of equals is stable."""
    try:
        moment = datetime.fromisoformat(entry.at)
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    micros = round(moment.timestamp() * 1_000_000)
    return (micros << 12) + (zlib.crc32(_term(entry.key).encode()) & 0xFFF)


def _writer(folder: Path) -> SegmentWriter:
    index = FileIndex(DurableStorage(str(folder)), schema=SCHEMA, indexname="MAIN")
    codec = W3Codec()
    codec.length_stats = False  # nothing is scored; asking for lengths looks for a file at every posting
    return index.writer(timeout=PATIENCE, limitmb=64, compound=False, codec=codec)


def _add(writer: SegmentWriter, entry: Entry) -> None:
    both = f"{entry.title}\n{entry.text}"
    writer.add_document(
        key=[_term(entry.key)],
        words=grams(both),
        audience=entry.audience,
        kind=[entry.kind],
        consultation=[entry.consultation],
        entry=astuple(entry),
        plain=plain(both).encode(),
        stamp=_stamp(entry),
    )


def _add_last(writer: SegmentWriter, last: int) -> None:
    writer.add_document(key=[LAST], entry=(last,), plain=b"", stamp=0)


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Merge the new segment with its smaller neighbours, so that sizes stay a rising series and few."""
    kept, total = [], writer.doc_count()
    for segment in sorted(segments, key=lambda s: s.doc_count_all()):
        if segment.doc_count_all() > min(2 * total, MERGED_UP_TO):
            kept.append(segment)
            continue
        writer.add_reader(SegmentReader(writer.storage, SCHEMA, segment))
        total += segment.doc_count()
    return kept
