"""Every table, imported once, so that migrations and relationships know them all."""

from deliberation.store import (
    areas,
    council_terms,
    matter_papers,
    minutes_corrections,
    notices,
    vote_counts,
)

NOUNS = (
    areas,
    council_terms,
    matter_papers,
    minutes_corrections,
    notices,
    vote_counts,
)
