"""Tasks from the commission, and the consultation of each office that took one up."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile
from deliberation.store.log import Log
from deliberation.store.people import Office


class Task(Row):
    """A letter's errand: draft and versions hang on it; 公开 (open) or 定向 (directed)."""

    __table_args__ = (CheckConstraint("openness IN ('open', 'directed')", name="openness"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    sender: Mapped[str] = mapped_column(String(120))
    letter_number: Mapped[str] = mapped_column(String(80), default="")
    received_on: Mapped[date]
    report_due_at: Mapped[datetime]
    contact: Mapped[str | None] = mapped_column(Sealed("task.contact"))
    openness: Mapped[str] = mapped_column(String(10), default="open")
    focus: Mapped[str] = mapped_column(Text, default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]

    office: Mapped[Office] = relationship()
    scan: Mapped[StoredFile | None] = relationship()

    @property
    def log_id(self) -> int:
        return self.office.log_id


class Consultation(Row):
    """One office's work on one task: its phase, deadlines, counters and log."""

    __table_args__ = (UniqueConstraint("task_id", "office_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("log.id"))
    phase: Mapped[str] = mapped_column(String(20), default="preparing")
    lede: Mapped[str] = mapped_column(Text, default="")
    public_until: Mapped[datetime]
    office_until: Mapped[datetime]
    guests: Mapped[bool] = mapped_column(default=False)
    panel_shares: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[bool] = mapped_column(default=False)
    remark_serial: Mapped[int] = mapped_column(default=0)
    remark_count: Mapped[int] = mapped_column(default=0)
    suggestion_serial: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]

    task: Mapped[Task] = relationship()
    office: Mapped[Office] = relationship()
    log: Mapped[Log] = relationship()

    @property
    def title(self) -> str:
        return self.task.title

    @property
    def is_public(self) -> bool:
        return self.task.openness == "open" and self.opened_at is not None

    @property
    def consultation(self) -> "Consultation":
        return self


def _whole() -> tuple:  # type: ignore[type-arg]
    return (
        joinedload(Consultation.task).joinedload(Task.office),
        joinedload(Consultation.office).joinedload(Office.parent),
    )


def by_slug(slug: str) -> Consultation | None:
    """A consultation by its address, with task and office."""
    return db.session.scalars(_by_slug(), {"slug": slug}).one_or_none()


@cache
def _by_slug() -> Select[Consultation]:
    """Built once: every page of a consultation asks it."""
    return select(Consultation).where(Consultation.slug == bindparam("slug")).options(*_whole())


def get(consultation_id: int) -> Consultation | None:
    """A consultation by id."""
    return db.session.get(Consultation, consultation_id)


def task(task_id: int) -> Task | None:
    """A task by id."""
    return db.session.get(Task, task_id)


def open_to_public() -> Sequence[Consultation]:
    """What anyone may read: public tasks, opened; those still collecting first, by deadline."""
    return db.session.scalars(
        select(Consultation)
        .join(Consultation.task)
        .where(Task.openness == "open", Consultation.opened_at.is_not(None))
        .order_by((Consultation.phase != "collecting"), Consultation.public_until, Consultation.id)
        .options(*_whole())
    ).all()


def of_offices(office_ids: Sequence[int]) -> Sequence[Consultation]:
    """All consultations of these offices, newest first."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.office_id.in_(office_ids))
        .order_by(Consultation.id.desc())
        .options(*_whole())
    ).all()


def every() -> Sequence[Consultation]:
    """Every consultation, newest first; the sample, while it is there, before all."""
    return db.session.scalars(
        select(Consultation).order_by(Consultation.sample.desc(), Consultation.id.desc()).options(*_whole())
    ).all()


def tasks_of(office_ids: Sequence[int]) -> Sequence[Task]:
    """The register of tasks (任务台账) of these offices, newest first."""
    return db.session.scalars(
        select(Task)
        .where(Task.office_id.in_(office_ids))
        .order_by(Task.id.desc())
        .options(joinedload(Task.office))
    ).all()


def of_task(task_id: int, office_id: int) -> Consultation | None:
    """The consultation an office opened for a task."""
    return db.session.scalars(
        select(Consultation).where(Consultation.task_id == task_id, Consultation.office_id == office_id)
    ).one_or_none()


def for_task(task_id: int) -> Sequence[Consultation]:
    """The consultations of a task, one an office, in the order they were opened."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.task_id == task_id)
        .order_by(Consultation.id)
        .options(*_whole())
    ).all()


def by_task(task_ids: Sequence[int]) -> dict[int, list[Consultation]]:
    """The consultations of several tasks: one statement."""
    found: dict[int, list[Consultation]] = {}
    for one in db.session.scalars(
        select(Consultation)
        .where(Consultation.task_id.in_(task_ids))
        .order_by(Consultation.id)
        .options(*_whole())
    ):
        found.setdefault(one.task_id, []).append(one)
    return found


def slugs_like(stem: str) -> set[str]:
    """Addresses in use that begin with the stem."""
    return set(
        db.session.scalars(
            select(Consultation.slug).where(Consultation.slug.startswith(stem, autoescape=True))
        )
    )


def count_open() -> int:
    """How many consultations are open to the public."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Consultation).where(Consultation.phase == "collecting")
        )
        or 0
    )
