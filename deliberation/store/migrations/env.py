"""Runs migrations against the application's own engine."""

from alembic import context

from deliberation.store.columns import Sealed
from deliberation.store.db import Moment, db, is_sqlite


def render(kind, thing, autogen):
    """Write our column types as what they are in the database, so that a migration needs no import of ours."""
    if kind == "type" and isinstance(thing, Sealed):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime()"
    return False


def _keys(connection, on):
    """SQLite copies a table to change it: its foreign keys rest meanwhile. The pragma works outside a transaction only."""
    raw = connection.connection.driver_connection
    raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    if on and (broken := raw.execute("PRAGMA foreign_key_check").fetchall()):
        raise RuntimeError(f"a migration broke references: {broken[:5]}")


with db.engine.connect() as connection:
    if is_sqlite():
        _keys(connection, on=False)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render,
        compare_type=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite():
        _keys(connection, on=True)
