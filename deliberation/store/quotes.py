"""Quoted words that are lost in a later version, and the lists of those who said them: for staff, never silently dropped."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Select, delete, exists, insert, select
from sqlalchemy.orm import joinedload

from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.links import Carried, LostQuote, nowhere
from deliberation.store.remarks import Remark

AT_ONCE = 1_000


def quoting(task_id: int, version_id: int) -> Iterator[tuple[int, str, str, str, str]]:
    """(remark, quote, words before, words after, where it stands now) of those that quote an earlier version and are carried."""
    last = 0
    while True:
        some = db.session.execute(
            select(Remark.id, Remark.quote, Remark.quote_prefix, Remark.quote_suffix, Carried.to_eid)
            .join(Consultation, Consultation.id == Remark.consultation_id)
            .join(Carried, (Carried.from_version_id == Remark.version_id) & (Carried.from_uid == Remark.uid))
            .where(
                Consultation.task_id == task_id, Carried.to_version_id == version_id, Carried.to_eid != "",
                Remark.quote != "", Remark.uid != "", Remark.id > last,
            )
            .order_by(Remark.id)
            .limit(AT_ONCE)
        ).all()  # fmt: skip
        if not some:
            return
        yield from ((row[0], row[1], row[2], row[3], row[4]) for row in some)
        last = some[-1][0]


def replace_lost(version_id: int, remark_ids: Iterable[int]) -> None:
    """The lost quotations of a version, made anew."""
    db.session.execute(delete(LostQuote).where(LostQuote.version_id == version_id))
    rows = [{"version_id": version_id, "remark_id": one} for one in remark_ids]
    if rows:
        db.session.execute(insert(LostQuote), rows)


def lost(version_id: int, remark_ids: Sequence[int]) -> set[int]:
    """Which of these remarks have lost the words they quoted."""
    asked = select(LostQuote.remark_id).where(
        LostQuote.version_id == version_id, LostQuote.remark_id.in_(remark_ids)
    )
    return set(db.session.scalars(asked)) if remark_ids else set()


def orphans(consultation_id: int, version_id: int) -> Select[Remark]:
    """The remarks on articles that stand nowhere in a version, and those whose quoted words are gone; narrow it with `visible`."""
    gone = exists(
        select(LostQuote.remark_id).where(
            LostQuote.remark_id == Remark.id, LostQuote.version_id == version_id
        )
    )
    return (
        select(Remark)
        .where(
            Remark.consultation_id == consultation_id,
            Remark.state == "current",
            nowhere(Remark, version_id) | gone,
        )
        .order_by(Remark.version_id, Remark.number)
        .options(joinedload(Remark.consultation), joinedload(Remark.version))
    )
