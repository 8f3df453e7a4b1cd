"""Bring the whole sample in through the acts people use, each at its moment, in the order it happened."""

from collections.abc import Iterator
from datetime import date

from deliberation.sample import (
    seed_bench,
    seed_hall,
    seed_meetings,
    seed_people,
    seed_remarks,
    seed_task,
    seed_votes,
)
from deliberation.sample.content import SampleContent, load
from deliberation.sample.timeline import Timeline
from deliberation.sample.world import World

PARTS = (seed_people, seed_task, seed_remarks, seed_meetings, seed_bench, seed_votes, seed_hall)


def seed(today: date, content: SampleContent | None = None) -> Iterator[float]:
    """Seed an empty database; yields how much is done, from 0 to 1."""
    world = World(content or load(), Timeline(today))
    for part in PARTS:
        part.plan(world)
    yield from world.time.play()
