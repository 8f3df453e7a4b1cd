"""What corrects a count: a recount before it is confirmed, an erratum by two persons afterwards; and its publication.

Every correction is a row with the count before and after; nothing is reset. What was published is put right by a sheet
of its own on the board.
"""

from collections.abc import Mapping
from typing import Any

from deliberation.clock import local
from deliberation.domain import board_sheets, vote_states
from deliberation.domain.acts import Act
from deliberation.domain.board_sheets import SheetWords
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.paper_counts import from_sheet
from deliberation.domain.procedures import Result
from deliberation.domain.tally_words import spoken
from deliberation.domain.vote_results import meaning, picture
from deliberation.domain.voting import Tally
from deliberation.services import files, notices
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.vote_counts import NINE, Sheet, counted
from deliberation.services.vote_papers import check_fits
from deliberation.services.vote_rules import rule_named
from deliberation.store import assemblies, vote_counts, votes
from deliberation.store import notices as boards
from deliberation.store.db import db
from deliberation.store.notices import BoardSheet
from deliberation.store.vote_counts import VoteCorrection
from deliberation.store.votes import Vote

Change = Mapping[str, Any]


def recount(actor: Actor, vote: Vote, change: Change, reason: str) -> VoteCorrection:
    """Count again before the count is confirmed: the new numbers stand, the old ones stay, another person confirms."""
    why = _why(reason)
    with act(actor, Act.CORRECT_VOTE, on=vote) as record:
        if vote.state != "counted":
            raise Refusal(_("只有已经计票、还没有核对的表决才能重新计票；核对以后发现有误，请办更正。"))
        row = _drafted(record, vote, "recount", change, why)
        facts = {"counted_by": actor.code, "recount_reason": why}
        vote.state = vote_states.VOTE.move(vote.state, "counted", facts)
        vote.counted_by = actor.code
        row.settled_at, row.settled_by, row.accepted = record.at, actor.code, True
        _stands(vote, row)
    return row


def propose_erratum(actor: Actor, vote: Vote, change: Change, reason: str) -> VoteCorrection:
    """Propose to put a confirmed count right; until a second person agrees, the old count stands."""
    why = _why(reason)
    with act(actor, Act.CORRECT_VOTE, on=vote) as record:
        if vote.state not in ("confirmed", "published"):
            raise Refusal(_("只有已经核对的表决才办更正；还没有核对的，请重新计票。"))
        if vote_counts.correction_waiting(vote.id) is not None:
            raise Conflict(_("已经有一份更正在等第二个人确认，请先办完那一份。"))
        return _drafted(record, vote, "erratum", change, why)


def _why(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("请写明哪里不对、为什么要改。"), field="reason")
    return reason.strip()[:1000]


