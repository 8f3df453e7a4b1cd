"""`flask remarks`: import a table exactly once, write the empty form."""

import getpass
import hashlib
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from deliberation.cli.speaking import consultation as called
from deliberation.cli.speaking import plainly
from deliberation.domain.errors import Refusal, _
from deliberation.services import remark_imports, remark_tables
from deliberation.services.actors import Operator
from deliberation.services.remark_imports import Reading, Report

group = AppGroup("remarks", help="Remarks: import a table exactly once, group what says the same.")
commands = [group]


@group.command("import")
@click.argument("file", required=False, type=click.Path())
@click.option("--consultation", "slug", help="The consultation's address.")
@click.option(
    "--template", "template", type=click.Path(), help="Write an empty form with drop-downs instead."
)
@click.option("--source", default="", help="Whose table it is; keeps the numbers of two tables apart.")
@plainly
def import_(file: str | None, slug: str | None, template: str | None, source: str) -> None:
    """Take in FILE (.xlsx, .csv, .jsonl), or write the empty form with --template OUT.xlsx."""
    if template:
        _write(Path(template), remark_tables.blank_form(called(slug) if slug else None))
        return
    if not file or not slug:
        raise Refusal(_("请写明文件和 --consultation；要空白登记表，用 --template OUT.xlsx。"))
    one, data = called(slug), _bytes(Path(file))
    table = remark_tables.read(data, Path(file).name)
    columns, _known = remark_imports.columns_for(one, table)
    report = remark_imports.import_remarks(
        Operator(getpass.getuser()), one, table, Reading(columns, source=source),
        digest=hashlib.sha256(data).hexdigest(), progress=_progress,
    )  # fmt: skip
    _say(report)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refusal(_("打不开文件“%(name)s”，请核对路径。"), name=str(path)) from None


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError:
        raise Refusal(_("写不进“%(name)s”，请换一个位置。"), name=str(path)) from None
    click.echo(str(path))


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{of}", err=True, nl=done >= of)


def _say(report: Report) -> None:
    """added⇥n, there⇥n, refused⇥n, then a line a refused row: refused⇥line⇥why."""
    click.echo(f"added\t{report.added}\nthere\t{report.there}\nrefused\t{len(report.refused)}")
    for row in report.refused:
        click.echo(f"refused\t{row.line}\t{' '.join(str(why) for why in row.why)}", err=True)
    if report.refused and not report.added and not report.there:
        raise SystemExit(2)
