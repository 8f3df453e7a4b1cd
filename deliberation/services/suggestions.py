"""Consolidation: suggestions are made, reworded, ordered, dropped; remarks stand behind them and are never rewritten."""

from collections.abc import Sequence

from deliberation.domain.acts import Act
from deliberation.domain.comparison import Run
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.suggestions import BOXES, Proposal, Spot
from deliberation.formats.wording_diff import differences
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.merging import Chosen, as_seen, known, may_stand, plan, put_behind, stands
from deliberation.services.merging import merge_remarks as merge_remarks
from deliberation.services.merging import merging as merging
from deliberation.services.merging import unmerge_remark as unmerge_remark
from deliberation.services.placing import full_text
from deliberation.services.remarks import limit
from deliberation.services.rewording import keep
from deliberation.services.steps import remember
from deliberation.store import bench, drafts, remarks, suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.points import Point
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Suggestion


def make_suggestion(
    actor: Actor,
    consultation: Consultation,
    spot: Spot,
    proposal: Proposal,
    *,
    key: str,
    sources: Sequence[Remark] = (),
    points: Sequence[Point] = (),
    relation: str = "alike",
    seen: str | None = None,
) -> Suggestion:
    """Write a suggestion at a place of the current draft, perhaps with the remarks behind it. The same key makes it once.

    `seen`: as in `merge_remarks`.
    """
    proposal, spot = proposal.checked(limit()), spot.checked()
    known(relation)
    if not 8 <= len(key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    with act(actor, Act.MAKE_SUGGESTION, on=consultation) as record:
        first = suggestions.by_key(consultation.id, key)
        if first is not None:
            record.nothing()
            return first
        ticked = Chosen(tuple(sources), tuple(points))
        may_stand(consultation, ticked)
        as_seen(seen, ticked)
        made = _row(record, consultation, spot, proposal, key)
        facts = put_behind(record, made, plan(made, ticked), relation)
        numbers = [one.number for one in ticked.every()]
        record.about("suggestion", made.number)
        record.note(place=made.place, eid=made.eid, kind=made.kind, remarks=numbers)
        about = {"suggestion": made.number, "remarks": numbers}
        remember(record, consultation, "make", made.article_eid, about, facts)
        record.index("suggestion", made.id)
    return made


def _row(record: Record, one: Consultation, spot: Spot, proposal: Proposal, key: str) -> Suggestion:
    version = drafts.current(one.task_id)
    if version is None:
        raise Refusal(_("草案还没有公布，暂时不能写建议。"))
    uid, eid, article = _found(version, spot)
    one.suggestion_serial += 1
    made = Suggestion(
        consultation_id=one.id, consultation=one, number=one.suggestion_serial, key=key, version_id=version.id,
        position=suggestions.next_position(one.id), place=spot.place, uid=uid, eid=eid, article_eid=article,
        kind=proposal.kind, title=proposal.title, wording=proposal.wording, reasons=proposal.reasons,
        basis=proposal.basis, dissent=proposal.dissent, made_at=record.at,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _found(version: Version, spot: Spot) -> tuple[str, str, str]:
    """uid, eid and the article's eid of a place; a Refusal where the draft has no such place."""
    if not spot.eid:
        return "", "title" if spot.place == "title" else "", ""
    row = drafts.at(version.id, spot.eid)
    if row is None:
        raise Refusal(_("草案里没有您指的这一条，请从目录里重新选择。"), field="eid")
    article = drafts.provision(row.article_id) if row.article_id else row
    assert article is not None
    return row.uid, row.eid, article.eid


def reword_suggestion(actor: Actor, suggestion: Suggestion, proposal: Proposal, revision: int) -> None:
    """Reword what was read as `revision`; the old wording is kept. Someone else's change since is a Conflict with `first`."""
    proposal = proposal.checked(limit())
    with act(actor, Act.REWORD_SUGGESTION, on=suggestion) as record:
        stands(suggestion)
        words = {name: getattr(proposal, name) for name in ("kind", "title", *BOXES)}
        if all(getattr(suggestion, name) == said for name, said in words.items()):
            record.nothing()
            return
        if suggestion.revision != revision:
            raise Conflict(
                _("别人刚刚改过这条建议。两种写法都在下面，您写的没有丢，请看过再决定。"), first=suggestion
            )
        keep(record, suggestion)
        for name, said in words.items():
            setattr(suggestion, name, said)
        suggestion.revision += 1
        record.about("suggestion", suggestion.number)
        record.note(revision=suggestion.revision)
        facts = {"suggestion": suggestion.id, "from": suggestion.revision - 1, "to": suggestion.revision}
        about = {"suggestion": suggestion.number}
        remember(record, suggestion.consultation, "reword", suggestion.article_eid, about, facts)
        record.index("suggestion", suggestion.id)


def order_suggestions(
    actor: Actor,
    consultation: Consultation,
    numbers: Sequence[int],
    *,
    seen: Sequence[int] = (),
    article: str = "",
) -> None:
    """Let these suggestions stand in this order, on the places they have among all others.

    `seen`: the order of all of an article as it was seen; a Refusal where it is another by now.
    """
    with act(actor, Act.ORDER_SUGGESTIONS, on=consultation) as record:
        version = drafts.current(consultation.task_id) if seen else None
        there = suggestions.at_article(consultation.id, article, version.follows) if version else []
        if seen and list(seen) != [one.number for one in there]:
            raise Refusal(_("建议的次序已经变了，请刷新页面再调整。"))
        rows = [suggestions.by_number(consultation.id, number) for number in numbers]
        named = [one for one in rows if one is not None and one.state == "open"]
        if len(named) != len(rows) or len(set(numbers)) != len(rows):
            raise Refusal(_("建议的次序已经变了，请刷新页面再调整。"))
        places = sorted(one.position for one in named)
        if places == [one.position for one in named]:
            record.nothing()
            return
        before = {str(one.id): one.position for one in named}
        for one, place in zip(named, places, strict=True):
            one.position = place
        record.about("suggestions", len(named))
        record.note(order=list(numbers))
        facts = {"before": before, "after": {str(one.id): one.position for one in named}}
        remember(record, consultation, "order", named[0].article_eid, {"suggestions": list(numbers)}, facts)


def drop_suggestion(actor: Actor, suggestion: Suggestion) -> int:
    """Drop a suggestion: its remarks are free again, it stays readable. Returns how many remarks were set free."""
    with act(actor, Act.DROP_SUGGESTION, on=suggestion) as record:
        stands(suggestion)
        free = [one for one in suggestion.sources if one.ended_at is None]
        for one in free:
            one.ended_at, one.ended_by_id = record.at, who(actor)
        suggestion.state = "dropped"
        record.about("suggestion", suggestion.number)
        numbers = [one.remark.number for one in free]
        record.note(remarks=numbers)
        facts = {"suggestion": suggestion.id, "sources": [one.id for one in free]}
        about = {"suggestion": suggestion.number, "remarks": numbers}
        remember(record, suggestion.consultation, "drop", suggestion.article_eid, about, facts)
        record.index("suggestion", suggestion.id)
    return len(free)


def annex_waiting(actor: Actor, consultation: Consultation) -> int:
    """One step for all that waits: every remark without an end goes out verbatim (照附). Returns how many."""
    with act(actor, Act.SETTLE_REMARK, on=consultation) as record:
        waiting = remarks.answer(bench.without_end(consultation.id))
        if not waiting:
            record.nothing()
            return 0
        for one in waiting:
            one.ending = "annex"
        record.about("remarks", len(waiting))
        record.note(ending="annex", remarks=[one.number for one in waiting])
    return len(waiting)


def stood(suggestion: Suggestion) -> str:
    """The text of the draft a suggestion speaks of; nothing for the whole draft and for what is to be added."""
    return stands_at(suggestion.version, Spot(suggestion.place, suggestion.eid))


def stands_at(version: Version, spot: Spot) -> str:
    """The same of any place of a version."""
    if spot.place == "title":
        return version.title
    if not spot.eid or spot.place == "after":
        return ""
    row = drafts.at(version.id, spot.eid)
    return full_text(row) if row else ""


def against(text: str, wording: str) -> tuple[Run, ...]:
    """What goes and what comes; nothing where nothing is proposed."""
    return differences(text, wording) if wording else ()


def difference(suggestion: Suggestion) -> tuple[Run, ...]:
    """The proposed wording against the draft's: what goes, what comes. Empty where nothing is proposed."""
    if not suggestion.wording and suggestion.kind != "deletion":
        return ()
    return differences(stood(suggestion), suggestion.wording)
