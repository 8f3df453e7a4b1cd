"""What stands in the margin of an article: the first few remarks of each place with how many there are, and the whole list."""

from collections.abc import Sequence
from functools import cache
from typing import cast

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import load_only

from deliberation.store import links
from deliberation.store.db import db
from deliberation.store.remarks import Remark, standing_at, visible

SHOWN = (
    Remark.consultation_id, Remark.number, Remark.eid, Remark.place, Remark.text, Remark.attitude, Remark.category,
    Remark.channel, Remark.author_id, Remark.received_at, Remark.version_id, Remark.uid,
)  # fmt: skip


def first_of_each(
    consultation_id: int,
    article_eid: str,
    most: int,
    *,
    carried_to: int | None = None,
    viewer: int | None,
    staff: bool,
    shares: bool,
    published: bool,
) -> list[tuple[Remark, int]]:
    """The first `most` remarks of each address in an article that the viewer may see, in order, each with how many
    stand at that address. With `carried_to`, a version's id: those of earlier versions that stand there too.
    """
    asked = _first_of_each(
        known=viewer is not None,
        staff=staff,
        shares=shares,
        published=published,
        carried=carried_to is not None,
    )
    given = {
        "consultation": consultation_id,
        "article": article_eid,
        "most": most,
        "viewer": viewer,
        "version": carried_to,
    }
    return [(remark, count) for remark, count in db.session.execute(asked, given)]


@cache
def _first_of_each(
    *, known: bool, staff: bool, shares: bool, published: bool, carried: bool
) -> Select[Remark, int]:
    """Built once for each kind of visitor: putting it together costs more than asking it.

    The window counts over what an index holds; only the few shown are read whole (a remark has forty columns).
    """
    consultation, article = cast(int, bindparam("consultation")), cast(str, bindparam("article"))
    place = (
        links.standing_at(consultation, bindparam("version"), article)
        if carried
        else standing_at(consultation, article)
    )
    viewer = cast(int, bindparam("viewer")) if known else None
    ranked = (
        visible(place, viewer=viewer, staff=staff, shares=shares, published=published)
        .order_by(None)
        .with_only_columns(
            Remark.id,
            func.row_number()
            .over(partition_by=(Remark.version_id, Remark.eid), order_by=Remark.number)
            .label("nth"),
            func.count().over(partition_by=(Remark.version_id, Remark.eid)).label("at_all"),
        )
        .subquery()
    )
    return (
        select(Remark, ranked.c.at_all)
        .join(ranked, ranked.c.id == Remark.id)
        .where(ranked.c.nth <= bindparam("most"))
        .order_by(Remark.number)
        .options(load_only(*SHOWN))
    )


def one_page(asked: Select[Remark], page: int, size: int) -> Sequence[Remark]:
    """One page (from 1) of the answers."""
    question = asked.options(load_only(*SHOWN)).offset((page - 1) * size).limit(size)
    return db.session.scalars(question).all()
