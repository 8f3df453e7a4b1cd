"""Consolidation day by day: a suggestion is made when its first remark is there, later ones are merged as they come."""

from deliberation.domain.suggestions import Proposal, Spot
from deliberation.sample.happenings import Suggestion
from deliberation.sample.seed_remarks import LAST_DAY
from deliberation.sample.world import World
from deliberation.services import suggestions

KINDS = {"enforcement": "execution"}
FIRST_DAY, LIAISON = -8, "s02"


def plan(world: World) -> None:
    """Put all of it on the calendar: what a meeting votes on in the morning of that day, the rest from the day after."""
    held = {meeting.key: meeting.day for meeting in world.content.meetings}
    for vote in world.content.votes:
        if vote.suggestion:
            one = next(one for one in world.content.suggestions if one.key == vote.suggestion)
            world.time.plan(held[vote.meeting], "11:00", _consolidate, world, one)
    for day in range(FIRST_DAY, LAST_DAY + 1):
        at = "17:20" if day < LAST_DAY else "21:50"
        for place, one in enumerate(world.content.suggestions):
            world.time.plan(day, at, _consolidate, world, one, seconds=75 * place)
    world.time.plan(LAST_DAY, "22:20", _order, world)


def behind(one: Suggestion) -> dict[str, str]:
    """The relation of every remark that will stand behind it, by its key; who holds another view too."""
    found = {source.key: source.relation for source in one.sources}
    for minority in one.minority:
        found |= dict.fromkeys(minority.sources, "minority")
    return found


def _consolidate(world: World, one: Suggestion) -> None:
    """Merge what is there by now and not yet merged; the first time this makes the suggestion."""
    merged = f"merged {one.key}"
    fresh: dict[str, list[str]] = {}
    for key, relation in behind(one).items():
        if key in world.ids and f"{merged} {key}" not in world.ids:
            fresh.setdefault(relation, []).append(key)
    for relation, keys in fresh.items():
        _put(world, one, relation, keys)
        world.ids |= {f"{merged} {key}": world.ids[key] for key in keys}


def _put(world: World, one: Suggestion, relation: str, keys: list[str]) -> None:
    chosen = [world.remark(key) for key in keys]
    if f"suggestion {one.key}" in world.ids:
        suggestions.merge_remarks(world.who(LIAISON), world.suggestion(one.key), chosen, relation)
        return
    made = suggestions.make_suggestion(
        world.who(LIAISON), world.consultation(), spot_of(one), proposal_of(one), key=f"sample-{one.key}",
        sources=chosen, relation=relation,
    )  # fmt: skip
    world.keep(f"suggestion {one.key}", made)


def spot_of(one: Suggestion) -> Spot:
    """Where it stands."""
    if not one.eid:
        return Spot("whole")
    if one.after:
        return Spot("after", one.eid)
    return Spot("paragraph" if "__" in one.eid else "article", one.eid)


def proposal_of(one: Suggestion) -> Proposal:
    """What it says."""
    dissent = "\n".join(minority.text for minority in one.minority)
    return Proposal(one.title, KINDS.get(one.kind, one.kind), one.wording, one.reasons, one.basis, dissent)


def _order(world: World) -> None:
    """The order of the draft's articles."""
    numbers = [world.suggestion(one.key).number for one in world.content.suggestions]
    suggestions.order_suggestions(world.who(LIAISON), world.consultation(), numbers)
