"""A dossier kept as it was when it was sealed: JSON lines, the first everything but the remarks, then one remark a line.

Read back it is equal, so an edition rebuilt from it has the same bytes. Remarks are read from the file each time they
are asked for: a million need no memory. Fields that a later version adds take their default.
"""

import json
import types
import typing
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any

from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.errors import Refusal, _

FORM = "dossier/1"
UNREADABLE = _("报告底稿“%(file)s”无法读取，可能已损坏。请从备份恢复这个文件。")


class KeptRemarks(Collection[RemarkRow]):
    """The remarks of a snapshot, read from its file while they are iterated."""

    def __init__(self, path: Path, count: int) -> None:
        self.path, self.count = path, count

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[RemarkRow]:
        with self.path.open(encoding="utf-8", newline="\n") as source:
            next(source)
            for line in source:
                yield _value(json.loads(line), RemarkRow)

    def __contains__(self, row: object) -> bool:
        return any(row == mine for mine in self)


def write_snapshot(dossier: Dossier, target: IO[bytes]) -> None:
    """Write the snapshot; equal dossiers give the same bytes."""
    head = _plain(replace(dossier, remarks=()))
    target.write(_line({"form": FORM, "remarks": len(dossier.remarks), "dossier": head}))
    target.writelines(_line(_plain(row)) for row in dossier.remarks)


def read_snapshot(path: Path) -> Dossier:
    """The dossier of a snapshot file, which must stay where it is while the dossier is used. Refusal if unreadable."""
    try:
        with path.open(encoding="utf-8", newline="\n") as source:
            head = json.loads(next(source))
        if head["form"] != FORM:
            raise ValueError(head["form"])
        made: Dossier = _value(head["dossier"], Dossier)
        return replace(made, remarks=KeptRemarks(path, int(head["remarks"])))
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise Refusal(UNREADABLE, file=path.name) from error


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    """A dataclass as a dictionary of its fields, an instant as ISO text, a tuple as a list."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _value(plain: Any, kind: Any) -> Any:
    """The other way, by the type a field declares."""
    if plain is None:
        return None
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        kinds = [each for each in typing.get_args(kind) if each is not types.NoneType]
        return _value(plain, kinds[0]) if len(kinds) == 1 else plain
    if typing.get_origin(kind) in {tuple, Collection}:
        return tuple(_value(item, typing.get_args(kind)[0]) for item in plain)
    if kind in {date, datetime}:
        return kind.fromisoformat(plain)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(
            **{name: _value(plain[name], hint) for name, hint in _hints(kind).items() if name in plain}
        )
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
