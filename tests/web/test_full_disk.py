"""The embedded database where the disk is full or a file may not grow: said clearly, nothing half-written, then on again."""

import os
import resource
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from deliberation.services import remarks
from deliberation.services.actors import GUEST
from deliberation.store import remarks as rows
from deliberation.store.db import checkpoint, db
from tests import databases, make
from tests.services.test_races_remarks import sound
from tests.web.browsing import Browser


@pytest.fixture
def one(app):
    return make.consultation(make.office())


@pytest.fixture
def full(app, one):
    """A database that may not grow."""
    one_id = one.id
    databases.let_go()
    raw = sqlite3.connect(db.engine.url.database)
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.close()
    room = {"pages": pages + 6}

    def limit(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count={room['pages']}")

    event.listen(db.engine, "checkout", limit)
    yield one_id, room
    event.remove(db.engine, "checkout", limit)


def test_a_full_disk_says_so_reads_go_on_and_it_recovers(app, full):
    one_id, room = full
    slug = rows.db.session.get(rows.Consultation, one_id).slug
    said, status = [], 0
    for n in range(200):
        b = Browser(app).open(f"/c/{slug}/say?at=art_3")
        hidden = {
            g["name"]: g.get("value", "")
            for _t, g in b.form(having="text")["fields"]
            if g.get("type") == "hidden"
        }
        words = f"第{n}条" + "长" * 900
        answer = b.post(f"/c/{slug}/say", {**hidden, "text": words, "attitude": "amend"})
        status, page = answer.status_code, answer.get_data(as_text=True)
        if status != 200:
            break
        said.append(words)
    assert status == 507
    assert words in page
    assert "Traceback" not in page
    assert "INSERT" not in page
    Browser(app).open(f"/c/{slug}/").open(f"/c/{slug}/at/art_3")
    one = db.session.get(rows.Consultation, one_id)
    assert [r.text for r in sound(one)] == said
    room["pages"] = 1_000_000
    databases.let_go()
    again = b.post(f"/c/{slug}/say", {**hidden, "text": words, "attitude": "amend"})
    assert again.status_code == 200
    one = db.session.get(rows.Consultation, one_id)
    assert [r.text for r in sound(one)] == [*said, words]


def test_a_file_that_may_not_grow_gives_an_error_and_leaves_nothing(one, database_url, tmp_path):
    """RLIMIT_FSIZE in a process of its own: the write-ahead file stops growing in the middle of an act."""
    one_id = one.id
    databases.let_go()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(_fill(database_url, tmp_path, one_id, writer))
    os.close(writer)
    with os.fdopen(reader) as told:
        said = told.read().split()
    _pid, code = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(code) == 7, "the limit was never met"
    found = sound(db.session.get(rows.Consultation, one_id))
    assert [str(r.number) for r in found] == said
    assert make.remark(db.session.get(rows.Consultation, one_id), "又能写了").number == len(said) + 1


def _fill(url, folder, one_id, writer):
    try:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        wal = Path(db.engine.url.database + "-wal")
        base = wal.stat().st_size if wal.exists() else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (base + 400_000, base + 400_000))
        with databases.application(url, folder).app_context():
            for n in range(200):
                words = make.words("长" * 900, key=f"limit-{n:06d}")
                given = remarks.make_remark(GUEST, rows.db.session.get(rows.Consultation, one_id), words)
                os.write(writer, f"{given.remark.number}\n".encode())
    except OperationalError:
        return 7
    except BaseException:
        return 8
    return 0


def test_a_reader_in_the_way_does_not_hold_up_folding(one):
    path = db.engine.url.database
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM remark").fetchone()
    make.remark(one, "先写一条")
    begun = time.monotonic()
    checkpoint(threshold=0)
    waited = time.monotonic() - begun
    assert waited < 10, "folding waited for a reader, and every writer behind it"
    reader.close()
    db.session.rollback()
    checkpoint(threshold=0)
    assert Path(path + "-wal").stat().st_size == 0
    assert db.session.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
    db.session.rollback()
