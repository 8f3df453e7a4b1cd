"""Procedures as values: steps, who convenes, deadlines, quorum, pass rule, postings, and the law each rests on.

The shipped ones are reviewed data files read by formats/procedures_read.py. An office edits their numbers and enters its
own rules; what a statute sets may be made stricter, never softer. A council of nine and X deliberates (村民委员会组织法,
text in force 2026-01-01, art. 33): its result is 协商意见 and says nothing until a local rule is entered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from deliberation.domain.calendar import Offset, Recurrence, Unit
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.quorum import Heads, Operator, Rule, VoteRules
from deliberation.domain.rolls import RollRow
from deliberation.domain.voting import Tally, Totals, judge


class Result(StrEnum):
    """What a procedure brings forth."""

    DECISION = "decision"  # 决定: an assembly the law lets decide
    PARTY = "party"  # 党员大会审议意见
    OPINION = "opinion"  # 协商意见: a council, never a decision
    VIEWS = "views"  # 意见: nobody votes


RESULT_LABELS: Mapping[Result, str] = {
    Result.DECISION: _("会议决定"),
    Result.PARTY: _("党员大会审议意见"),
    Result.OPINION: _("协商意见"),
    Result.VIEWS: _("征询意见"),
}
CARRIED: Mapping[Result, str] = {
    Result.DECISION: _("达到规定的赞成票数，会议决定通过"),
    Result.PARTY: _("达到规定的赞成票数，党员大会审议同意"),
    Result.OPINION: _("达到本地议事规则的赞成票数，形成协商意见"),
}
NOT_CARRIED: Mapping[Result, str] = {
    Result.DECISION: _("没有达到规定的赞成票数，会议决定未通过"),
    Result.PARTY: _("没有达到规定的赞成票数，党员大会审议未同意"),
    Result.OPINION: _("没有达到本地议事规则的赞成票数，未形成协商意见"),
}


class Posting(StrEnum):
    """Three different sheets."""

    NOTICE = "notice"  # 公示: objections can still be made
    DISCLOSURE = "disclosure"  # 公开: what was done
    ANNOUNCEMENT = "announcement"  # 公告: what was decided, or that a meeting will be


POSTING_LABELS: Mapping[Posting, str] = {
    Posting.NOTICE: _("公示"),
    Posting.DISCLOSURE: _("公开"),
    Posting.ANNOUNCEMENT: _("公告"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number rests on. `article` may be empty (custom); `checked` False: not compared with the text itself."""

    law: str
    article: str = ""
    text_date: date | None = None
    checked: bool = False

    @property
    def said(self) -> Said:
        """Law, article and the text's date in one phrase; law and article are themselves sentences to be said."""
        if self.text_date is None or not self.article:
            return Said(_("%(law)s（未核对原文）"), law=Said(self.law))
        msgid = _("%(law)s%(article)s（%(date)s文本）")
        if not self.checked:
            msgid = _("%(law)s%(article)s（%(date)s文本，条次待核）")
        return Said(msgid, law=Said(self.law), article=Said(self.article), date=self.text_date.isoformat())


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done and who does it."""

    name: str
    who: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due `days` before the meeting (or after it, `after`). Statutory ones are only made stricter."""

    key: str
    name: str
    days: int
    unit: Unit = Unit.DAY
    after: bool = False
    statutory: bool = False

    @property
    def offset(self) -> Offset:
        """For domain/calendar.plan."""
        return Offset(self.name, self.days if self.after else -self.days, self.unit)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A posting and the least days it hangs."""

    kind: Posting
    days: int
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way of deciding: whom it counts, its rules, its result. A procedure may offer several; a vote uses one."""

    key: str
    name: str
    unit: str  # person | household: never mixed in one vote
    result: Result
    rules: VoteRules
    basis: tuple[Basis, ...] = ()
    statutory: bool = False
    proxies: bool = False  # whether the law knows a written proxy here


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as shipped, or as an office has edited it. Names are Chinese msgids; `name_en` the English."""

    key: str
    name: str
    name_en: str
    convenor: str
    result: Result
    steps: tuple[Step, ...]
    ways: tuple[Way, ...]
    basis: tuple[Basis, ...]
    deadlines: tuple[Deadline, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    recurrence: Recurrence | None = None
    default_on: bool = False
    local_rule_needed: bool = False
    letter_needed: bool = False  # held only by the commission or on its letter

    def way(self, key: str | None = None) -> Way:
        """The named way, or the first; Refusal lists what there is."""
        for way in self.ways:
            if key in (None, way.key):
                return way
        raise Refusal(
            _("“%(key)s”不是这一程序的计票方式，可选：%(keys)s。"),
            key=key,
            keys="、".join(way.key for way in self.ways),
        )


@dataclass(frozen=True, slots=True)
class LocalRule:
    """An office's own rule: its name, date and clause, and the numbers it sets for one way."""

    name: str
    dated: date
    clause: str
    way: str
    rules: VoteRules


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to "does this carry?": the tally, the way it was counted, and what that means in this procedure."""

    procedure: Procedure
    way: Way
    tally: Tally

    @property
    def outcome(self) -> Said | None:
        """What the count means; None where it means nothing (no rule, no quorum, no vote)."""
        if self.tally.carried is None:
            return None
        return Said((CARRIED if self.tally.carried else NOT_CARRIED)[self.way.result])

    @property
    def basis(self) -> tuple[Said, ...]:
        """The law the numbers rest on."""
        return tuple(basis.said for basis in self.way.basis or self.procedure.basis)


def judge_procedure(procedure: Procedure, totals: Totals, heads: Heads, way: str | None = None) -> Judged:
    """Judge bare numbers under one way of a procedure; Refusal where they do not add up."""
    chosen = procedure.way(way)
    return Judged(procedure, chosen, judge(totals, chosen.rules, heads))


def check_proxies(way: Way, roll: Iterable[RollRow]) -> None:
    """Refuse a written proxy on a roll where the law knows none."""
    if not way.proxies and any(row.proxy for row in roll):
        raise Refusal(_("这种会议没有书面委托的规定，请由本人到会，或按缺席登记。"))


def softer(rule: Rule | None, law: Rule | None) -> bool:
    """Whether `rule` lets through what `law` does not; another base than the law's counts as softer."""
    if law is None:
        return False
    if rule is None or rule.base is not law.base or rule.share < law.share:
        return True
    return rule.share == law.share and law.operator is Operator.GT and rule.operator is Operator.GE


