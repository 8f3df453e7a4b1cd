"""`flask sample seed | clear`: the invented consultation of the first start."""

import sys

import click
import flask_migrate
from flask import current_app
from flask.cli import AppGroup

from deliberation.cli.speaking import plainly
from deliberation.sample import installing

group = AppGroup("sample", help="The invented consultation of the first start.")


@group.command("seed")
@plainly
def seed() -> None:
    """Bring the sample into an empty database."""
    with installing.in_use(current_app, alone=True):
        flask_migrate.upgrade()
        installing.install(current_app, progress())


@group.command("clear")
@plainly
def clear() -> None:
    """Throw the sample away; the next start begins empty. Refused where anything else is in the database."""
    with installing.in_use(current_app, alone=True):
        flask_migrate.upgrade()
        installing.clear(current_app)
    click.echo("示例已经清除。下次启动是空的。 The sample is gone; the next start is empty.", err=True)


def progress() -> installing.Progress:
    """Tells on stderr how much is done, on one line of a terminal."""
    shown = [-1]

    def tell(done: float) -> None:
        percent = int(done * 100)
        if sys.stderr.isatty() and percent != shown[0]:
            shown[0] = percent
            click.echo(f"\r{percent:3d} %", err=True, nl=percent == 100)

    return tell


commands = [group]
