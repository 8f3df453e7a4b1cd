"""The tree of areas from province to grid, and what lies in one: an office, a person, a remark."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.people import Office, Person

LEVELS = ("province", "city", "county", "town", "village", "grid")


class Area(Row):
    """One area; the one around it is its parent. `code` is the official division code where there is one."""

    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        CheckConstraint(f"level IN ({', '.join(repr(one) for one in LEVELS)})", name="level"),
        CheckConstraint("(level = 'province') = (parent_id IS NULL)", name="parent"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(20), default="")
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    parent: Mapped["Area | None"] = relationship(remote_side=[id])


class InArea(Row):
    """That an office, a person or a remark lies in an area: one area each."""

    __table_args__ = (
        UniqueConstraint("office_id"),
        UniqueConstraint("person_id"),
        UniqueConstraint("remark_id"),
        CheckConstraint(
            "(office_id IS NOT NULL AND person_id IS NULL AND remark_id IS NULL)"
            " OR (office_id IS NULL AND person_id IS NOT NULL AND remark_id IS NULL)"
            " OR (office_id IS NULL AND person_id IS NULL AND remark_id IS NOT NULL)",
            name="one_thing",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))

    area: Mapped[Area] = relationship()
    office: Mapped[Office | None] = relationship()
    person: Mapped[Person | None] = relationship()


def get(area_id: int) -> Area | None:
    """An area by id."""
    return db.session.get(Area, area_id)


def everything() -> Sequence[Area]:
    """Every area, by level and name as entered."""
    return db.session.scalars(select(Area).order_by(Area.id)).all()


def same(parent_id: int | None, name: str) -> Area | None:
    """The area of this name under this parent."""
    above = Area.parent_id.is_(None) if parent_id is None else Area.parent_id == parent_id
    return db.session.scalars(select(Area).where(above, Area.name == name)).one_or_none()


def of_office(office_id: int) -> InArea | None:
    """Where an office lies."""
    return db.session.scalars(select(InArea).where(InArea.office_id == office_id)).one_or_none()


def of_person(person_id: int) -> InArea | None:
    """Where a person lives."""
    return db.session.scalars(select(InArea).where(InArea.person_id == person_id)).one_or_none()


def of_remark(remark_id: int) -> InArea | None:
    """Where a remark came from."""
    return db.session.scalars(select(InArea).where(InArea.remark_id == remark_id)).one_or_none()


def used() -> dict[int, tuple[int, int, int]]:
    """For each area that is named: how many offices, persons and remarks lie in it."""
    rows = db.session.execute(
        select(
            InArea.area_id,
            func.count(InArea.office_id),
            func.count(InArea.person_id),
            func.count(InArea.remark_id),
        ).group_by(InArea.area_id)
    )
    return {area: (offices, persons, remarks) for area, offices, persons, remarks in rows}
