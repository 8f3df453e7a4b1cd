"""The database: one `db`, naming of constraints, UTC moments, and the SQLite recipe.

SQLite: BEGIN is ours (DEFERRED unless the door asks for IMMEDIATE), WAL with FULL sync; checkpoints run only inside
the writer lane (a WAL-reset fault before 3.51.3 makes concurrent checkpoints unsafe).
"""

import os
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

PATIENCE = 30_000  # milliseconds a statement waits for another writer
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


class Base(DeclarativeBase):
    """Rows know columns and simple facts."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Moment})


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Row = Base
else:
    Row = db.Model


def engine_options(url: str) -> dict[str, Any]:
    """Options for create_engine: SQLite hands BEGIN to us, PostgreSQL checks its connections."""
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": None, "timeout": 30, "check_same_thread": False}}
    return {"pool_pre_ping": True, "pool_size": 8}


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    for pragma in (
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "wal_autocheckpoint=0",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def is_sqlite() -> bool:
    """Whether the embedded database is in use."""
    return db.engine.dialect.name == "sqlite"


def writing() -> None:
    """Open the session's transaction for writing; on SQLite it takes the write lock at once."""
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"} if is_sqlite() else {})


def checkpoint(threshold: int = 4 * 1024 * 1024) -> None:
    """Fold a grown write-ahead file back into the database. Call only inside the writer lane.

    What was committed is durable already: where a reader stands in the way or the disk is full, folding is put off.
    """
    path = db.engine.url.database
    if not is_sqlite() or not path:
        return
    try:
        size = os.stat(path + "-wal").st_size
    except OSError:
        return
    if size < threshold:
        return
    try:
        connection = db.engine.raw_connection()
    except SQLAlchemyError:
        return
    try:
        _fold(connection.driver_connection)
    finally:
        connection.close()


def _fold(raw: Any) -> None:
    raw.execute("PRAGMA busy_timeout=0")
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        pass
    finally:
        raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
