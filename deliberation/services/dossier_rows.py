"""Rows of the store as the plain values a dossier prints: remarks while they are read, suggestions with their counts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from deliberation.clock import local
from deliberation.domain.attitudes import Attitude, AttitudeCount, Attitudes, Expressed, count_attitudes
from deliberation.domain.dossier import Backing, Point, RemarkRow, SuggestionRow, View
from deliberation.domain.dossier_counts import Counted
from deliberation.domain.dossier_sittings import AttitudeRow, Person
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.place_words import cited, place_words
from deliberation.services.backing import UNKNOWN, Categories, backing, of_remarks, sides
from deliberation.services.councils import label
from deliberation.services.suggestions import stood
from deliberation.services.vote_attitudes import by_article
from deliberation.store import dossiers, drafts, links, suggestions
from deliberation.store import points as marks
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.links import GONE
from deliberation.store.remarks import Remark, public_number
from deliberation.store.suggestions import Suggestion

SPLIT_FROM = 5  # attitudes at a place are split by category from so many on
SHORT = 300  # characters of minority remarks that are printed whole beside a suggestion
NOWHERE = 10**6


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the version that holds: its order, its address and its article's (GONE where it stands nowhere), in words."""

    order: int
    eid: str
    article_eid: str
    place: str
    article: str


class Order:
    """Reading order of the places of one version: 0 the whole, 1 the title, then every provision."""

    def __init__(self, version: Version | None) -> None:
        rows = drafts.provisions(version.id) if version else []
        self._at = {row.eid: row.position + 2 for row in rows}
        self._last: dict[str, int] = {}
        self._spots: dict[tuple[object, ...], Spot] = {}
        self._version = version
        earlier = links.to(version.id) if version and version.follows else ()
        self._carried = {
            (row.from_version_id, row.from_uid): (row.to_eid, row.to_article_eid) for row in earlier
        }
        for row in rows:
            article = row.eid.split("__para_")[0]
            self._last[article] = max(self._last.get(article, 0), row.position + 2)

    @property
    def follows(self) -> int | None:
        """The version's id where there are earlier ones."""
        return self._version.follows if self._version else None

    def of(self, place: str, eid: str) -> int:
        """A number to sort by; places the version does not have stand last."""
        if not eid or eid == "title":
            return 1 if "title" in {place, eid} else 0
        if place == "after":
            return self._last.get(eid, NOWHERE)
        return self._at.get(eid, NOWHERE)

    def now(self, said: Any) -> Spot:
        """Where a remark or a suggestion stands in this version: what spoke of an earlier one goes with its words."""
        key = (said.version_id, said.place, said.eid, said.article_eid, said.uid)
        found = self._spots.get(key)
        if found is None:
            found = self._spots[key] = self._spot(said)
        return found

    def _spot(self, said: Any) -> Spot:
        place, eid, article = said.place, said.eid, said.article_eid
        if not article or self._version is None or said.version_id == self._version.id:
            return Spot(
                self.of(place, eid), eid, article, words_of(place, eid), article_words(place, eid, article)
            )
        to, at = self._carried.get((said.version_id, said.uid), ("", ""))
        if to and at:
            return Spot(self.of(place, to), to, at, words_of(place, to), article_words(place, to, at))
        was = f"原{words_of(place, eid)}", f"原{article_words(place, eid, article)}"
        return Spot(NOWHERE, "", GONE, *was)


@lru_cache(maxsize=20_000)
def words_of(place: str, eid: str) -> str:
    """第三条第二款, 总体意见, 在第三条后增加一条."""
    return speak(place_words(place, eid), chinese)


@lru_cache(maxsize=20_000)
def article_words(place: str, eid: str, article: str) -> str:
    """What a part of the report is headed with: the article, or what stands beside the articles."""
    return cited(article) if article and place != "after" else words_of(place, eid)


