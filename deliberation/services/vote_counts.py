"""Hands seen by tellers, closing, counting, a second person's confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deliberation.domain import vote_states, voting
from deliberation.domain.acts import Act
from deliberation.domain.ballots import Choice
from deliberation.domain.errors import Conflict, NotAllowed, Refusal, _
from deliberation.domain.hand_counts import HandCount as Seen
from deliberation.domain.hand_counts import Hands, check_hands, settle
from deliberation.domain.paper_counts import PaperCount as NineNumbers
from deliberation.domain.voting import Ballot, Tally, Totals
from deliberation.services import files
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.vote_rolls import as_row, frozen_rules, is_intact
from deliberation.services.vote_rules import check_matter
from deliberation.store import vote_counts, votes
from deliberation.store.db import db
from deliberation.store.vote_counts import PaperCount
from deliberation.store.votes import HandCount, Vote

DIFFER = _("两位监票人清点的人数不一致，请两位都重新清点一遍。")
NINE = ("due", "present", "issued", "collected", "valid", "invalid", "for_", "against", "abstain")
PLACES = {"for_": _("赞成"), "against": _("反对"), "abstain": _("弃权")}


@dataclass(frozen=True)
class Sheet:
    """The signed count sheet, as it was scanned or photographed."""

    data: bytes
    name: str
    media_type: str


def voters(vote: Vote) -> int:
    """How many on the roll may vote."""
    return sum(row.may_vote for row in votes.roll(vote.id))


def record_hands(actor: Actor, vote: Vote, teller: str, totals: Totals, key: str) -> HandCount:
    """Record what one teller counted. A recount is a new row; the same key again gives the first row."""
    if not teller.strip() or len(teller) > 60:
        raise Refusal(_("请写明由谁清点。"), field="teller")
    if not 16 <= len(key) <= 64:
        raise Refusal(_("这一页的标记不完整，请重新打开再填。"))
    first = _first(vote, key, totals)
    if first is not None:
        return first
    try:
        with act(actor, Act.RECORD_HANDS, on=vote) as record:
            first = _first(vote, key, totals)
            if first is not None:
                record.nothing()
                return first
            return _seen(record, vote, teller.strip(), totals, key)
    except NotAllowed:
        vote_states.check_takes_ballots(vote.state)
        raise


def _first(vote: Vote, key: str, totals: Totals) -> HandCount | None:
    found = next((one for one in votes.hand_counts(vote.id) if one.key == key), None)
    if found is not None and (found.for_, found.against, found.abstain) != (
        totals.for_,
        totals.against,
        totals.abstain,
    ):
        raise Conflict(_("这一页刚才已经交过另一组人数。要重新清点，请重新打开这一页再填。"), first=found)
    return found


def _seen(record: Record, vote: Vote, teller: str, totals: Totals, key: str) -> HandCount:
    if vote.kind != "hands":
        raise Refusal(_("这次不是举手表决，不填举手人数。"))
    vote_states.check_takes_ballots(vote.state)
    check_matter(vote)
    here = voters(vote)
    check_hands(totals, here)
    counted = [*_counts(vote), Seen(teller, totals)]
    settle(counted, here, vote.tellers)
    row = HandCount(
        vote_id=vote.id, key=key, teller=teller, present=here, for_=totals.for_, against=totals.against,
        abstain=totals.abstain, at=record.at, by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record.about("vote", vote.id)
    record.note(count=len(counted), for_=totals.for_, against=totals.against, abstain=totals.abstain)
    return row


def _counts(vote: Vote) -> list[Seen]:
    return [
        Seen(one.teller, Totals(one.for_, one.against, one.abstain)) for one in votes.hand_counts(vote.id)
    ]


def hands(vote: Vote) -> Hands:
    """Where a show of hands stands: settled, waiting for the second teller, or to be counted again."""
    return settle(_counts(vote), voters(vote), vote.tellers)


def differing(seen: Hands) -> list[str]:
    """The places (msgids) where the two tellers' counts differ."""
    return [PLACES[place] for place in seen.differ]


def _settled(vote: Vote) -> Totals:
    seen = hands(vote)
    if seen.totals is not None:
        return seen.totals
    if seen.differ:
        raise Refusal(DIFFER)
    if seen.waiting:
        raise Refusal(_("第二位监票人还没有清点，请清点后再结束表决。"))
    raise Refusal(_("还没有清点举手的人数，请先填写人数，再结束表决。"))


def nine(row: PaperCount) -> NineNumbers:
    """A stored count sheet as a value."""
    return NineNumbers(**{name: getattr(row, name) for name in NINE})


