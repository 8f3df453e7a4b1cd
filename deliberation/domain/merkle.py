"""The Merkle tree of the log (RFC 6962 §2.1; verification as in RFC 9162 §2.1.3.2 and §2.1.4.2). SHA-256.

Two shapes: a `Frontier` is what the head row of a log keeps, O(log n), to append and to know the root;
a `Tree` holds every leaf's hash and makes proofs.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """H(00 ‖ leaf), 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """H(01 ‖ left ‖ right), 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree's size and the roots of its complete subtrees, the largest first: enough to append to it."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError("a frontier has one peak for each bit of its size")

    def add(self, data: bytes) -> "Frontier":
        """The frontier after this leaf (its bytes, not its hash)."""
        peaks, last, below = list(self.peaks), leaf_hash(data), self.size
        while below & 1:
            last, below = node_hash(peaks.pop(), last), below >> 1
        return Frontier(self.size + 1, (*peaks, last))

    def root(self) -> bytes:
        """The tree head, 32 bytes; of the empty tree SHA-256 of nothing."""
        if not self.peaks:
            return EMPTY
        *rest, root = self.peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root

    def packed(self) -> bytes:
        """The peaks as one byte string, for a column."""
        return b"".join(self.peaks)

    @staticmethod
    def unpacked(size: int, packed: bytes) -> "Frontier":
        """From the column again; ValueError if it does not fit the size."""
        if len(packed) != 32 * size.bit_count():
            raise ValueError("peaks and size do not belong together")
        return Frontier(size, tuple(packed[at : at + 32] for at in range(0, len(packed), 32)))


class Tree:
    """Every leaf's hash and every complete subtree's; `levels[k][i]` is the root over 2^k leaves from i·2^k."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        for data in leaves:
            self.add(data)

    def __len__(self) -> int:
        return len(self.levels[0])

    def add(self, data: bytes) -> None:
        """Append a leaf (its bytes)."""
        self.levels[0].append(leaf_hash(data))
        level = 0
        while len(self.levels[level]) % 2 == 0:
            left, right = self.levels[level][-2:]
            level += 1
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(node_hash(left, right))

    def root(self, size: int | None = None) -> bytes:
        """The head of the first `size` leaves (all by default)."""
        return self._over(0, self._within(size))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The path of leaf `index` in the tree of the first `size` leaves, from the leaf upward."""
        size = self._within(size)
        if not 0 <= index < size:
            raise ValueError(f"there is no leaf {index} among {size}")
        start, end, path = 0, size, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """The proof that the first `old` leaves are the beginning of the first `size`; empty for old = 0 or size."""
        size = self._within(size)
        if not 0 <= old <= size:
            raise ValueError(f"a tree of {size} never had {old} leaves")
        if old in (0, size):
            return []
        start, end, path, whole = 0, size, list[bytes](), True
        while end != old:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start, whole = middle, False
        return ([] if whole else [self._over(start, end)]) + path[::-1]

    def _within(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise ValueError(f"the log has {len(self)} leaves, not {size}")
        return size

    def _over(self, start: int, end: int) -> bytes:
        """The root over leaves start … end−1, where start is a multiple of the power of two that holds them."""
        if start == end:
            return EMPTY
        level = (end - start).bit_length() - 1
        if end - start == 1 << level:
            return self.levels[level][start >> level]
        middle = start + (1 << level)
        return node_hash(self.levels[level][start >> level], self._over(middle, end))


def _split(size: int) -> int:
    """The largest power of two below `size` (size ≥ 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def included(data: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether this path shows the leaf (its bytes) at `index` of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    here, last, node = index, size - 1, leaf_hash(data)
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            node = node_hash(sibling, node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def consistent(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether this path shows that the tree (old, old_root) is the beginning of the tree (size, root)."""
    if not 0 <= old <= size:
        return False
    if old == size:
        return not path and old_root == root
    if old == 0:
        return not path and old_root == EMPTY
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old_root and after == root
