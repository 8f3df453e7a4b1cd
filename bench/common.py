"""Measuring: interleaved repeats, medians, a calibration loop, and the table of ratios.

Ours and its control run by turns in one process and one minute, so that a busy machine slows both; a figure is the
median of at least five turns. The calibration loop tells how fast this machine was while it was measured.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from unicodedata import east_asian_width

LEAST_REPEATS = 5
HEADING = ("work", "ours", "control", "ratio", "goal", "met")


@dataclass(frozen=True)
class Goal:
    """What is to be reached: its words, and whether (ours, control), both in seconds, reach it."""

    words: str
    holds: Callable[[float, float], bool]


def at_most_times(limit: float) -> Goal:
    """Ours takes at most so many times as long as the control."""
    return Goal(f"≤ {limit:g} ×", lambda ours, control: ours <= limit * control)


def at_least_share(share: float) -> Goal:
    """Ours does at least this share of the control's work in the same time (0.4 = 40 %)."""
    return Goal(f"≥ {share:.0%} of its rate", lambda ours, control: control >= share * ours)


def at_most_seconds(limit: float) -> Goal:
    """Ours takes at most so many seconds, whatever the control."""
    return Goal(f"≤ {spell(limit)}", lambda ours, _: ours <= limit)


@dataclass(frozen=True)
class Row:
    """One line of the table; times in seconds. No control: 0. No goal: the line only informs."""

    work: str
    ours: float
    control: float = 0.0
    goal: Goal | None = None
    told: Callable[[float], str] | None = None  # how the figure is written where it is not a time

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return self.goal.holds(self.ours, self.control) if self.goal else None

    def cells(self) -> tuple[str, ...]:
        """The six cells as text."""
        ratio = f"{self.ours / self.control:.3g} ×" if self.control else "–"
        met = {True: "yes", False: "NO", None: ""}[self.met]
        told = self.told or spell
        control = told(self.control) if self.control else "–"
        return (self.work, told(self.ours), control, ratio, self.goal.words if self.goal else "–", met)


def spell(seconds: float) -> str:
    """A time with its unit, three figures."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def once(work: Callable[[], object]) -> float:
    """Seconds that one turn takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def turns(works: Mapping[str, Callable[[], object]], repeats: int = LEAST_REPEATS) -> dict[str, list[float]]:
    """Seconds of each turn of each work, the works by turns, every second round backwards; one round unmeasured."""
    names = list(works)
    for name in names:
        works[name]()
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(max(repeats, LEAST_REPEATS)):
        for name in names if turn % 2 == 0 else reversed(names):
            taken[name].append(once(works[name]))
    return taken


def medians(works: Mapping[str, Callable[[], object]], repeats: int = LEAST_REPEATS) -> dict[str, float]:
    """Median seconds of each work."""
    return {name: median(taken) for name, taken in turns(works, repeats).items()}


def percentile(taken: Sequence[float], share: float) -> float:
    """The smallest time that `share` of the turns do not exceed (nearest rank)."""
    ranked = sorted(taken)
    return ranked[max(0, -(-int(share * 1000) * len(ranked) // 1000) - 1)]


def calibration() -> float:
    """Median seconds of a fixed loop of plain Python (a million additions)."""

    def loop() -> int:
        total = 0
        for number in range(1_000_000):
            total += number & 7
        return total

    return median(once(loop) for _ in range(LEAST_REPEATS))


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def table(rows: Sequence[Row]) -> str:
    """The table as Markdown, columns aligned for a terminal."""
    lines = [HEADING, *(row.cells() for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(HEADING))]

    def drawn(cells: Sequence[str]) -> str:
        padded = (cell + " " * (most - width(cell)) for cell, most in zip(cells, widths, strict=True))
        return "| " + " | ".join(padded) + " |"

    rule = "|" + "|".join("-" * (most + 2) for most in widths) + "|"
    return "\n".join([drawn(HEADING), rule, *map(drawn, lines[1:])])


def report(title: str, rows: Sequence[Row]) -> int:
    """Print title, calibration and table; how many goals were missed."""
    print(f"\n## {title}\n\ncalibration loop: {spell(calibration())}\n\n{table(rows)}")
    return sum(row.met is False for row in rows)
