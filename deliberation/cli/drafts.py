"""`flask drafts parse`: what the reader makes of a file, as JSON, text or Akoma Ntoso. Reads only; no database."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from deliberation.cli.speaking import plainly
from deliberation.domain.errors import NotFound, Refusal, TooLarge, _
from deliberation.domain.provisions import Draft
from deliberation.formats import limits
from deliberation.formats.reading import read_draft

drafts = AppGroup("drafts", help="Read drafts, import and compare them. 草案。")


@click.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "shape", flag_value="json", help="输出结构（JSON）")
@click.option("--text", "shape", flag_value="text", help="输出全文，一段一行")
@click.option("--akn", "shape", flag_value="akn", help="输出 Akoma Ntoso 3.0")
@plainly
def parse_(file: Path, shape: str | None) -> None:
    """Print what stands in FILE: an outline, or --json, --text, --akn; warnings go to stderr. 读入一份草案，只读不存。"""
    draft = read_draft(_bytes(file), file.name)
    if shape == "json":
        click.echo(json.dumps(draft.as_dict(), ensure_ascii=False, indent=1))
    elif shape == "text":
        click.echo(draft.text(), nl=False)
    elif shape == "akn":
        click.echo(_akoma(draft), nl=False)
    else:
        click.echo(outline(draft))
    if shape != "json":
        for caution in draft.warnings:
            click.echo(f"{caution.line}\t{caution.code}\t{caution.message}", err=True)


def outline(draft: Draft) -> str:
    """The title, the counts, and each division and article with the beginning of its text."""
    counts = "  ".join(f"{kind} {number}" for kind, number in draft.counts().items())
    lines = [draft.title, counts]
    for node in draft.walk():
        if node.kind in {"part", "subpart", "chapter", "section", "article", "clause", "attachment"}:
            lines.append(f"{node.eid}\t{next(node.lines(), '')[:50]}")
    return "\n".join(lines)


def _akoma(draft: Draft) -> bytes:
    from deliberation.formats import akoma  # loaded when asked for

    return akoma.write(draft)


def _bytes(file: Path) -> bytes:
    try:
        if file.is_file() and file.stat().st_size > limits.MAX_BYTES:
            raise TooLarge(
                limits.TOO_LARGE,
                size=file.stat().st_size // 1024 // 1024,
                most=limits.MAX_BYTES // 1024 // 1024,
            )
        return file.read_bytes()
    except FileNotFoundError:
        raise NotFound(_("没有这个文件：%(name)s"), name=file.name) from None
    except (OSError, ValueError):
        raise Refusal(_("打不开这个文件：%(name)s"), name=file.name) from None


drafts.add_command(parse_)
commands = (drafts,)
