"""`flask procedures list | judge`: which procedures there are, and "does this carry?" with the arithmetic in words.

Reads only; no database.
"""

import json
from collections.abc import Mapping

import click

from deliberation.domain.errors import Refusal, _
from deliberation.domain.procedures import Judged, Procedure, judge_procedure
from deliberation.domain.quorum import Heads
from deliberation.domain.tally_words import spoken
from deliberation.domain.voting import Totals
from deliberation.formats.procedures_read import shipped

MISSING: Mapping[str, str] = {
    "due": _("请写明应到人数：--due N"),
    "present": _("请写明实到人数：--present N"),
    "for_": _("请写明赞成票数：--for N"),
}


@click.group("procedures")
def procedures() -> None:
    """Which procedures there are, and whether a count carries. 程序与计票规则。"""


@procedures.command("list")
def list_() -> None:
    """Print key⇥on|off⇥name, one a line; "on" is lit in a new installation. 列出全部程序。"""
    for procedure in shipped().values():
        click.echo(f"{procedure.key}\t{'on' if procedure.default_on else 'off'}\t{procedure.name}")


@procedures.command("judge")
@click.argument("name")
@click.option("--due", type=int, help="应到")
@click.option("--present", type=int, help="实到")
@click.option("--for", "for_", type=int, help="赞成")
@click.option("--against", type=int, default=0, help="反对")
@click.option("--abstain", type=int, default=0, help="弃权")
@click.option("--invalid", type=int, default=0, help="无效")
@click.option("--whole", type=int, help="全体成员；不写则等于应到")
@click.option("--way", help="计票方式，例如 households；不写则用第一种")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def judge_(
    name: str,
    due: int | None,
    present: int | None,
    for_: int | None,
    against: int,
    abstain: int,
    invalid: int,
    whole: int | None,
    way: str | None,
    as_json: bool,
) -> None:
    """Does this carry? 这样算不算达成？"""
    try:
        procedure = _named(name)
        heads = Heads(_given("due", due), _given("present", present), whole)
        totals = Totals(_given("for_", for_), against, abstain, invalid)
        judged = judge_procedure(procedure, totals, heads, way)
    except Refusal as refusal:
        click.echo(str(refusal.said), err=True)
        raise click.exceptions.Exit(2) from None
    click.echo(json.dumps(_plain(judged), ensure_ascii=False, indent=1) if as_json else _written(judged))


def _given(name: str, number: int | None) -> int:
    if number is None:
        raise Refusal(MISSING[name], field=name)
    return number


def _named(name: str) -> Procedure:
    if name not in shipped():
        raise Refusal(_("没有“%(name)s”这一程序；用 flask procedures list 查看全部名称。"), name=name)
    return shipped()[name]


def _basis(judged: Judged) -> str:
    return "；".join(str(said) for said in judged.basis) or _("没有法律条文，属于本地做法")


def _plain(judged: Judged) -> dict[str, object]:
    tally = judged.tally
    return {
        "procedure": judged.procedure.key,
        "way": judged.way.key,
        "quorum_met": tally.quorum_met,
        "carried": tally.carried,
        "needs_present": tally.needs_present,
        "needs_for": tally.needs_for,
        "words": spoken(tally),
        "outcome": str(judged.outcome) if judged.outcome else None,
        "basis": _basis(judged),
    }


def _written(judged: Judged) -> str:
    lines = [str(said) for said in judged.tally.words]
    if judged.outcome:
        lines.append(str(judged.outcome))
    return "\n".join([*lines, _basis(judged)])


commands: tuple[click.Command, ...] = (procedures,)
