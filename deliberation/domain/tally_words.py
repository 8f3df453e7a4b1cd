"""The arithmetic of a tally in whole sentences: 「应到61，实到45，赞成24；需超过22.5，即至少23」."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from deliberation.domain.errors import Said, _
from deliberation.domain.quorum import Base, Operator, exact

if TYPE_CHECKING:
    from deliberation.domain.voting import Tally

# What is named before the comparison: the plain heads, or the base too where it is another number.
QUORUM: Mapping[tuple[str, Operator], str] = {
    ("plain", Operator.GT): _("应到%(due)s，实到%(present)s；开会需超过%(line)s，即至少%(least)s"),
    ("plain", Operator.GE): _("应到%(due)s，实到%(present)s；开会需达到%(line)s，即至少%(least)s"),
    ("whole", Operator.GT): _(
        "全体%(size)s，应到%(due)s，实到%(present)s；开会需超过%(line)s，即至少%(least)s"
    ),
    ("whole", Operator.GE): _(
        "全体%(size)s，应到%(due)s，实到%(present)s；开会需达到%(line)s，即至少%(least)s"
    ),
    ("household", Operator.GT): _("共%(size)s户，实到%(present)s户；开会需超过%(line)s，即至少%(least)s户"),
    ("household", Operator.GE): _("共%(size)s户，实到%(present)s户；开会需达到%(line)s，即至少%(least)s户"),
    ("adjusted", Operator.GT): _(
        "应到%(due)s，实到%(present)s；扣除回避后计%(heads)s到会，开会需超过%(line)s，即至少%(least)s"
    ),
    ("adjusted", Operator.GE): _(
        "应到%(due)s，实到%(present)s；扣除回避后计%(heads)s到会，开会需达到%(line)s，即至少%(least)s"
    ),
}
CARRY: Mapping[tuple[str, Operator], str] = {
    ("plain", Operator.GT): _("应到%(due)s，实到%(present)s，赞成%(for_)s；需超过%(line)s，即至少%(least)s"),
    ("plain", Operator.GE): _("应到%(due)s，实到%(present)s，赞成%(for_)s；需达到%(line)s，即至少%(least)s"),
    ("whole", Operator.GT): _(
        "全体%(size)s，应到%(due)s，实到%(present)s，赞成%(for_)s；需超过%(line)s，即至少%(least)s"
    ),
    ("whole", Operator.GE): _(
        "全体%(size)s，应到%(due)s，实到%(present)s，赞成%(for_)s；需达到%(line)s，即至少%(least)s"
    ),
    ("household", Operator.GT): _(
        "共%(size)s户，实到%(present)s户，赞成%(for_)s户；需超过%(line)s，即至少%(least)s户"
    ),
    ("household", Operator.GE): _(
        "共%(size)s户，实到%(present)s户，赞成%(for_)s户；需达到%(line)s，即至少%(least)s户"
    ),
    ("adjusted", Operator.GT): _(
        "应到%(due)s，实到%(present)s，计票基数%(size)s，赞成%(for_)s；需超过%(line)s，即至少%(least)s"
    ),
    ("adjusted", Operator.GE): _(
        "应到%(due)s，实到%(present)s，计票基数%(size)s，赞成%(for_)s；需达到%(line)s，即至少%(least)s"
    ),
}
COUNTED = _("赞成%(for_)s，反对%(against)s，弃权%(abstain)s，未投%(not_voted)s")
COUNTED_PAPER = _("赞成%(for_)s，反对%(against)s，弃权%(abstain)s，无效%(invalid)s，未投%(not_voted)s")
HEADS_ONLY = _("应到%(due)s，实到%(present)s")
TOO_FEW = _("到会人数不足，本轮不作结论")
NOT_ENTERED = _("未填本地议事规则，只列数字，不作结论")
NO_COUNTING = _("这一程序只听取意见、不作表决，只列数字")
RECUSED = _("回避%(recused)s")
SPEAKS_ONLY = _("只发言、不表决%(speaks_only)s")


def words(tally: "Tally") -> tuple[Said, ...]:
    """Sentences without full stops, in the order they are read out."""
    return tuple(_sentences(tally))


def _sentences(tally: "Tally") -> Iterator[Said]:
    if tally.rules.carry is None:
        yield Said(HEADS_ONLY, due=tally.due, present=tally.present)
        yield _all_votes(tally)
        yield Said(NO_COUNTING if tally.rules.entered else NOT_ENTERED)
        return
    yield from _quorum(tally)
    yield Said(TOO_FEW) if tally.quorum_met is False else _carry(tally)
    yield _all_votes(tally)
    yield from _apart(tally)
    if not tally.rules.entered:
        yield Said(NOT_ENTERED)


def _quorum(tally: "Tally") -> Iterator[Said]:
    rule, size = tally.rules.quorum, tally.quorum_size
    if rule is None or size is None:
        return
    heads = tally.hall.for_quorum.present
    adjusted = tally.hall.for_quorum != tally.hall.shown
    yield Said(
        QUORUM[_shape(rule.base, adjusted), rule.operator],
        due=tally.due,
        present=tally.present,
        heads=heads,
        size=size,
        line=exact(rule.line(size)),
        least=rule.least(size),
    )


def _carry(tally: "Tally") -> Said:
    rule, size = tally.rules.carry, tally.carry_size
    if rule is None or size is None:
        return Said(NO_COUNTING)
    adjusted = tally.hall.for_carry != tally.hall.shown or rule.base is Base.PARTICIPATING
    return Said(
        CARRY[_shape(rule.base, adjusted), rule.operator],
        due=tally.due,
        present=tally.present,
        for_=tally.for_,
        size=size,
        line=exact(rule.line(size)),
        least=rule.least(size),
    )


def _shape(base: Base, adjusted: bool) -> str:
    if base is Base.HOUSEHOLD:
        return "household"
    if base is Base.WHOLE:
        return "whole"
    return "adjusted" if adjusted else "plain"


def _all_votes(tally: "Tally") -> Said:
    counted = tally.counted
    numbers = {
        "for_": counted.for_,
        "against": counted.against,
        "abstain": counted.abstain,
        "not_voted": counted.not_voted,
    }
    if counted.invalid:
        return Said(COUNTED_PAPER, **numbers, invalid=counted.invalid)
    return Said(COUNTED, **numbers)


def _apart(tally: "Tally") -> Iterator[Said]:
    if tally.counted.recused:
        yield Said(RECUSED, recused=tally.counted.recused)
    if tally.counted.speaks_only:
        yield Said(SPEAKS_ONLY, speaks_only=tally.counted.speaks_only)


def spoken(tally: "Tally") -> str:
    """All sentences in Chinese, one after another: what the console command prints as `words`."""
    return "。".join(str(said) for said in words(tally)) + "。"
