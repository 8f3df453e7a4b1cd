"""Migrations from empty give exactly the tables the rows describe."""

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from deliberation.store.db import db
from tests import databases

FIRST = (
    Path(__file__).parents[1] / "store" / "data" / "at_0001.sql"
)  # a filled database of the first shape, dumped


def test_migrations_from_empty_equal_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, db.metadata) == []


def test_no_cascade_deletes_an_original():
    wrong = [
        f"{table.name}.{column.name}"
        for table in db.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.ondelete
    ]
    assert not wrong, wrong
    loose = [
        str(r)
        for m in db.Model.registry.mappers
        for r in m.relationships
        if r.cascade.delete or r.cascade.delete_orphan
    ]
    assert not loose, loose


def test_a_filled_database_of_the_first_shape_goes_up_with_every_row_kept(tmp_path):
    path = tmp_path / "yishiting.db"
    old = sqlite3.connect(path)
    old.executescript(FIRST.read_text("utf-8"))
    before = _rows(old)
    old.close()
    databases.migrate(f"sqlite:///{path}", tmp_path)
    now = sqlite3.connect(path)
    now.row_factory = sqlite3.Row
    for table, rows in before.items():
        kept = [dict(row) for row in now.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # our own names
        assert [{name: row[name] for name in was} for row, was in zip(kept, rows, strict=True)] == rows, table
    assert now.execute("PRAGMA foreign_key_check").fetchall() == []


def _rows(connection):
    connection.row_factory = sqlite3.Row
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite%' AND name != 'alembic_version'"
        )
    ]
    return {
        name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]
        for name in names
    }
