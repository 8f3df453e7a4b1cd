"""How an article's remarks and suggestions become the two columns of the workbench."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from deliberation.domain.comparison import Run
from deliberation.domain.dossier import Backing
from deliberation.domain.errors import Said
from deliberation.domain.place_words import place_words
from deliberation.domain.quantities import quantity
from deliberation.domain.quantity_words import unsupported
from deliberation.domain.remarks import CHANNELS, ENDINGS
from deliberation.domain.suggestions import RELATIONS, spot_of
from deliberation.services import suggestions as verbs
from deliberation.services.backing import Categories, backing, counts, of_remarks, sides, still
from deliberation.store import drafts, suggestions
from deliberation.store.bench import Waiting
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.points import Point
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Source, Suggestion
from deliberation.web.languages import say
from deliberation.web.since import Since


@dataclass(frozen=True)
class Slip:
    """One remark on the left: nameless, with what was already done with it."""

    remark: Remark
    meta: list[str]
    merged: list[int]
    ending: str
    checked: bool
    points: list[tuple[Point, list[int]]] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Neither merged nor settled."""
        return not self.merged and not self.ending

    @property
    def left(self) -> int:
        """Points that are in no suggestion, where others of the same remark are."""
        whole = set(self.merged) - {number for _point, into in self.points for number in into}
        return 0 if self.waits or whole else sum(not into for _point, into in self.points)


@dataclass(frozen=True)
class Behind:
    """One source of a suggestion, with whether it counts."""

    remark: Remark
    relation: str
    counts: bool
    points: list[Point] = field(default_factory=list)


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
    spoken: Said | None = None
    warnings: list[Said] = field(default_factory=list)


Split = Mapping[int, list[tuple[Point, list[int]]]]


def slips(
    found: Sequence[Remark],
    picked: Iterable[int],
    categories: Categories,
    split: Split | None = None,
    earlier: Mapping[int, Since] | None = None,
) -> list[Slip]:
    """The remarks as slips; `split` has the points of those that have any, `earlier` where those of an earlier version stand."""
    ticked = set(picked)
    split = split or {}
    merged = suggestions.numbers_of([remark.id for remark in found])
    return [
        Slip(
            remark,
            [
                part
                for part in (
                    say(categories.of(remark.category, remark.author_id)), _(CHANNELS[remark.channel]),
                    _since((earlier or {}).get(remark.id)),
                )
                if part
            ],
            merged.get(remark.id, []),
            _(ENDINGS[remark.ending]) if remark.ending else "",
            remark.number in ticked,
            split.get(remark.id, []),
        )
        for remark in found
    ]  # fmt: skip


def _since(was: Since | None) -> str:
    return _("%(stage)s：%(words)s", stage=was.stage, words=was.words) if was is not None else ""


def cards(
    found: Sequence[Suggestion],
    at_place: Sequence[Remark],
    categories: Categories,
    split: Split,
    earlier: Mapping[int, Since] | None = None,
) -> list[Card]:
    """The suggestions as cards, with what stands behind each."""
    ids = [remark.id for remark in at_place]
    return [
        replace(card, place=_since((earlier or {}).get(row.id)) or card.place)
        for row in found
        for card in [_card(row, ids, categories, split)]
    ]


def _card(row: Suggestion, ids: Sequence[int], categories: Categories, split: Split) -> Card:
    behind, beside = backing(row, categories, ids), of_remarks(sides(row)[1], categories)
    return Card(
        row,
        say(place_words(row.place, row.eid)),
        verbs.difference(row),
        behind,
        beside,
        [
            Behind(source.remark, _(RELATIONS[source.relation]), counts(source.remark), part(split, source))
            for source in still(row)
        ],
        row.revision - 1,
        quantity(behind).said if behind.remarks else None,
        [*unsupported(f"{row.title}\n{row.reasons}", behind), *unsupported(row.dissent, beside)],
    )


def part(split: Split, source: Source) -> list[Point]:
    """The points of its remark a source is; none: the whole of it."""
    number = source.suggestion.number
    return [point for point, into in split.get(source.remark_id, ()) if number in into]


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


def stands(version: Version, choices: Sequence[SelectChoice]) -> list[tuple[str, str]]:
    """The draft's text at each place one may choose, for the comparison while writing."""
    return [(choice.value, verbs.stands_at(version, spot_of(choice.value))) for choice in choices]


def compared(version: Version, at: str, wording: str) -> tuple[Run, ...]:
    """The wording against the draft at the chosen place."""
    return verbs.against(verbs.stands_at(version, spot_of(at)), wording)


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
    names = ("remarks", "merged", "settled", "left")
    return Waiting(*(sum(getattr(one, name) for one in waiting.values()) for name in names))
