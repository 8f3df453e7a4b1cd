"""Every table, imported once, so that migrations and relationships know them all."""

from deliberation.store import (
    consultations,
    councils,
    drafts,
    files,
    log,
    meetings,
    outbox,
    people,
    remarks,
    suggestions,
    votes,
)

NOUNS = (consultations, councils, drafts, files, log, meetings, outbox, people, remarks, suggestions, votes)