def _drafted(record: Record, vote: Vote, kind: str, change: Change, why: str) -> VoteCorrection:
    plain = sound(vote, change)
    whole, nine = counted(vote, plain)
    before = {"tally": vote.tally, "nine": vote.tally_nine}
    after = {"tally": whole.to_dict(), "nine": nine.to_dict() if nine else None}
    if before == after:
        raise Refusal(_("改过的数字和原来的结果一样，没有可以更正的。"))
    row = VoteCorrection(
        vote_id=vote.id, kind=kind, reason=why, change=plain, before=before, after=after, at=record.at,
        proposed_by=record.actor.code, by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record.about("vote", vote.id)
    record.note(
        kind=kind,
        reason=why,
        carried=whole.carried,
        for_=whole.for_,
        against=whole.against,
        abstain=whole.abstain,
    )
    return row


def sound(vote: Vote, change: Change) -> dict[str, Any]:
    """What is put right, as plain values; Refusal where it cannot be."""
    if vote.kind == "named":
        return _choices(vote, change.get("choices") or {})
    if vote.kind == "paper":
        sheet = from_sheet({name: change.get(name) for name in NINE})
        check_fits(vote, sheet)
        assert sheet.totals.cast >= 0  # a void sheet corrects nothing and says so
        return {name: change[name] for name in NINE}
    if any(change.get(name) is None for name in ("for_", "against", "abstain")):
        raise Refusal(_("请填写赞成、反对、弃权三个数；没有人的写 0。"), field="for_")
    return {name: int(change[name]) for name in ("for_", "against", "abstain")}


def _choices(vote: Vote, given: Mapping[str, str]) -> dict[str, Any]:
    rows = {row.key for row in votes.roll(vote.id) if row.may_vote}
    chosen = {key: choice for key, choice in given.items() if choice}
    if not chosen:
        raise Refusal(_("请选出记错的是谁的票，应当是什么。"))
    if set(chosen) - rows or set(chosen.values()) - {"for", "against", "abstain"}:
        raise Refusal(_("有一票不在可以投票的名册上，请刷新页面后重填。"))
    return {"choices": chosen}


def _stands(vote: Vote, row: VoteCorrection) -> None:
    vote.tally, vote.tally_nine = row.after["tally"], row.after["nine"]


def settle_erratum(
    actor: Actor, row: VoteCorrection, accepted: bool, sheet: Sheet | None = None
) -> BoardSheet | None:
    """Agree to an erratum as a second person (or with the signed sheet), or turn it down. What hung is put right."""
    digest = files.put_bytes(sheet.data) if sheet else None
    with act(actor, Act.CORRECT_VOTE, on=row.vote) as record:
        db.session.refresh(row)
        vote = row.vote
        if row.settled_at is not None:
            raise Conflict(_("这份更正已经办过了。"))
        if accepted and not sheet and row.proposed_by == actor.code:
            raise Refusal(_("更正要由另一个人确认，或附上签了字的更正说明。"), field="sheet")
        if sheet is not None:
            row.sheet = files.keep(record, vote.office, sheet.data, sheet.name, sheet.media_type)
        row.settled_at, row.settled_by, row.accepted = record.at, actor.code, accepted
        record.about("vote", vote.id)
        record.note(accepted=accepted, sheet_digest=digest)
        if not accepted:
            return None
        _stands(vote, row)
        return _put_right(record, vote, row)


def _put_right(record: Record, vote: Vote, row: VoteCorrection) -> BoardSheet | None:
    hung = [one for one in boards.of_vote(vote.id) if one.about == "vote" and one.down_at is None]
    if not hung:
        return None
    before, after = (spoken(Tally.from_dict(part["tally"])) for part in (row.before, row.after))
    words = board_sheets.erratum_words(about(vote), vote.question, before, after, row.reason, hung[-1].number)
    full = _signed(words, hung[-1].signed, hung[-1].contact)
    return notices.hang(
        record, vote.office, "erratum", full, local(record.at).date(), thing=vote, picture=drawn(Tally.from_dict(row.after["tally"]))
    )  # fmt: skip


def _signed(words: SheetWords, signed: str, contact: str, days: int = 0) -> SheetWords:
    return SheetWords(words.title, words.body, words.facts, signed, contact, days)


def about(vote: Vote) -> str:
    """What a vote is about in short: the matter's or the suggestion's title."""
    return vote.matter.title if vote.matter else vote.suggestion.title if vote.suggestion else vote.question


def proposed_words(vote: Vote) -> SheetWords:
    """The sheet a published vote would hang, for the form that shows it before."""
    tally = Tally.from_dict(vote.tally or {})
    chosen = assemblies.way_of(vote)
    said = meaning(vote.council.kind, tally, Result(chosen.result) if chosen else None)
    words = board_sheets.vote_words(
        about(vote), vote.question, spoken(tally), f"{said}。" if said else "", vote.council.name, rule=rule_named(vote),
        opinion_only=vote.council.numbered or bool(chosen and chosen.result == Result.OPINION.value),
    )  # fmt: skip
    return _signed(words, *notices.signed_by(vote.council), notices.standard_days("vote", vote.council))


def publish_vote(actor: Actor, vote: Vote, words: SheetWords | None = None) -> BoardSheet:
    """Publish a confirmed result: it hangs on the board with its arithmetic and its picture."""
    with act(actor, Act.PUBLISH_VOTE, on=vote) as record:
        if "published" not in vote_states.VOTE.may_follow(vote.state):
            raise Refusal(_("只有已经核对的表决才能公布。"))
        if vote_counts.correction_waiting(vote.id) is not None:
            raise Refusal(_("有一份更正在等第二个人确认，请先办完，再公布。"))
        if not notices.may_hang(vote):
            raise Refusal(_("定向征询的表决结果不上公示栏。"))
        full = words or proposed_words(vote)
        vote.state = vote_states.VOTE.move(vote.state, "published", {})
        today = local(record.at).date()
        record.about("vote", vote.id)
        return notices.hang(
            record,
            vote.office,
            "vote",
            full,
            today,
            thing=vote,
            picture=drawn(Tally.from_dict(vote.tally or {})),
        )


def drawn(tally: Tally) -> dict[str, Any]:
    """The picture as plain values, frozen with the sheet."""
    seen = picture(tally)
    return {
        "size": seen.size,
        "base": seen.base,
        "parts": [list(part) for part in seen.parts],
        "line": float(seen.line) if seen.line is not None else None,
        "says": str(seen.says) if seen.says else "",
        "due": tally.due,
        "present": tally.present,
    }
