"""Runs migrations against the application's own engine."""

from alembic import context

from deliberation.store.columns import Sealed
from deliberation.store.db import Moment, db


def render(kind, thing, autogen):
    """Write our column types as what they are in the database, so that a migration needs no import of ours."""
    if kind == "type" and isinstance(thing, Sealed):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime()"
    return False


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render,
        compare_type=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
