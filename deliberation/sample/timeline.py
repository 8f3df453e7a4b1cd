"""The sample's calendar: what is planned, in any order, and how it is played in the order it happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from deliberation import clock
from deliberation.clock import CHINA

Deed = Callable[..., object]


@dataclass
class Timeline:
    """Deeds with their moments; `today` is the day the sample is seeded, on a wall in China."""

    today: date
    planned: list[tuple[datetime, int, Deed]] = field(default_factory=list)

    def moment(self, day: int, at: str) -> datetime:
        """The instant of `HH:MM` on a day counted from today; 24:00 is the last second of that day."""
        hours, _colon, minutes = at.partition(":")
        midnight = datetime.combine(self.day(day), time(), CHINA)
        last = timedelta(hours=23, minutes=59, seconds=59)
        return midnight + min(timedelta(hours=int(hours), minutes=int(minutes)), last)

    def day(self, day: int) -> date:
        """A day counted from today."""
        return self.today + timedelta(days=day)

    def plan(self, day: int, at: str, deed: Deed, *given: Any, seconds: int = 0) -> None:
        """Let this happen then; deeds of one instant happen in the order they were planned."""
        moment = self.moment(day, at) + timedelta(seconds=seconds)
        self.planned.append((moment, len(self.planned), partial(deed, *given)))

    def play(self) -> Iterator[float]:
        """Do everything in order, each at its moment; yields how much is done, from 0 to 1."""
        course = sorted(self.planned, key=lambda one: one[:2])
        for done, (moment, _order, deed) in enumerate(course, 1):
            with clock.pretend(moment):
                deed()
            yield done / len(course)
