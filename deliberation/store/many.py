"""Many rows of one kind put in at once: the statement, and what turns values into the database's, made once and not once a row."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from deliberation.store.db import Row, db

Turned = Callable[[Any], Any]


class _Prepared(NamedTuple):
    sql: str
    names: tuple[str, ...]
    turns: tuple[Turned | None, ...]
    standing: dict[str, Any]  # defaults of columns that were not named
    by_place: bool


def put(row: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Put in rows that all name the same columns; the others take their default. Nothing is read back."""
    if not rows:
        return
    connection = db.session.connection()
    made = _prepared(cast(Table, row.__table__), tuple(rows[0]), connection.dialect)
    columns = [_column(made, name, turn, rows) for name, turn in zip(made.names, made.turns, strict=True)]
    lines = zip(*columns, strict=True)
    if made.by_place:
        connection.exec_driver_sql(made.sql, list(lines))
    else:
        connection.exec_driver_sql(made.sql, [dict(zip(made.names, line, strict=True)) for line in lines])


def _column(made: _Prepared, name: str, turn: Turned | None, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    values = [made.standing[name]] * len(rows) if name in made.standing else [row[name] for row in rows]
    if turn is None:
        return values
    if values.count(values[0]) == len(values):
        return [turn(values[0])] * len(values)
    return [turn(value) for value in values]


@lru_cache(maxsize=32)
def _prepared(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    standing = {
        column.key: cast(ScalarElementColumnDefault, column.default).arg
        for column in table.columns
        if column.key not in names and column.default is not None and column.default.is_scalar
    }
    compiled = insert(table).compile(dialect=dialect, column_keys=[*names, *standing])
    in_order = tuple(compiled.positiontup or [*names, *standing])  # type: ignore[attr-defined]
    turns = tuple(table.columns[name].type.dialect_impl(dialect).bind_processor(dialect) for name in in_order)
    return _Prepared(str(compiled), in_order, turns, standing, bool(compiled.positiontup))  # type: ignore[attr-defined]
