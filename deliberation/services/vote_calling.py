"""Calling a vote, mending what was called while it has not opened, the next round, cancelling."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deliberation.domain import vote_states
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.matters import is_over
from deliberation.domain.procedures import Way
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.vote_rules import ASSEMBLY, choose
from deliberation.store import assemblies, votes
from deliberation.store.assemblies import VoteWay
from deliberation.store.councils import Council, Matter
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.suggestions import Suggestion
from deliberation.store.votes import Vote

KINDS: Mapping[str, str] = {
    "named": _("记名表决"),
    "hands": _("举手表决"),
    "paper": _("无记名投票（纸质票）"),
}
LONGEST_QUESTION = 500
OVER = frozenset({"no_quorum", "cancelled", "counted", "confirmed", "published"})


@dataclass(frozen=True)
class Motion:
    """What is put to the vote: one suggestion or one matter, and the exact question. `x_votes` False: X only speak.

    `way`: an assembly's way of deciding, by key; empty for its first, and for a panel or a council.
    """

    question: str
    kind: str
    council: Council
    suggestion: Suggestion | None = None
    matter: Matter | None = None
    tellers: int = 1
    x_votes: bool = True
    way: str = ""


def call_vote(actor: Actor, meeting: Meeting, motion: Motion) -> Vote:
    """Call a vote at a meeting: ready to open. Question and kind can be mended until then, nothing afterwards."""
    checked(motion)
    with act(actor, Act.CALL_VOTE, on=meeting) as record:
        _belongs(meeting, motion)
        return called(record, meeting, motion)


def called(record: Record, meeting: Meeting, motion: Motion, before: Vote | None = None) -> Vote:
    """Inside an act: the row of a vote that is ready to open."""
    state = vote_states.VOTE.move(vote_states.FIRST, "ready", {"question": motion.question, "rules": True})
    made = Vote(
        office_id=meeting.office_id, consultation_id=meeting.consultation_id, meeting_id=meeting.id,
        council_id=motion.council.id, matter_id=motion.matter.id if motion.matter else None,
        suggestion_id=motion.suggestion.id if motion.suggestion else None, kind=motion.kind,
        question=motion.question.strip(), round=before.round + 1 if before else 1, tellers=motion.tellers,
        previous_id=before.id if before else None, x_votes=motion.x_votes, state=state, made_at=record.at,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _keep_way(made, choose(motion.council, meeting, motion.way))
    _noted(record, made)
    return made


def _keep_way(vote: Vote, way: Way | None) -> None:
    if way is None or vote.meeting is None:
        return
    found = assemblies.way_of(vote)
    if found is None:
        found = VoteWay(vote_id=vote.id)
        db.session.add(found)
    found.procedure, found.way = vote.meeting.procedure, way.key
    found.unit, found.result = way.unit, way.result.value
    db.session.flush()


def _noted(record: Record, vote: Vote) -> None:
    record.about("vote", vote.id)
    record.note(
        kind=vote.kind, round=vote.round, tellers=vote.tellers, x_votes=vote.x_votes, question=vote.question,
        suggestion=vote.suggestion_id, matter=vote.matter_id, meeting=vote.meeting_id,
        **({"way": chosen.way} if (chosen := assemblies.way_of(vote)) else {}),
    )  # fmt: skip


def checked(motion: Motion) -> None:
    """Refuse a motion that lacks its question, its kind or the one thing it is about."""
    if not motion.question.strip():
        raise Refusal(vote_states.ASKS["question"], field="question")
    if len(motion.question) > LONGEST_QUESTION:
        raise Refusal(_("要表决的话太长，请不超过 500 个字，一句话说清一件事。"), field="question")
    if motion.kind == "secret":
        raise Refusal(_("电子无记名投票没有开启。要无记名，请用纸质票。"), field="kind")
    if motion.kind not in KINDS:
        raise Refusal(_("请选择怎么表决：记名、举手，还是用纸质票。"), field="kind")
    if motion.tellers not in (1, 2):
        raise Refusal(_("举手由一人清点，或两人分别清点。"), field="tellers")
    if (motion.suggestion is None) == (motion.matter is None):
        raise Refusal(_("请选择一条建议或者一个事项来表决，只选一个。"), field="about")


def _belongs(meeting: Meeting, motion: Motion) -> None:
    if meeting.state == "ended":
        raise Refusal(_("会议已经结束，不能再提请表决；请在下一次会议上表决。"))
    fits(meeting, motion)


def fits(meeting: Meeting, motion: Motion) -> None:
    """Everything is of this office, and the matter or suggestion of this council or consultation."""
    if motion.council.office_id != meeting.office_id or meeting.council_id not in (None, motion.council.id):
        raise Refusal(_("表决的成员不是这次会议的成员，请重新选择由谁表决。"), field="council")
    if motion.matter is not None:
        _of_council(motion.matter, motion.council)
    suggestion = motion.suggestion
    if suggestion is not None and suggestion.consultation_id != meeting.consultation_id:
        raise Refusal(_("这条建议不是这次会议所议草案的，请重新选择。"), field="about")
    if suggestion is not None and suggestion.state != "open":
        raise Refusal(_("这条建议已经取消了，不能再表决。"), field="about")


def _of_council(matter: Matter, council: Council) -> None:
    other = matter.council_id != council.id
    if other and not (council.kind == ASSEMBLY and matter.council.office_id == council.office_id):
        raise Refusal(_("这一事项不是这个议事会的，请重新选择。"), field="about")
    if is_over(matter.state):
        raise Refusal(_("这一事项已经办结，不能再表决。"), field="about")


def motion_of(vote: Vote) -> Motion:
    """What a vote was called with, to be shown in its form or called again."""
    chosen = assemblies.way_of(vote)
    return Motion(
        vote.question, vote.kind, vote.council, vote.suggestion, vote.matter, vote.tellers, vote.x_votes,
        chosen.way if chosen else "",
    )  # fmt: skip


def change_vote(
    actor: Actor, vote: Vote, question: str, kind: str, tellers: int, x_votes: bool, way: str = ""
) -> None:
    """Mend question and kind before the opening, and an assembly's way of deciding (left out: as it was)."""
    was = motion_of(vote)
    motion = replace(was, question=question, kind=kind, tellers=tellers, x_votes=x_votes, way=way or was.way)
    checked(motion)
    with act(actor, Act.CALL_VOTE, on=vote) as record:
        vote_states.check_not_frozen(vote.state)
        vote.question, vote.kind = question.strip(), kind
        vote.tellers, vote.x_votes = tellers, x_votes
        if vote.meeting is not None:
            _keep_way(vote, choose(vote.council, vote.meeting, motion.way))
        _noted(record, vote)