def enter(procedure: Procedure, local: LocalRule) -> Procedure:
    """The procedure with an office's own rule in force for one way, and the rule as its basis."""
    way = procedure.way(local.way)
    if not (local.name.strip() and local.clause.strip()):
        raise Refusal(_("请写明本地议事规则的名称、日期和条款。"))
    if way.result is Result.VIEWS:
        raise Refusal(_("这一程序只听取意见、不作表决，不需要填写表决规则。"))
    if local.rules.carry is None:
        raise Refusal(_("请写明多少赞成才算达成。"))
    law = way.rules
    if way.statutory and (softer(local.rules.quorum, law.quorum) or softer(local.rules.carry, law.carry)):
        raise Refusal(_("法律规定的到会人数和赞成票数只能从严，不能放宽，也不能改换基数。"))
    own = Basis(local.name, local.clause, local.dated, checked=True)
    entered = replace(way, rules=replace(local.rules, entered=True), basis=(own, *way.basis))
    return replace(procedure, ways=tuple(entered if w.key == way.key else w for w in procedure.ways))


def adjust(
    procedure: Procedure,
    deadlines: Mapping[str, int] | None = None,
    sheets: Mapping[Posting, int] | None = None,
) -> Procedure:
    """The procedure with an office's own days; statutory days may only grow."""
    deadlines, sheets = deadlines or {}, sheets or {}
    if set(deadlines) - {d.key for d in procedure.deadlines} or set(sheets) - {
        s.kind for s in procedure.sheets
    }:
        raise Refusal(_("这一程序没有这一项期限，请刷新页面后重填。"))
    return replace(
        procedure,
        deadlines=tuple(replace(d, days=_days(deadlines.get(d.key, d.days), d)) for d in procedure.deadlines),
        sheets=tuple(replace(s, days=_days(sheets.get(s.kind, s.days), s)) for s in procedure.sheets),
    )


def _days(days: int, shipped: Deadline | Sheet) -> int:
    if days < 0 or days > 366:
        raise Refusal(_("天数应在 0 到 366 之间。"))
    if not shipped.statutory:
        return days
    after = isinstance(shipped, Deadline) and shipped.after
    if days > shipped.days if after else days < shipped.days:
        raise Refusal(_("法律规定是 %(days)s 日，只能从严，不能放宽。"), days=shipped.days)
    return days
