"""The sample as a whole database file: made beside the empty one and put in its place, or thrown away.

A file that was begun and not finished is never the database: it is thrown away and begun again.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import flask_migrate
from flask import Flask

from deliberation import clock, create_app
from deliberation.domain.errors import Refusal, _
from deliberation.sample.seeding import seed
from deliberation.services import searching
from deliberation.settings import Settings
from deliberation.store import sample
from deliberation.store.db import db

try:
    import fcntl
except ImportError:  # Windows: nobody is kept from clearing under a running server
    fcntl = None  # type: ignore[assignment]

MARKER, BEGUN, IN_USE = "empty", "sample-begun.db", "in-use"
BESIDE = ("", "-wal", "-shm", "-lane")
Progress = Callable[[float], None]


def folder(app: Flask) -> Path:
    """The instance folder."""
    return Path(app.config["INSTANCE"])


def database(app: Flask) -> Path | None:
    """The embedded database's file; None where another database is used."""
    path = db.engine.url.database
    return Path(path) if db.engine.dialect.name == "sqlite" and path and path != ":memory:" else None


def is_new(app: Flask) -> bool:
    """Whether the sample belongs here: the embedded database, nothing in it, and nobody asked for an empty start."""
    return database(app) is not None and not (folder(app) / MARKER).exists() and sample.is_empty()


@contextmanager
def in_use(app: Flask, *, alone: bool = False) -> Iterator[None]:
    """Held while serving; `alone` is a refusal where a server runs."""
    if fcntl is None:
        yield
        return
    with (folder(app) / IN_USE).open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(_("服务正在运行，什么也没有改。请先在运行它的窗口按 Ctrl-C 停下，再办。")) from None
        yield


def install(app: Flask, progress: Progress) -> None:
    """Make the sample in a file of its own, then let it be the database. Only where there is nothing yet."""
    target = database(app)
    if target is None:
        raise Refusal(_("示例只装在自带的数据库里，现在设置的是另一个数据库。什么也没有改。"))
    if not sample.is_empty():
        raise Refusal(_("数据库里已经有内容，示例不再装入。什么也没有改。"))
    begun = folder(app) / BEGUN
    _remove(begun)
    shutil.rmtree(folder(app) / "index", ignore_errors=True)
    _make(app, begun, progress)
    _let_go()
    _remove(target)
    begun.rename(target)
    _remove(begun)  # what lies beside it
    (folder(app) / MARKER).unlink(missing_ok=True)


def _make(app: Flask, begun: Path, progress: Progress) -> None:
    given = {name: app.config[name.upper()] for name in Settings.__dataclass_fields__}
    made = create_app(replace(Settings(**given), database_url=f"sqlite:///{begun}"))
    with made.app_context():
        flask_migrate.upgrade()
        for done in seed(clock.local(clock.now()).date()):
            progress(done)
        searching.rebuild()
        searching.index().close()
        _let_go()
    _fold(begun)


def _fold(path: Path) -> None:
    """One file, with nothing left in a write-ahead file beside it."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def _remove(path: Path) -> None:
    for tail in BESIDE:
        path.with_name(path.name + tail).unlink(missing_ok=True)


def clear(app: Flask) -> None:
    """Throw the sample away, and let the next start be empty. Refused where anything else is in the database."""
    target = database(app)
    if target is None or not sample.is_there():
        raise Refusal(_("这里没有示例，什么也没有改。"))
    if not sample.is_alone():
        raise Refusal(_("数据库里除了示例还有别的单位或人员，不能整个清除。什么也没有改。"))
    _let_go()
    (folder(app) / MARKER).write_text("The next start begins without the sample.\n", "utf-8")
    _remove(target)
    for kept in ("files", "index"):
        shutil.rmtree(folder(app) / kept, ignore_errors=True)
