"""`flask drafts compare OLD NEW`: two files, aligned; reads only, no database."""

import json
from pathlib import Path

import click

from deliberation.cli.speaking import plainly
from deliberation.domain.alignment import ArticleText, Link, align, articles_of
from deliberation.domain.comparison import compare as rows_of
from deliberation.domain.dossier_words import RELATIONS
from deliberation.domain.errors import Refusal, _
from deliberation.domain.provisions import Draft


@click.command("compare")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="The links, as JSON on standard output.")
@click.option("--xlsx", metavar="OUT", help="The table of both texts, written to a new file.")
@plainly
def compare(old: str, new: str, as_json: bool, xlsx: str | None) -> None:
    """Align two files: which article became which, and how sure that is."""
    before, after = _draft(old), _draft(new)
    olds, news = _articles(before, old), _articles(after, new)
    links = align(olds, news)
    if xlsx:
        _write(Path(xlsx), olds, news, links, after.title or before.title)
    if as_json:
        click.echo(json.dumps({"links": [_line(link) for link in links]}, ensure_ascii=False))
    elif not xlsx:
        for link in links:
            click.echo(_words(link))


def _draft(name: str) -> Draft:
    from deliberation.formats.reading import read_draft  # loaded when used: it brings all formats along

    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError:
        raise Refusal(_("读不到文件“%(file)s”，请检查路径和权限。"), file=name) from None
    return read_draft(data, path.name)


def _articles(draft: Draft, name: str) -> list[ArticleText]:
    found = articles_of(draft)
    if not found:
        raise Refusal(_("“%(file)s”里没有条文，也没有“一、”这样的编号段落，无法对照。"), file=name)
    return found


def _line(link: Link) -> dict[str, object]:
    return {
        "old": link.old,
        "new": link.new,
        "relation": link.relation,
        "score": link.score,
        "sure": link.sure,
    }


def _words(link: Link) -> str:
    """old, new, relation and score, separated by tabs; a link that is not sure has a question mark."""
    mark = "" if link.sure else "?"
    return f"{link.old or '-'}\t{link.new or '-'}\t{RELATIONS[link.relation]}{mark}\t{link.score:.2f}"


def _write(
    out: Path, olds: list[ArticleText], news: list[ArticleText], links: list[Link], title: str
) -> None:
    from deliberation.formats.comparison_xlsx import write
    from deliberation.formats.wording_diff import differences

    if out.exists():
        raise Refusal(_("“%(file)s”已经存在，没有覆盖。请换一个文件名。"), file=str(out))
    data = write(rows_of(olds, news, links, differences), title=title)
    try:
        out.write_bytes(data)
    except OSError:
        raise Refusal(_("写不了文件“%(file)s”，请检查文件夹和权限。"), file=str(out)) from None


joins = [("drafts", compare)]
