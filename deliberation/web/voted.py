"""Recorded votes on the page of an article: what was put, how it came out, where it stood then."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from deliberation.domain.errors import Said
from deliberation.domain.tally_words import words
from deliberation.domain.vote_results import OPINION_ONLY, meaning
from deliberation.domain.voting import Tally
from deliberation.store import voted
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.voted import PUBLISHED, RECORDED, Voted
from deliberation.web.seeing import sight
from deliberation.web.since import Since, since_of


@dataclass(frozen=True)
class Line:
    """One vote as an article's page shows it. `put` is the suggestion word by word as it was put, for those who work on it."""

    question: str
    number: int
    title: str
    put: str
    council: str
    round: int
    at: datetime | None
    meaning: Said | None
    words: tuple[Said, ...]
    opinion_only: str
    published: bool
    url: str
    since: Since | None


def votes_at(one: Consultation, version: Version, article_eid: str) -> list[Line]:
    """The votes that stand at an article of a version: everybody sees what hangs on the board, staff all that was counted."""
    staff = sight(one)["staff"]
    found = voted.at_article(one.id, version.id, article_eid, RECORDED if staff else PUBLISHED)
    return [_line(one, each, staff=staff) for each in found if staff or each.sheet]


def _line(one: Consultation, found: Voted, *, staff: bool) -> Line:
    vote, tally, put = found.vote, Tally.from_dict(found.vote.tally or {}), found.vote.subject or {}
    url = url_for("votes.show", vote_id=vote.id) if staff else url_for("notices.sheet", sheet_id=found.sheet)
    return Line(
        question=vote.question, number=found.suggestion.number, title=put.get("title", ""),
        put=put.get("wording", "") if staff else "", council=vote.council.name, round=vote.round, at=vote.closed_at,
        meaning=meaning(vote.council.kind, tally), words=words(tally),
        opinion_only=OPINION_ONLY if vote.council.kind == "council_9x" else "", published=vote.state == "published", url=url,
        since=since_of(one, found.carried) if found.carried is not None else None,
    )  # fmt: skip
