"""Remarks go behind a suggestion and come out again: whole, or only some of their points. The originals are not touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.suggestions import RELATIONS
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.steps import remember
from deliberation.store import points as marks
from deliberation.store import suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.points import Point, SourcePoint
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Source, Suggestion


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge does: the remarks that go in, those that stand there already, and the points that go in.

    A remark of which no point is named goes in whole.
    """

    goes_in: tuple[Remark, ...]
    there: tuple[Remark, ...]
    points: tuple[Point, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return bool(self.goes_in or self.points)

    def of(self, remark: Remark) -> list[Point]:
        """The points of this remark that go in."""
        return [point for point in self.points if point.remark_id == remark.id]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked: whole remarks, and points of others."""

    remarks: tuple[Remark, ...] = ()
    points: tuple[Point, ...] = ()

    def every(self) -> list[Remark]:
        """The remarks, those of the points among them, each once, in the order chosen."""
        return list(dict.fromkeys([*self.remarks, *(point.remark for point in self.points)]))


def merging(suggestion: Suggestion, chosen: Sequence[Remark], points: Sequence[Point] = ()) -> Merging:
    """What merging these would do: for the list one confirms."""
    return plan(suggestion, Chosen(tuple(chosen), tuple(points)))


def plan(suggestion: Suggestion, chosen: Chosen) -> Merging:
    """The same for what was ticked."""
    sources = {one.remark_id: one for one in suggestion.sources if one.ended_at is None}
    every = chosen.every()
    links = marks.links_of([sources[one.id].id for one in every if one.id in sources])
    partly: dict[int, set[int]] = {}
    for one in links:
        partly.setdefault(one.source.remark_id, set()).add(one.point_id)
    more = [
        point
        for point in dict.fromkeys(chosen.points)
        if point.remark_id not in {one.id for one in chosen.remarks}
        and (point.remark_id not in sources or point.remark_id in partly)
        and point.id not in partly.get(point.remark_id, ())
    ]
    return Merging(
        tuple(one for one in every if one.id not in sources),
        tuple(one for one in every if one.id in sources and not any(p.remark_id == one.id for p in more)),
        tuple(more),
    )


def standing(chosen: Chosen) -> str:
    """Behind which suggestions the ticked remarks stand now, as one word: what was seen beside the list one confirms."""
    every = chosen.every()
    numbers = suggestions.numbers_of([one.id for one in every])
    return ";".join(
        f"{one.number}:{','.join(map(str, numbers[one.id]))}" for one in every if one.id in numbers
    )


def as_seen(seen: str | None, chosen: Chosen) -> None:
    """A Conflict where somebody put one of these elsewhere, or took it out, since the list was looked at."""
    if seen is not None and seen != standing(chosen):
        raise Conflict(_("其中有的意见刚刚被别人归入或取出，清单里标的是现在的样子，请看过再决定。"))


def merge_remarks(
    actor: Actor,
    suggestion: Suggestion,
    chosen: Sequence[Remark],
    relation: str = "alike",
    points: Sequence[Point] = (),
    *,
    seen: str | None = None,
) -> Merging:
    """Put remarks, or points of them, behind a suggestion. Those that stand there already stay as they are.

    `seen`: what `standing` said when the list was looked at; a Conflict where it says something else by now.
    """
    known(relation)
    ticked = Chosen(tuple(chosen), tuple(points))
    if not ticked.every():
        raise Refusal(_("请先勾选要归入的意见。"), field="remark")
    with act(actor, Act.MERGE_REMARKS, on=suggestion) as record:
        stands(suggestion)
        may_stand(suggestion.consultation, ticked)
        done = plan(suggestion, ticked)
        if not done.changes:
            record.nothing()
            return done
        as_seen(seen, ticked)
        facts = put_behind(record, suggestion, done, relation)
        numbers = [one.number for one in ticked.every() if one not in done.there]
        record.about("suggestion", suggestion.number)
        record.note(remarks=numbers, relation=relation, points=_named(done.points))
        about = {"suggestion": suggestion.number, "remarks": numbers}
        remember(record, suggestion.consultation, "merge", suggestion.article_eid, about, facts)
    return done


def _named(points: Sequence[Point]) -> list[str]:
    return [f"{one.remark.number}.{one.number}" for one in points]


def put_behind(record: Record, made: Suggestion, done: Merging, relation: str) -> dict[str, object]:
    """Add the sources and their points; the ids that were added, for taking it back."""
    by = who(record.actor)
    sources = {
        one.id: Source(suggestion=made, remark=one, relation=relation, at=record.at, by_id=by)
        for one in done.goes_in
    }
    db.session.add_all(sources.values())
    db.session.flush()
    there = {one.remark_id: one for one in made.sources if one.ended_at is None}
    links = []
    for point in done.points:
        link = _linked(there[point.remark_id], point)
        link.at, link.by_id, link.ended_at, link.ended_by_id = record.at, by, None, None
        links.append(link)
    db.session.flush()
    return {
        "suggestion": made.id, "sources": [one.id for one in sources.values()], "links": [one.id for one in links]
    }  # fmt: skip


def _linked(source: Source, point: Point) -> SourcePoint:
    """The link of a source and a point: the one taken out before, or a new one."""
    link = marks.linked(source.id, point.id)
    if link is None:
        link = SourcePoint(source_id=source.id, point_id=point.id)
        db.session.add(link)
    return link


def unmerge_remark(actor: Actor, suggestion: Suggestion, remark: Remark, point: Point | None = None) -> None:
    """Take a remark (or one point of it) out again: all is as it was before; that it stood here stays in the record."""
    with act(actor, Act.UNMERGE_REMARK, on=suggestion) as record:
        stands(suggestion)
        found = [one for one in suggestion.sources if one.remark_id == remark.id and one.ended_at is None]
        if not found:
            raise Refusal(_("这条意见不在这条建议里，可能已经取出了。"))
        source, links = found[0], marks.links_of([found[0].id])
        gone = [one for one in links if point is not None and one.point_id == point.id]
        if point is not None and not gone:
            raise Refusal(_("这一点不在这条建议里，可能已经取出了。"))
        for one in gone:
            one.ended_at, one.ended_by_id = record.at, who(actor)
        whole = point is None or len(links) == len(gone)
        if whole:
            source.ended_at, source.ended_by_id = record.at, who(actor)
        record.about("suggestion", suggestion.number)
        record.note(remarks=[remark.number], points=_named([point] if point else []))
        facts = {
            "suggestion": suggestion.id, "source": source.id, "whole": whole, "links": [one.id for one in gone]
        }  # fmt: skip
        about = {"suggestion": suggestion.number, "remarks": [remark.number]}
        remember(record, suggestion.consultation, "unmerge", suggestion.article_eid, about, facts)


def known(relation: str) -> None:
    """A Refusal where there is no such relation."""
    if relation not in RELATIONS:
        raise Refusal(_("请选择意见和建议的关系。"), field="relation")


def stands(suggestion: Suggestion) -> None:
    """A Refusal where it was dropped."""
    if suggestion.state != "open":
        raise Refusal(_("这条建议已经去掉了，请回到归并页面另写一条。"))


def may_stand(consultation: Consultation, chosen: Chosen) -> None:
    """A Refusal names the first remark or point that cannot stand behind a suggestion."""
    for one in chosen.every():
        if one.consultation_id != consultation.id:
            raise Refusal(_("有的意见不属于这次征求意见，请回到归并页面重新勾选。"), field="remark")
        db.session.refresh(one)
        number = {"number": one.public_number, "field": "remark"}
        if one.state != "current":
            raise Refusal(_("意见 %(number)s 已由本人撤回或改写，不能归入建议。"), **number)
        if one.late:
            raise Refusal(_("意见 %(number)s 是截止以后收到的，已单独留存，不归入建议。"), **number)
    for point in chosen.points:
        db.session.refresh(point)
        if point.ended_at is not None:
            raise Refusal(
                _("意见 %(number)s 的分点刚刚被别人改过，请回到归并页面重新勾选。"),
                number=point.remark.public_number, field="remark",
            )  # fmt: skip
