"""`flask dossiers build SLUG --out DIR`: the dossier's folder and the ZIP beside it."""

import getpass
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from deliberation.cli.speaking import consultation, plainly
from deliberation.domain.errors import Refusal, _
from deliberation.services.actors import Operator
from deliberation.services.dossiers import EDITIONS, build

group = AppGroup("dossiers", help="Dossiers: build the report and everything that goes with it. 报告。")
commands = [group]


@group.command("build")
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new or empty folder.")
@click.option("--edition", type=click.Choice(list(EDITIONS)), default="public", show_default=True)
@click.option("--sealed", is_flag=True, help="The last sealed edition.")
@plainly
def build_(slug: str, out: Path, edition: str, sealed: bool) -> None:
    """Build a preview into DIR and DIR.zip; what cannot be made here is named with its reason."""
    one = consultation(slug)
    if sealed:
        raise Refusal(_("这次征求意见还没有定稿归档的版本。去掉 --sealed，可以生成预览。"))
    manifest = build(Operator(getpass.getuser()), one, out, edition, progress=_told)
    for name, reason in manifest.left_out.items():
        click.echo(f"{name}\t{reason}", err=True)
    click.echo(
        f"{out}\t{manifest.counts['remarks']}\t{manifest.counts['suggestions']}\t{len(manifest.files)}"
    )


def _told(name: str) -> None:
    """The file being made, on stderr where somebody watches."""
    if sys.stderr.isatty():
        click.echo(f"… {name}", err=True)
