"""Ballots: one row, one choice, revisions kept and the last one counted; who may not cast one, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from deliberation.domain.errors import Refusal, _
from deliberation.domain.rolls import RollRow


class Choice(StrEnum):
    """What a ballot says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


CHOICE_LABELS: Mapping[Choice, str] = {
    Choice.FOR: _("赞成"),
    Choice.AGAINST: _("反对"),
    Choice.ABSTAIN: _("弃权"),
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """One revision of one row's choice. Revisions count from 1 and are never deleted; the last one counts."""

    row: str
    choice: Choice
    revision: int = 1


def last_choices(ballots: Iterable[Ballot]) -> dict[str, Choice]:
    """The choice that counts for each row: its last revision, in whatever order the ballots come."""
    seen: dict[tuple[str, int], Ballot] = {}
    for ballot in ballots:
        if seen.setdefault((ballot.row, ballot.revision), ballot) != ballot or ballot.revision < 1:
            raise Refusal(_("同一席位的同一次投票出现了两个不同的答案，请核对。"))
    return {b.row: b.choice for b in sorted(seen.values(), key=lambda ballot: ballot.revision)}


def check_choice(row: RollRow | None) -> None:
    """Refuse a choice of somebody who is not on the roll, not in the hall, without a vote, or recused."""
    if row is None:
        raise Refusal(_("这一席不在本次表决的名册上，不能投票。"))
    if not row.votes:
        raise Refusal(_("本次表决中，这一席只发言、不投票。"))
    if row.recused:
        raise Refusal(_("这一席已经回避，不参加本次表决。"))
    if not row.present:
        raise Refusal(_("表决开始时这一席没有签到；迟到的成员请等下一轮表决。"))
