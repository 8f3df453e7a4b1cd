"""Questions the search index asks: what there is to find, and who stands where."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import Provision, Version
from deliberation.store.meetings import Attendance, Meeting, Minutes
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Suggestion

AT_ONCE = 500


def consultations(ids: Iterable[int] | None = None) -> Sequence[Consultation]:
    """These consultations, or all, with task and office."""
    asked = select(Consultation).options(joinedload(Consultation.task), joinedload(Consultation.office))
    if ids is not None:
        asked = asked.where(Consultation.id.in_(list(ids)))
    return db.session.scalars(asked.order_by(Consultation.id)).all()


def of_task(task_id: int) -> list[int]:
    """The consultations on one task."""
    return list(db.session.scalars(select(Consultation.id).where(Consultation.task_id == task_id)))


def version_ids(task_id: int) -> list[int]:
    """The published versions of a task, newest first."""
    return list(
        db.session.scalars(
            select(Version.id)
            .where(Version.task_id == task_id, Version.state == "published")
            .order_by(Version.serial.desc())
        )
    )


def provision_ids(version_id: int) -> list[int]:
    """The articles and other outermost blocks of a version."""
    return list(
        db.session.scalars(
            select(Provision.id).where(Provision.version_id == version_id, Provision.article_id.is_(None))
        )
    )


def articles(version_id: int) -> list[tuple[Provision, str]]:
    """Each outermost block that is no heading, with all its text, in order."""
    rows = db.session.scalars(
        select(Provision).where(Provision.version_id == version_id).order_by(Provision.position)
    ).all()
    inner: dict[int, list[str]] = {}
    for row in rows:
        inner.setdefault(row.article_id or row.id, []).append(
            f"{'' if row.article_id is None else row.number}{row.text}"
        )
    return [
        (row, "\n".join(line for line in inner.get(row.id, []) if line))
        for row in rows
        if row.article_id is None and row.kind not in {"part", "subpart", "chapter", "section"}
    ]


def remarks(ids: Sequence[int]) -> Sequence[Remark]:
    """These remarks with their consultations."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.id.in_(ids))
        .options(joinedload(Remark.consultation).joinedload(Consultation.task))
    ).all()


def remarks_of(consultation_id: int) -> Iterator[Sequence[Remark]]:
    """A consultation's remarks in batches, in order."""
    last = 0
    while True:
        some = db.session.scalars(
            select(Remark)
            .where(Remark.consultation_id == consultation_id, Remark.id > last)
            .order_by(Remark.id)
            .limit(AT_ONCE)
        ).all()
        if not some:
            return
        yield some
        last = some[-1].id


def suggestions_of(consultation_id: int) -> Sequence[Suggestion]:
    """All suggestions of a consultation, dropped ones too."""
    return db.session.scalars(select(Suggestion).where(Suggestion.consultation_id == consultation_id)).all()


def suggestions_of_task(task_id: int) -> list[int]:
    """The suggestions about the texts of a task, in all its consultations."""
    asked = select(Suggestion.id).join(Consultation, Consultation.id == Suggestion.consultation_id)
    return list(db.session.scalars(asked.where(Consultation.task_id == task_id).order_by(Suggestion.id)))


def suggestions(ids: Sequence[int]) -> Sequence[Suggestion]:
    """These suggestions."""
    return db.session.scalars(select(Suggestion).where(Suggestion.id.in_(ids))).all()


def minuted(
    consultation_id: int | None = None, meeting_ids: Sequence[int] | None = None
) -> list[tuple[Meeting, Minutes]]:
    """Meetings with their latest minutes."""
    asked = (
        select(Meeting, Minutes)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .order_by(Meeting.id, Minutes.revision)
    )
    if consultation_id is not None:
        asked = asked.where(Meeting.consultation_id == consultation_id)
    if meeting_ids is not None:
        asked = asked.where(Meeting.id.in_(meeting_ids))
    latest = {meeting.id: (meeting, minutes) for meeting, minutes in db.session.execute(asked)}
    return list(latest.values())


def attending(meeting_id: int) -> list[int]:
    """Who stands on a meeting's sheet."""
    return list(db.session.scalars(select(Attendance.person_id).where(Attendance.meeting_id == meeting_id)))
