"""意见态度统计: what people think of each article, counted from remarks as exactly as a vote and never called one."""

from collections.abc import Mapping
from itertools import groupby

from deliberation.domain.attitudes import Attitude, AttitudeCount, Expressed, count_attitudes
from deliberation.store import attitudes, drafts, people
from deliberation.store.attitudes import Held
from deliberation.store.consultations import Consultation


def by_article(one: Consultation) -> dict[str, AttitudeCount]:
    """For each article (eid) somebody spoke of, the count.

    Somebody with an account counts once an article, with what they said last; a remark without an account is one voice.
    Who gave no category has that of their seat in the office, else none.
    """
    seats = {member.person_id: member.category or "" for member in people.members(one.office_id)}
    version = drafts.current(one.task_id)
    rows = attitudes.held(one.id, version.follows if version else None)
    return {
        eid: count_attitudes([_expressed(row, seats) for row in said])
        for eid, said in groupby(rows, key=lambda row: row.article_eid)
    }


def _expressed(row: Held, seats: Mapping[int, str]) -> Expressed:
    known = row.author_id is not None
    return Expressed(
        person=("person", row.author_id) if known else ("remark", row.number),
        attitude=Attitude(row.attitude),
        category=row.category or seats.get(row.author_id or 0, ""),
        origin=row.channel,
        revision=row.number,
    )