def counted(vote: Vote, change: Mapping[str, Any] | None = None) -> tuple[Tally, Tally | None]:
    """The tally, a pure function of frozen rows; and the one without the X where any X had a vote in an open count.

    Corrections that stand are part of the rows; `change` is one that would come after them.
    """
    stand: list[Mapping[str, Any]] = [one.change for one in vote_counts.corrections(vote.id) if one.accepted]
    changes = [*stand, change] if change else stand
    roll = [as_row(row) for row in votes.roll(vote.id)]
    rules = frozen_rules(vote)
    if vote.kind != "named":
        return voting.count_totals(_totals(vote, changes), rules, roll), None
    ballots = _ballots(vote, changes)
    whole = voting.count(ballots, rules, roll)
    x_voted = any(row.coopted and row.votes for row in roll)
    return whole, voting.count_fixed(ballots, rules, roll) if x_voted else None


def _totals(vote: Vote, changes: Sequence[Mapping[str, Any]]) -> Totals:
    if vote.kind == "hands":
        return Totals(**changes[-1]) if changes else _settled(vote)
    if changes:
        return NineNumbers(**changes[-1]).totals
    sheets = vote_counts.paper_counts(vote.id)
    if not sheets:
        raise Refusal(_("还没有填计票单，请先填写，再结束表决。"))
    return nine(sheets[-1]).totals


def _ballots(vote: Vote, changes: Sequence[Mapping[str, Any]]) -> list[Ballot]:
    """Every ballot, and after it what was put right, as later revisions of the same rows."""
    keys = {row.id: row.key for row in votes.roll(vote.id)}
    found = [Ballot(keys[b.roll_id], Choice(b.choice), b.revision) for b in votes.ballots(vote.id)]
    last = max((ballot.revision for ballot in found), default=0)
    for number, change in enumerate(changes, last + 1):
        found += [Ballot(key, Choice(choice), number) for key, choice in change["choices"].items()]
    return found


def close_vote(actor: Actor, vote: Vote) -> Tally:
    """Close the vote and count it. Too few in the hall by the entered rule: the round ends without a result."""
    with act(actor, Act.CLOSE_VOTE, on=vote) as record:
        if vote.state != "open":
            raise Refusal(_("这次表决不在进行中，没有可以结束的。"))
        return settle_count(record, vote, record.at)


def settle_count(record: Record, vote: Vote, at: datetime) -> Tally:
    """Inside an act: the open vote is closed at an instant and counted."""
    whole, nine = counted(vote)
    facts: dict[str, Any] = {
        "counted_by": record.actor.code,
        "quorum_kept": whole.quorum_met is not False,
        "quorum_missed": whole.quorum_met is False,
    }
    closed = vote_states.VOTE.move(vote.state, "closed", {})
    to = "no_quorum" if whole.quorum_met is False else "counted"
    vote.state = vote_states.VOTE.move(closed, to, facts)
    vote.closed_at, vote.counted_by = at, record.actor.code
    vote.tally = whole.to_dict()
    vote.tally_nine = nine.to_dict() if nine else None
    record.about("vote", vote.id)
    record.note(state=vote.state, **_noted(whole))
    return whole


def _noted(tally: Tally) -> dict[str, object]:
    return {
        "due": tally.due, "present": tally.present, "for": tally.for_, "against": tally.against,
        "abstain": tally.abstain, "not_voted": tally.not_voted, "carried": tally.carried,
    }  # fmt: skip


def confirm_vote(actor: Actor, vote: Vote, sheet: Sheet | None = None) -> None:
    """A second person, or the signed count sheet, bears the count out; it is worked out anew and must be the same."""
    digest = files.put_bytes(sheet.data) if sheet else None
    with act(actor, Act.CONFIRM_VOTE, on=vote) as record:
        if vote.state != "counted":
            raise Refusal(_("只有已经计票、还没有核对的表决才能核对。"))
        vote_states.check_confirmer(vote.counted_by, actor.code, sheet=digest)
        whole, nine = counted(vote)
        same = vote.tally == whole.to_dict() and vote.tally_nine == (nine.to_dict() if nine else None)
        if not same or not is_intact(vote):
            raise Refusal(
                _("存下的票、名册和计票结果对不上，不能核对。请不要再改动，联系管理员查看办理经过。")
            )
        if sheet is not None:
            vote.sheet = files.keep(record, vote.office, sheet.data, sheet.name, sheet.media_type)
        vote.state = vote_states.VOTE.move(vote.state, "confirmed", {"confirmed": True})
        vote.confirmed_at = record.at
        vote.confirmed_by = actor.code if actor.code != vote.counted_by else ""
        record.about("vote", vote.id)
        record.note(sheet=digest, **_noted(whole))
