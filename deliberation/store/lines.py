"""Questions about the lines of meetings; the rows are in `meetings`."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from deliberation.store.db import db
from deliberation.store.meetings import Line, LineChange


def changes(line_id: int) -> Sequence[LineChange]:
    """What a line said before, oldest first."""
    return db.session.scalars(
        select(LineChange).where(LineChange.line_id == line_id).order_by(LineChange.revision)
    ).all()


def line_of_remark(remark_id: int) -> Line | None:
    """The line a remark was taken from."""
    return db.session.scalars(select(Line).where(Line.remark_id == remark_id)).one_or_none()


def last_line_by(meeting_id: int, person_id: int | None) -> Line | None:
    """The newest line this person typed that still may be taken back."""
    return db.session.scalars(
        select(Line)
        .where(Line.meeting_id == meeting_id, Line.typed_by_id == person_id, Line.state == "draft")
        .order_by(Line.position.desc())
        .limit(1)
    ).one_or_none()


def lines_per_item(meeting_id: int) -> dict[int | None, int]:
    """How many lines stand at each point of the agenda; struck ones are not counted."""
    rows = db.session.execute(
        select(Line.item_id, func.count())
        .where(Line.meeting_id == meeting_id, Line.state != "struck")
        .group_by(Line.item_id)
    )
    return {row[0]: row[1] for row in rows}


def latest_lines(meeting_id: int, limit: int) -> Sequence[Line]:
    """The last lines that stand, in the order they were said."""
    found = db.session.scalars(
        select(Line)
        .where(Line.meeting_id == meeting_id, Line.state != "struck")
        .order_by(Line.position.desc())
        .limit(limit)
        .options(joinedload(Line.attendance), joinedload(Line.item))
    ).all()
    return found[::-1]


def numbered(meeting_id: int, number: int) -> Line | None:
    """The line with this number in its meeting."""
    return db.session.scalars(
        select(Line).where(Line.meeting_id == meeting_id, Line.position == number)
    ).one_or_none()
