"""Questions of the dossier: remarks in batches with their salts, the log's contents; nothing here is a table of its own."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.links import article_now
from deliberation.store.log import Leaf, LeafContent
from deliberation.store.meetings import Line, Meeting
from deliberation.store.people import Person
from deliberation.store.remarks import Remark

BATCH = 2_000


def leaf_contents(log_id: int) -> Sequence[tuple[Leaf, LeafContent | None]]:
    """Every leaf in order with what it commits to, if that is still kept."""
    rows = db.session.execute(
        select(Leaf, LeafContent)
        .outerjoin(LeafContent, LeafContent.leaf_id == Leaf.id)
        .where(Leaf.log_id == log_id)
        .order_by(Leaf.index)
    )
    return [(leaf, content) for leaf, content in rows]


def words_and_salts(log_id: int) -> Iterator[tuple[Remark, bytes, str]]:
    """Every remark of a log whose leaf's salt is kept, with the salt and its version's digest."""
    rows = db.session.execute(
        select(Remark, LeafContent.salt, Version.digest)
        .join(Consultation, Consultation.id == Remark.consultation_id)
        .join(Version, Version.id == Remark.version_id)
        .join(Leaf, (Leaf.log_id == Consultation.log_id) & (Leaf.index == Remark.leaf_index))
        .join(LeafContent, LeafContent.leaf_id == Leaf.id)
        .where(Consultation.log_id == log_id)
        .order_by(Remark.number)
    )
    return ((remark, salt, digest) for remark, salt, digest in rows)


def salted(one: Consultation, numbers: Sequence[int]) -> dict[int, tuple[Remark, bytes]]:
    """Of these numbers the remarks with the salt of their leaf, where it is kept: one statement."""
    rows = db.session.execute(
        select(Remark, LeafContent.salt)
        .join(Leaf, (Leaf.log_id == one.log_id) & (Leaf.index == Remark.leaf_index))
        .join(LeafContent, LeafContent.leaf_id == Leaf.id)
        .where(Remark.consultation_id == one.id, Remark.number.in_(numbers))
    )
    return {remark.number: (remark, salt) for remark, salt in rows}


def remarks_below(consultation_id: int, size: int) -> int:
    """How many remarks have their leaf among the first `size` of the log, whatever became of them."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Remark)
            .where(Remark.consultation_id == consultation_id, Remark.leaf_index < size)
        )
        or 0
    )


def remark_batches(one: Consultation, size: int, *, named: bool) -> Iterator[Sequence[Any]]:
    """Those remarks by number, in batches, as plain tuples; names and phones are read only where `named`."""
    asked, last, full = _lines(one, size, named=named), 0, True
    while full and (rows := db.session.execute(asked.where(Remark.number > last).limit(BATCH)).all()):
        full = len(rows) == BATCH
        last = rows[-1].number
        yield rows


def _lines(one: Consultation, size: int, *, named: bool) -> Any:
    author = aliased(Person)
    columns = [
        Remark.id, Remark.number, Remark.version_id, Remark.uid, Remark.place, Remark.eid, Remark.article_eid, Remark.quote, Remark.attitude,
        Remark.text, Remark.wording, Remark.reason, Remark.sha256, Remark.leaf_index, Remark.channel, Remark.origin,
        Remark.category, Remark.author_id, Remark.made_at, Remark.received_at, Remark.late, Remark.state,
        Remark.released_at, Remark.ending, Remark.ending_reason, Remark.stood, Version.serial, Version.digest,
        LeafContent.salt, Meeting.title.label("meeting"),
    ]  # fmt: skip
    if named:
        columns += [Remark.said_by, Remark.contact, author.name.label("author"), author.phone.label("phone")]
    asked = (
        select(*columns)
        .join(Version, Version.id == Remark.version_id)
        .outerjoin(Leaf, (Leaf.log_id == one.log_id) & (Leaf.index == Remark.leaf_index))
        .outerjoin(LeafContent, LeafContent.leaf_id == Leaf.id)
        .outerjoin(Meeting, Meeting.id == Remark.meeting_id)
        .where(Remark.consultation_id == one.id, Remark.leaf_index < size)
        .order_by(Remark.number)
    )
    return asked.outerjoin(author, author.id == Remark.author_id) if named else asked


def counting_at(consultation_id: int, carried_to: int | None = None) -> dict[str, int]:
    """How many remarks count at each article ("" for the whole and the title), as it is called in the version they are carried to."""
    at = (article_now(Remark, carried_to) if carried_to else Remark.article_eid).label("at")
    counting = (
        select(at)
        .where(Remark.consultation_id == consultation_id, Remark.state == "current", Remark.late.is_(False))
        .subquery()
    )
    rows = db.session.execute(select(counting.c.at, func.count()).group_by(counting.c.at))
    return {row[0]: row[1] for row in rows}


def beside_articles(consultation_id: int) -> Iterator[Any]:
    """Of the remarks that count and speak of no article: place, category, author and attitude."""
    yield from db.session.execute(
        select(Remark.id, Remark.place, Remark.category, Remark.author_id, Remark.attitude)
        .where(
            Remark.consultation_id == consultation_id, Remark.state == "current", Remark.late.is_(False),
            Remark.article_eid == "",
        )
        .order_by(Remark.number)
        .execution_options(yield_per=5_000)
    )  # fmt: skip


def released_lines(meeting_id: int) -> set[int]:
    """The numbers of a meeting's lines whose remark is open to the public."""
    return set(
        db.session.scalars(
            select(Line.position)
            .join(Remark, Remark.id == Line.remark_id)
            .where(Line.meeting_id == meeting_id, Remark.released_at.is_not(None), Remark.state == "current")
        )
    )


def remarks_of_meetings(consultation_id: int) -> dict[int, int]:
    """How many remarks that count came out of each meeting."""
    rows = db.session.execute(
        select(Remark.meeting_id, func.count())
        .where(Remark.consultation_id == consultation_id, Remark.state == "current", Remark.late.is_(False))
        .where(Remark.meeting_id.is_not(None))
        .group_by(Remark.meeting_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
