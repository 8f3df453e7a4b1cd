"""Taking back one's own step at the workbench: all is exactly as before, or a sentence says who changed what since."""

from collections.abc import Callable, Sequence
from typing import Any

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, NotFound, _
from deliberation.domain.suggestions import BOXES
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.merging import stands
from deliberation.services.rewording import keep
from deliberation.store import apart, remarks, suggestions
from deliberation.store import points as marks
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.steps import BenchStep
from deliberation.store.suggestions import Source, Suggestion

GONE_ON = _("后来有人又动过建议 %(number)s，这一步不能撤销了。请看过它的改动记录，再用“取出”“改写”一步步改。")


def undo_step(actor: Actor, consultation: Consultation, step: BenchStep) -> None:
    """Take back a step of one's own. Twice is once; a Conflict where what was done then was changed since."""
    if step.consultation_id != consultation.id or step.person_id != who(actor):
        raise NotFound(_("没有找到这一步。只能撤销您自己做的。"))
    with act(actor, Act.UNDO_STEP, on=consultation) as record:
        db.session.refresh(step)
        if step.undone_at is not None:
            record.nothing()
            return
        BACK[step.what](record, step.facts)
        step.undone_at = record.at
        number = step.about.get("suggestion")
        record.about("suggestion" if number else "bench", number or step.what)
        record.note(what=step.what, **step.about)


def _suggestion(facts: dict[str, Any]) -> Suggestion:
    found = suggestions.get(facts["suggestion"])
    if found is None:
        raise NotFound(_("没有找到这一步。只能撤销您自己做的。"))
    db.session.refresh(found)
    return found


def _changed(found: Suggestion) -> Conflict:
    return Conflict(GONE_ON, number=found.number)


def _sources(found: Suggestion, ids: Sequence[int]) -> list[Source]:
    """These sources, all of them still standing; else it was changed since."""
    mine = [one for one in found.sources if one.id in ids and one.ended_at is None]
    if len(mine) != len(ids):
        raise _changed(found)
    return mine


def _made(record: Record, facts: dict[str, Any]) -> None:
    found = _suggestion(facts)
    stands(found)
    still = [one for one in found.sources if one.ended_at is None]
    links = {one.id for one in marks.links_of([one.id for one in still])}
    if (
        found.revision != 1
        or {one.id for one in still} != set(facts["sources"])
        or links != set(facts["links"])
    ):
        raise _changed(found)
    for one in still:
        one.ended_at, one.ended_by_id = record.at, who(record.actor)
    found.state = "dropped"
    record.index("suggestion", found.id)


def _merged(record: Record, facts: dict[str, Any]) -> None:
    found = _suggestion(facts)
    stands(found)
    mine = _sources(found, facts["sources"])
    links = marks.links_of([one.id for one in found.sources if one.ended_at is None])
    gone = [one for one in links if one.id in facts["links"]]
    others = [one for one in links if one.source_id in facts["sources"] and one.id not in facts["links"]]
    if len(gone) != len(facts["links"]) or others:
        raise _changed(found)
    for source in mine:
        source.ended_at, source.ended_by_id = record.at, who(record.actor)
    for link in gone:
        link.ended_at, link.ended_by_id = record.at, who(record.actor)


def _unmerged(record: Record, facts: dict[str, Any]) -> None:
    found = _suggestion(facts)
    stands(found)
    source = next(one for one in found.sources if one.id == facts["source"])
    if source.remark.state != "current":
        raise Conflict(
            _("意见 %(number)s 已由本人撤回或改写，不能再放回建议里。"), number=source.remark.public_number
        )
    again = [one for one in found.sources if one.remark_id == source.remark_id and one.ended_at is None]
    links = [marks.link(number) for number in facts["links"]]
    there = [one for one in again if one.id != source.id] if not facts["whole"] else again
    if there or (not facts["whole"] and source.ended_at is not None):
        raise _changed(found)
    for link in links:
        if link is None or link.ended_at is None or link.point.ended_at is not None:
            raise _changed(found)
        link.ended_at = link.ended_by_id = None
    if any(link.point.ended_at is not None for link in marks.links_of([source.id])):
        raise Conflict(_("后来有人给这条意见重新分过点，这一步不能撤销了。请把要的几点直接归入建议。"))
    if facts["whole"]:
        source.ended_at = source.ended_by_id = None


def _reworded(record: Record, facts: dict[str, Any]) -> None:
    found = _suggestion(facts)
    stands(found)
    if found.revision != facts["to"]:
        raise _changed(found)
    was = next(one for one in suggestions.revisions(found.id) if one.revision == facts["from"])
    keep(record, found)
    for name in ("kind", "title", *BOXES):
        setattr(found, name, getattr(was, name))
    found.revision += 1
    record.index("suggestion", found.id)


def _ordered(record: Record, facts: dict[str, Any]) -> None:
    rows = [suggestions.get(int(key)) for key in facts["after"]]
    for one in rows:
        if one is not None:
            db.session.refresh(one)
    if any(one is None or one.state != "open" or one.position != facts["after"][str(one.id)] for one in rows):
        raise Conflict(_("后来建议的次序又变过，这一步不能撤销了。请直接上移、下移。"))
    for one in rows:
        if one is not None:
            one.position = facts["before"][str(one.id)]


def _dropped(record: Record, facts: dict[str, Any]) -> None:
    found = _suggestion(facts)
    if found.state != "dropped":
        raise _changed(found)
    if any(link.point.ended_at is not None for link in marks.links_of(facts["sources"])):
        raise Conflict(_("后来有人给里面的意见重新分过点，这一步不能撤销了。请另写一条建议，再归入意见。"))
    for one in found.sources:
        if one.id in facts["sources"]:
            one.ended_at = one.ended_by_id = None
    found.state = "open"
    record.index("suggestion", found.id)


def _split(record: Record, facts: dict[str, Any]) -> None:
    remark = remarks.get(facts["remark"])
    there = marks.gone_into([facts["remark"]]).get(facts["remark"], [])
    into = {point.id: numbers for point, numbers in there}
    if remark is None or sorted(into) != sorted(facts["after"]):
        raise Conflict(_("后来有人又给这条意见分过点，这一步不能撤销了。请打开这条意见重新分点。"))
    used = next((into[number] for number in facts["made"] if into[number]), None)
    if used:
        raise Conflict(_("分出来的点已经归入建议 %(number)s。请先把它取出来，再撤销分点。"), number=used[0])
    for point in marks.by_ids(facts["made"]):
        point.ended_at, point.ended_by_id = record.at, who(record.actor)
    db.session.flush()
    for point in marks.by_ids(facts["ended"]):
        point.ended_at = point.ended_by_id = None


def _set_apart(record: Record, facts: dict[str, Any]) -> None:
    found = apart.get(facts["apart"])
    if found is not None:
        found.ended_at = record.at


BACK: dict[str, Callable[[Record, dict[str, Any]], None]] = {
    "make": _made, "merge": _merged, "unmerge": _unmerged, "reword": _reworded, "order": _ordered, "drop": _dropped,
    "split": _split, "apart": _set_apart,
}  # fmt: skip
