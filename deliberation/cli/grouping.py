"""`flask remarks group FILE.jsonl`: which remarks say nearly the same, and why; reads only, no database."""

import json
import re
from pathlib import Path
from typing import Any

import click

from deliberation.cli.speaking import plainly
from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.domain.grouping import Group, Grouping, Remark, group

MOST_BYTES = 2**30
_ARTICLE = re.compile(r"art_\d+(?:-\d+)*")


@click.command("group")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="The groups, as JSON on standard output.")
@plainly
def group_remarks(file: str, as_json: bool) -> None:
    """Propose groups of remarks on one article that say nearly the same; a person decides."""
    lines = _lines(file)
    ids = {str(line["id"]): line["id"] for line in lines}
    texts = {str(line["id"]): line["text"] for line in lines}
    proposed = group(_remark(line) for line in lines)
    if as_json:
        click.echo(json.dumps(_json(proposed, ids), ensure_ascii=False))
        return
    for number, one in enumerate(proposed.groups, 1):
        click.echo(_words(number, one, texts))
    said = _("%(groups)s 组，另有 %(single)s 条各自单独。以上只是建议，请人工确认。")
    click.echo(said % {"groups": len(proposed.groups), "single": len(proposed.single)})


def _lines(file: str) -> list[dict[str, Any]]:
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooLarge(_("文件“%(file)s”超过 1 GB，请分成几份。"), file=file)
        written = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise Refusal(_("读不到文件“%(file)s”，请检查路径和权限。"), file=file) from None
    except UnicodeDecodeError:
        raise Refusal(_("文件“%(file)s”不是 UTF-8 编码，请另存为 UTF-8。"), file=file) from None
    numbered = ((number, line) for number, line in enumerate(written.split("\n"), 1) if line.strip())
    return _each_once([_line(number, line) for number, line in numbered])


def _line(number: int, written: str) -> dict[str, Any]:
    try:
        line = json.loads(written)
    except (ValueError, RecursionError):
        raise Refusal(_("第 %(line)s 行不是 JSON，请一行写一条意见。"), line=number) from None
    if not isinstance(line, dict):
        raise Refusal(_("第 %(line)s 行不是 JSON，请一行写一条意见。"), line=number)
    if not isinstance(line.get("id"), str | int) or isinstance(line["id"], bool):
        raise Refusal(_("第 %(line)s 行缺少“id”。"), line=number)
    if not isinstance(line.get("text"), str):
        raise Refusal(_("第 %(line)s 行缺少文字“text”。"), line=number)
    if "eid" not in line and "article" not in line:
        raise Refusal(_("第 %(line)s 行没有写明哪一条，请加上“eid”（例如 art_12）或“article”。"), line=number)
    if not isinstance(line.get("attitude"), str | None):
        raise Refusal(_("第 %(line)s 行的“attitude”应当是一个词，例如 support、amend、oppose。"), line=number)
    return line


def _each_once(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: set[str] = set()
    for line in lines:
        if str(line["id"]) in seen:
            raise Refusal(_("编号“%(id)s”出现了两次，请改正后再分组。"), id=str(line["id"]))
        seen.add(str(line["id"]))
    return lines


def _remark(line: dict[str, Any]) -> Remark:
    """Its place is the article, also where the eid goes deeper; other places stand for themselves."""
    written = str(line.get("eid") or line.get("article") or "")
    article = _ARTICLE.match(written)
    return Remark(
        str(line["id"]), article[0] if article else written, line.get("attitude") or "", line["text"]
    )


def _json(proposed: Grouping, ids: dict[str, object]) -> dict[str, object]:
    groups = [
        {
            "members": [ids[member] for member in one.members],
            "shared": list(one.shared),
            "differ": list(one.differ),
            "score": one.score,
        }
        for one in proposed.groups
    ]
    return {"groups": groups, "single": [ids[one] for one in proposed.single]}


def _words(number: int, one: Group, texts: dict[str, str]) -> str:
    heading = _("第 %(number)s 组（%(count)s 条，相似度 %(score)s）共同：%(shared)s；差别：%(differ)s")
    facts = {
        "number": number,
        "count": len(one.members),
        "score": one.score,
        "shared": "、".join(one.shared) or _("无"),
        "differ": "、".join(one.differ) or _("无"),
    }
    members = (f"  {member}\t{' '.join(texts[member].split())}" for member in one.members)
    return "\n".join([heading % facts, *members])


joins = [("remarks", group_remarks)]
