"""Reports on their way up: rounds (补充报送 is the next one), steps with what was filled in, notes of those who review."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, exists, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.consultations import Consultation
from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile
from deliberation.store.meetings import SealedFacts
from deliberation.store.people import Person


class Report(Row):
    """One round of reporting a consultation: where it stands, and what was really sent beside what was made here."""

    __table_args__ = (
        UniqueConstraint("consultation_id", "round"),
        CheckConstraint("round >= 1", name="round"),
        CheckConstraint("(ours_id IS NULL) = (sent_at IS NULL)", name="sent"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    round: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    edition: Mapped[int | None]
    ours_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    final_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    consultation: Mapped[Consultation] = relationship()
    ours: Mapped[StoredFile | None] = relationship(foreign_keys=[ours_id])
    final: Mapped[StoredFile | None] = relationship(foreign_keys=[final_id])
    scan: Mapped[StoredFile | None] = relationship(foreign_keys=[scan_id])

    @property
    def office_id(self) -> int:
        return self.consultation.office_id

    @property
    def log_id(self) -> int:
        return self.consultation.log_id


class ReportStep(Row):
    """One step with what was filled in, and the signed sheet where there is one; never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    facts: Mapped[dict[str, str]] = mapped_column(SealedFacts("report_step.facts"))
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()
    sheet: Mapped[StoredFile | None] = relationship()


class EarlierSending(Row):
    """What went up in a round and came back, with its documents, kept when the round goes up again; never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    sent_at: Mapped[datetime]
    edition: Mapped[int | None]
    ours_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    final_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    ours: Mapped[StoredFile] = relationship(foreign_keys=[ours_id])
    final: Mapped[StoredFile | None] = relationship(foreign_keys=[final_id])
    scan: Mapped[StoredFile | None] = relationship(foreign_keys=[scan_id])


class ReviewNote(Row):
    """What somebody who reviews the report says, on one suggestion or on the whole; answered by whoever drafts it."""

    __table_args__ = (UniqueConstraint("report_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    key: Mapped[str] = mapped_column(String(80))
    suggestion: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    report: Mapped[Report] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def office_id(self) -> int:
        return self.report.office_id

    @property
    def log_id(self) -> int:
        return self.report.log_id


def get(report_id: int) -> Report | None:
    """A report by id."""
    return db.session.get(Report, report_id)


def note(note_id: int) -> ReviewNote | None:
    """A note by id."""
    return db.session.get(ReviewNote, note_id)


def rounds(consultation_id: int) -> Sequence[Report]:
    """The rounds of a consultation, newest first."""
    return db.session.scalars(
        select(Report).where(Report.consultation_id == consultation_id).order_by(Report.round.desc())
    ).all()


def last(consultation_id: int) -> Report | None:
    """The newest round."""
    return db.session.scalars(
        select(Report).where(Report.consultation_id == consultation_id).order_by(Report.round.desc()).limit(1)
    ).one_or_none()


def steps(report_ids: Sequence[int]) -> dict[int, list[ReportStep]]:
    """The steps of these reports, oldest first: one statement."""
    found: dict[int, list[ReportStep]] = {}
    for step in db.session.scalars(
        select(ReportStep)
        .where(ReportStep.report_id.in_(report_ids))
        .order_by(ReportStep.id)
        .options(joinedload(ReportStep.by), joinedload(ReportStep.sheet))
    ):
        found.setdefault(step.report_id, []).append(step)
    return found


def in_review(consultation_ids: Sequence[int], person_id: int) -> Sequence[tuple[ReportStep, Report, bool]]:
    """Reports the panel has before it, with the step that asked for the review, and whether this person has said
    something since: one statement."""
    if not consultation_ids:
        return []
    asked = (
        select(ReportStep.report_id, func.max(ReportStep.id).label("id"), func.max(ReportStep.at).label("at"))
        .where(ReportStep.state == "reviewing")
        .group_by(ReportStep.report_id)
        .subquery()
    )
    said = exists().where(
        ReviewNote.report_id == Report.id, ReviewNote.by_id == person_id, ReviewNote.at >= asked.c.at
    )
    found = db.session.execute(
        select(ReportStep, Report, said)
        .join(asked, asked.c.id == ReportStep.id)
        .join(Report, Report.id == ReportStep.report_id)
        .where(Report.state == "reviewing", Report.consultation_id.in_(consultation_ids))
        .order_by(ReportStep.id)
    )
    return [(step, report, bool(spoke)) for step, report, spoke in found]


def earlier(report_ids: Sequence[int]) -> dict[int, list[EarlierSending]]:
    """What went up before in these reports and came back, oldest first: one statement."""
    found: dict[int, list[EarlierSending]] = {}
    files = (EarlierSending.ours, EarlierSending.final, EarlierSending.scan)
    for one in db.session.scalars(
        select(EarlierSending)
        .where(EarlierSending.report_id.in_(report_ids))
        .order_by(EarlierSending.id)
        .options(*(joinedload(each) for each in files))
    ):
        found.setdefault(one.report_id, []).append(one)
    return found


def step(step_id: int) -> ReportStep | None:
    """A step by id."""
    return db.session.get(ReportStep, step_id)


def notes(report_id: int) -> Sequence[ReviewNote]:
    """What was said on a report, in order."""
    return db.session.scalars(
        select(ReviewNote)
        .where(ReviewNote.report_id == report_id)
        .order_by(ReviewNote.suggestion.is_not(None), ReviewNote.suggestion, ReviewNote.id)
        .options(joinedload(ReviewNote.by))
    ).all()


def note_by_key(report_id: int, key: str) -> ReviewNote | None:
    """The note made under a client's key."""
    return db.session.scalars(
        select(ReviewNote).where(ReviewNote.report_id == report_id, ReviewNote.key == key)
    ).one_or_none()
