"""Votes on suggestions and on matters: everything people do with one, from calling to confirming."""

from deliberation.services.vote_ballots import (
    HALL,
    ORIGINS,
    Cast,
    Taken,
    cast_ballot,
    check_may_take,
    obstacle,
    record_ballot,
    record_ballots,
)
from deliberation.services.vote_calling import (
    KINDS,
    OVER,
    Motion,
    call_vote,
    cancel_vote,
    change_vote,
    motion_of,
    next_round,
)
from deliberation.services.vote_corrections import (
    propose_erratum,
    proposed_words,
    publish_vote,
    recount,
    settle_erratum,
)
from deliberation.services.vote_counts import (
    PLACES,
    Sheet,
    close_vote,
    confirm_vote,
    counted,
    differing,
    hands,
    record_hands,
    voters,
)
from deliberation.services.vote_papers import last_count, record_paper
from deliberation.services.vote_rolls import Planned, frozen_rules, is_intact, open_vote, planned
from deliberation.services.vote_rules import Under, rules_of, under, ways

__all__ = (
    "HALL", "KINDS", "ORIGINS", "OVER", "PLACES", "Cast", "Motion", "Planned", "Sheet", "Taken", "Under", "call_vote",
    "cancel_vote", "cast_ballot", "change_vote", "check_may_take", "close_vote", "confirm_vote", "counted",
    "differing", "frozen_rules", "hands", "is_intact", "last_count", "motion_of", "next_round", "obstacle", "open_vote",
    "planned", "propose_erratum", "proposed_words", "publish_vote", "record_ballot", "record_ballots", "record_hands",
    "record_paper", "recount", "rules_of", "settle_erratum", "under", "voters", "ways",
)  # fmt: skip
