"""Opening a vote: question, rule and roll are frozen in one transaction; afterwards the rows are only read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deliberation.clock import local
from deliberation.domain import rolls, vote_states
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.leaves import canonical
from deliberation.domain.quorum import Rule, VoteRules
from deliberation.domain.seats import DueBy, council_roll, members
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.councils import as_seats
from deliberation.services.vote_rules import Under, check_matter, under
from deliberation.store import assemblies, councils, meetings, votes
from deliberation.store.councils import Council
from deliberation.store.db import db
from deliberation.store.meetings import Attendance
from deliberation.store.votes import RollRow, Vote


@dataclass(frozen=True)
class Planned:
    """The roll as it would be frozen now, the rule, and how many may vote."""

    rows: tuple[rolls.RollRow, ...]
    rules: VoteRules

    @property
    def heads(self) -> rolls.Hall:
        """应到 and 实到, as shown and as the rule counts them."""
        return rolls.hall(self.rows, self.rules)

    @property
    def voters(self) -> int:
        """Present, with a vote, not recused."""
        return sum(row.may_vote for row in self.rows)

    @property
    def too_few(self) -> bool:
        """Whether the entered rule's least attendance is missed."""
        rule, heads = self.rules.quorum, self.heads.for_quorum
        return rule is not None and not rule.met(heads.present, heads.size(rule.base))


def frozen_rules(vote: Vote) -> VoteRules:
    """The rule a vote was opened under."""
    quorum, carry = vote.quorum, vote.pass_rule
    return VoteRules(
        quorum=Rule.from_dict(quorum) if quorum else None,
        carry=Rule.from_dict(carry) if carry else None,
        entered=bool(vote.rule_name),
        recusal_shrinks=vote.recusal_shrinks,
    )


def planned(vote: Vote, on: date, recused: Sequence[int] = (), at: datetime | None = None) -> Planned:
    """The roll on a day: members by seat, present who signed in at the meeting and has not left (by `at`, if given)."""
    sheet = meetings.attendance(vote.meeting_id) if vote.meeting_id else []
    here = {one.person_id for one in sheet if is_here(one, at)}
    out = {str(one) for one in recused}
    council, rules = vote.council, under(vote).rules
    if not council.numbered:
        return Planned(_panel(council, {str(one) for one in here}, out), rules)
    seats = as_seats(council)
    matter = str(vote.matter_id) if vote.matter_id else ""
    sitting = {one.person for one in members(seats, matter, on)}
    rows = council_roll(
        seats, matter, on, {str(one) for one in here} & sitting,
        coopted_vote=vote.x_votes, recused=out, by=DueBy(council.due_by),
    )  # fmt: skip
    return Planned(rows, rules)


def is_here(one: Attendance, at: datetime | None) -> bool:
    """Whether somebody had come by an instant and not left; without one, whether they are here now."""
    if one.arrived_at is None or at is None:
        return one.arrived_at is not None and one.left_at is None
    return one.arrived_at <= at and (one.left_at is None or one.left_at >= at)


def _panel(council: Council, here: set[str], out: set[str]) -> tuple[rolls.RollRow, ...]:
    rows: dict[str, rolls.RollRow] = {}
    for held in councils.holders(council.id):
        person = str(held.person_id)
        key = f"{held.seat.position:04d}-{held.seat_id}-{held.id}"
        row = rolls.RollRow(key, person, held.seat.category, present=person in here, recused=person in out)
        rows.setdefault(person, row)
    if out - set(rows):
        raise Refusal(_("签到或回避名单里有人不是本事项的成员，请核对。"))
    return tuple(rows.values())


def open_vote(actor: Actor, vote: Vote, recused: Mapping[int, str] | None = None) -> None:
    """Open it: the exact question, the rule and the roll become unchangeable. `recused`: person → declared interest."""
    reasons = {person: words.strip() for person, words in (recused or {}).items()}
    if not all(reasons.values()):
        raise Refusal(_("请写明为什么回避，一句话就行。"), field="reason")
    with act(actor, Act.OPEN_VOTE, on=vote) as record:
        _may_open(vote)
        plan = planned(vote, local(record.at).date(), tuple(reasons))
        if not plan.voters:
            raise Refusal(_("现在没有人可以投票：请先在会上签到，再开始表决。"))
        freeze(vote, plan, reasons, record.at)
        record.about("vote", vote.id)
        record.note(digest=vote.roll_digest, due=vote.due, present=vote.present, voters=plan.voters)


