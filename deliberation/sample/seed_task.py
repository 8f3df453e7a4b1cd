"""The letter, the consultation, the draft and its notes, and the opening."""

from deliberation.clock import local
from deliberation.domain.numbering import label
from deliberation.sample.content import DRAFT_NAME
from deliberation.sample.world import World
from deliberation.services import consultations, drafts
from deliberation.store import drafts as rows

HAND = {"public": "open", "directed": "directed"}


def plan(world: World) -> None:
    """Put all of it on the calendar."""
    time, letter = world.time, world.content.letter
    time.plan(letter.received_day, letter.received_at, _register, world)
    time.plan(letter.received_day, "14:20", _take_up, world)
    time.plan(letter.received_day, "14:50", _import_draft, world)
    for place, eid in enumerate(world.content.notes):
        time.plan(letter.published_day, "08:30", _explain, world, eid, seconds=40 * place)
    time.plan(
        letter.published_day,
        "09:30",
        _begin,
        world,
    )


def _register(world: World) -> None:
    letter = world.content.letter
    due = world.time.moment(letter.office_deadline_day, letter.office_deadline_at)
    focus = "\n".join(f"{label(one.eid.removeprefix('art_'))}：{one.question}" for one in letter.focus)
    given = consultations.Letter(
        title=letter.title.partition("《")[2].partition("》")[0] or letter.title,
        sender=letter.sender,
        received_on=local(world.time.moment(letter.received_day, letter.received_at)).date(),
        report_due_at=due,
        letter_number=letter.number,
        contact=f"{letter.contact}　{letter.contact_phone}",
        openness=HAND[letter.visibility],
        focus=focus,
    )
    world.keep("task", consultations.register_task(world.who("s02"), world.office(), given))


def _take_up(world: World) -> None:
    letter, time = world.content.letter, world.time
    terms = consultations.Terms(
        public_until=time.moment(letter.public_deadline_day, letter.public_deadline_at),
        office_until=time.moment(letter.office_deadline_day, letter.office_deadline_at),
        guests=True,
        lede=world.course["lede"],
    )
    made = consultations.take_up(
        world.who("s02"), world.task(), world.office(), terms, slug=letter.slug, sample=True
    )
    world.keep("consultation", made)


def _import_draft(world: World) -> None:
    brought = drafts.Brought(world.content.draft, DRAFT_NAME, "text/markdown")
    version = drafts.import_draft(world.who("s02"), world.task(), brought)
    drafts.publish_draft(world.who("s02"), version)


def _begin(world: World) -> None:
    consultations.move_phase(world.who("s01"), world.consultation(), "collecting")


def _explain(world: World, eid: str) -> None:
    version = rows.current(world.ids["task"])
    assert version is not None
    article = rows.at(version.id, eid)
    assert article is not None
    drafts.explain(world.who("s02"), world.consultation(), article, world.content.notes[eid])
