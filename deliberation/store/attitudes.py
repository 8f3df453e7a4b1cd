"""What remarks say of each article: the question behind 意见态度统计, answered without reading a word of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select, text

from deliberation.store import links
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


def held(consultation_id: int, carried_to: int | None = None) -> Iterator[Held]:
    """Every attitude that stands and came in time, by article and number; remarks on the whole or the title are not of an article.

    With `carried_to`, a version: by the article where they stand now, GONE for those that stand nowhere.
    """
    at = links.article_now(Remark, carried_to) if carried_to is not None else Remark.article_eid
    rows = db.session.execute(
        select(
            at.label("at"),
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
        .order_by(text("at"), Remark.number)
        .execution_options(yield_per=5_000)
    )
    for row in rows:
        yield Held(*row)
