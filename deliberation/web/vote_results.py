"""A counted vote as its page shows it: picture, arithmetic, whole, nine, X and categories. No question is asked here twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.domain.errors import Said
from deliberation.domain.procedures import Result
from deliberation.domain.seats import COOPTED, PANEL_LABELS, Fixed
from deliberation.domain.tally_words import spoken, words
from deliberation.domain.vote_codes import spoken_code
from deliberation.domain.vote_results import OPINION_ONLY, Picture, meaning, picture
from deliberation.domain.voting import Count, Tally
from deliberation.services.notices import may_hang
from deliberation.services.vote_rolls import as_row, digest_of
from deliberation.store import assemblies, count_votes, notices, vote_counts, votes
from deliberation.store.votes import RollRow, Vote


@dataclass(frozen=True)
class Shown:
    """What the page shows of a result."""

    tally: Tally
    picture: Picture
    meaning: Said | None
    words: tuple[Said, ...]
    opinion_only: str
    nine: Tally | None
    nine_words: tuple[Said, ...]
    parts: list[tuple[str, int, int, Count]]  # category, due, present, count
    origins: list[tuple[str, int]]
    intact: bool


def shown(vote: Vote) -> Shown:
    """From the stored tally and the frozen rows: two statements."""
    tally = Tally.from_dict(vote.tally or {})
    nine = Tally.from_dict(vote.tally_nine) if vote.tally_nine else None
    roll, chosen = votes.roll(vote.id), assemblies.way_of(vote)
    return Shown(
        tally=tally,
        picture=picture(tally),
        meaning=meaning(vote.council.kind, tally, Result(chosen.result) if chosen else None),
        words=words(tally),
        opinion_only=OPINION_ONLY if vote.council.numbered or (chosen and chosen.result == "opinion") else "",
        nine=nine,
        nine_words=words(nine) if nine else (),
        parts=[(name, *_heads(roll, name), part) for name, part in sorted(tally.categories, key=_listed)],
        origins=_origins(vote),
        intact=vote.roll_digest == digest_of(vote, [as_row(row) for row in roll]),
    )


def history(vote: Vote) -> dict[str, Any]:
    """What was counted again or put right, and what hangs on the board about it."""
    found = vote_counts.corrections(vote.id)
    return {
        "corrections": found,
        "hands_of": count_votes.source(vote.id) if vote.kind == "hands" else None,
        "waiting": any(one.settled_at is None for one in found),
        "sheets": notices.of_vote(vote.id) if vote.state == "published" else [],
        "hangs": may_hang(vote),
        "spoken": lambda plain: spoken(Tally.from_dict(plain)),
        "code": spoken_code,
    }


ORDER = (*(fixed.value for fixed in Fixed), *PANEL_LABELS)


def _listed(part: tuple[str, Count]) -> tuple[int, str]:
    """The nine as they are always listed, a panel's categories, the office's own words, X last."""
    name = part[0]
    if name == COOPTED:
        return len(ORDER) + 1, name
    return ORDER.index(name) if name in ORDER else len(ORDER), name


def _heads(roll: Sequence[RollRow], category: str) -> tuple[int, int]:
    rows = [row for row in roll if row.category == category]
    return len(rows), sum(row.present for row in rows)


def _origins(vote: Vote) -> list[tuple[str, int]]:
    """(origin, how many of the ballots that count came so), for named votes."""
    if vote.kind != "named":
        return []
    last = {ballot.roll_id: ballot.origin for ballot in votes.ballots(vote.id)}
    found = list(last.values())
    return [(origin, found.count(origin)) for origin in ("page", "called", "paper") if origin in found]
