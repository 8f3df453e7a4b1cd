"""`flask serve`: the embedded database brought up to date, the sample on first run, server and worker together."""

import gc
import logging
import signal
import threading
from types import FrameType

import click
import flask_migrate
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from deliberation.cli.sample import progress
from deliberation.cli.speaking import plainly
from deliberation.domain.errors import Refusal, _
from deliberation.sample import installing
from deliberation.services import searching
from deliberation.services.working import work
from deliberation.store import sample
from deliberation.store.db import db

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-sample", is_flag=True, help="Begin with an empty database.")
@with_appcontext
@plainly
def serve(host: str, port: int, no_sample: bool) -> None:
    """Serve pages with waitress, with the worker beside it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    flask_migrate.upgrade()
    if not no_sample and host in LOOPBACK and installing.is_new(app):
        _first_start(app)
    with installing.in_use(app):
        _serve(app, host, port, lived_in=not sample.is_empty())


def _first_start(app: Flask) -> None:
    click.echo("第一次启动，正在装入示例。 First start: bringing in the sample.", err=True)
    with installing.in_use(app, alone=True):
        installing.install(app, progress())


def _serve(app: Flask, host: str, port: int, *, lived_in: bool) -> None:
    db.session.remove()
    try:
        server = waitress.create_server(
            app, host=host, port=port, threads=app.config["THREADS"], ident=None, clear_untrusted_proxy_headers=True
        )  # fmt: skip
    except OSError:
        raise Refusal(
            _("端口 %(port)s 用不了，可能已经有程序在用。请换一个，例如 make run PORT=8001。"), port=port
        ) from None
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page's pictures wait their turn: no news
    _settle()
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=(app, stop), name="worker", daemon=True)
    worker.start()
    signal.signal(signal.SIGTERM, _leave)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"请用浏览器打开 Open in a browser:  http://{shown}:{port}/\nCtrl-C 停下 stops.", err=True)
    if not lived_in:
        click.echo("数据库是空的：怎样建第一个单位和账号，见 README。 Empty: see README.", err=True)
    try:
        server.run()  # type: ignore[no-untyped-call]
    finally:
        stop.set()
        worker.join(10)


def _settle() -> None:
    """What was made at the start stays for good: collecting garbage for a page need not look at it each time."""
    gc.collect()
    gc.freeze()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _work(app: Flask, stop: threading.Event) -> None:
    """The worker; a fault is written down and does not end it."""
    while not stop.is_set():
        try:
            with app.app_context():
                work(searching.drain, stop)
        except Exception:
            app.logger.exception("the worker stumbled")
            stop.wait(5)


commands = [serve]
