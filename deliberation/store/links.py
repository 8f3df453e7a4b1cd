"""Links from the provisions of one version to those of the next, append-only; and what follows from them, made anew at will."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    case,
    cast,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.drafts import Provision, Version
from deliberation.store.people import Person
from deliberation.store.remarks import Remark

GONE = "gone"  # the address, in lists by article, of what stands nowhere in the current text


class ProvisionLink(Row):
    """One line of a decision about an old provision (or, `from_uid` empty, a new one). Never changed: a newer batch supersedes it.

    Batch 0 is what alignment proposed, or what the edits on the platform say. While the later version is a preview,
    `to_uid` is the mark of a text ("t:…"); it gets its uid when it is published.
    """

    __table_args__ = (
        CheckConstraint(
            "relation IN ('same', 'renumbered', 'reworded', 'moved', 'split', 'merged', 'deleted', 'new')",
            name="relation",
        ),
        CheckConstraint("decided IN ('machine', 'person', 'edit')", name="decided"),
        CheckConstraint("from_uid <> '' OR to_uid <> ''", name="ends"),
        CheckConstraint("score >= 0 AND score <= 1", name="score"),
        Index("ix_provision_link_to", "to_version_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    from_uid: Mapped[str] = mapped_column(String(32), default="")
    to_uid: Mapped[str] = mapped_column(String(32), default="")
    relation: Mapped[str] = mapped_column(String(12))
    score: Mapped[float] = mapped_column(default=0.0)
    sure: Mapped[bool]
    batch: Mapped[int] = mapped_column(default=0)
    decided: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    by: Mapped[Person | None] = relationship()


class Carried(Row):
    """Where a provision of an earlier version stands in a later one: derived from the links, made anew when one is decided."""

    __table_args__ = (
        Index("ix_carried_to", "to_version_id", "to_article_eid"),
        Index("ix_carried_from", "from_version_id", "from_uid"),
    )
    to_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    from_uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    from_eid: Mapped[str] = mapped_column(String(120))
    from_article_eid: Mapped[str] = mapped_column(String(120))
    to_eid: Mapped[str] = mapped_column(String(120), default="")
    to_article_eid: Mapped[str] = mapped_column(String(120), default="")
    to_article_id: Mapped[int | None] = mapped_column(ForeignKey("provision.id"))
    relation: Mapped[str] = mapped_column(String(12))
    exact: Mapped[bool]
    changed: Mapped[bool]
    sure: Mapped[bool]
    score: Mapped[float] = mapped_column(default=0.0)

    from_version: Mapped[Version] = relationship(foreign_keys=[from_version_id])

    @property
    def waits(self) -> bool:
        """Stands nowhere yet, because nobody has decided."""
        return not self.to_eid and not self.sure


class LostQuote(Row):
    """A remark whose quoted words are not found any more in the provision it is linked to; derived as well."""

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)


def before(version: Version) -> Version | None:
    """The published version that came before this one."""
    return db.session.scalars(
        select(Version)
        .where(
            Version.task_id == version.task_id, Version.state == "published", Version.serial < version.serial
        )
        .order_by(Version.serial.desc())
        .limit(1)
    ).one_or_none()


def published(task_id: int) -> Sequence[Version]:
    """The published versions of a task, oldest first."""
    return db.session.scalars(
        select(Version)
        .where(Version.task_id == task_id, Version.state == "published")
        .order_by(Version.serial)
    ).all()


def by_serial(task_id: int, serial: int) -> Version | None:
    """A published version by its number in the task."""
    return db.session.scalars(
        select(Version).where(
            Version.task_id == task_id, Version.serial == serial, Version.state == "published"
        )
    ).one_or_none()


def into(version_id: int) -> Sequence[ProvisionLink]:
    """Every link to a version, oldest first."""
    return db.session.scalars(
        select(ProvisionLink).where(ProvisionLink.to_version_id == version_id).order_by(ProvisionLink.id)
    ).all()


def next_batch(version_id: int) -> int:
    """The number of the next decision about a version."""
    last = select(func.max(ProvisionLink.batch)).where(ProvisionLink.to_version_id == version_id)
    return (db.session.scalar(last) or 0) + 1


def names(version_id: int) -> list[tuple[str, str, int, int | None]]:
    """(eid, uid, id, article's id) of every provision, in order, without their texts."""
    return [
        (eid, uid, row, article)
        for eid, uid, row, article in db.session.execute(
            select(Provision.eid, Provision.uid, Provision.id, Provision.article_id)
            .where(Provision.version_id == version_id)
            .order_by(Provision.position)
        )
    ]


def used_wids(version_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The wid of each (version, eid) of these versions."""
    rows = db.session.execute(
        select(Provision.version_id, Provision.eid, Provision.wid).where(
            Provision.version_id.in_(list(version_ids))
        )
    )
    return {(version, eid): wid for version, eid, wid in rows}


def to(version_id: int) -> Sequence[Carried]:
    """Everything carried to a version, in no order."""
    return db.session.scalars(select(Carried).where(Carried.to_version_id == version_id)).all()


def of(version_id: int, places: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Carried]:
    """Where these (version, uid) stand in a version: one statement, none where nothing is asked."""
    asked = sorted(set(places))
    found: dict[tuple[int, str], Carried] = {}
    for first in range(0, len(asked), 400):
        some = asked[first : first + 400]
        rows = db.session.scalars(
            select(Carried).where(
                Carried.to_version_id == version_id,
                tuple_(Carried.from_version_id, Carried.from_uid).in_(some),
            )
        )
        found |= {(row.from_version_id, row.from_uid): row for row in rows}
    return found


def from_articles(version_id: int, article_eid: str) -> Sequence[Carried]:
    """The earlier articles (or the last places of what was inside them) that stand at one article, oldest version first."""
    return db.session.scalars(
        select(Carried)
        .where(
            Carried.to_version_id == version_id,
            Carried.to_article_eid == article_eid,
            Carried.from_eid == Carried.from_article_eid,
        )
        .order_by(Carried.from_version_id, Carried.from_eid)
        .options(joinedload(Carried.from_version))
    ).all()


def later(version_id: int, uid: str) -> Sequence[Carried]:
    """Where a provision stands in every later version, the oldest first."""
    return db.session.scalars(
        select(Carried)
        .where(Carried.from_version_id == version_id, Carried.from_uid == uid)
        .order_by(Carried.to_version_id)
        .options(joinedload(Carried.from_version))
    ).all()


def standing_at(consultation_id: int, version_id: Any, article_eid: Any) -> Select[Remark]:
    """Current remarks that came in time and stand at one article of a version, those of earlier versions among them, in order."""
    return (
        select(Remark)
        .where(
            Remark.consultation_id == consultation_id,
            Remark.state == "current",
            Remark.late.is_(False),
            at_article(Remark, version_id, article_eid),
        )
        .order_by(Remark.number)
    )


def at_article(kind: Any, version_id: int, article_eid: Any) -> Any:
    """The condition that a remark or a suggestion stands at an article of a version, its own or carried to it.

    The list of addresses comes first: an index finds them; whether it is the right version decides afterwards.
    """
    here = (Carried.to_version_id == version_id) & (Carried.to_article_eid == article_eid)
    addresses = select(cast(article_eid, String)).union_all(select(Carried.from_article_eid).where(here))
    carried = (
        select(Carried.from_uid)
        .where(here, Carried.from_version_id == kind.version_id, Carried.from_uid == kind.uid)
        .exists()
    )
    own = (kind.version_id == version_id) & (kind.article_eid == article_eid)
    return kind.article_eid.in_(addresses) & or_(own, carried)


def nowhere(kind: Any, version_id: int) -> Any:
    """The condition that a remark or a suggestion spoke of an earlier version's article and stands nowhere in this one."""
    carried = (
        select(Carried.from_uid)
        .where(
            Carried.to_version_id == version_id, Carried.to_article_eid != "",
            Carried.from_version_id == kind.version_id, Carried.from_uid == kind.uid,
        )
        .exists()
    )  # fmt: skip
    return (kind.article_eid != "") & (kind.version_id != version_id) & ~carried


def standing(kind: Any, article_eid: str, carried_to: int | None) -> Any:
    """The condition that a remark or a suggestion stands at an article, "" the whole and the title, GONE nowhere."""
    if carried_to is None or not article_eid:
        return kind.article_eid == article_eid
    return nowhere(kind, carried_to) if article_eid == GONE else at_article(kind, carried_to, article_eid)


def article_now(kind: Any, version_id: int) -> Any:
    """The article's address in a version, as a column: "" for the whole and the title, GONE for what stands nowhere."""
    carried = (
        select(Carried.to_article_eid)
        .where(
            Carried.to_version_id == version_id, Carried.to_article_eid != "",
            Carried.from_version_id == kind.version_id, Carried.from_uid == kind.uid,
        )
        .scalar_subquery()
    )  # fmt: skip
    own = or_(kind.article_eid == "", kind.version_id == version_id)
    return case((own, kind.article_eid), else_=func.coalesce(carried, GONE))


def articles_of(version_id: int, uid: str) -> list[int]:
    """The articles, its own and every later one, at which a remark on this provision is counted."""
    own = db.session.execute(
        select(Provision.id, Provision.article_id).where(
            Provision.version_id == version_id, Provision.uid == uid
        )
    ).first()
    later = db.session.scalars(
        select(Carried.to_article_id).where(
            Carried.from_version_id == version_id, Carried.from_uid == uid, Carried.to_article_id.is_not(None)
        )
    ).all()
    return ([own.article_id or own.id] if own else []) + [article for article in later if article is not None]
