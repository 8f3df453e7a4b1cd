"""Versions of a draft and their provisions: uid for identity, eid for the address in one version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, undefer

from deliberation.store.consultations import Task
from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile


class Version(Row):
    """One text of a draft: a preview until a person publishes it, immutable afterwards."""

    __table_args__ = (
        UniqueConstraint("task_id", "serial"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    serial: Mapped[int]
    stage: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="")
    notice: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, deferred=True)  # read by few: no page pays for it
    digest: Mapped[str] = mapped_column(String(64))
    tree: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    warnings: Mapped[list[Any]] = mapped_column(JSON, default=list, deferred=True)
    state: Mapped[str] = mapped_column(String(10), default="preview")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    task: Mapped[Task] = relationship()
    source: Mapped[StoredFile | None] = relationship()

    @property
    def log_id(self) -> int:
        return self.task.office.log_id

    @property
    def office_id(self) -> int:
        return self.task.office_id

    @property
    def follows(self) -> int | None:
        """Its own id where earlier versions may be carried to it, None for the first: what questions by article ask."""
        return self.id if self.serial > 1 else None


class Provision(Row):
    """One block of a version. Headings and articles carry their rendered HTML; what is inside an article points to it."""

    __table_args__ = (
        UniqueConstraint("version_id", "uid"),
        UniqueConstraint("version_id", "eid"),
        Index("ix_provision_order", "version_id", "position"),
        Index("ix_provision_article", "article_id"),  # an article's inside: without it every draft is scanned
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    uid: Mapped[str] = mapped_column(String(32))
    eid: Mapped[str] = mapped_column(String(120))
    wid: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("provision.id"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("provision.id"))
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(60), default="")
    n: Mapped[str] = mapped_column(String(20), default="")
    heading: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    chapter: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    html: Mapped[str] = mapped_column(Text, default="")
    plain: Mapped[str] = mapped_column(Text, default="")
    plain_html: Mapped[str] = mapped_column(Text, default="")

    version: Mapped[Version] = relationship()


class Immutable(RuntimeError):
    """Somebody tried to change a published text: a fault of ours, never a refusal people meet."""


@event.listens_for(Version, "before_update")
@event.listens_for(Provision, "before_update")
def _stays(_mapper: Any, _connection: Any, row: Version | Provision) -> None:
    """The words, numbers, addresses and names of a published text never change (a note in plain words beside it may)."""
    known: Any = inspect(row)
    before = known.attrs["state"].history.deleted if isinstance(row, Version) else ()
    if isinstance(row, Version) and "published" not in {row.state, *before}:
        return
    if isinstance(row, Version) and "preview" in before:
        return  # being published
    changed = {name for name, attr in known.attrs.items() if attr.history.has_changes()} & FIXED
    if changed:
        raise Immutable(f"{type(row).__name__} {row.id}: {', '.join(sorted(changed))}")


FIXED = frozenset({
    "task_id", "serial", "stage", "title", "note", "notice", "text", "digest", "tree", "state", "published_at",
    "version_id", "uid", "eid", "wid", "kind", "number", "n", "heading", "chapter", "position", "html",
})  # fmt: skip


class ArticleCount(Row):
    """How many remarks stand at an article in one consultation, by attitude; kept when a remark comes, never counted at reading."""

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    provision_id: Mapped[int] = mapped_column(ForeignKey("provision.id"), primary_key=True)
    remarks: Mapped[int] = mapped_column(default=0)
    support: Mapped[int] = mapped_column(default=0)
    amend: Mapped[int] = mapped_column(default=0)
    oppose: Mapped[int] = mapped_column(default=0)
    no_view: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True, slots=True)
class TocRow:
    """A heading or article in the contents, with its number of remarks."""

    eid: str
    kind: str
    number: str
    heading: str
    chapter: str
    position: int
    remarks: int


@cache
def _current() -> Select[Version]:
    return (
        select(Version)
        .where(Version.task_id == bindparam("task"), Version.state == "published")
        .order_by(Version.serial.desc())
        .limit(1)
    )


def current(task_id: int) -> Version | None:
    """The newest published version."""
    return db.session.scalars(_current(), {"task": task_id}).one_or_none()


def get(version_id: int) -> Version | None:
    """A version by id."""
    return db.session.get(Version, version_id)


def versions(task_id: int, *, warnings: bool = False) -> Sequence[Version]:
    """All versions of a task, oldest first; with their warnings where these are to be shown."""
    asked = select(Version).where(Version.task_id == task_id).order_by(Version.serial)
    return db.session.scalars(asked.options(undefer(Version.warnings)) if warnings else asked).all()


def next_serial(task_id: int) -> int:
    """The number of the next version."""
    return (db.session.scalar(select(func.max(Version.serial)).where(Version.task_id == task_id)) or 0) + 1


def _counted(*columns: Any) -> Select[Any]:
    """Headings and articles in order with these columns and each one's number of remarks."""
    return (
        select(*columns, func.coalesce(ArticleCount.remarks, 0).label("remarks"))
        .outerjoin(
            ArticleCount,
            (ArticleCount.provision_id == Provision.id)
            & (ArticleCount.consultation_id == bindparam("consultation")),
        )
        .where(Provision.version_id == bindparam("version"), Provision.article_id.is_(None))
        .order_by(Provision.position)
    )


