"""What stands behind a suggestion, as counts: how many remarks, of how many at the place, of which categories and channels.

A remark counts when it came in time and was neither withdrawn nor replaced; every figure of the house uses this one rule.
"""

from collections import Counter
from collections.abc import Iterable

from deliberation.domain.dossier import Backing
from deliberation.domain.dossier_sittings import Tally
from deliberation.domain.errors import _
from deliberation.domain.remarks import CHANNELS
from deliberation.domain.roles import ROLE_NAMES, STAFF, Role
from deliberation.services.councils import label
from deliberation.store import people
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Source, Suggestion

UNKNOWN = _("未填类别")


class Categories:
    """The category a remark counts under: what it says itself, else what its author is in the office."""

    def __init__(self, office_id: int) -> None:
        self._of: dict[int, str] = {}
        for one in people.members(office_id):
            role = Role(one.role)
            named = label(one.category) if one.category else ROLE_NAMES[role]
            if role not in STAFF or one.person_id not in self._of:
                self._of[one.person_id] = named

    def of(self, category: str, author_id: int | None) -> str:
        """The words shown, a msgid where we have one; "" where nobody said."""
        return label(category) if category else self._of.get(author_id or 0, "")


def counts(remark: Remark) -> bool:
    """Whether a remark counts."""
    return remark.state == "current" and not remark.late


def still(suggestion: Suggestion) -> list[Source]:
    """The sources that were not taken out, in the order they came; withdrawn ones are among them."""
    return [one for one in suggestion.sources if one.ended_at is None]


def sides(suggestion: Suggestion) -> tuple[list[Remark], list[Remark]]:
    """The remarks that count: those that say it, and those that stand beside it as another view."""
    counting = [one for one in still(suggestion) if counts(one.remark)]
    return (
        [one.remark for one in counting if one.relation != "minority"],
        [one.remark for one in counting if one.relation == "minority"],
    )


def backing(suggestion: Suggestion, categories: Categories, at_place: Iterable[int] | None = None) -> Backing:
    """The counts behind a suggestion. `at_place`: ids of all remarks that count at its article; None: nobody counted."""
    for_, beside = sides(suggestion)
    if at_place is None:
        return of_remarks(for_, categories)
    base = len({one.id for one in (*for_, *beside)} | set(at_place))
    known = _of_one_mind(suggestion) and (
        beside or not suggestion.dissent
    )  # a view written down is one, with or without a remark
    return of_remarks(for_, categories, base=base, opposed=len(beside) if known else None)


def _of_one_mind(suggestion: Suggestion) -> bool:
    """Whether nobody who counts agrees only in part, or is against what another is for: else nothing is 一致."""
    said = [one for one in still(suggestion) if counts(one.remark) and one.relation != "minority"]
    attitudes = {one.remark.attitude for one in said}
    return not {"support", "oppose"} <= attitudes and all(one.relation != "part" for one in said)


def of_remarks(
    said: list[Remark], categories: Categories, *, base: int | None = None, opposed: int | None = None
) -> Backing:
    """Counts of some remarks by category (largest first) and by channel."""
    by_category = Counter(categories.of(one.category, one.author_id) for one in said)
    by_channel = Counter(one.channel for one in said)
    return Backing(
        remarks=len(said),
        base=base,
        opposed=opposed,
        categories=tuple(Tally(name or UNKNOWN, n) for name, n in by_category.most_common()),
        channels=tuple(Tally(name, by_channel[code]) for code, name in CHANNELS.items() if by_channel[code]),
    )
