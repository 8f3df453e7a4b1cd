"""What was acknowledged is there after kill -9; keys, codes and jobs hold whoever else is at work."""

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from deliberation import settings
from deliberation.domain.acts import Act
from deliberation.services import remarks
from deliberation.services.actors import GUEST
from deliberation.services.acts import act
from deliberation.store import log
from deliberation.store import remarks as rows
from deliberation.store.db import db, is_sqlite
from tests import databases, make
from tests.services.test_races_remarks import sound

KILLS = int(os.environ.get("YISHITING_KILLS", "20"))  # make harness asks for more
POSTING = """
import sys
from deliberation.services import remarks
from deliberation.services.actors import GUEST
from deliberation.store import consultations
from tests import databases, make

url, folder, one_id, turn = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
with databases.application(url, folder).app_context():
    n = 0
    while True:
        words = make.words(f"第{turn}轮第{n}条", key=f"kill-{turn}-{n:06d}")
        given = remarks.make_remark(GUEST, consultations.get(one_id), words)
        sys.stdout.write(f"{given.remark.number} {given.code} {words.text}\\n")
        sys.stdout.flush()
        n += 1
"""


@pytest.fixture
def one(app):
    return make.consultation(make.office())


def posted_until_killed(url, folder, one_id, turn):
    """What one process acknowledged before it was killed without warning: (number, code, text)."""
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", POSTING, url, str(folder), str(one_id), str(turn)],
        stdout=subprocess.PIPE, cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    first = child.stdout.readline()
    time.sleep(random.Random(turn).uniform(0.0, 0.12))
    os.kill(child.pid, signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    lines = (first + rest).decode().split("\n")[:-1]
    return [line.split(" ", 4) for line in lines]


def test_what_was_acknowledged_survives_kill_9(one, database_url, tmp_path):
    """Half of the kills on each database."""
    said, one_id = [], one.id
    databases.let_go()
    for turn in range(KILLS // 2):
        said += posted_until_killed(database_url, tmp_path, one_id, turn)
    assert len(said) >= KILLS // 2
    found = {r.number: r for r in sound(one)}
    for number, *code, words in said:
        assert found[int(number)].text == words
        assert remarks._code(found[int(number)]) == " ".join(code)
    if is_sqlite():
        databases.let_go()
        raw = sqlite3.connect(db.engine.url.database)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_job_that_fails_after_the_commit_undoes_nothing(app):
    office = make.office()
    lead = make.member(office)
    done = []
    with act(lead, Act.CHANGE_OFFICE, on=office) as record:
        office.hotline = "12345"
        record.then(lambda: 1 / 0)
        record.then(lambda: done.append("ran"))
    db.session.expire_all()
    assert office.hotline == "12345"
    assert done == ["ran"]


def test_two_first_receipt_codes_that_are_equal_do_not_lose_a_remark(one, monkeypatch):
    """Twelve digits are few: with 100,000 remarks two first codes meet with a chance of 39 %."""
    monkeypatch.setattr("deliberation.keys.receipts.SPACE", 60)
    words = [make.words(f"第{n}条") for n in range(30)]
    given = [remarks.make_remark(GUEST, one, each) for each in words]
    assert len({g.code for g in given}) == 30
    again = [remarks.make_remark(GUEST, one, each) for each in words]
    assert [(g.code, g.again) for g in again] == [(g.code, True) for g in given]
    assert len(set(remarks.free_digests(one.id, [f"another-{n:04d}" for n in range(20)]))) == 20
    assert not rows.receipts_given(remarks.free_digests(one.id, [f"another-{n:04d}" for n in range(20)]))


def test_processes_that_start_at_once_make_one_set_of_keys(tmp_path, monkeypatch):
    """Server and worker begin together in an empty folder; what one sealed the other must open."""
    for name in settings.GENERATED:
        monkeypatch.delenv(settings.PREFIX + name.upper(), raising=False)
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(8), fork.Queue()

    def start():
        barrier.wait(30)
        made = settings.load(instance=str(tmp_path / "instance"))
        answers.put((made.secret_key, made.column_key, made.receipt_key, made.signing_key))

    runners = [fork.Process(target=start, daemon=True) for _ in range(8)]
    for one in runners:
        one.start()
    found = {answers.get(timeout=60) for _ in runners}
    assert len(found) == 1
    assert (tmp_path / "instance" / "settings.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ['带"引号"的名字', "反\\斜\\杠", "两\n行"])
def test_a_setting_with_any_sign_survives_the_keys_being_added(tmp_path, name):
    file = tmp_path / "settings.toml"
    file.write_text(f"site_name = {json.dumps(name, ensure_ascii=False)}\n", "utf-8")
    first = settings.load(instance=str(tmp_path))
    again = settings.load(instance=str(tmp_path))
    assert (again.site_name, again.column_key) == (name, first.column_key)


def test_the_indexer_does_not_keep_writers_waiting(one, monkeypatch):
    """On PostgreSQL errands are read behind a turnstile: it is free again before the index is written."""
    from deliberation.services import searching

    make.remark(one, "先有一条")
    index, held, go = searching.index(), threading.Event(), threading.Event()

    class Slow:
        def put(self, *given):
            held.set()
            assert go.wait(20)
            return index.put(*given)

        def __getattr__(self, name):
            return getattr(index, name)

    monkeypatch.setattr(searching, "index", lambda: Slow())
    from flask import current_app

    app = current_app._get_current_object()

    def drain():
        with app.app_context():
            searching.drain()
            db.session.remove()

    worker = threading.Thread(target=drain, daemon=True)
    worker.start()
    assert held.wait(20)
    if not is_sqlite():
        db.session.execute(text("SET LOCAL lock_timeout = '3s'"))
        db.session.execute(text("SELECT pg_advisory_xact_lock_shared(7420)"))
        db.session.rollback()
    made = make.remark(one, "索引在写的时候也能提")
    go.set()
    worker.join(20)
    assert rows.get(made.id).text == "索引在写的时候也能提"
    assert log.head(one.log_id).size == len(log.leaves(one.log_id))
