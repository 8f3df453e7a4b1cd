"""What the edits made on the platform say of a version: its links and its names, nothing guessed."""

from dataclasses import dataclass, field

from deliberation.domain.alignment import Link
from deliberation.store.drafts import Version


@dataclass(frozen=True)
class Edited:
    """Links in eids, and the uid each unit keeps or was given."""

    links: list[Link]
    uids: dict[str, str] = field(default_factory=dict)


def edited(version: Version, base: Version) -> Edited | None:
    """The links of a version begun from this one on the platform; None where it was not."""
    return None
