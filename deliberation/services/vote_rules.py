"""The rule a vote goes by: a council's or panel's own, or an assembly's way of deciding with the numbers of its office."""

from dataclasses import dataclass
from datetime import date

from deliberation.domain import matters as course
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.procedures import Procedure, Result, Way
from deliberation.domain.quorum import Rule, VoteRules
from deliberation.formats.procedures_read import shipped
from deliberation.services import procedures
from deliberation.store import assemblies
from deliberation.store.assemblies import VoteWay
from deliberation.store.councils import Council
from deliberation.store.meetings import Meeting
from deliberation.store.votes import Vote

ASSEMBLY = "assembly"
LAWFUL = ("four_deliberations", "four_deliberations_one_review")  # under these several assemblies sit in turn


@dataclass(frozen=True)
class Under:
    """The numbers, what they are called, from when and by which clause; what follows from a count, and for whom."""

    rules: VoteRules
    name: str = ""
    dated: date | None = None
    clause: str = ""
    result: Result | None = None
    unit: str = "person"


def rules_of(council: Council) -> VoteRules:
    """The council's own entered rule; none entered: numbers only, nothing follows from them."""
    if not council.has_rule or not council.pass_rule:
        return VoteRules(entered=False)
    quorum = Rule.from_dict(council.quorum) if council.quorum else None
    carry = Rule.from_dict(council.pass_rule)
    return VoteRules(quorum=quorum, carry=carry, entered=True, recusal_shrinks=council.recusal_shrinks)


def under(vote: Vote) -> Under:
    """What the vote would be opened under now."""
    chosen = assemblies.way_of(vote)
    if chosen is None:
        council = vote.council
        rules = rules_of(council)
        if not rules.entered:
            return Under(rules)
        return Under(rules, council.rule_name, council.rule_date, council.rule_clause)
    return _by(procedures.held(vote.office_id)[chosen.procedure].procedure, chosen)


def _by(procedure: Procedure, chosen: VoteWay) -> Under:
    way = procedure.way(chosen.way)
    rules = way.rules
    if not rules.entered or rules.carry is None:
        return Under(VoteRules(entered=False), result=way.result, unit=way.unit)
    basis = next(iter(way.basis or procedure.basis), None)
    if basis is None:
        return Under(rules, procedure.name, result=way.result, unit=way.unit)
    return Under(rules, basis.law, basis.text_date, basis.article, way.result, way.unit)


def sits_under(council: Council, procedure: Procedure) -> bool:
    """Whether an assembly may meet under a procedure: its own, or one in which its way of deciding is one of several."""
    kind = assemblies.kind_of(council.id)
    if procedure.key == kind:
        return True
    own = {way for way in shipped()[kind].ways if way.basis}
    return procedure.key in LAWFUL and bool(own & set(shipped()[procedure.key].ways))


def ways(council: Council, meeting: Meeting) -> list[Way]:
    """The ways an assembly may decide by at a meeting, as the office has them; none for a panel or a 9+X council."""
    if council.kind != ASSEMBLY:
        return []
    held = procedures.held(meeting.office_id).get(meeting.procedure)
    if held is None or not sits_under(council, held.procedure):
        return []
    own = {way.key for way in shipped()[assemblies.kind_of(council.id)].ways}
    return [way for way in held.procedure.ways if way.key in own]


def choose(council: Council, meeting: Meeting, key: str) -> Way | None:
    """The way a vote is called under; Refusal where the body does not decide at such a meeting."""
    offered = ways(council, meeting)
    if council.kind == ASSEMBLY:
        if not offered:
            raise Refusal(
                _("这次会议的程序不是由这些成员表决的，请按他们的会议程序另外通知一次会议。"), field="council"
            )
        found = next((way for way in offered if way.key == key), None if key else offered[0])
        if found is None:
            raise Refusal(_("请选择按人计票，还是按户计票。"), field="way")
        return found
    held = procedures.held(meeting.office_id).get(meeting.procedure)
    if (
        held is not None
        and meeting.procedure != procedures.NINE_X
        and held.procedure.result is not Result.VIEWS
    ):
        raise Refusal(
            _("“%(name)s”由它自己的成员表决。请先到“议事”里建好它的成员名单，再用这份名单通知会议。"),
            name=Said(held.procedure.name), field="council",
        )  # fmt: skip
    return None


def rule_named(vote: Vote) -> str:
    """The rule an opened vote was counted by, as papers name it: name, date, clause; empty where none was entered."""
    if not vote.rule_name:
        return ""
    dated = f"（{vote.rule_date:%Y-%m-%d}）" if vote.rule_date else ""
    return f"《{vote.rule_name}》{dated}{vote.rule_clause}"


def check_matter(vote: Vote) -> None:
    """Refuse the opening, and every ballot, while the matter is not before those who vote."""
    if vote.matter is None:
        return
    chosen = assemblies.way_of(vote)
    if chosen is None or vote.matter.council_id == vote.council_id:
        course.check_may_vote_on(vote.matter.state)
    else:
        course.check_before(chosen.result, vote.matter.state)
