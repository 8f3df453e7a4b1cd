"""Watching a long build: told each file and every few hundred originals; what it raises stops the work, nothing is left."""

from collections.abc import Callable, Collection, Iterator

from deliberation.domain.dossier import RemarkRow

STEP = 250
Pulse = Callable[[int], None]


class Watched(Collection[RemarkRow]):
    """The remarks of a dossier; each time they are read `pulse` is told how many have been, every few hundred."""

    def __init__(self, rows: Collection[RemarkRow], pulse: Pulse) -> None:
        self.rows, self.pulse = rows, pulse

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[RemarkRow]:
        for number, row in enumerate(self.rows, 1):
            if not number % STEP:
                self.pulse(number)
            yield row

    def __contains__(self, row: object) -> bool:
        return any(row == mine for mine in self)


def silent(_number: int) -> None:
    """Nobody watches."""
