"""体例检查: what the rules of legislative drafting would write differently. Hints for staff, never a refusal.

Source: 立法技术规范（试行）（一）, 法工委发〔2009〕62号, and （二）, 2011, of the Legislative Affairs Commission of the NPC Standing
Committee; 立法法 (text of 2023-03-13), art. 65. They bind national drafts; local drafts mostly follow them.
"""

from collections.abc import Callable, Iterator

from deliberation.domain.provisions import Draft
from deliberation.domain.style_hints_citations import citation_hints
from deliberation.domain.style_hints_figures import figure_hints
from deliberation.domain.style_hints_marks import mark_hints
from deliberation.domain.style_hints_structure import structure_hints
from deliberation.domain.style_hints_values import Hint
from deliberation.domain.style_hints_words import word_hints

Rule = Callable[[Draft], Iterator[Hint]]
RULES: tuple[Rule, ...] = (structure_hints, word_hints, figure_hints, mark_hints, citation_hints)

__all__ = ["Hint", "hints"]


def hints(draft: Draft) -> list[Hint]:
    """Every hint, in reading order; the words of quoted text and of tables are left alone."""
    place = {node.eid: i for i, node in enumerate(draft.walk())}
    found = [hint for rule in RULES for hint in rule(draft)]
    return sorted(found, key=lambda hint: (place.get(hint.eid, -1), hint.start, hint.code))
