"""Counts of a paper vote, and what corrects a count afterwards: new rows, never a changed one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile
from deliberation.store.people import Person
from deliberation.store.votes import Vote

WAITING = text("settled_at IS NULL")


class PaperCount(Row):
    """A count sheet as it was typed in: nine numbers. A later one is a new row; the last stands. `void`: more back than out."""

    __table_args__ = (
        UniqueConstraint("vote_id", "key"),
        CheckConstraint("present <= due AND issued <= present", name="issued"),
        CheckConstraint("void = (collected > issued)", name="void"),
        CheckConstraint(
            "void OR (valid + invalid = collected AND for_count + against + abstain = valid)", name="sums"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    due: Mapped[int]
    present: Mapped[int]
    issued: Mapped[int]
    collected: Mapped[int]
    valid: Mapped[int]
    invalid: Mapped[int]
    for_: Mapped[int] = mapped_column("for_count")
    against: Mapped[int]
    abstain: Mapped[int]
    void: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class VoteCorrection(Row):
    """A recount (before the count was confirmed) or an erratum (afterwards, by two persons).

    `change` is what is put right, `before` and `after` the whole count as it stood and as it stands then; `proposed_by`
    and `settled_by` are actors' codes as in the log. While `settled_at` is empty an erratum waits for the second person.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('recount', 'erratum')", name="kind"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("accepted IS NULL OR (settled_at IS NOT NULL AND settled_by <> '')", name="settled"),
        CheckConstraint(
            "kind <> 'erratum' OR accepted IS NULL OR NOT accepted OR settled_by <> proposed_by OR sheet_id IS NOT NULL",
            name="two_persons",
        ),
        Index(
            "uq_correction_waiting", "vote_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    proposed_by: Mapped[str] = mapped_column(String(80))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(String(80), default="")
    accepted: Mapped[bool | None]
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    vote: Mapped[Vote] = relationship()
    by: Mapped[Person | None] = relationship()
    sheet: Mapped[StoredFile | None] = relationship()


def paper_counts(vote_id: int) -> Sequence[PaperCount]:
    """The count sheets of a vote as they were typed in, oldest first."""
    return db.session.scalars(
        select(PaperCount).where(PaperCount.vote_id == vote_id).order_by(PaperCount.id)
    ).all()


def corrections(vote_id: int) -> Sequence[VoteCorrection]:
    """Every recount and erratum of a vote, oldest first."""
    return db.session.scalars(
        select(VoteCorrection).where(VoteCorrection.vote_id == vote_id).order_by(VoteCorrection.id)
    ).all()


def correction_waiting(vote_id: int) -> VoteCorrection | None:
    """The erratum that waits for a second person, if there is one."""
    return db.session.scalars(
        select(VoteCorrection).where(VoteCorrection.vote_id == vote_id, VoteCorrection.settled_at.is_(None))
    ).one_or_none()
