"""A wording is kept before it is changed."""

from deliberation.services.actors import who
from deliberation.services.acts import Record
from deliberation.store.db import db
from deliberation.store.suggestions import Suggestion, SuggestionRevision


def keep(record: Record, was: Suggestion) -> None:
    """Keep the wording as it stands."""
    db.session.add(
        SuggestionRevision(
            suggestion_id=was.id, revision=was.revision, kind=was.kind, title=was.title, wording=was.wording,
            reasons=was.reasons, basis=was.basis, dissent=was.dissent, at=record.at, by_id=who(record.actor),
        )
    )  # fmt: skip
