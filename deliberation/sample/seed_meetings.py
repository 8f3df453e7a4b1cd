"""Two meetings: called, answered, opened, signed in, spoken, checked, ended, and their minutes in four steps."""

from datetime import timedelta
from zlib import crc32

from deliberation.sample.happenings import Line, Meeting, Presence
from deliberation.sample.seed_remarks import later, release
from deliberation.sample.world import World
from deliberation.services import attendance, lines, matter_papers, matters, meetings, minutes
from deliberation.services.meetings import Plan, Point
from deliberation.store import drafts
from deliberation.store import meetings as rows

PROCEDURES = {"symposium": "symposium", "council": "council_9x"}
CALLED_BEFORE, SCRIBE = 6, "s03"


def plan(world: World) -> None:
    """Put both on the calendar."""
    for one in world.content.meetings:
        _plan_hall(world, one)
        _plan_minutes(world, one)
    _plan_outcome(world)


def _plan_hall(world: World, one: Meeting) -> None:
    time = world.time
    time.plan(one.day - CALLED_BEFORE, "10:30", _call, world, one)
    for away in one.absent:
        time.plan(one.day - 2, "16:00", _reply, world, one, away)
    time.plan(one.day, one.actual_start, _open, world, one)
    for late in one.late:
        time.plan(one.day, late.at, _arrive, world, one, [late.who])
    for left in one.left:
        time.plan(one.day, left.at, _leave, world, one, left.who)
    _plan_lines(world, one)
    time.plan(one.day, one.actual_end, _end, world, one)


def _call(world: World, one: Meeting) -> None:
    council = world.council(one.body)
    matter = world.matter() if one.matter else None
    version = drafts.current(world.ids["task"])
    assert version is not None
    points = tuple(
        Point(item.title, item.eid, matter if not item.eid and item.order == 1 else None)
        for item in one.agenda
    )
    given = Plan(
        title=one.title, starts_at=world.time.moment(one.day, one.planned_start), place=one.place,
        convenor=world.name(one.chair), scribe=world.name(one.scribe), procedure=PROCEDURES[one.kind],
        planned_end=world.time.moment(one.day, one.planned_end), council=council, matter=matter, agenda=points,
    )  # fmt: skip
    world.keep(one.key, meetings.call_meeting(world.who(SCRIBE), world.consultation(), given))


def _number(world: World, one: Meeting, who: str) -> int:
    row = rows.attended(world.ids[one.key], world.ids[who])
    assert row is not None, f"{who} is not on the sheet of {one.key}"
    return row.position


def _reply(world: World, one: Meeting, away: Presence) -> None:
    said = "leave" if "请假" in away.why else "unreached"
    attendance.reply(world.who(SCRIBE), world.meeting(one.key), _number(world, one, away.who), said)


def _open(world: World, one: Meeting) -> None:
    """Those who come from elsewhere are put at the end of the sheet; who is there signs in."""
    scribe = world.who(SCRIBE)
    meetings.open_meeting(scribe, world.meeting(one.key))
    body = world.content.body(one)
    for who in dict.fromkeys((*one.observers, one.chair, one.scribe)):
        if who not in body:
            attendance.add(scribe, world.meeting(one.key), world.person(who))
    beside = [who for who in (*one.observers, one.chair, one.scribe) if who not in body]
    _arrive(world, one, [*world.content.present(one, one.actual_start), *dict.fromkeys(beside)])


def _arrive(world: World, one: Meeting, who: list[str]) -> None:
    numbers = [_number(world, one, key) for key in who]
    attendance.arrive(world.who(SCRIBE), world.meeting(one.key), numbers)


def _leave(world: World, one: Meeting, who: str) -> None:
    attendance.leave(world.who(SCRIBE), world.meeting(one.key), [_number(world, one, who)])


def _plan_lines(world: World, one: Meeting) -> None:
    points = points_of(one)
    for place, line in enumerate(one.lines):
        world.time.plan(
            one.day,
            line.at,
            _say,
            world,
            one,
            line,
            points[line.key],
            seconds=1 + place % 50,
        )
    world.time.plan(one.day, later(one.actual_end, 25), _check, world, one)


def points_of(one: Meeting) -> dict[str, tuple[str, str]]:
    """For each line the (eid, title) of the point it belongs to: the chair announces the next one, others go on.

    Before the first article is spoken of it is the first point, after the last one the point without an article.
    """
    spoken = [place for place, line in enumerate(one.lines) if line.eid]
    rest = next(item for item in one.agenda if not item.eid)
    found: dict[str, tuple[str, str]] = {}
    now = (one.agenda[0].eid, one.agenda[0].title)
    for place, line in enumerate(one.lines):
        if line.eid:
            now = (line.eid, "")
        elif place > spoken[-1]:
            now = ("", rest.title)
        elif line.who == one.chair and place > spoken[0]:
            now = (str(next(other.eid for other in one.lines[place:] if other.eid)), "")
        found[line.key] = now
    return found


