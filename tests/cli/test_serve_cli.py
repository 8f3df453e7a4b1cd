"""`flask serve` starts, says where, ends with Ctrl-C; `flask sample clear` leaves an empty start, or refuses."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.roles import OfficeKind
from deliberation.sample import installing
from deliberation.services import people
from tests import databases, make

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder, port, *more):
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "serve", "--port", str(port), *more],
        cwd=ROOT, env=os.environ | {"YISHITING_INSTANCE": str(folder)}, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def wait_for(url, process):
    for _ in range(300):
        try:
            return urllib.request.urlopen(url, timeout=5).read().decode()
        except OSError:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.1)
    raise AssertionError("it does not answer")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
def test_it_serves_says_where_and_ends_cleanly(tmp_path, how):
    port = free_port()
    process = serve(tmp_path, port, "--no-sample")
    try:
        assert "<h1" in wait_for(f"http://127.0.0.1:{port}/", process)
        process.send_signal(how)
        said = process.communicate(timeout=30)[1]
    finally:
        process.kill()
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_said_plainly(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = serve(tmp_path, port, "--no-sample")
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert f"端口 {port}" in said
    assert "Traceback" not in said


@pytest.fixture
def offices(app):
    for kind in OfficeKind:
        people.open_office(make.OPERATOR, f"示例{kind.value}", kind, sample=True)


def run(app, *words):
    return app.test_cli_runner().invoke(args=list(words))


def test_clearing_leaves_an_empty_start(app, offices, tmp_path):
    (tmp_path / "files").mkdir()
    done = run(app, "sample", "clear")
    assert done.exit_code == 0, done.output
    assert not (tmp_path / "yishiting.db").exists()
    assert not (tmp_path / "files").exists()
    databases.migrate(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    again = databases.application(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    with again.app_context():
        assert not installing.is_new(again), "nobody wants the sample back"
        databases.let_go()


def test_clearing_is_refused_where_there_is_something_else(app, offices, tmp_path):
    make.person(make.office("真的联系点"), "真人")
    refused = run(app, "sample", "clear")
    assert refused.exit_code == 2
    assert "除了示例还有" in refused.output
    assert len(people.people.offices()) == 4
    assert not (tmp_path / installing.MARKER).exists()


def test_clearing_nothing_is_refused(app, tmp_path):
    assert run(app, "sample", "clear").exit_code == 2
    assert (tmp_path / "yishiting.db").exists()


def test_clearing_is_refused_while_a_server_runs(app, offices, tmp_path):
    with installing.in_use(app):
        refused = run(app, "sample", "clear")
    assert refused.exit_code == 2
    assert "正在运行" in refused.output
    assert len(people.people.offices()) == 3


def test_two_servers_may_run_at_once(app):
    with (
        installing.in_use(app),
        installing.in_use(app),
        pytest.raises(Refusal),
        installing.in_use(app, alone=True),
    ):
        pytest.fail("alone beside two others")


def test_an_empty_new_database_takes_the_sample_and_others_do_not(app, tmp_path):
    assert installing.is_new(app)
    make.office()
    assert not installing.is_new(app)


def test_the_marker_keeps_the_sample_away(app, tmp_path):
    (tmp_path / installing.MARKER).touch()
    assert not installing.is_new(app)
