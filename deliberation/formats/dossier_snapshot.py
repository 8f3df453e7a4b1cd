"""A dossier kept as it was when it was sealed: JSON lines, the first everything but the remarks and the log, then one
remark a line, then one leaf a line.

The first line may hold the public edition's own words beside the restricted ones; its remarks are made from the same
lines. Read back a dossier is equal, so an edition rebuilt from it has the same bytes. Remarks and leaves are read from
the file each time they are asked for: a million need no memory. Fields that a later version adds take their default.
"""

import json
import types
import typing
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_editions import PublicRemarks
from deliberation.domain.errors import Refusal, _

FORM = "dossier/1"
UNREADABLE = _("报告底稿“%(file)s”无法读取，可能已损坏。请从备份恢复这个文件。")


Opener = Callable[[], IO[bytes]]


class KeptRemarks(Collection[RemarkRow]):
    """The remarks of a snapshot, read from its file while they are iterated."""

    def __init__(self, source: Opener, count: int) -> None:
        self.source, self.count = source, count

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[RemarkRow]:
        with self.source() as lines:
            for line in islice(lines, 1, 1 + self.count):
                yield as_value(json.loads(line), RemarkRow)

    def __contains__(self, row: object) -> bool:
        return any(row == mine for mine in self)


class KeptLeaves(Collection[str]):
    """The lines of leaves.txt, which stand below the remarks."""

    def __init__(self, source: Opener, above: int, count: int) -> None:
        self.source, self.above, self.count = source, above, count

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        with self.source() as lines:
            for line in islice(lines, 1 + self.above, 1 + self.above + self.count):
                yield json.loads(line)

    def __contains__(self, line: object) -> bool:
        return any(line == mine for mine in self)


def write_snapshot(dossier: Dossier, target: IO[bytes], public: Dossier | None = None) -> None:
    """Write the snapshot, with what the public edition says differently if given; equal dossiers, the same bytes."""
    head: dict[str, object] = {"form": FORM, "remarks": len(dossier.remarks), "leaves": len(dossier.leaves)}
    head["dossier"] = as_plain(replace(dossier, remarks=(), leaves=()))
    if public is not None:
        head["public"] = as_plain(replace(public, remarks=(), leaves=()))
    target.write(_line(head))
    target.writelines(_line(as_plain(row)) for row in dossier.remarks)
    target.writelines(_line(line) for line in dossier.leaves)


def read_snapshot(source: Path | Opener, name: str = "", *, public: bool = False) -> Dossier:
    """The dossier of a snapshot, read again and again while it is used. Refusal (which calls it `name`) if unreadable."""
    opener: Opener = (lambda: source.open("rb")) if isinstance(source, Path) else source
    name = source.name if isinstance(source, Path) else name
    try:
        with opener() as lines:
            head = json.loads(next(lines))
        if head["form"] != FORM:
            raise ValueError(head["form"])
        made: Dossier = as_value(head["public" if public else "dossier"], Dossier)
        remarks = KeptRemarks(opener, int(head["remarks"]))
        leaves = KeptLeaves(opener, len(remarks), int(head["leaves"]))
        return replace(made, remarks=PublicRemarks(remarks) if public else remarks, leaves=leaves)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise Refusal(UNREADABLE, file=name) from error


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_plain(value: object) -> object:
    """A dataclass or a remark as a dictionary of its fields, an instant as ISO text, a tuple as a list."""
    if isinstance(value, RemarkRow):
        return {name: as_plain(each) for name, each in value._asdict().items()}
    if is_dataclass(value):
        return {each.name: as_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [as_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def as_value(plain: Any, kind: Any) -> Any:
    """The other way, by the type a field declares."""
    if plain is None:
        return None
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        kinds = [each for each in typing.get_args(kind) if each is not types.NoneType]
        return as_value(plain, kinds[0]) if len(kinds) == 1 else plain
    if typing.get_origin(kind) in {tuple, Collection}:
        return tuple(as_value(item, typing.get_args(kind)[0]) for item in plain)
    if kind in {date, datetime}:
        return kind.fromisoformat(plain)
    if isinstance(kind, type) and (is_dataclass(kind) or kind is RemarkRow):
        return kind(
            **{name: as_value(plain[name], hint) for name, hint in _hints(kind).items() if name in plain}
        )
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
