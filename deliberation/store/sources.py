"""How the remarks of a consultation came in: one line for each channel, source and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from deliberation.store.db import db
from deliberation.store.remarks import Remark


@dataclass(frozen=True, slots=True)
class Came:
    """Remarks that came by one channel from one source: how many count, the first and the last instant, merged or settled."""

    channel: str
    source: str
    count: int
    late: int
    first: datetime
    last: datetime


def came(consultation_id: int) -> Sequence[Came]:
    """Every channel and source with its counts, the newest first; withdrawn and replaced ones are not counted."""
    late = func.sum(case((Remark.late.is_(True), 1), else_=0))
    rows = db.session.execute(
        select(
            Remark.channel, Remark.origin, func.count(), late, func.min(Remark.received_at), func.max(Remark.received_at)
        )
        .where(Remark.consultation_id == consultation_id, Remark.state == "current")
        .group_by(Remark.channel, Remark.origin)
        .order_by(func.max(Remark.received_at).desc())
    )  # fmt: skip
    return [
        Came(channel, source, count, int(over or 0), first, last)
        for channel, source, count, over, first, last in rows
    ]
