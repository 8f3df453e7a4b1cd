"""The counts of a dossier from its own rows, in one pass, so that a page of counts cannot disagree with the annex."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from deliberation.domain.dossier import Counts, MeetingRow, RemarkRow, Tally
from deliberation.domain.dossier_words import ATTITUDES, CHANNELS, ENDS, UNJUDGED
from deliberation.domain.errors import _

UNKNOWN = _("未填类别")


class Counted(NamedTuple):
    """What of an original is counted: so much is read where a million of them are counted without being printed."""

    channel: str
    category: str
    attitude: str
    end: str | None
    eid: str | None
    withheld: str | None


def counted_of(row: RemarkRow) -> Counted:
    """The same of a whole row."""
    category = row.category or row.author.category
    return Counted(row.channel, category, row.attitude, row.end, row.eid, row.withheld)


class _Seen:
    """What one pass over the originals counts."""

    def __init__(self) -> None:
        self.total = self.withheld = 0
        self.articles: set[str] = set()
        self.channels: Counter[str] = Counter()
        self.categories: Counter[str] = Counter()
        self.attitudes: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()

    def add(self, row: Counted) -> None:
        self.total += 1
        self.withheld += row.withheld is not None
        self.channels[row.channel] += 1
        self.categories[row.category] += 1
        self.attitudes[row.attitude] += 1
        self.ends[row.end or ""] += 1
        if row.eid and row.eid.startswith("art_"):
            self.articles.add(row.eid.split("__", 1)[0])


def count_up(
    remarks: Iterable[RemarkRow | Counted],
    *,
    suggestions: int = 0,
    meetings: tuple[MeetingRow, ...] = (),
    votes: int = 0,
    late: int = 0,
    withdrawn: int = 0,
) -> Counts:
    """Count the originals once, in order. `late` and `withdrawn` are rows that are not among `remarks`."""
    seen = _Seen()
    for row in remarks:
        seen.add(row if isinstance(row, Counted) else counted_of(row))
    return Counts(
        remarks=seen.total,
        articles=len(seen.articles),
        suggestions=suggestions,
        by_channel=_coded(CHANNELS, seen.channels),
        by_category=tuple(
            Tally(label or UNKNOWN, n, code="" if label else "none")
            for label, n in seen.categories.most_common()
        ),
        by_attitude=_coded(ATTITUDES, seen.attitudes),
        by_end=_coded({**ENDS, "": UNJUDGED}, seen.ends),
        withheld=seen.withheld,
        withdrawn=withdrawn,
        late=late,
        meetings=len(meetings),
        due=_sum([meeting.due for meeting in meetings]),
        present=_sum([meeting.present for meeting in meetings]),
        votes=votes,
    )


def _coded(words: dict[str, str], counted: Counter[str]) -> tuple[Tally, ...]:
    """The figures in the order of the words, unknown codes after them; what nobody said is left out."""
    known = [Tally(label, counted[code], code or "none") for code, label in words.items() if counted[code]]
    strange = [Tally(code, n, code) for code, n in counted.items() if code not in words]
    return (*known, *strange)


def _sum(figures: list[int | None]) -> int | None:
    """Their sum; None where one of them was not recorded, or there are none."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if figures and len(known) == len(figures) else None
