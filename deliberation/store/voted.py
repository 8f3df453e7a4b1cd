"""What was voted about an article, wherever its words stand now: found through the suggestion that was put to the vote."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload, load_only

from deliberation.store import links
from deliberation.store.councils import Council
from deliberation.store.db import db
from deliberation.store.links import Carried
from deliberation.store.notices import BoardSheet
from deliberation.store.suggestions import Suggestion
from deliberation.store.votes import Vote

RECORDED = frozenset({"counted", "confirmed", "published"})
PUBLISHED = frozenset({"published"})
SHOWN = (Vote.question, Vote.state, Vote.subject, Vote.tally, Vote.closed_at, Vote.round)


@dataclass(frozen=True)
class Voted:
    """A counted vote on a suggestion that stands at an article; `carried` where it spoke of an earlier version.

    `sheet` is the newest sheet about it on the board that was not taken down.
    """

    vote: Vote
    suggestion: Suggestion
    carried: Carried | None
    sheet: int | None


def at_article(
    consultation_id: int, version_id: int, article_eid: str, states: Collection[str]
) -> list[Voted]:
    """The votes of these states at an article of a version, its own and those carried to it; GONE: those that stand nowhere.

    One statement, in the order they were called.
    """
    given = {
        "consultation": consultation_id,
        "version": version_id,
        "article": article_eid,
        "states": sorted(states),
    }
    rows = db.session.execute(_asked(gone=article_eid == links.GONE), given)
    return [Voted(*row) for row in rows]


@cache
def _asked(*, gone: bool) -> Select[Vote, Suggestion, Carried, int]:
    """Built once: putting it together costs more than asking it."""
    version: Any = bindparam("version")
    here = (
        links.nowhere(Suggestion, version)
        if gone
        else links.at_article(Suggestion, version, bindparam("article"))
    )
    now = aliased(Carried)
    sheet = (
        select(func.max(BoardSheet.id))
        .where(BoardSheet.vote_id == Vote.id, BoardSheet.down_at.is_(None))
        .scalar_subquery()
    )
    asked = (
        select(Vote, Suggestion, now, sheet)
        .join(Suggestion, Suggestion.id == Vote.suggestion_id)
        .outerjoin(
            now,
            (now.to_version_id == version)
            & (now.from_version_id == Suggestion.version_id)
            & (now.from_uid == Suggestion.uid),
        )
        .where(
            Vote.consultation_id == bindparam("consultation"),
            Vote.state.in_(bindparam("states", expanding=True)),
            here,
        )
        .order_by(Vote.id)
        .options(
            load_only(*SHOWN),
            joinedload(Vote.council).load_only(Council.name, Council.kind),
            joinedload(now.from_version),
        )
    )
    return cast("Select[Vote, Suggestion, Carried, int]", asked)