def next_round(actor: Actor, vote: Vote, meeting: Meeting | None = None) -> Vote:
    """The same question once more with a new roll; every round stays. One round follows a round, never two."""
    motion = motion_of(vote)
    at = meeting or vote.meeting
    with act(actor, Act.CALL_VOTE, on=vote) as record:
        if vote.state not in OVER:
            raise Refusal(_("这一轮还没有结束。请先结束或取消这一轮，再开下一轮。"))
        followed = votes.after(vote.id)
        if followed is not None:
            raise Conflict(
                _("已经开了第 %(round)s 轮，请到那一轮办理。"), round=followed.round, first=followed
            )
        if at is None or at.office_id != vote.office_id or at.consultation_id != vote.consultation_id:
            raise Refusal(_("请选择同一联系点、同一草案的会议。"), field="meeting")
        _belongs(at, motion)
        return called(record, at, motion, before=vote)


def cancel_vote(actor: Actor, vote: Vote, reason: str) -> None:
    """Cancel with a reason; what was cast stays and is never counted. A confirmed vote stands."""
    with act(actor, Act.CANCEL_VOTE, on=vote) as record:
        was = vote.state
        if "cancelled" not in vote_states.VOTE.may_follow(was):
            raise Refusal(_("这次表决已经办结，不能取消；要重新表决，请开下一轮。"))
        vote_states.VOTE.move(was, "cancelled", {"reason": reason})
        vote.cancelled_reason, vote.state = reason.strip(), "cancelled"
        record.about("vote", vote.id)
        record.note(was=was, reason=reason.strip())
