"""Questions about cited places: which addresses the newest published versions have."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from deliberation.store.db import db
from deliberation.store.drafts import Provision, Version


def addresses(task_ids: Sequence[int], articles: Sequence[str]) -> dict[int, set[str]]:
    """For each task the addresses of these articles, and of all inside them, in its newest published version: one statement."""
    inside = [Provision.eid.startswith(f"{eid}__", autoescape=True) for eid in articles]
    rows = db.session.execute(
        select(Version.task_id, Provision.eid)
        .join(Version, Version.id == Provision.version_id)
        .where(_newest(task_ids), or_(Provision.eid.in_(articles), *inside))
    )
    found: dict[int, set[str]] = {}
    for task_id, eid in rows:
        found.setdefault(task_id, set()).add(eid)
    return found


def headings(task_ids: Sequence[int], kind: str, n: str) -> list[tuple[int, str, str, str]]:
    """(task, eid, number, heading) of the headings of this kind and number in the newest published versions, in order."""
    rows = db.session.execute(
        select(Version.task_id, Provision.eid, Provision.number, Provision.heading)
        .join(Version, Version.id == Provision.version_id)
        .where(_newest(task_ids), Provision.kind == kind, Provision.n == n)
        .order_by(Version.task_id, Provision.position)
    )
    return [(task_id, eid, number, heading) for task_id, eid, number, heading in rows]


def texts(task_ids: Sequence[int], eids: Sequence[str]) -> dict[tuple[int, str], str]:
    """The words at these addresses of the newest published versions."""
    rows = db.session.execute(
        select(Version.task_id, Provision.eid, Provision.text)
        .join(Version, Version.id == Provision.version_id)
        .where(_newest(task_ids), Provision.eid.in_(eids))
    )
    return {(task_id, eid): text for task_id, eid, text in rows}


def _newest(task_ids: Sequence[int]) -> ColumnElement[bool]:
    last = (
        select(Version.task_id, func.max(Version.serial))
        .where(Version.task_id.in_(task_ids), Version.state == "published")
        .group_by(Version.task_id)
    )
    return tuple_(Version.task_id, Version.serial).in_(last)
