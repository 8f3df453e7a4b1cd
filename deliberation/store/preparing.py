"""Getting a meeting ready: the plan counted back from the report's deadline, and who was reached by which channel."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.consultations import Consultation, Task
from deliberation.store.db import Row, db
from deliberation.store.meetings import Attendance, Meeting
from deliberation.store.people import Membership, Person


class Preparation(Row):
    """An office's plan for one consultation: under which procedure it means to meet, and on which day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), unique=True)
    procedure: Mapped[str] = mapped_column(String(40))
    meeting_on: Mapped[date]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    made_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship()
    steps: Mapped[list["PlanStep"]] = relationship(
        back_populates="preparation", order_by="PlanStep.due_on, PlanStep.position"
    )

    @property
    def office_id(self) -> int:
        return self.consultation.office_id

    @property
    def log_id(self) -> int:
        return self.consultation.log_id


class PlanStep(Row):
    """One step: what, who, by when as counted, by when as set by hand, and when it was done."""

    __table_args__ = (
        UniqueConstraint("preparation_id", "key"),
        CheckConstraint("name <> ''", name="named"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparation.id"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    who: Mapped[str] = mapped_column(Sealed("plan_step.who"), default="")
    position: Mapped[int]
    counted_on: Mapped[date | None]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    preparation: Mapped[Preparation] = relationship(back_populates="steps")
    done_by: Mapped[Person | None] = relationship()

    @property
    def office_id(self) -> int:
        return self.preparation.office_id

    @property
    def log_id(self) -> int:
        return self.preparation.log_id

    @property
    def consultation(self) -> Consultation:
        return self.preparation.consultation

    @property
    def moved(self) -> bool:
        """Set by hand to another day than the one counted."""
        return self.counted_on is not None and self.due_on != self.counted_on


class NoticeContact(Row):
    """One attempt to reach an invitee: channel, answer, when and by whom; the last one stands."""

    __table_args__ = (
        CheckConstraint("channel IN ('phone', 'wechat', 'door', 'paper')", name="channel"),
        CheckConstraint("reply IN ('comes', 'leave', 'unreached')", name="reply"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(10))
    reply: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


def of_consultation(consultation_id: int) -> Preparation | None:
    """The plan of a consultation."""
    return db.session.scalars(
        select(Preparation)
        .where(Preparation.consultation_id == consultation_id)
        .options(joinedload(Preparation.steps).joinedload(PlanStep.done_by))
    ).unique().one_or_none()  # fmt: skip


def step(step_id: int) -> PlanStep | None:
    """A step by id."""
    return db.session.get(PlanStep, step_id)


def next_steps(office_ids: Sequence[int]) -> Sequence[PlanStep]:
    """The next step not done yet of every live consultation of these offices: the earliest of each."""
    rows = db.session.scalars(
        select(PlanStep)
        .join(Preparation, Preparation.id == PlanStep.preparation_id)
        .join(Consultation, Consultation.id == Preparation.consultation_id)
        .where(
            Consultation.office_id.in_(office_ids),
            Consultation.phase.not_in(("reported", "archived")),
            PlanStep.done_at.is_(None),
        )
        .order_by(PlanStep.due_on, PlanStep.position)
        .options(
            joinedload(PlanStep.preparation)
            .joinedload(Preparation.consultation)
            .joinedload(Consultation.task)
            .joinedload(Task.office)
        )
    )
    first: dict[int, PlanStep] = {}
    for row in rows:
        first.setdefault(row.preparation_id, row)
    return list(first.values())


def contacts(meeting_id: int) -> dict[int, list[NoticeContact]]:
    """Every attempt to reach the invitees of a meeting, by person, the last one last."""
    found: dict[int, list[NoticeContact]] = {}
    for one in db.session.scalars(
        select(NoticeContact)
        .where(NoticeContact.meeting_id == meeting_id)
        .order_by(NoticeContact.id)
        .options(joinedload(NoticeContact.by))
    ):
        found.setdefault(one.person_id, []).append(one)
    return found


def came(office_id: int, but: int) -> dict[int, tuple[int, int]]:
    """For every person of an office: how many ended meetings they were due at, how many they came to."""
    rows = db.session.execute(
        select(Attendance.person_id, func.count(), func.count(Attendance.arrived_at))
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.office_id == office_id, Meeting.state == "ended", Attendance.due, Meeting.id != but)
        .group_by(Attendance.person_id)
    )
    return {person: (due, came) for person, due, came in rows}


def roster(office_id: int) -> Sequence[Membership]:
    """Everybody of an office who can be asked, with persons, in the order they came."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.office_id == office_id, Membership.until.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Membership.id)
    ).all()
