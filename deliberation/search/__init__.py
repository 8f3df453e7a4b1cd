"""Finding: one small interface, and behind it an index that is only a shadow of the store.

A word is found where it stands, letter for letter, in title or text (width, case and accents levelled); several
words must all be there. Only entries that carry one of the asker's audience terms are found or counted.
Audience terms are plain strings that the services choose, such as `public`, `office:3`, `person:17`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deliberation.domain.errors import Refusal, _

KINDS = ("article", "remark", "suggestion", "minutes")


class IndexBusy(Refusal):
    """Somebody else is writing or rebuilding the index (503); nothing was written, try again later."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("检索正在更新，请稍后再试。"))


class IndexDamaged(Refusal):
    """Files of the index are missing (503); nothing of the store is, so that a rebuild mends it."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("检索数据不完整，请管理员运行 flask search rebuild 重建。"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found. `kind` and `id` together are its key; putting it again replaces it.

    `place` is an eid (art_12) or "", `at` an ISO 8601 instant (newest are listed first), `parts` whatever else the
    pages need to make its address, in their own order.
    """

    kind: str
    id: str
    consultation: str
    title: str
    text: str
    audience: tuple[str, ...]
    place: str = ""
    at: str = ""
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Kind and id."""
        return (self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as its author wrote it, not escaped; `found` where it is what was searched for."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry with the pieces to show: the whole title, and the stretch of text about the first finding."""

    entry: Entry
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, newest first; `total` counts exactly all that this person may see."""

    total: int = 0
    hits: tuple[Hit, ...] = ()
    page: int = 1
    size: int = 20
    words: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> int:
        """How many pages there are (0 when nothing was found)."""
        return -(-self.total // self.size)


class Index(Protocol):
    """What an index can do. One object serves all threads of a process."""

    def put(
        self, entries: Iterable[Entry], last_outbox_id: int, gone: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Add or replace entries and drop the (kind, id) `gone`, in one step with the outbox id they reach up to.

        On return the step is on disk. A killed step leaves all as it was: redo from `last() + 1`. Doing a step
        twice changes nothing. Raises IndexBusy.
        """

    def drop(self, gone: Iterable[tuple[str, str]], last_outbox_id: int) -> None:
        """Drop the (kind, id) given; like `put` without entries."""

    def last(self) -> int:
        """The outbox id up to which the index has everything; 0 when it is new."""

    def find(
        self,
        asked: str,
        audience: set[str] | frozenset[str],
        kinds: Iterable[str] | None = None,
        consultation: str | None = None,
        page: int = 1,
        size: int = 20,
    ) -> Found:
        """Entries that hold every word asked and are for one of `audience`; a page past the end has no hits."""

    def rebuild(self, entries: Iterable[Entry], last_outbox_id: int) -> int:
        """Make the index anew beside the old one, then change over; how many entries it has. Raises IndexBusy.

        Entries are read lazily while writers are kept out. Read `last_outbox_id` from the outbox *before* the
        first entry. Readers find in the old index until the change.
        """

    def close(self) -> None:
        """Let go of files."""


def open_index(folder: Path) -> Index:
    """The index in this folder, made empty where there is none yet."""
    from deliberation.search.whoosh_index import WhooshIndex

    return WhooshIndex(folder)