class Remarks(Collection[RemarkRow]):
    """The remarks of a dossier, read from the store in batches each time they are asked for."""

    def __init__(self, one: Consultation, size: int, order: Order, *, named: bool) -> None:
        self.one, self.size, self.order, self.named = one, size, order, named
        self.categories = Categories(one.office_id)
        self.merged: Mapping[int, Sequence[int]] = suggestions.sources_of_remarks(one.id)
        self.split = marks.of_consultation(one.id)
        self._length = dossiers.remarks_below(one.id, size)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[RemarkRow]:
        return (self.row(kept) for kept in self.kept())

    def __contains__(self, row: object) -> bool:
        return any(row == mine for mine in self)

    def kept(self) -> Iterator[Any]:
        """The store's rows, one after another."""
        for batch in dossiers.remark_batches(self.one, self.size, named=self.named):
            yield from batch

    def counting(self, apart: Counter[str]) -> Iterator[Counted]:
        """What is counted of those that came in time and were neither withdrawn nor replaced; the others are counted in `apart`: late, gone."""
        for kept in self.kept():
            if kept.state == "current" and not kept.late:
                category = self.categories.of(kept.category, kept.author_id)
                end = "merged" if self.merged.get(kept.id) else kept.ending
                open_ = None if kept.released_at else "not_released"
                yield Counted(kept.channel, category, kept.attitude, end, kept.eid or None, open_)
            else:
                apart["late" if kept.state == "current" else "gone"] += 1

    def row(self, kept: Any) -> RemarkRow:
        """One line. Words that were taken back are in no edition; their number, place and leaf are."""
        gone = kept.state != "current"
        category = self.categories.of(kept.category, kept.author_id)
        numbers = tuple(self.merged.get(kept.id, ()))
        spot = self.order.now(kept)
        return RemarkRow(
            number=public_number(kept.received_at, kept.number), version=kept.serial, version_digest=kept.digest,
            eid=kept.eid or None, quote=kept.quote or None, attitude=kept.attitude, leaf=kept.leaf_index,
            text=None if gone else kept.text, wording=None if gone else kept.wording or None,
            reason=None if gone else kept.reason or None, sha256=None if gone else kept.sha256,
            salt=None if gone or kept.salt is None else kept.salt.hex(), channel=kept.channel,
            origin=kept.origin or None, category=category or None, made_at=kept.made_at, suggestions=numbers,
            outcome="pending", place=spot.place, spot=kept.place, draft_text=kept.stood or None,
            article=spot.article, order=spot.order,
            author=self._author(kept, category), meeting=kept.meeting or "",
            end="merged" if numbers else kept.ending, end_reason=self._parts(kept.id) if numbers else kept.ending_reason,
            withheld=kept.state if gone else None if kept.released_at else "not_released",
        )  # fmt: skip

    def _parts(self, remark_id: int) -> str:
        """Of a remark that was split: which of its points went where; nothing for one that went in whole."""
        return "；".join(
            f"第{number}点归入建议{'、'.join(map(str, into))}" if into else f"第{number}点照附原文"
            for number, into in self.split.get(remark_id, ())
        )

    def _author(self, kept: Any, category: str) -> Person:
        if not self.named:
            return _nameless(category)
        return Person(category, category, kept.said_by or kept.author, kept.contact or kept.phone)


@lru_cache(maxsize=2_000)
def _nameless(category: str) -> Person:
    return Person(category, category)


