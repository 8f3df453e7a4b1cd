"""`flask search rebuild | find WORDS` and `flask work`."""

import threading

import click
from flask.cli import AppGroup, with_appcontext

from deliberation.cli.speaking import plainly
from deliberation.services import searching
from deliberation.services.actors import GUEST
from deliberation.services.working import work as drain_until

group = AppGroup("search", help="The search index: make it anew, look something up.")


@group.command("rebuild")
@plainly
def rebuild() -> None:
    """Make the index anew; prints how many entries it has."""
    click.echo(str(searching.rebuild()))


@group.command("find")
@click.argument("words")
@click.option("--consultation", default=None, help="Only in this consultation.")
@plainly
def find(words: str, consultation: str | None) -> None:
    """What anyone may see that holds the words: kind, consultation, title."""
    for hit in searching.find(GUEST, words, consultation=consultation).hits:
        click.echo(f"{hit.entry.kind}\t{hit.entry.consultation}\t{hit.entry.title}")


@click.command("work")
@click.option("--once", is_flag=True, help="Stop when the outbox is empty.")
@with_appcontext
@plainly
def work(once: bool) -> None:
    """Drain the outbox into the index; runs until stopped (the server started by make run does this itself)."""
    click.echo(str(drain_until(searching.drain, threading.Event(), once=once)))


commands = [group, work]
