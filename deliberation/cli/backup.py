"""`flask backup FILE` and `flask restore FILE`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from deliberation.cli.speaking import plainly
from deliberation.services import backups


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
@plainly
def backup(file: Path) -> None:
    """Write database, files and settings (with the keys) into one archive; works while people use the site."""
    click.echo(f"{file}\t{backups.backup(file)}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
@plainly
def restore(file: Path) -> None:
    """Unpack a backup where there is no database yet; start the server afterwards."""
    backups.restore(file, Path(current_app.config["INSTANCE"]))
    click.echo(str(file))


commands = [backup, restore]
