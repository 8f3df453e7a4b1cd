"""Databases for tests: SQLite files, and a throwaway PostgreSQL cluster on a socket of its own."""

import os
import shutil
import sqlite3
import subprocess
import time
import uuid
from glob import glob
from pathlib import Path

from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from sqlalchemy import event, inspect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from deliberation import create_app
from deliberation.keys import passwords
from deliberation.settings import Settings
from deliberation.store.db import db

KEY = "11" * 32
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
ANEW = """SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
FROM pg_sequences WHERE last_value IS NOT NULL"""


def _once(compile_builder):
    """Addresses are compiled once for all applications of a run: a test makes one, and they are all alike."""
    made = {}

    def compiled(rule, append_unknown=True):
        key = (rule.rule, rule.subdomain, rule.host, rule.endpoint, repr(rule.defaults), append_unknown)
        if key not in made:
            made[key] = compile_builder(rule, append_unknown)
        return made[key]

    return compiled


Rule._compile_builder = _once(Rule._compile_builder)


@event.listens_for(db.session, "before_flush")
def _fits(session, *_):
    """PostgreSQL refuses what is longer than its column; SQLite would not notice."""
    for row in (*session.new, *session.dirty):
        for name, column in inspect(type(row)).columns.items():
            room, value = getattr(column.type, "length", None), row.__dict__.get(name)
            if room and isinstance(value, str):
                assert len(value) <= room, f"{type(row).__name__}.{name} has room for {room}: {value[:80]}"


passwords._hasher = PasswordHasher(
    time_cost=1, memory_cost=8, parallelism=1
)  # its strength has tests of its own
passwords._NOBODY = passwords._hasher.hash("nobody has this password")


class Compiled(BytecodeCache):
    """Templates are compiled once a run, not once an application."""

    def __init__(self):
        self.made = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.made:
            bucket.bytecode_from_string(self.made[bucket.key])

    def dump_bytecode(self, bucket):
        self.made[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
SPOKEN = {}  # a dialect and the statements compiled for it, by its name


def _statements_once(made):
    """Statements are compiled once a run for each kind of database."""
    with made.app_context():
        engine = db.engine
        with engine.connect():
            pass
        dialect, cache = SPOKEN.setdefault(engine.dialect.name, (engine.dialect, LRUCache(2000)))
        engine.dialect, engine._compiled_cache = dialect, cache


def application(url, folder):
    """The application with fixed keys, on one database."""
    settings = Settings(
        instance=str(folder),
        secret_key="test",
        column_key=KEY,
        receipt_key=KEY,
        signing_key=KEY,
        database_url=url,
        remarks_per_hour=10_000,
    )
    made = create_app(settings)
    made.config.update(TESTING=True)
    made.jinja_env.bytecode_cache = COMPILED
    _statements_once(made)
    return made


def migrate(url, folder):
    """Bring an empty database to the newest shape, through the migrations."""
    import flask_migrate

    made = application(url, folder)
    with made.app_context():
        flask_migrate.upgrade()
        let_go()


def let_go():
    """Give back every connection."""
    db.session.remove()
    db.engine.dispose()


def fold(path):
    """One file, nothing left in the write-ahead log, so that it can be copied."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


class Postgres:
    """A server to make databases on: TEST_DATABASE_URL, or a cluster of our own."""

    def __init__(self, base, stop):
        self.base, self.stop = base, stop
        self.template = None
        self.clean = []  # databases that are empty again: making one takes ten times as long as emptying it

    @classmethod
    def find(cls, folder):
        given = os.environ.get("TEST_DATABASE_URL")
        if given:
            return cls(given.rsplit("/", 1)[0], lambda: None)
        bins = sorted(glob("/usr/lib/postgresql/*/bin"))
        if not bins:
            return None
        return cls._own(Path(bins[-1]), folder)

    @classmethod
    def _own(cls, binaries, folder):
        home = Path("/tmp") / f"yst-pg-{uuid.uuid4().hex[:8]}"
        home.mkdir()
        root = os.geteuid() == 0
        if root:
            shutil.chown(home, "postgres")
        run = ["runuser", "-u", "postgres", "--"] if root else []
        user = "postgres" if root else os.environ.get("USER", "postgres")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
        subprocess.run(
            [
                *run,
                binaries / "initdb",
                "-D",
                home / "data",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            check=True,
            **quiet,
        )
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c max_connections=60"
        )
        subprocess.run(
            [*run, binaries / "pg_ctl", "-D", home / "data", "-w", "-o", options, "start"],
            check=True,
            **quiet,
        )

        def stop():
            subprocess.run(
                [*run, binaries / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"],
                check=False,
                **quiet,
            )
            time.sleep(0.2)
            shutil.rmtree(home, ignore_errors=True)

        return cls(f"postgresql+psycopg://{user}@/", stop).at(home)

    def at(self, home):
        self.home = home
        return self

    def url(self, name):
        socket = f"?host={self.home}" if hasattr(self, "home") else ""
        return f"{self.base.rstrip('/')}/{name}{socket}"

    def _do(self, sql):
        import psycopg

        address = self.url("postgres").replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql)

    def fresh(self, folder):
        """A migrated database with nothing in it."""
        if self.clean:
            return self.clean.pop()
        if self.template is None:
            self.template = f"t{uuid.uuid4().hex[:10]}"
            self._do(f"CREATE DATABASE {self.template}")
            migrate(self.url(self.template), folder)
        name = f"d{uuid.uuid4().hex[:10]}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        return name

    def drop(self, name):
        """Empty it for the next test; where that cannot be done, let go of it."""
        import psycopg

        try:
            self._do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            self._empty(name)
            self.clean.append(name)
        except psycopg.Error:
            self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _empty(self, name):
        """Delete every row and begin every sequence anew, as if the database had just been made."""
        import psycopg

        address = self.url(name).replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(address) as connection:
            tables = [row[0] for row in connection.execute(TABLES)]
            look = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM \"{t}\")" for t in tables)
            connection.execute("SET session_replication_role = replica")
            for (table,) in connection.execute(look).fetchall():
                connection.execute(f'DELETE FROM "{table}"')
            connection.execute(ANEW)
