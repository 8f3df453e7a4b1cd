"""`flask drafts import`: a new version of a consultation's draft, published; prints its number."""

import getpass
from pathlib import Path

import click
from flask.cli import with_appcontext

from deliberation.cli.drafts import _bytes
from deliberation.cli.speaking import consultation, plainly
from deliberation.domain.errors import Said
from deliberation.services import drafts
from deliberation.services.actors import Operator


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--consultation", "slug", required=True, help="The consultation's address (flask consultations list)."
)
@click.option("--stage", default="", help="草案征求意见稿, 二次审议稿 … as it should be shown.")
@click.option("--preview", is_flag=True, help="Only a preview, to be checked and published on its page.")
@with_appcontext
@plainly
def import_(file: Path, slug: str, stage: str, preview: bool) -> None:
    """Import FILE as a new version and publish it; prints its number, warnings go to stderr. 导入草案的新一稿。"""
    one = consultation(slug)
    operator = Operator(getpass.getuser())
    version = drafts.import_draft(operator, one.task, drafts.Brought(_bytes(file), file.name), stage)
    for kept in version.warnings:
        click.echo(f"{kept['line']}\t{kept['code']}\t{Said(kept['msgid'], **kept['params'])}", err=True)
    if not preview:
        drafts.publish_draft(operator, version)
    click.echo(str(version.serial))


commands: list[click.Command] = []
joins = [("drafts", import_)]