def freeze(vote: Vote, plan: Planned, reasons: Mapping[int, str], at: datetime) -> None:
    """Inside an act: question, subject, rule and roll as they stand become unchangeable; the vote is open."""
    vote.subject = subject(vote)
    _copy_rule(vote, under(vote))
    vote.roll_digest = digest_of(vote, plan.rows)
    facts = {"roll": len(plan.rows) or None, "digest": vote.roll_digest}
    vote.state = vote_states.VOTE.move(vote.state, "open", facts)
    vote.opened_at = at
    vote.due, vote.present = plan.heads.shown.due, plan.heads.shown.present
    db.session.add_all(_stored(vote, plan.rows, reasons))


def _may_open(vote: Vote) -> None:
    if vote.state != "ready":
        raise Refusal(_("这次表决已经开始过了，不能再开始一次。"))
    if vote.meeting is None or vote.meeting.state != "open":
        raise Refusal(_("会议不在进行中。请先开始会议、签到，再开始表决。"))
    check_matter(vote)


def subject(vote: Vote) -> dict[str, Any]:
    """What is put to the vote, word by word as it stands now."""
    about = vote.suggestion
    if about is not None:
        return {
            "of": "suggestion", "number": about.number, "revision": about.revision, "version": about.version_id,
            "uid": about.uid, "eid": about.eid, "kind": about.kind, "title": about.title, "wording": about.wording,
            "reasons": about.reasons, "basis": about.basis,
        }  # fmt: skip
    assert vote.matter is not None
    return {
        "of": "matter",
        "number": vote.matter.id,
        "title": vote.matter.title,
        "detail": vote.matter.detail,
    }


def _copy_rule(vote: Vote, found: Under) -> None:
    rules = found.rules
    if not rules.entered:
        return
    vote.recusal_shrinks = rules.recusal_shrinks
    vote.quorum = rules.quorum.to_dict() if rules.quorum else None
    vote.pass_rule = rules.carry.to_dict() if rules.carry else None
    vote.rule_name, vote.rule_date, vote.rule_clause = found.name[:200], found.dated, found.clause[:80]


def digest_of(vote: Vote, rows: Sequence[rolls.RollRow]) -> str:
    """SHA-256 (hex) of what the opening froze: question and subject, rule with its name, date and clause, every row."""
    asked: dict[str, Any] = {
        "question": vote.question, "subject": vote.subject, "rule_name": vote.rule_name,
        "rule_date": vote.rule_date.isoformat() if vote.rule_date else None, "rule_clause": vote.rule_clause,
    }  # fmt: skip
    chosen = assemblies.way_of(vote)
    if chosen is not None:
        asked["way"] = [chosen.procedure, chosen.way, chosen.unit, chosen.result]
    return rolls.digest(canonical(asked).decode(), frozen_rules(vote), rows)


def _stored(vote: Vote, rows: Sequence[rolls.RollRow], reasons: Mapping[int, str]) -> list[RollRow]:
    return [
        RollRow(
            vote_id=vote.id, person_id=int(row.person) if row.person else None, seat_id=int(row.key.split("-")[1]),
            key=row.key, position=position, category=row.category, fixed=not row.coopted, present=row.present,
            votes=row.votes, recusal=reasons.get(int(row.person), "") if row.person else "", may_vote=row.may_vote,
        )
        for position, row in enumerate(rows, 1)
    ]  # fmt: skip


def as_row(row: RollRow) -> rolls.RollRow:
    """A frozen row as the value the counting knows."""
    return rolls.RollRow(
        key=row.key,
        person=str(row.person_id) if row.person_id else "",
        category=row.category,
        coopted=not row.fixed,
        present=row.present,
        votes=row.votes,
        recused=bool(row.recusal),
    )


def is_intact(vote: Vote) -> bool:
    """Whether question, rule and roll are still those the digest was made of."""
    return vote.roll_digest == digest_of(vote, [as_row(row) for row in votes.roll(vote.id)])
