"""Two votes: a show of hands with two tellers on a suggestion, a named paper ballot on the village's matter."""

from deliberation.domain.voting import Totals
from deliberation.sample.happenings import Meeting, Vote
from deliberation.sample.seed_meetings import SCRIBE
from deliberation.sample.seed_remarks import later
from deliberation.sample.world import World
from deliberation.services import votes
from deliberation.store import votes as rows

CONFIRMS = "s01"  # a second person who may: one of the office's two who lead


def plan(world: World) -> None:
    """Put both on the calendar."""
    held = {meeting.key: meeting for meeting in world.content.meetings}
    for one in world.content.votes:
        _plan_vote(world, one, held[one.meeting])


def _plan_vote(world: World, one: Vote, meeting: Meeting) -> None:
    time, day = world.time, meeting.day
    time.plan(day, later(one.opened_at, -4), _call, world, one, meeting, seconds=55)
    time.plan(day, one.opened_at, _open, world, one, seconds=5)
    for place, teller in enumerate(one.tellers):
        if one.kind == "hands":
            time.plan(day, one.closed_at, _count, world, one, teller, seconds=-40 + 10 * place)
    for place, (key, choice) in enumerate(one.choices.items()):
        time.plan(day, later(one.opened_at, 5), _record, world, one, key, choice, seconds=10 * place)
    time.plan(day, one.closed_at, _close, world, one)
    time.plan(day, later(one.closed_at, 3), _confirm, world, one)
    if one.matter:
        time.plan(day, later(one.closed_at, 240), _publish, world, one)


def _call(world: World, one: Vote, meeting: Meeting) -> None:
    rule = next(rule for rule in world.content.rules if rule.key == one.rule)
    motion = votes.Motion(
        question=one.question, kind=one.kind, council=world.council(meeting.body),
        suggestion=world.suggestion(one.suggestion) if one.suggestion else None,
        matter=world.matter() if one.matter else None,
        tellers=len(one.tellers) if one.kind == "hands" else 1, x_votes=rule.coopted_vote or not one.matter,
    )  # fmt: skip
    world.keep(one.key, votes.call_vote(world.who(SCRIBE), world.meeting(one.meeting), motion))


def _vote(world: World, one: Vote) -> rows.Vote:
    found = rows.get(world.ids[one.key])
    assert found is not None
    return found


def _open(world: World, one: Vote) -> None:
    votes.open_vote(world.who(SCRIBE), _vote(world, one))


def _count(world: World, one: Vote, teller: str) -> None:
    seen = Totals(one.counts["for"], one.counts["against"], one.counts["abstain"])
    votes.record_hands(
        world.who(SCRIBE), _vote(world, one), world.name(teller), seen, f"sample-{one.key}-{teller}"
    )


def _record(world: World, one: Vote, key: str, choice: str) -> None:
    """The clerk reads out a paper and records it."""
    vote = _vote(world, one)
    row = rows.roll_row(vote.id, world.ids[key])
    assert row is not None, f"{key} is not on the roll"
    votes.record_ballot(world.who(SCRIBE), vote, row, votes.Cast(choice, f"sample-{one.key}-{key}"), "paper")


def _close(world: World, one: Vote) -> None:
    votes.close_vote(world.who(SCRIBE), _vote(world, one))


def _publish(world: World, one: Vote) -> None:
    """What the council counted hangs on the board the same day."""
    votes.publish_vote(world.who("s02"), _vote(world, one))


def _confirm(world: World, one: Vote) -> None:
    votes.confirm_vote(world.who(CONFIRMS), _vote(world, one))
