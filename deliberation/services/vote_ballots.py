"""Ballots: cast on one's own page, or recorded by the clerk from the hall; one a row of the roll and revision."""

from collections.abc import Mapping
from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.ballots import CHOICE_LABELS, Choice, check_choice
from deliberation.domain.errors import Conflict, NotAllowed, Refusal, Said, _
from deliberation.domain.vote_states import check_takes_ballots
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.vote_rolls import as_row
from deliberation.services.vote_rules import check_matter
from deliberation.store import councils, votes
from deliberation.store.db import db
from deliberation.store.votes import Ballot, RollRow, Vote

ORIGINS: Mapping[str, str] = {"page": _("本人投票"), "paper": _("纸质票"), "called": _("唱名")}
HALL = ("called", "paper")
KEY = range(16, 65)


@dataclass(frozen=True)
class Cast:
    """A choice to be made: under the client's key, replacing the revision it names (0: none yet)."""

    choice: str
    key: str
    replaces: int = 0


@dataclass(frozen=True)
class Taken:
    """The ballot that stands under the key, and whether this was a repetition."""

    ballot: Ballot
    again: bool = False


def cast_ballot(actor: Actor, vote: Vote, cast: Cast) -> Taken:
    """Cast one's own vote. The same key again gets the first answer, even after the closing."""
    choice = _sound(cast)
    person = who(actor)
    row = votes.roll_row(vote.id, person) if person is not None else None
    first = _first(row, cast)
    if first is not None:
        return Taken(first, again=True)
    if person is not None:
        check_may_take(vote, row)
    try:
        with act(actor, Act.CAST_BALLOT, on=vote) as record:
            return _alone(record, vote, votes.roll_row(vote.id, person or 0), cast, choice, "page")
    except NotAllowed:
        if person is not None:
            check_may_take(vote, row)  # closed while it was on its way: say so
        raise


def record_ballot(actor: Actor, vote: Vote, row: RollRow, cast: Cast, origin: str) -> Taken:
    """Record one vote of somebody in the hall: a paper, or called by name; also to mend what was recorded."""
    choice = _sound(cast)
    _from_hall(vote, origin)
    first = _first(row, cast)
    if first is not None:
        return Taken(first, again=True)
    try:
        with act(actor, Act.RECORD_BALLOT, on=vote) as record:
            return _alone(record, vote, row, cast, choice, origin)
    except NotAllowed:
        check_takes_ballots(vote.state)
        raise


def record_ballots(
    actor: Actor, vote: Vote, choices: Mapping[int, str], key: str, origin: str
) -> list[Taken]:
    """Record a page of first votes, roll row → choice, in one act: all of them, or none where one will not do."""
    casts = {row: Cast(choice, f"{key}:{row}") for row, choice in choices.items()}
    sound = {row: _sound(cast, key) for row, cast in casts.items()}
    _from_hall(vote, origin)
    if not casts:
        raise Refusal(_("请先选择至少一个人投了什么，再保存。"))
    try:
        with act(actor, Act.RECORD_BALLOT, on=vote) as record:
            roll = {row.id: row for row in votes.roll(vote.id)}
            taken = [
                _take(record, vote, roll.get(row), cast, sound[row], origin) for row, cast in casts.items()
            ]
            if all(one.again for one in taken):
                record.nothing()
            return taken
    except NotAllowed:
        check_takes_ballots(vote.state)
        raise


def _sound(cast: Cast, key: str | None = None) -> Choice:
    if len(key if key is not None else cast.key) not in KEY:
        raise Refusal(_("这一页的标记不完整，请重新打开再投。"))
    try:
        return Choice(cast.choice)
    except ValueError:
        raise Refusal(_("请选择赞成、反对或弃权。"), field="choice") from None


def _from_hall(vote: Vote, origin: str) -> None:
    if origin not in HALL:
        raise Refusal(_("请选择是唱名记下的，还是纸质票。"), field="origin")
    if vote.kind == "paper":
        raise Refusal(_("这次是无记名投票，不逐人记票；请填写计票单。"))
    if vote.kind != "named":
        raise Refusal(_("这次是举手表决，不逐人记票；请填写清点的人数。"))


def _first(row: RollRow | None, cast: Cast) -> Ballot | None:
    """The ballot this key made before; another choice under the same key is a Conflict."""
    if row is None:
        return None
    found = next((one for one in votes.ballots_of(row.id) if one.key == cast.key), None)
    if found is not None and found.choice != cast.choice:
        raise Conflict(
            _("这一页刚才已经投出“%(choice)s”。要改，请重新打开这一页再选。"),
            choice=Said(CHOICE_LABELS[Choice(found.choice)]),
            first=found,
        )
    return found


def check_may_take(vote: Vote, row: RollRow | None) -> None:
    """Refuse, with the reason: not open, a show of hands, not on the roll, absent, recused, an X whose matter is over."""
    check_takes_ballots(vote.state)
    if vote.kind == "paper":
        raise Refusal(_("这次用纸质票，请在会场领票、写票、投进票箱。"))
    if vote.kind != "named":
        raise Refusal(_("这次是举手表决，请在会场举手。"))
    check_matter(vote)
    if row is None or row.vote_id != vote.id:
        check_choice(None)
        return
    check_choice(as_row(row))
    held = councils.holding_now(row.seat_id) if row.seat_id else None
    if held is None or held.person_id != row.person_id:
        raise Refusal(_("这一席已经换人或空缺：原来的成员不再投票，新来的成员等下一轮表决。"))


def obstacle(vote: Vote, row: RollRow | None) -> Said | None:
    """Why this row cannot cast now, for the page that would ask for a choice; None where it can."""
    try:
        check_may_take(vote, row)
    except Refusal as refusal:
        return refusal.said
    return None


def _alone(record: Record, vote: Vote, row: RollRow | None, cast: Cast, choice: Choice, origin: str) -> Taken:
    taken = _take(record, vote, row, cast, choice, origin)
    if taken.again:
        record.nothing()
    return taken


def _take(record: Record, vote: Vote, row: RollRow | None, cast: Cast, choice: Choice, origin: str) -> Taken:
    first = _first(row, cast)
    if first is not None:
        return Taken(first, again=True)
    check_may_take(vote, row)
    assert row is not None
    before = votes.ballots_of(row.id)
    last = before[-1].revision if before else 0
    if cast.replaces != last:
        _crossed(row, before[-1] if before else None)
    ballot = Ballot(
        roll_id=row.id, revision=last + 1, key=cast.key, choice=choice.value, origin=origin, cast_at=record.at,
        by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(ballot)
    db.session.flush()
    record.leaf(
        record.act, "vote", vote.id,
        {"roll": row.id, "revision": ballot.revision, "choice": choice.value, "origin": origin},
    )  # fmt: skip
    record.no_leaf_of_its_own()
    return Taken(ballot)


def _crossed(row: RollRow, standing: Ballot | None) -> None:
    name = row.person.name if row.person else ""
    if standing is None:
        raise Conflict(_("%(name)s 还没有投过票，没有可改的。请重新打开这一页再投。"), name=name)
    raise Conflict(
        _("%(name)s 已经投过票了，这一次没有计入。要改，请重新打开这一页再选。"),
        name=name,
        first=standing,
        field="choice",
    )