def _say(world: World, one: Meeting, line: Line, point: tuple[str, str]) -> None:
    typed = lines.Typed(
        key=f"sample-{line.key}", text=line.text, number=_number(world, one, line.who),
        item_id=_item(world, one, *point), attitude=line.attitude or "", as_remark=bool(line.attitude),
    )  # fmt: skip
    lines.record_line(world.who(SCRIBE), world.meeting(one.key), typed)


def _item(world: World, one: Meeting, eid: str, title: str) -> int:
    """The point of the agenda; an article nobody had put there is added when it comes up."""
    for item in world.meeting(one.key).agenda:
        if (eid and item.eid == eid) or (not eid and item.title == title):
            return item.id
    return meetings.add_point(world.who(SCRIBE), world.meeting(one.key), Point(title, eid)).id


def _check(world: World, one: Meeting) -> None:
    """After the meeting every line is read back to who said it; what carries an attitude becomes a remark."""
    scribe = world.who(SCRIBE)
    numbers = [line.position for line in rows.lines(world.ids[one.key])]
    lines.check_lines(scribe, world.meeting(one.key), numbers, "speaker")
    by_key = {line.key.removeprefix("sample-"): line for line in rows.lines(world.ids[one.key])}
    for line in one.lines:
        remark_id = by_key[line.key].remark_id
        if remark_id is not None:
            world.ids[line.key] = remark_id


def _end(world: World, one: Meeting) -> None:
    meetings.end_meeting(world.who(SCRIBE), world.meeting(one.key))


def _plan_minutes(world: World, one: Meeting) -> None:
    time = world.time
    lead = "s01"
    until = time.day(one.day) + timedelta(days=3)
    edited = minutes.Edited(
        number=world.course["numbers"][one.key], agreed=tuple(world.course["agreed"][one.key])
    )
    course = (
        (1, "09:40", SCRIBE, None, minutes.Edited()),
        (1, "10:30", SCRIBE, "convenor", edited),
        (1, "15:10", lead, "correction", minutes.Edited(edited.number, edited.agreed, correct_until=until)),
        (4, "10:00", lead, "final", minutes.Edited(edited.number, edited.agreed)),
    )
    for base, (days, at, who, to, given) in enumerate(course):
        time.plan(one.day + days, at, _write, world, one, base, who, to, given)
    heard = [line.key for line in one.lines if line.attitude and crc32(line.key.encode()) % 3]
    time.plan(one.day + 1, "16:00", release, world, heard)


def _write(world: World, one: Meeting, base: int, who: str, to: str | None, given: minutes.Edited) -> None:
    if to is None:
        minutes.draft_minutes(world.who(who), world.meeting(one.key))
        return
    minutes.save_minutes(world.who(who), world.meeting(one.key), base, given, to)


def _plan_outcome(world: World) -> None:
    """The matter is deliberated in its meeting; what came out goes to the villagers' representatives."""
    one = next(meeting for meeting in world.content.meetings if meeting.matter)
    time = world.time
    time.plan(one.day, one.actual_start, _deliberate, world, one, seconds=30)
    time.plan(one.day, later(one.actual_end, 60), _agree, world)
    time.plan(one.day + 1, "16:30", _submit, world)


def _move(world: World, to: str, **facts: object) -> None:
    matters.move(world.who("s02"), world.matter(), to, facts)


def _deliberate(world: World, one: Meeting) -> None:
    _move(world, "deliberating", met_on=world.time.day(one.day))


def _agree(world: World) -> None:
    _move(world, "consensus", opinion=_opinion(world))


def _submit(world: World) -> None:
    """The letter goes out first: a council asks, it does not decide."""
    course, matter = world.course, world.matter()
    words = matter_papers.LetterWords(
        course["submitted_to"], course["submitted_addressee"], course["submitted_request"], course["submitted_letter"],
        course["submitted_basis"],
    )  # fmt: skip
    matter_papers.write_letter(world.who("s02"), matter, words)
    _move(world, "submitted")


def _opinion(world: World) -> str:
    matter = world.content.matter
    conditions = (
        f"（{number}）{words}；" for number, words in zip("一二三四五", matter.conditions, strict=False)
    )
    return "\n".join((matter.outcome, *conditions)).rstrip("；") + "。"
