"""The log as a dossier has it: its lines and its head up to one size, read in batches; a million leaves need no memory."""

from collections.abc import Collection, Iterator
from functools import cached_property

from deliberation.domain.checkpoints import Head
from deliberation.domain.leaves import Leaf
from deliberation.domain.merkle import Frontier
from deliberation.services.log import signer
from deliberation.store import log_lines
from deliberation.store.log import Log


class LogLines(Collection[str]):
    """The first `size` leaves of a log as the lines of leaves.txt."""

    def __init__(self, row: Log, size: int) -> None:
        self.log_id, self.origin, self.size = row.id, row.origin, size

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[str]:
        return (leaf.line() + "\n" for leaf in leaves(self.log_id, 0, self.size))

    def __contains__(self, line: object) -> bool:
        return any(line == mine for mine in self)

    @cached_property
    def frontier(self) -> Frontier:
        """The tree over them."""
        return grown(Frontier(), leaves(self.log_id, 0, self.size))

    def note(self) -> str:
        """The signed head over them."""
        return note(self.origin, self.frontier)


def leaves(log_id: int, first: int, size: int) -> Iterator[Leaf]:
    """The leaves from `first` below `size`, in order."""
    for batch in log_lines.leaves(log_id, first, size):
        for index, act, kind, number, commitment in batch:
            yield Leaf(index, act, kind, number, commitment)


def grown(tree: Frontier, more: Iterator[Leaf]) -> Frontier:
    """The tree with these leaves after it."""
    for leaf in more:
        tree = tree.add(leaf.hashed())
    return tree


def note(origin: str, tree: Frontier) -> str:
    """The signed head of a tree under the log's name."""
    return signer().note(Head(origin, tree.size, tree.root()).text(), origin)
