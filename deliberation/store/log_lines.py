"""The log read in batches as plain tuples, for what would not fit into memory as rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from deliberation.store.db import db
from deliberation.store.log import Leaf, LeafContent

BATCH = 5_000


def leaves(log_id: int, first: int, size: int) -> Iterator[Sequence[Any]]:
    """The leaves from index `first` below `size`: index, act, kind, number, commitment."""
    for start in range(first, size, BATCH):
        yield db.session.execute(
            select(Leaf.index, Leaf.act, Leaf.kind, Leaf.number, Leaf.commitment)
            .where(Leaf.log_id == log_id, Leaf.index >= start, Leaf.index < min(size, start + BATCH))
            .order_by(Leaf.index)
        ).all()


def salt_of(log_id: int, index: int) -> bytes:
    """The salt of one leaf that was just appended."""
    return db.session.scalars(
        select(LeafContent.salt)
        .join(Leaf, Leaf.id == LeafContent.leaf_id)
        .where(Leaf.log_id == log_id, Leaf.index == index)
    ).one()
