"""`flask log`: the signed head, the leaves, and whether everything still is as it was logged."""

import click
from flask.cli import AppGroup

from deliberation.cli.speaking import consultation, plainly
from deliberation.domain.errors import _
from deliberation.services import log as logs
from deliberation.store import log

group = AppGroup("log", help="The log: its signed head, its leaves, whether it holds. 办理经过。")
commands = [group]


@group.command("head")
@click.argument("slug")
@plainly
def head(slug: str) -> None:
    """Print the signed head of a consultation's log, to be given to a witness."""
    row = consultation(slug).log
    click.echo(logs.signed_head(row, logs.leaves_of(row)), nl=False)


@group.command("leaves")
@click.argument("slug")
@plainly
def leaves(slug: str) -> None:
    """Print leaves.txt: the whole log, a leaf a line, without anything said."""
    click.echo(logs.leaves_text(consultation(slug).log), nl=False)


@group.command("verify")
@plainly
def verify() -> None:
    """Recount every log and compare every remark with its leaf; exit 1 where something does not hold."""
    false = 0
    for row in log.every():
        wrong = list(logs.faults(row))
        false += len(wrong)
        click.echo(f"{row.origin}\t{row.size}\t{_('不符') if wrong else _('相符')}")
        for said in wrong:
            click.echo(f"  {said}", err=True)
    if false:
        raise SystemExit(1)
