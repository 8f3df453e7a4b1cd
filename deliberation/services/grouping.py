"""Which remarks of an article may belong together: proposed as they arrive, decided by a person.

What was compared is kept in memory for each article, so that a newcomer is compared once and nothing else is compared
again; after a start it is worked out anew, as much at a time as a page can wait for. Every process finds the same groups:
they follow from the remarks in the order of their numbers. A remark that was split is compared point by point, so that it
can be in two groups; what was compared before it was split is shown no more.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from flask import current_app

from deliberation.domain import grouping
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.grouping_shown import parted
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.steps import remember
from deliberation.store import apart, points, suggestions
from deliberation.store.apart import Apart, ApartPoint, ApartSide
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.points import Point
from deliberation.store.remarks import Remark

KEPT = 60_000  # remarks compared and kept in memory, over all articles
PATIENCE = 1.5  # seconds a page spends comparing; the rest is done when it is asked for again
MOST = 500  # members of a group that are shown and can be set apart at once


@dataclass(frozen=True, slots=True)
class Part:
    """What is compared: a remark as a whole, or one point of one that was split; into which suggestions it went."""

    remark: Remark
    point: Point | None = None
    into: tuple[int, ...] = ()

    @property
    def key(self) -> apart.Part:
        """What it is known by."""
        return self.remark.id, self.point.id if self.point else 0

    @property
    def said(self) -> str:
        """Its words, as they stand in the original."""
        return self.point.words if self.point else self.remark.text or self.remark.wording

    @property
    def name(self) -> str:
        """How a form names it: 12, or 12.2 for the second point."""
        return f"{self.remark.number}.{self.point.number}" if self.point else str(self.remark.number)


Split = Mapping[int, Sequence[tuple[Point, list[int]]]]


def parts_of(found: Sequence[Remark], merged: Mapping[int, list[int]], split: Split) -> list[Part]:
    """Each remark as what is compared of it: its points where it has any and none of its suggestions has the whole of it."""
    parts = []
    for remark in found:
        into, points = merged.get(remark.id, []), split.get(remark.id, ())
        if points and not set(into) - {number for _point, numbers in points for number in numbers}:
            parts += [Part(remark, point, tuple(numbers)) for point, numbers in points]
        else:
            parts.append(Part(remark, None, tuple(into)))
    return parts


@dataclass(frozen=True, slots=True)
class Proposed:
    """A group: its remarks or points, what all share, what some say otherwise; into which suggestions those merged went."""

    parts: tuple[Part, ...]
    shared: tuple[str, ...]
    differ: tuple[str, ...]
    into: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """The groups of an article, and how many of its remarks have been compared so far."""

    groups: tuple[Proposed, ...]
    compared: int
    remarks: int

    @property
    def finished(self) -> bool:
        """Whether every remark was compared."""
        return self.compared >= self.remarks


@dataclass(slots=True)
class _Board:
    """What is said at one article as far as it was compared."""

    grouper: grouping.Grouper = field(default_factory=grouping.Grouper)
    seen: dict[str, apart.Part] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, found: Sequence[Part], until: float) -> None:
        """Compare the newcomers, in the order of their numbers, until the time is up."""
        for one in found:
            name = f"{one.key[0]}.{one.key[1]}"
            if name in self.seen:
                continue
            if monotonic() > until:
                return
            remark = one.remark
            self.grouper.add(grouping.Remark(name, remark.article_eid, remark.attitude, one.said))
            self.seen[name] = one.key


def similarity() -> grouping.Similarity:
    """The measure of likeness. Another one is set as `app.extensions["similarity"]`: a callable that makes it."""
    make = current_app.extensions.get("similarity", grouping.SharedPairs)
    made: grouping.Similarity = make()
    return made


def _board(consultation_id: int, article_eid: str) -> _Board:
    boards: OrderedDict[tuple[int, str], _Board]
    boards = current_app.extensions.setdefault("grouping", OrderedDict())
    board = boards.setdefault((consultation_id, article_eid), _Board(grouping.Grouper(similarity())))
    boards.move_to_end((consultation_id, article_eid))
    while len(boards) > 1 and sum(len(each.seen) for each in list(boards.values())) > KEPT:
        boards.popitem(last=False)
    return board


def proposals(
    one: Consultation, article_eid: str, found: Sequence[Remark], merged: Mapping[int, list[int]], split: Split,
    patience: float = PATIENCE,
) -> Proposals:  # fmt: skip
    """Groups in which something waits. `found`: the remarks that count at the article; `merged`, `split`: what became of them."""
    parts = parts_of(found, merged, split)
    board = _board(one.id, article_eid)
    with board.lock:
        board.take(parts, monotonic() + patience)
        seen = board.seen
        each = [[seen[name] for name in members] for members in board.grouper.gathered() if len(members) > 1]
        waiting = {part.remark.id for part in parts} - {key for key, _point in seen.values()}
    known = {part.key: part for part in parts if part.remark.id in merged or part.remark.ending is None}
    sides = apart.sides(one.id) if each else {}
    groups = []
    for members in each:
        for together in parted([member for member in members if member in known], sides):
            some = [known[member] for member in together]
            if len(some) > 1 and not all(part.into for part in some):
                groups.append(_proposed(some))
    return Proposals(tuple(groups), len(found) - len(waiting), len(found))


def _proposed(some: Sequence[Part]) -> Proposed:
    """Those that wait come first: they are what the proposal is about."""
    some = sorted(some, key=lambda part: (bool(part.into), part.remark.number))[:MOST]
    shared, differ = grouping.told(part.said for part in some)
    into = dict.fromkeys(number for part in some for number in part.into)
    return Proposed(tuple(some), shared, differ, tuple(into))


def of_article(
    one: Consultation, article_eid: str, found: Sequence[Remark], patience: float = PATIENCE
) -> Proposals:
    """The same, asking itself what was merged and split."""
    ids = [each.id for each in found]
    return proposals(one, article_eid, found, suggestions.numbers_of(ids), points.gone_into(ids), patience)


def set_apart(
    actor: Actor, consultation: Consultation, chosen: Sequence[Remark | Point], rest: Sequence[Remark | Point]
) -> None:
    """Remember that these are not alike: each of `chosen` stands for itself, those of `rest` stay together.

    Without a rest none of the chosen is like another. They are not proposed together again.
    """
    every = list(dict.fromkeys([*rest, *chosen]))
    if len(every) < 2 or not chosen:
        raise Refusal(_("请先勾选和其他几条不一样的意见。"), field="remark")
    if len(every) > MOST:
        raise Refusal(_("一次最多勾选 %(most)s 条，请分几次办。"), most=MOST, field="remark")
    remarks = {each: each.remark if isinstance(each, Point) else each for each in every}
    with act(actor, Act.SET_APART, on=consultation) as record:
        if any(one.consultation_id != consultation.id for one in remarks.values()):
            raise Refusal(_("有的意见不属于这次征求意见，请回到归并页面重新勾选。"), field="remark")
        article = remarks[every[0]].article_eid
        made = Apart(consultation_id=consultation.id, article_eid=article, at=record.at, by_id=who(actor))
        db.session.add(made)
        db.session.flush()
        for side, one in enumerate(every, 1):
            number = 0 if one in rest else side
            db.session.add(
                ApartPoint(apart_id=made.id, point_id=one.id, side=number)
                if isinstance(one, Point)
                else ApartSide(apart_id=made.id, remark_id=one.id, side=number)
            )
        numbers = list(dict.fromkeys(remarks[one].number for one in chosen))
        record.about("remarks", len(every))
        record.note(remarks=[_named(one) for one in chosen], rest=[_named(one) for one in rest])
        remember(record, consultation, "apart", article, {"remarks": numbers}, {"apart": made.id})


def _named(one: Remark | Point) -> int | str:
    return f"{one.remark.number}.{one.number}" if isinstance(one, Point) else one.number
