"""`flask dossiers build SLUG --out DIR`: the dossier's folder and the ZIP beside it; `seal SLUG` archives an edition;
`merge DIR…` puts those of several offices together."""

import getpass
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from deliberation import clock
from deliberation.cli.speaking import consultation, plainly
from deliberation.services import dossier_merging, editions
from deliberation.services.actors import Operator
from deliberation.services.dossiers import EDITIONS, begin, build

group = AppGroup(
    "dossiers", help="Dossiers: build the report and everything that goes with it; seal an edition. 报告。"
)
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
    actor = Operator(getpass.getuser())
    if sealed:
        row = editions.last_sealed(one)
        begin(actor, one, edition)
        manifest = editions.rebuild(row, out, edition, progress=_told)
    else:
        manifest = build(actor, one, out, edition, progress=_told)
    for name, reason in manifest.left_out.items():
        click.echo(f"{name}\t{reason}", err=True)
    click.echo(
        f"{out}\t{manifest.counts['remarks']}\t{manifest.counts['suggestions']}\t{len(manifest.files)}"
    )


@group.command("seal")
@click.argument("slug")
@plainly
def seal_(slug: str) -> None:
    """Seal an edition (定稿归档) and print its number and the digests of its two manifests."""
    made = editions.seal(Operator(getpass.getuser()), consultation(slug), progress=_told)
    click.echo(f"{made.number}\t{made.public_manifest}\t{made.restricted_manifest}")


@group.command("merge")
@click.argument("folders", nargs=-1, metavar="DIR...", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new or empty folder.")
@click.option("--office", default="", help="Who puts them together; the addressee of the first by default.")
@plainly
def merge_(folders: tuple[Path, ...], out: Path, office: str) -> None:
    """Check dossiers of several offices and put them into one, in article order."""
    made = dossier_merging.merge(folders, out, clock.now(), office=office, progress=_told)
    click.echo(f"{out}\t{made.counts['remarks']}\t{made.counts['suggestions']}\t{len(folders)}")


def _told(name: str) -> None:
    """The file being made, on stderr where somebody watches."""
    if sys.stderr.isatty():
        click.echo(f"… {name}", err=True)
