"""A change of a correction as plain lists, and back: how a step is kept until it is undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from deliberation.domain.correcting import Change, Entry


def packed(change: Change) -> dict[str, Any]:
    """The change as JSON can hold it."""
    return {"at": change.at, "out": [_list(e) for e in change.out], "put": [_list(e) for e in change.put]}


def unpacked(kept: Mapping[str, Any]) -> Change:
    """The same change again."""
    return Change(kept["at"], tuple(_entry(e) for e in kept["out"]), tuple(_entry(e) for e in kept["put"]))


def _list(entry: Entry) -> list[Any]:
    under = list(entry.under) if entry.under else None
    return [entry.kind, entry.number, entry.n, entry.heading, entry.text, under]


def _entry(kept: Sequence[Any]) -> Entry:
    kind, number, n, heading, text, under = kept
    return Entry(kind, number, n, heading, text, (under[0], under[1]) if under else None)
