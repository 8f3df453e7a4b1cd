"""Every table, imported once, so that migrations and relationships know them all."""

from deliberation.store import (
    adoptions,
    consultations,
    councils,
    drafts,
    edits,
    files,
    links,
    log,
    meetings,
    outbox,
    people,
    remarks,
    suggestions,
    votes,
)

NOUNS = (
    adoptions, consultations, councils, drafts, edits, files, links, log, meetings, outbox, people, remarks, suggestions,
    votes,
)  # fmt: skip