class Suggestions:
    """The suggestions of a consultation as rows, with what counts at each article."""

    def __init__(self, one: Consultation, order: Order, categories: Categories, *, named: bool) -> None:
        self.one, self.order, self.named, self.categories = one, order, named, categories
        self.at = dossiers.counting_at(one.id, order.follows)

    def rows(self, forwarded: Mapping[int, bool | None]) -> tuple[SuggestionRow, ...]:
        """All that stand, in article order, within an article in the office's order."""
        found = suggestions.of_consultation(self.one.id)
        rows = [self.row(one, forwarded.get(one.id)) for one in found]
        return tuple(sorted(rows, key=lambda row: row.order))

    def row(self, one: Suggestion, forwarded: bool | None = None) -> SuggestionRow:
        """One suggestion; its number is the one residents were told."""
        said, beside = sides(one)
        spot = self.order.now(one)
        return SuggestionRow(
            n=one.number, title=one.title, eid=spot.eid or None, place=spot.place, article=spot.article, order=spot.order,
            draft_text=stood(one), kind=one.kind, text=one.title, wording=one.wording, reasons=one.reasons,
            legal_basis=one.basis, remarks=tuple(remark.public_number for remark in said),
            backing=self._backing(one, [*said, *beside]),
            others=self._beside(one, beside), outcome=one.outcome, forwarded=forwarded,
            made_on=min((local(remark.made_at).date() for remark in said), default=None),
        )  # fmt: skip

    def _backing(self, one: Suggestion, sources: list[Remark]) -> Backing:
        """The counts; of all that count at the article, those that stand behind it are counted once. Nowhere: not counted."""
        at = self.order.now(one).article_eid
        if at == GONE:
            return backing(one, self.categories)
        made = backing(one, self.categories, ())
        here = len({source.id for source in sources if self.order.now(source).article_eid == at})
        return replace(made, base=(made.base or 0) + self.at.get(at, 0) - here)

    def _beside(self, one: Suggestion, beside: list[Remark]) -> tuple[View, ...]:
        if not beside:
            return (View(one.dissent),) if one.dissent else ()
        numbers = tuple(remark.public_number for remark in beside)
        return (View(self._differing(one, beside, numbers), of_remarks(beside, self.categories), numbers),)

    def _differing(self, one: Suggestion, beside: list[Remark], numbers: tuple[str, ...]) -> str:
        """The office's words for it; else the originals where this edition shows them, else where they stand."""
        if one.dissent:
            return one.dissent
        shown = [remark.text for remark in beside if self.named or remark.released_at]
        if len(shown) == len(beside) and sum(map(len, shown)) <= SHORT and all(shown):
            return "；".join(text.strip().rstrip("。") for text in shown)
        return f"不同意上述建议，原文见附件“意见原文”（编号{'、'.join(numbers)}）。"


def points(rows: tuple[SuggestionRow, ...], kind: str) -> tuple[Point, ...]:
    """Suggestions on the whole, or on carrying it out, as paragraphs of their own part of the report."""
    found = []
    for row in rows:
        if row.kind == kind:
            said = row.title if not row.reasons else f"{row.title.rstrip('。')}。{row.reasons}"
            found.append(Point(said, row.backing, row.remarks))
            found += [Point(view.text, view.backing, view.remarks) for view in row.others]
    return tuple(found)


def attitudes(one: Consultation, order: Order, categories: Categories) -> tuple[AttitudeRow, ...]:
    """Attitudes by article as the pages count them (each person once); where many spoke, by category. Never a vote."""
    counted = {("article", eid): count for eid, count in by_article(one).items()}
    counted |= {(place, ""): count for place, count in _beside_articles(one, categories).items()}
    found: list[AttitudeRow] = []
    for (place, eid), count in sorted(counted.items(), key=lambda item: order.of(*item[0])):
        at = order.of(place, eid)
        found.append(_attitude(words_of(place, eid), at, count.whole))
        if count.whole.total >= SPLIT_FROM and len(count.categories) > 1:
            found += [_attitude(f"　{label(name) or UNKNOWN}", at, part) for name, part in count.categories]
    return tuple(found)


def _beside_articles(one: Consultation, categories: Categories) -> dict[str, AttitudeCount]:
    """The same of the whole draft and its title."""
    said: dict[str, list[Expressed]] = defaultdict(list)
    for kept in dossiers.beside_articles(one.id):
        who = ("person", kept.author_id) if kept.author_id else ("remark", kept.id)
        category = categories.of(kept.category, kept.author_id)
        said[kept.place].append(Expressed(who, Attitude(kept.attitude), category, revision=kept.id))
    return {place: count_attitudes(rows) for place, rows in said.items()}


def _attitude(place: str, order: int, count: Attitudes) -> AttitudeRow:
    return AttitudeRow(place, order, count.support, count.amend, count.oppose, count.no_view)
