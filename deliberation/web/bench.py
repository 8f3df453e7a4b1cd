"""How an article's remarks and suggestions become the two columns of the workbench."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from deliberation.domain import grouping
from deliberation.domain.comparison import Run
from deliberation.domain.dossier import Backing
from deliberation.domain.place_words import place_words
from deliberation.domain.remarks import CHANNELS, ENDINGS
from deliberation.domain.suggestions import RELATIONS
from deliberation.services import suggestions as verbs
from deliberation.services.backing import Categories, backing, counts, of_remarks, sides, still
from deliberation.store import drafts, suggestions
from deliberation.store.bench import Waiting
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Suggestion
from deliberation.web.languages import say

GROUPED_MOST = 2_000


@dataclass(frozen=True)
class Slip:
    """One remark on the left: nameless, with what was already done with it."""

    remark: Remark
    meta: list[str]
    merged: list[int]
    ending: str
    checked: bool

    @property
    def waits(self) -> bool:
        """Neither merged nor settled."""
        return not self.merged and not self.ending


@dataclass(frozen=True)
class Behind:
    """One source of a suggestion, with whether it counts."""

    remark: Remark
    relation: str
    counts: bool


@dataclass(frozen=True)
class Card:
    """One suggestion on the right."""

    row: Suggestion
    place: str
    runs: tuple[Run, ...]
    backing: Backing
    beside: Backing
    sources: list[Behind]
    revisions: int


@dataclass(frozen=True)
class Hint:
    """A group that may belong together: a hint with the words its remarks share, never more."""

    numbers: list[int]
    shared: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)


def slips(found: Sequence[Remark], picked: Iterable[int], categories: Categories) -> list[Slip]:
    """The remarks as slips."""
    ticked = set(picked)
    merged = suggestions.numbers_of([remark.id for remark in found])
    return [
        Slip(
            remark,
            [part for part in (say(categories.of(remark.category, remark.author_id)), _(CHANNELS[remark.channel])) if part],
            merged.get(remark.id, []),
            _(ENDINGS[remark.ending]) if remark.ending else "",
            remark.number in ticked,
        )
        for remark in found
    ]  # fmt: skip


def cards(found: Sequence[Suggestion], at_place: Sequence[Remark], categories: Categories) -> list[Card]:
    """The suggestions as cards, with what stands behind each."""
    ids = [remark.id for remark in at_place]
    return [
        Card(
            row,
            say(place_words(row.place, row.eid)),
            verbs.difference(row),
            backing(row, categories, ids),
            of_remarks(sides(row)[1], categories),
            [
                Behind(source.remark, _(RELATIONS[source.relation]), counts(source.remark))
                for source in still(row)
            ],
            row.revision - 1,
        )
        for row in found
    ]


def hints(found: Sequence[Slip]) -> list[Hint]:
    """Groups among the remarks that wait; none where there are too many to look through at once."""
    waiting = [slip.remark for slip in found if slip.waits]
    if not 2 <= len(waiting) <= GROUPED_MOST:
        return []
    each = (grouping.Remark(str(r.number), r.article_eid, r.attitude, r.text or r.wording) for r in waiting)
    return [
        Hint([int(member) for member in group.members], list(group.shared), list(group.differ))
        for group in grouping.group(each).groups
    ]


def places(version: Version, article: str) -> list[SelectChoice]:
    """Where a suggestion may stand, seen from one article: the article, its 款 and 项, after it; or the whole, the title."""
    if article in {"", "whole"}:
        return [SelectChoice(word, say(place_words(word, ""))) for word in ("whole", "title")]
    row = drafts.at(version.id, article)
    found = [SelectChoice(article, say(place_words("article", article)))]
    if row is not None:
        found += [
            SelectChoice(each.eid, say(place_words("paragraph", each.eid)))
            for each in drafts.inside(row.id)
            if each.kind in {"paragraph", "subparagraph", "item"}
        ]
    return [*found, SelectChoice(f"after:{article}", say(place_words("after", article)))]


def article_name(eid: str) -> str:
    """What the page of an article is called."""
    return say(place_words("article", "" if eid == "whole" else eid))


def turning(
    one: Consultation, rows: Sequence[str], here: str
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The articles before and after among those with something on them, as (label, url)."""
    known = list(rows)
    if here not in known:
        return None, None
    at = known.index(here)

    def link(n: int) -> tuple[str, str] | None:
        if not 0 <= n < len(known):
            return None
        return article_name(known[n]), url_for("suggestions.article", slug=one.slug, eid=known[n])

    return link(at - 1), link(at + 1)


def summed(waiting: Mapping[str, Waiting]) -> Waiting:
    """What waits at all articles together."""
    names = ("remarks", "merged", "settled")
    return Waiting(*(sum(getattr(one, name) for one in waiting.values()) for name in names))
