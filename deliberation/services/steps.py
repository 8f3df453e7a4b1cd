"""Steps are kept with the act, so that the person who did it can take it back."""

from typing import Any

from deliberation.services.actors import who
from deliberation.services.acts import Record
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.steps import BenchStep


def remember(
    record: Record,
    one: Consultation,
    what: str,
    article_eid: str,
    about: dict[str, Any],
    facts: dict[str, Any],
) -> None:
    """Keep this step; whoever acts without being a person (the console) has none to take back."""
    person_id = who(record.actor)
    if person_id is None:
        return
    db.session.add(
        BenchStep(
            consultation_id=one.id, person_id=person_id, what=what, article_eid=article_eid, about=about,
            facts=facts, at=record.at,
        )
    )  # fmt: skip
