"""Migrations from empty give exactly the tables the rows describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from deliberation.store.db import db


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