@cache
def _contents() -> Select[Any]:
    """Built once: a page asks it each time."""
    return _counted(
        Provision.eid, Provision.kind, Provision.number, Provision.heading, Provision.chapter, Provision.position
    )  # fmt: skip


@cache
def _texts(*, until: bool) -> Select[Any]:
    asked = _counted(Provision.eid, Provision.kind, Provision.number, Provision.heading, Provision.html)
    return asked.where(Provision.position < bindparam("until")) if until else asked


def contents(version_id: int, consultation_id: int) -> list[TocRow]:
    """Headings and articles in order, each article with its number of remarks: one statement."""
    rows = db.session.execute(_contents(), {"version": version_id, "consultation": consultation_id})
    return [TocRow(*row) for row in rows]


def whole_text(version_id: int, consultation_id: int, until: int | None = None) -> list[Any]:
    """Every heading and article (up to a position) with its HTML and counters, as plain tuples in order: one statement."""
    given = {"version": version_id, "consultation": consultation_id}
    if until is None:
        return list(db.session.execute(_texts(until=False), given))
    return list(db.session.execute(_texts(until=True), {**given, "until": until}))


def at(version_id: int, eid: str) -> Provision | None:
    """The provision at an address of a version."""
    return db.session.scalars(
        select(Provision).where(Provision.version_id == version_id, Provision.eid == eid)
    ).one_or_none()


@cache
def _at_with_counts() -> Select[Provision, ArticleCount]:
    return (
        select(Provision, ArticleCount)
        .outerjoin(
            ArticleCount,
            (ArticleCount.provision_id == Provision.id)
            & (ArticleCount.consultation_id == bindparam("consultation")),
        )
        .where(Provision.version_id == bindparam("version"), Provision.eid == bindparam("eid"))
    )


def at_with_counts(
    version_id: int, eid: str, consultation_id: int
) -> tuple[Provision, ArticleCount | None] | None:
    """The provision at an address with its counters in one consultation: one statement."""
    given = {"version": version_id, "eid": eid, "consultation": consultation_id}
    row = db.session.execute(_at_with_counts(), given).one_or_none()
    return (row[0], row[1]) if row is not None else None


@cache
def _inside() -> Select[Provision]:
    return select(Provision).where(Provision.article_id == bindparam("article")).order_by(Provision.position)


def inside(article_id: int) -> Sequence[Provision]:
    """Paragraphs, subparagraphs and items of an article, in order."""
    return db.session.scalars(_inside(), {"article": article_id}).all()


def provision(provision_id: int) -> Provision | None:
    """A provision by id."""
    return db.session.get(Provision, provision_id)


def below(row: Provision) -> list[Provision]:
    """What stands under a block inside an article, in order: same article, address beginning with the block's."""
    return list(
        db.session.scalars(
            select(Provision)
            .where(
                Provision.article_id == row.article_id,
                Provision.eid.startswith(row.eid + "__", autoescape=True),
            )
            .order_by(Provision.position)
        )
    )


def counts(consultation_id: int, provision_id: int) -> ArticleCount | None:
    """The counters of one article in one consultation."""
    return db.session.get(ArticleCount, (consultation_id, provision_id))


def provisions(version_id: int) -> Sequence[Provision]:
    """Every provision of a version in reading order."""
    return db.session.scalars(
        select(Provision).where(Provision.version_id == version_id).order_by(Provision.position)
    ).all()
