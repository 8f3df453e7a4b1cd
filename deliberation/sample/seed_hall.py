"""Around the meetings: the plan and the replies, a meeting that comes again, the areas, an assembly that votes on paper."""

import tomllib
from datetime import time
from functools import cache
from typing import Any

from deliberation.clock import local, now
from deliberation.sample.content import FOLDER
from deliberation.sample.seed_meetings import CALLED_BEFORE, SCRIBE
from deliberation.sample.seed_remarks import later
from deliberation.sample.world import World
from deliberation.services import (
    areas,
    assemblies,
    attendance,
    meetings,
    preparing,
    procedures,
    replies,
    series,
    votes,
)
from deliberation.services.assemblies import Gathering
from deliberation.store import areas as known
from deliberation.store import meetings as rows
from deliberation.store import preparing as plans
from deliberation.store import votes as vote_rows
from deliberation.store.votes import Vote

LEADS, SECOND, FIRST_MEETING = "s02", "s01", "m1"


@cache
def content() -> dict[str, Any]:
    """What hall.toml says."""
    return tomllib.loads((FOLDER / "hall.toml").read_text("utf-8"))


def plan(world: World) -> None:
    """Put all of it on the calendar."""
    when, given = world.time, content()
    day = next(one.day for one in world.content.meetings if one.key == FIRST_MEETING)
    when.plan(given["plan_day"], given["plan_at"], _count_back, world, day)
    when.plan(day - CALLED_BEFORE, "10:31", _follow, world)
    for at in given["tick_days"]:
        when.plan(at, "17:20", _tick, world)
    for said in given["replies"]:
        when.plan(said["day"], said["at"], _answers, world, said)
    when.plan(given["plan_day"], "16:10", _arrange, world)
    when.plan(given["plan_day"] - 20, "10:00", _areas, world)
    when.plan(given["plan_day"] - 20, "14:00", _found, world)
    _plan_sitting(world)


def _count_back(world: World, day: int) -> None:
    wish = preparing.Wish("symposium", world.time.day(day))
    preparing.plan(world.who(LEADS), world.consultation(), wish)


def _follow(world: World) -> None:
    preparing.follow(world.who(LEADS), world.consultation(), world.meeting(FIRST_MEETING))


def _tick(world: World) -> None:
    """What was due is done."""
    made = plans.of_consultation(world.ids["consultation"])
    assert made is not None
    for step in made.steps:
        if step.done_at is None and step.due_on <= local(now()).date():
            preparing.tick(world.who(LEADS), step, True)


def _answers(world: World, said: dict[str, Any]) -> None:
    """Those on this part of the sheet say that they come; who does not come is noted elsewhere."""
    one = next(one for one in world.content.meetings if one.key == FIRST_MEETING)
    away = {world.ids[absent.who] for absent in one.absent}
    sheet = rows.attendance(world.ids[FIRST_MEETING])
    here = [
        row for row in sheet if said["first"] <= row.position <= said["last"] and row.person_id not in away
    ]
    comes = {row.person_id: "comes" for row in here}
    replies.note_replies(world.who(SCRIBE), world.meeting(FIRST_MEETING), comes, said["channel"])


def _arrange(world: World) -> None:
    given, office = content()["series"], world.office()
    procedures.switch(world.who(LEADS), office, given["procedure"], True)
    recurrence = procedures.named(given["procedure"]).recurrence
    assert recurrence is not None
    hours, minutes = map(int, given["at"].split(":"))
    series.arrange(world.who(LEADS), office, series.Arranged(
        given["procedure"], given["title"], given["place"], recurrence, time(hours, minutes), given["minutes"],
        world.time.day(0), given["convenor"], given["scribe"],
    ))  # fmt: skip


def _areas(world: World) -> None:
    who, made = world.who(LEADS), dict[str, int]()
    for group in content()["areas"]:
        parent = known.get(made[group["inside"]]) if group["inside"] else None
        for area in areas.add_areas(who, world.office(), parent, group["level"], group["names"]):
            made[area.name] = area.id
    street = known.get(made["××街道"])
    assert street is not None
    areas.place_office(who, world.office(), street)


def _found(world: World) -> None:
    given = content()["assembly"]
    procedures.switch(world.who(LEADS), world.office(), given["procedure"], True)
    members = assemblies.listed(given["members"])
    gathering = Gathering(given["procedure"], given["name"], given["term"], members)
    world.keep("assembly", assemblies.found_assembly(world.who(LEADS), world.office(), gathering))


def _plan_sitting(world: World) -> None:
    when, given = world.time, content()["sitting"]
    when.plan(given["called_day"], given["called_at"], _call, world)
    when.plan(given["day"], given["opens"], _open, world)
    when.plan(given["day"], given["votes"], _vote, world)
    when.plan(given["day"], given["closes"], _count, world)
    when.plan(given["day"], later(given["closes"], 4), _confirm, world)
    when.plan(given["day"], given["ends"], _end, world)


def _call(world: World) -> None:
    given, matter = content()["sitting"], world.matter()
    planned = meetings.Plan(
        given["title"], world.time.moment(given["day"], given["starts"]), given["place"], given["convenor"],
        given["scribe"], procedure=content()["assembly"]["procedure"], council=world.council("assembly"), matter=matter,
        agenda=(meetings.Point(matter=matter),),
    )  # fmt: skip
    world.keep("sitting", meetings.call_meeting(world.who(SCRIBE), world.council("assembly"), planned))


def _open(world: World) -> None:
    meetings.open_meeting(world.who(SCRIBE), world.meeting("sitting"))
    attendance.arrive(world.who(SCRIBE), world.meeting("sitting"), content()["sitting"]["present"])


def _vote(world: World) -> None:
    motion = votes.Motion(
        content()["sitting"]["question"], "paper", world.council("assembly"), matter=world.matter()
    )
    made = votes.call_vote(world.who(SCRIBE), world.meeting("sitting"), motion)
    votes.open_vote(world.who(SCRIBE), made)
    world.keep("paper vote", made)


def _row(world: World) -> Vote:
    found = vote_rows.get(world.ids["paper vote"])
    assert found is not None
    return found


def _count(world: World) -> None:
    """One types in the count sheet and closes; another checks it."""
    votes.record_paper(world.who(SCRIBE), _row(world), content()["sheet"], "sample-paper-vote-1")
    votes.close_vote(world.who(SCRIBE), _row(world))


def _confirm(world: World) -> None:
    votes.confirm_vote(world.who(SECOND), _row(world))


def _end(world: World) -> None:
    meetings.end_meeting(world.who(SCRIBE), world.meeting("sitting"))
