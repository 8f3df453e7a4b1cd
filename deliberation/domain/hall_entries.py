"""What a device writes in the hall while it has no network, as values: read strictly, dated by the server's clock, never lost.

A thing without key, device or number cannot be told from another and is refused; anything else wrong with it is kept as it
came and put before a person.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from deliberation.domain.errors import Refusal, _
from deliberation.domain.leaves import EXACT, canonical

KINDS = frozenset(
    {"line", "mend", "strike", "arrive", "leave", "unarrive", "guest", "point", "item", "hands", "end"}
)
KEY = re.compile(r"[0-9a-f]{32}")
ROW_KEY = re.compile(r"(?:[0-9a-f]{32}|(?:row|id)-[0-9a-f]{36})")
MOST = 200
SKEW = timedelta(minutes=2)
LAST_SEQ = 2**31 - 1
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing written: `key` names it for ever, `seq` counts what the device wrote in this meeting, from 1 without gaps."""

    key: str
    device: str
    seq: int
    kind: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A fact as text; "" where it is absent or something else."""
        found = self.facts.get(name)
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> int | None:
        """A fact as a whole number; None where it is absent or something else."""
        found = self.facts.get(name)
        return (
            found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**31 else None
        )

    @property
    def digest(self) -> str:
        """SHA-256 in hex of what was written: the same key with another digest is another thing."""
        return hashlib.sha256(canonical({"kind": self.kind, **clean(self.facts)})).hexdigest()


def clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with nothing a database or a file could not hold; what was unreadable, or nested without end, becomes U+FFFD."""
    return {_name(name): _sound(value) for name, value in facts.items()}


def _name(name: object) -> str:
    return str(name).encode("ascii", "backslashreplace").decode().replace("\0", "\\x00")


def _sound(value: Any, depth: int = 0) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if isinstance(value, (list, tuple, Mapping)) and depth == DEEPEST:
        return "\ufffd"
    if isinstance(value, (list, tuple)):
        return [_sound(one, depth + 1) for one in value]
    if isinstance(value, Mapping):
        return {_name(name): _sound(one, depth + 1) for name, one in value.items()}
    if isinstance(value, int) and abs(value) > EXACT:
        return "\ufffd"
    return value if isinstance(value, int) or value is None else str(value)


def read_entry(given: object, device: str, key: re.Pattern[str] = KEY) -> Entry:
    """One entry as a device sends it; Refusal where it has no sound key, number or instant."""
    if not isinstance(given, Mapping):
        raise Refusal(_("传来的记录不完整，什么也没有保存。请刷新页面再试。"))
    found, seq, kind = given.get("key"), given.get("seq"), given.get("kind")
    facts = given.get("facts")
    if not (isinstance(found, str) and key.fullmatch(found)) or not isinstance(kind, str):
        raise Refusal(_("传来的记录不完整，什么也没有保存。请刷新页面再试。"))
    if not isinstance(seq, int) or isinstance(seq, bool) or not 1 <= seq <= LAST_SEQ:
        raise Refusal(_("传来的记录不完整，什么也没有保存。请刷新页面再试。"))
    return Entry(
        found,
        device,
        seq,
        _sound(kind[:12]),
        instant(given.get("at")),
        clean(facts) if isinstance(facts, Mapping) else {},
    )


def read_entries(given: object, device: object) -> list[Entry]:
    """A batch as a device sends it, in the order it was written."""
    if not isinstance(device, str) or not KEY.fullmatch(device) or not isinstance(given, Sequence):
        raise Refusal(_("传来的记录不完整，什么也没有保存。请刷新页面再试。"))
    if len(given) > MOST:
        raise Refusal(_("一次最多传 %(most)s 条，请分几次。"), most=MOST)
    return in_order(read_entry(one, device) for one in given)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By the device's count, each once; other words under one key are another entry, to be shown and not dropped."""
    return sorted({(one.key, one.digest): one for one in entries}.values(), key=lambda one: one.seq)


def instant(given: object) -> datetime:
    """An instant written as ISO 8601 with its zone; Refusal for anything else."""
    try:
        found = datetime.fromisoformat(given.replace("Z", "+00:00")) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 2000 <= found.year < 2200:
        raise Refusal(_("传来的记录没有时间，什么也没有保存。请核对这台电脑的时钟。"))
    return found.astimezone(UTC)


def by_our_clock(at: datetime, sent_at: datetime | None, now: datetime) -> datetime:
    """When it happened by the server's clock: a device whose clock is off is set right by what it said the time was when sending.

    Never in the future.
    """
    if sent_at is not None and abs(now - sent_at) > SKEW:
        at += now - sent_at
    return min(at, now)


def dated(entry: Entry, sent_at: datetime | None, now: datetime) -> Entry:
    """The entry with its instant by the server's clock."""
    return replace(entry, at=by_our_clock(entry.at, sent_at, now))


def may_follow(seq: int, last: int, first: int) -> bool:
    """Whether an entry may be taken now: it follows on, came before, or is the oldest its device still has."""
    return seq <= last + 1 or seq == first
