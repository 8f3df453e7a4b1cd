"""What remarks say of each article: the question behind 意见态度统计, answered without reading a word of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from deliberation.store.db import db
from deliberation.store.remarks import Remark


@dataclass(frozen=True, slots=True)
class Held:
    """One remark's attitude at an article: its number, author (None: somebody without an account), category, channel."""

    article_eid: str
    number: int
    author_id: int | None
    attitude: str
    category: str
    channel: str


def held(consultation_id: int) -> Iterator[Held]:
    """Every attitude that stands and came in time, by article and number; remarks on the whole or the title are not of an article."""
    rows = db.session.execute(
        select(
            Remark.article_eid,
            Remark.number,
            Remark.author_id,
            Remark.attitude,
            Remark.category,
            Remark.channel,
        )
        .where(
            Remark.consultation_id == consultation_id,
            Remark.state == "current",
            Remark.late.is_(False),
            Remark.article_eid != "",
        )
        .order_by(Remark.article_eid, Remark.number)
        .execution_options(yield_per=5_000)
    )
    for row in rows:
        yield Held(*row)
