"""Remarks as they came: by members themselves, by guests online, taken down by staff; released, replaced, withdrawn."""

from datetime import timedelta
from itertools import groupby
from zlib import crc32

from deliberation import clock
from deliberation.domain.remarks import Origin, Words
from deliberation.sample.happenings import Remark
from deliberation.sample.world import World
from deliberation.services import remarks
from deliberation.services.actors import GUEST
from deliberation.services.remark_endings import release_remarks, settle_remarks

ENDINGS = {"attached": "annex", "unrelated": "unrelated", "passed_on": "referred"}
LAST_DAY, LAST_AT = -1, "21:40"


def plan(world: World) -> None:
    """Put all of it on the calendar."""
    for one in world.content.remarks:
        world.time.plan(one.day, one.at, _come, world, one)
        if one.withdrawn and one.author:
            world.time.plan(one.day, one.at, _withdraw, world, one, seconds=90 * 60)
    _plan_release(world)
    _plan_ends(world)


def words_of(one: Remark) -> Words:
    """A remark as its author typed it."""
    return Words(
        key=f"sample-{one.key}", text=one.text, attitude=one.attitude, place=_place(one), eid=one.eid or "",
        quote=one.quote or "", wording=one.wording or "", reason=one.reason or "",
    )  # fmt: skip


def _place(one: Remark) -> str:
    if one.after:
        return "after"
    if not one.eid:
        return "whole"
    if one.quote:
        return "quote"
    if one.eid == "title":
        return "title"
    return "paragraph" if "__" in one.eid else "article"


def _come(world: World, one: Remark) -> None:
    if one.replaces and one.author:
        made = remarks.replace_remark(world.who(one.author), world.remark(one.replaces), words_of(one))
    elif one.entered_by:
        made = _taken_down(world, one)
    else:
        actor = world.who(one.author) if one.author else GUEST
        made = remarks.make_remark(
            actor, world.consultation(), words_of(one), category=one.category, private=not one.publish
        )
    world.keep(one.key, made.remark)


def _taken_down(world: World, one: Remark) -> remarks.Receipt:
    """Staff enter it; what the district hands on, the liaison officer enters."""
    scribe, source = one.entered_by or "", ""
    if not scribe.startswith("s"):
        scribe, source = "s02", world.course["elsewhere"]
    origin = Origin(
        channel=one.channel, said_by=world.name(one.author) if one.author else one.label, category=one.category,
        source=source, received_at=clock.now(), author_id=world.ids[one.author] if one.author else None,
        private=not one.publish,
    )  # fmt: skip
    return remarks.record_remark(world.who(scribe), world.consultation(), words_of(one), origin)


def _withdraw(world: World, one: Remark) -> None:
    remarks.withdraw_remark(world.who(one.author or ""), world.remark(one.key))


def _plan_release(world: World) -> None:
    """Each morning the liaison officer shows a part of the day before's remarks to everyone."""
    gone = {one.replaces for one in world.content.remarks} | {
        end.key for end in world.content.ends if end.end != "attached"
    }
    shown = [
        one for one in world.content.remarks
        if one.publish and not one.withdrawn and one.key not in gone and crc32(one.key.encode()) % 5 < 3
    ]  # fmt: skip
    for day, group in groupby(shown, key=lambda one: one.day):
        keys = [one.key for one in group]
        world.time.plan(*morning_after(day), release, world, keys)


def morning_after(day: int) -> tuple[int, str]:
    """The next morning; for the last day its evening, since nothing of the sample happens today."""
    return (day + 1, "08:20") if day < LAST_DAY else (LAST_DAY, LAST_AT)


def release(world: World, keys: list[str]) -> None:
    """Show these remarks to everyone, nameless."""
    release_remarks(world.who("s02"), world.consultation(), [world.remark(key) for key in keys], show=True)


def _plan_ends(world: World) -> None:
    """What is not merged gets its end the morning after it came: one act for those that end alike."""
    came = {one.key: one.day for one in world.content.remarks}
    lines = {line.key: meeting.day for meeting in world.content.meetings for line in meeting.lines}
    alike: dict[tuple[int, str, str, str], list[str]] = {}
    for end in world.content.ends:
        day = came.get(end.key, lines.get(end.key, LAST_DAY))
        alike.setdefault((day, end.end, end.reason, end.to), []).append(end.key)
    for (day, end_, reason, to), keys in alike.items():
        world.time.plan(
            *morning_after(day),
            _settle,
            world,
            keys,
            end_,
            reason,
            to,
            seconds=300,
        )


def _settle(world: World, keys: list[str], end: str, reason: str, to: str) -> None:
    chosen = [world.remark(key) for key in keys]
    settle_remarks(world.who("s02"), world.consultation(), chosen, ENDINGS[end], reason, to)


def later(at: str, minutes: int) -> str:
    """HH:MM so many minutes on, the same day."""
    hours, _colon, rest = at.partition(":")
    moved = timedelta(hours=int(hours), minutes=int(rest) + minutes)
    return f"{moved.seconds // 3600:02d}:{moved.seconds // 60 % 60:02d}"
