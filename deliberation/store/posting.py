"""Putting a remark in: a few plain statements, nothing read that is not needed, no object made of what is written.

All of it runs inside the door, behind the lock of the log's head: between a look and a write nobody else writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Select, Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import Provision, Version
from deliberation.store.remarks import Remark

ATTITUDES = ("support", "amend", "oppose", "no_view")
TALLY = text(
    'INSERT INTO remark_tally (consultation_id, "of", count) VALUES (:consultation, :of, :step) '
    'ON CONFLICT (consultation_id, "of") DO UPDATE SET count = remark_tally.count + excluded.count'
)
ARTICLE = text(
    "INSERT INTO article_count (consultation_id, provision_id, remarks, support, amend, oppose, no_view) "
    "VALUES (:consultation, :article, :remarks, :support, :amend, :oppose, :no_view) "
    "ON CONFLICT (consultation_id, provision_id) DO UPDATE SET remarks = article_count.remarks + excluded.remarks, "
    + ", ".join(f"{name} = article_count.{name} + excluded.{name}" for name in ATTITUDES)
)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a remark needs to know of a version."""

    id: int
    digest: str
    title: str


@cache
def _issue() -> Select[int, str, str]:
    return (
        select(Version.id, Version.digest, Version.title)
        .where(Version.task_id == bindparam("task"), Version.state == "published")
        .order_by(Version.serial.desc())
        .limit(1)
    )


def issue(task_id: int) -> Issue | None:
    """The newest published version, three columns of it."""
    row = db.session.connection().execute(_issue(), {"task": task_id}).one_or_none()
    return Issue(*row) if row is not None else None


def text_of(version_id: int) -> str:
    """A version's whole text."""
    return db.session.scalar(select(Version.text).where(Version.id == version_id)) or ""


@dataclass(frozen=True, slots=True)
class Block:
    """A provision where a remark may stand: what its place and its text as it stood are made of."""

    id: int
    article_id: int | None
    uid: str
    eid: str
    kind: str
    number: str
    text: str


@cache
def _around() -> Select[Any]:
    meant = aliased(Provision)
    article = func.coalesce(meant.article_id, meant.id)
    columns = (getattr(Provision, name) for name in Block.__slots__)
    return (
        select(*columns)
        .join(meant, (meant.version_id == bindparam("version")) & (meant.eid == bindparam("eid")))
        .where((Provision.id == article) | (Provision.article_id == article))
        .order_by(Provision.position)
    )


def around(version_id: int, eid: str) -> list[Block]:
    """The article in which an address lies, with everything inside, in order: one statement; [] where there is none."""
    rows = db.session.connection().execute(_around(), {"version": version_id, "eid": eid})
    return [Block(*row) for row in rows]


@cache
def _used() -> Select[int]:
    return select(Remark.id).where(
        Remark.consultation_id == bindparam("consultation"), Remark.key == bindparam("key")
    )


def key_used(consultation_id: int, key: str) -> bool:
    """Whether a remark was made under this client's key."""
    given = {"consultation": consultation_id, "key": key}
    return db.session.connection().execute(_used(), given).first() is not None


@cache
def _given() -> Select[int]:
    return select(Remark.id).where(Remark.receipt_digest == bindparam("digest"))


def receipt_given(digest: bytes) -> bool:
    """Whether some remark's receipt code has this digest."""
    return db.session.connection().execute(_given(), {"digest": digest}).first() is not None


@cache
def _into() -> Insert:
    return insert(cast(Table, Remark.__table__))


def put(columns: Mapping[str, Any]) -> int:
    """Put in a remark; its id."""
    made = db.session.connection().execute(_into(), dict(columns)).inserted_primary_key
    assert made is not None
    return int(made[0])


def advance(one: Consultation, *, serial: int = 0, standing: int = 0) -> None:
    """Raise a consultation's own counters, in the database and in the row at hand."""
    serial, standing = one.remark_serial + serial, one.remark_count + standing
    db.session.connection().execute(_advance(), {"one": one.id, "serial": serial, "standing": standing})
    set_committed_value(one, "remark_serial", serial)
    set_committed_value(one, "remark_count", standing)


@cache
def _advance() -> Any:
    return (
        update(cast(Table, Consultation.__table__))
        .where(Consultation.id == bindparam("one"))
        .values(remark_serial=bindparam("serial"), remark_count=bindparam("standing"))
    )


def tally(consultation_id: int, steps: Mapping[str, int]) -> None:
    """Raise or lower counters of a consultation by name; one that is not there begins at 0."""
    rows = [{"consultation": consultation_id, "of": of, "step": step} for of, step in steps.items()]
    if rows:
        db.session.connection().execute(TALLY, rows)


def count_articles(consultation_id: int, steps: Mapping[tuple[int, str], int]) -> None:
    """The same for articles: (the article's row, attitude)."""
    nothing = dict.fromkeys(ATTITUDES, 0)
    rows = [
        {"consultation": consultation_id, "article": article, "remarks": step, **nothing, attitude: step}
        for (article, attitude), step in steps.items()
    ]
    if rows:
        db.session.connection().execute(ARTICLE, rows)
