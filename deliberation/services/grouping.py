"""Which remarks of an article may belong together: proposed as they arrive, decided by a person.

What was compared is kept in memory for each article, so that a newcomer is compared once and nothing else is compared
again; after a start it is worked out anew, as much at a time as a page can wait for. Every process finds the same groups:
they follow from the remarks in the order of their numbers.
"""

from collections import OrderedDict
from collections.abc import Sequence
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
from deliberation.store import apart, suggestions
from deliberation.store.apart import Apart, ApartSide
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.remarks import Remark

KEPT = 60_000  # remarks compared and kept in memory, over all articles
PATIENCE = 1.5  # seconds a page spends comparing; the rest is done when it is asked for again
MOST = 500  # members of a group that are shown and can be set apart at once


@dataclass(frozen=True, slots=True)
class Proposed:
    """A group: its remarks, what all share, what some say otherwise; of those merged already, into which suggestions."""

    remarks: tuple[Remark, ...]
    shared: tuple[str, ...]
    differ: tuple[str, ...]
    into: tuple[int, ...]

    @property
    def numbers(self) -> list[int]:
        """The serial numbers of its remarks."""
        return [one.number for one in self.remarks]


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
    """The remarks of one article as far as they were compared."""

    grouper: grouping.Grouper = field(default_factory=grouping.Grouper)
    seen: set[int] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def take(self, found: Sequence[Remark], until: float) -> None:
        """Compare the newcomers, in the order of their numbers, until the time is up."""
        for one in found:
            if one.id in self.seen:
                continue
            if monotonic() > until:
                return
            said = one.text or one.wording
            self.grouper.add(grouping.Remark(str(one.id), one.article_eid, one.attitude, said))
            self.seen.add(one.id)


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
    one: Consultation,
    article_eid: str,
    found: Sequence[Remark],
    merged: dict[int, list[int]],
    patience: float = PATIENCE,
) -> Proposals:
    """Groups in which something waits. `found`: the remarks that count at the article; `merged`: into which suggestions."""
    board = _board(one.id, article_eid)
    with board.lock:
        board.take(found, monotonic() + patience)
        each = [list(map(int, members)) for members in board.grouper.gathered() if len(members) > 1]
        compared = sum(remark.id in board.seen for remark in found)
    known = {remark.id: remark for remark in found if remark.id in merged or remark.ending is None}
    sides = apart.sides(one.id, article_eid) if each else {}
    groups = []
    for members in each:
        for together in parted([member for member in members if member in known], sides):
            some = [known[member] for member in together]
            if len(some) > 1 and any(remark.id not in merged for remark in some):
                groups.append(_proposed(some, merged))
    return Proposals(tuple(groups), compared, len(found))


def _proposed(some: Sequence[Remark], merged: dict[int, list[int]]) -> Proposed:
    """Those that wait come first: they are what the proposal is about."""
    some = sorted(some, key=lambda remark: (remark.id in merged, remark.number))[:MOST]
    shared, differ = grouping.told(remark.text or remark.wording for remark in some)
    into = dict.fromkeys(number for remark in some for number in merged.get(remark.id, ()))
    return Proposed(tuple(some), shared, differ, tuple(into))


def of_article(
    one: Consultation, article_eid: str, found: Sequence[Remark], patience: float = PATIENCE
) -> Proposals:
    """The same, asking itself what was merged."""
    return proposals(one, article_eid, found, suggestions.numbers_of([each.id for each in found]), patience)


def set_apart(
    actor: Actor, consultation: Consultation, chosen: Sequence[Remark], rest: Sequence[Remark]
) -> None:
    """Remember that these are not alike: each of `chosen` stands for itself, those of `rest` stay together.

    Without a rest none of the chosen is like another. They are not proposed together again.
    """
    every = list(dict.fromkeys([*rest, *chosen]))
    if len(every) < 2 or not chosen:
        raise Refusal(_("请先勾选和其他几条不一样的意见。"), field="remark")
    if len(every) > MOST or len({one.article_eid for one in every}) > 1:
        raise Refusal(_("有的意见不在这一条，请回到归并页面重新勾选。"), field="remark")
    with act(actor, Act.SET_APART, on=consultation) as record:
        if any(one.consultation_id != consultation.id for one in every):
            raise Refusal(_("有的意见不属于这次征求意见，请回到归并页面重新勾选。"), field="remark")
        article = every[0].article_eid
        made = Apart(consultation_id=consultation.id, article_eid=article, at=record.at, by_id=who(actor))
        db.session.add(made)
        db.session.flush()
        others = {one.id for one in rest}
        for side, one in enumerate(every, 1):
            number = 0 if one.id in others else side
            db.session.add(ApartSide(apart_id=made.id, remark_id=one.id, side=number))
        numbers = [one.number for one in chosen]
        record.about("remarks", len(every))
        record.note(remarks=numbers, rest=[one.number for one in rest])
        remember(record, consultation, "apart", article, {"remarks": numbers}, {"apart": made.id})
