"""What a matter's page shows beside its steps: material, what hangs, objections, letters, votes."""

from datetime import date
from typing import Any

from deliberation.domain.procedures import POSTING_LABELS
from deliberation.services.matter_papers import FROM, PARTS
from deliberation.services.notices import SAID_HOW
from deliberation.store import matter_papers, notices, votes
from deliberation.store.councils import Matter
from deliberation.web.forms.councils import DAYS


def belongings(one: Matter) -> dict[str, Any]:
    """The rows a matter's page lists, and the words for them."""
    return {
        "files": matter_papers.files(one.id),
        "parts": PARTS,
        "sheets": notices.of_matter(one.id),
        "kinds": POSTING_LABELS,
        "objections": notices.objections(one.id),
        "channels": SAID_HOW,
        "letters": matter_papers.letters(one.id),
        "asks_letter": one.state in FROM,
        "votes": votes.of_matter(one.id),
        "days": DAYS,
        "as_day": date.fromisoformat,
    }
