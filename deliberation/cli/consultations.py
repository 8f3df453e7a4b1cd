"""`flask consultations`: list, open, close."""

import getpass

import click
from flask.cli import AppGroup

from deliberation.cli.speaking import consultation, plainly
from deliberation.services.actors import Operator
from deliberation.services.consultations import move_phase
from deliberation.store import consultations

group = AppGroup("consultations", help="Consultations: list them, open and close them.")
commands = [group]


@group.command("list")
def list_() -> None:
    """slug, phase, title, separated by tabs; newest first, no heading."""
    for one in consultations.every():
        click.echo(f"{one.slug}\t{one.phase}\t{one.title}")


@group.command("open")
@click.argument("slug")
@plainly
def open_(slug: str) -> None:
    """Begin collecting remarks."""
    move_phase(Operator(getpass.getuser()), consultation(slug), "collecting")


@group.command("close")
@click.argument("slug")
@plainly
def close(slug: str) -> None:
    """Stop collecting; consolidation begins."""
    move_phase(Operator(getpass.getuser()), consultation(slug), "consolidating")
