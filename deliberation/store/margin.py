"""What stands in the margin of an article: the first few remarks of each place with how many there are, and the whole list."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import load_only

from deliberation.store.db import db
from deliberation.store.remarks import Remark

SHOWN = (
    Remark.consultation_id, Remark.number, Remark.eid, Remark.place, Remark.text, Remark.attitude, Remark.category,
    Remark.channel, Remark.author_id, Remark.received_at,
)  # fmt: skip


def first_of_each(asked: Select[Remark], most: int) -> list[tuple[Remark, int]]:
    """The first `most` remarks of each address among the answers, in order, each with how many stand at that address.

    The window counts over what an index holds; only the few shown are read whole (a remark has forty columns).
    """
    ranked = (
        asked.order_by(None)
        .with_only_columns(
            Remark.id,
            func.row_number().over(partition_by=Remark.eid, order_by=Remark.number).label("nth"),
            func.count().over(partition_by=Remark.eid).label("at_all"),
        )
        .subquery()
    )
    question = (
        select(Remark, ranked.c.at_all)
        .join(ranked, ranked.c.id == Remark.id)
        .where(ranked.c.nth <= most)
        .order_by(Remark.number)
        .options(load_only(*SHOWN))
    )
    return [(remark, count) for remark, count in db.session.execute(question)]


def one_page(asked: Select[Remark], page: int, size: int) -> Sequence[Remark]:
    """One page (from 1) of the answers."""
    question = asked.options(load_only(*SHOWN)).offset((page - 1) * size).limit(size)
    return db.session.scalars(question).all()
