"""The order of the numbers of divisions: what repeats or is missing is said, never repaired.

Parts number through the act, chapters through a part (also across its subparts), sections through a chapter.
"""

from dataclasses import dataclass, field

from deliberation.domain.errors import _
from deliberation.domain.provisions import DIVISIONS, Caution
from deliberation.domain.structure.marks import Mark


@dataclass(slots=True)
class Divisions:
    """The last number of each kind of division, and the kinds that may begin anew."""

    last: dict[str, int] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)

    def follow(self, mark: Mark, line: int) -> Caution | None:
        """Take the next division; a caution where its number does not go on."""
        number, last = mark.order[0], self.last.get(mark.kind)
        restarts = mark.kind in self.anew and number == 1
        self.anew.discard(mark.kind)
        self.last[mark.kind] = number
        self._open(mark.kind)
        if last is None or restarts or number == last + 1 or (number == last and "-" in mark.n):
            return None
        if number <= last:
            return Caution.of("number_repeats", line, _("%(number)s的序号重复或者倒退，按原样保留，请核对。"), number=mark.number)  # fmt: skip
        return Caution.of("number_gap", line, _("%(number)s之前缺了序号，按原样保留，请核对。"), number=mark.number)  # fmt: skip

    def _open(self, kind: str) -> None:
        """What stands below begins anew; the chapters of a subpart may, or go on."""
        for below in DIVISIONS[DIVISIONS.index(kind) + 1 :]:
            if kind == "subpart" and below == "chapter":
                self.anew.add(below)
            else:
                self.last.pop(below, None)
