"""What follows from the links, made anew inside an act: what is carried, and the counters of a version's articles."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select

from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import ArticleCount, Provision
from deliberation.store.links import Carried
from deliberation.store.log import Log
from deliberation.store.remarks import Remark


def replace_carried(version_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """What is carried to a version, made anew."""
    db.session.execute(delete(Carried).where(Carried.to_version_id == version_id))
    if rows:
        db.session.execute(insert(Carried), list(rows))


def hold(task_id: int) -> None:
    """Let nobody say anything about the task's draft until this act is done: the counters are made anew."""
    logs = select(Consultation.log_id).where(Consultation.task_id == task_id)
    db.session.execute(select(Log.id).where(Log.id.in_(logs)).order_by(Log.id).with_for_update())


def said(task_id: int) -> list[tuple[int, int, str, str, int]]:
    """(consultation, version, uid, attitude, how many) of every remark that counts at a place of the task's draft."""
    rows = db.session.execute(
        select(Remark.consultation_id, Remark.version_id, Remark.uid, Remark.attitude, func.count())
        .join(Consultation, Consultation.id == Remark.consultation_id)
        .where(
            Consultation.task_id == task_id,
            Remark.state == "current",
            Remark.late.is_(False),
            Remark.uid != "",
        )
        .group_by(Remark.consultation_id, Remark.version_id, Remark.uid, Remark.attitude)
    )
    return [(one, version, uid, attitude, count) for one, version, uid, attitude, count in rows]


def replace_counts(version_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """The counters of a version's articles, made anew."""
    mine = select(Provision.id).where(Provision.version_id == version_id)
    db.session.execute(
        delete(ArticleCount).where(ArticleCount.provision_id.in_(mine)),
        execution_options={"synchronize_session": False},
    )
    if rows:
        db.session.execute(insert(ArticleCount), list(rows))
