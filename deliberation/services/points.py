"""Splitting: a remark's points are marked in its own words; what is already merged stays marked."""

from collections.abc import Sequence

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.points import PARTS, Span, checked
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.steps import remember
from deliberation.store import points as marks
from deliberation.store.db import db
from deliberation.store.points import Point
from deliberation.store.remarks import Remark


def said(remark: Remark) -> dict[str, str]:
    """The boxes of a remark that points can be marked in."""
    return {part: getattr(remark, part) for part in PARTS}


def seen(points: Sequence[Point]) -> str:
    """What a page that shows these points sends back, so that another's change since is noticed."""
    return ",".join(str(one.id) for one in sorted(points, key=lambda one: one.id))


def span(point: Point) -> Span:
    """The range of a point."""
    return Span(point.part, point.start, point.stop)


def split_remark(actor: Actor, remark: Remark, spans: Sequence[Span], read: str) -> Sequence[Point]:
    """Let these be the points of the remark; none takes the marks away. `read` is `seen` of the page it was done on.

    A point that is marked as before stays the same point; one that stands behind a suggestion cannot be taken away.
    """
    wanted = checked(spans, said(remark))
    with act(actor, Act.SPLIT_REMARK, on=remark) as record:
        if remark.state != "current":
            raise Refusal(_("意见 %(number)s 已由本人撤回或改写，不用再分点。"), number=remark.public_number)
        there = marks.gone_into([remark.id]).get(remark.id, [])
        standing = [point for point, _numbers in there]
        if [span(point) for point in standing] == wanted:
            record.nothing()
            return standing
        if seen(standing) != read:
            raise Conflict(
                _("别人刚刚给这条意见分过点。两种分法都在下面，您标的没有丢，请看过再决定。"),
                first=standing, field="points",
            )  # fmt: skip
        gone = _gone(record, there, wanted)
        db.session.flush()
        kept = [point for point in standing if point.ended_at is None]
        made = _new(remark, [one for one in wanted if one not in map(span, kept)], kept)
        for point in made:
            point.at, point.by_id = record.at, who(actor)
        db.session.add_all(made)
        db.session.flush()
        record.about("remark", remark.public_number)
        record.note(points=[str(one) for one in wanted])
        after = [*kept, *made]
        facts = {
            "remark": remark.id, "made": [one.id for one in made], "ended": [one.id for one in gone],
            "after": [one.id for one in after],
        }  # fmt: skip
        remember(
            record, remark.consultation, "split", remark.article_eid, {"remarks": [remark.number]}, facts
        )
    return marks.now(remark.id)


def _gone(record: Record, there: Sequence[tuple[Point, list[int]]], wanted: Sequence[Span]) -> list[Point]:
    """End the points that are not wanted any more; a Refusal where one stands behind a suggestion."""
    gone = [(point, numbers) for point, numbers in there if span(point) not in wanted]
    for point, numbers in gone:
        if numbers:
            raise Refusal(
                _("第 %(n)s 点已经归入建议 %(number)s。要改这一点，请先把它取出来。"),
                n=point.number, number=numbers[0], field="points",
            )  # fmt: skip
        point.ended_at, point.ended_by_id = record.at, who(record.actor)
    return [point for point, _numbers in gone]


def _new(remark: Remark, spans: Sequence[Span], kept: Sequence[Point]) -> list[Point]:
    """New points numbered in reading order with the numbers that are free."""
    taken = {point.number for point in kept}
    free = (number for number in range(1, len(spans) + len(taken) + 1) if number not in taken)
    return [
        Point(
            remark_id=remark.id, remark=remark, number=number, part=one.part, start=one.start, stop=one.stop
        )
        for number, one in zip(free, spans, strict=False)
    ]
