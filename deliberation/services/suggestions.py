"""Consolidation: suggestions are made, reworded, ordered, dropped; remarks stand behind them and are never rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.comparison import Run
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.suggestions import BOXES, RELATIONS, Proposal, Spot
from deliberation.formats.wording_diff import differences
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.placing import full_text
from deliberation.services.remarks import limit
from deliberation.store import bench, drafts, remarks, suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Source, Suggestion, SuggestionRevision


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge does: the remarks that go in, and those that stand there already."""

    goes_in: tuple[Remark, ...]
    there: tuple[Remark, ...]


def make_suggestion(
    actor: Actor,
    consultation: Consultation,
    spot: Spot,
    proposal: Proposal,
    *,
    key: str,
    sources: Sequence[Remark] = (),
    relation: str = "alike",
) -> Suggestion:
    """Write a suggestion at a place of the current draft, perhaps with the remarks behind it. The same key makes it once."""
    proposal, spot = proposal.checked(limit()), spot.checked()
    _known(relation)
    if not 8 <= len(key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    with act(actor, Act.MAKE_SUGGESTION, on=consultation) as record:
        first = suggestions.by_key(consultation.id, key)
        if first is not None:
            record.nothing()
            return first
        made = _row(record, consultation, spot, proposal, key)
        _put_behind(record, made, _may_stand(consultation, sources), relation)
        record.about("suggestion", made.number)
        record.note(place=made.place, eid=made.eid, kind=made.kind, remarks=[one.number for one in sources])
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
        _stands(suggestion)
        words = {name: getattr(proposal, name) for name in ("kind", "title", *BOXES)}
        if all(getattr(suggestion, name) == said for name, said in words.items()):
            record.nothing()
            return
        if suggestion.revision != revision:
            raise Conflict(
                _("别人刚刚改过这条建议。两种写法都在下面，您写的没有丢，请看过再决定。"), first=suggestion
            )
        _keep(record, suggestion)
        for name, said in words.items():
            setattr(suggestion, name, said)
        suggestion.revision += 1
        record.about("suggestion", suggestion.number)
        record.note(revision=suggestion.revision)
        record.index("suggestion", suggestion.id)


def _keep(record: Record, was: Suggestion) -> None:
    db.session.add(
        SuggestionRevision(
            suggestion_id=was.id, revision=was.revision, kind=was.kind, title=was.title, wording=was.wording,
            reasons=was.reasons, basis=was.basis, dissent=was.dissent, at=record.at, by_id=who(record.actor),
        )
    )  # fmt: skip


def order_suggestions(actor: Actor, consultation: Consultation, numbers: Sequence[int]) -> None:
    """Let these suggestions stand in this order, on the places they have among all others."""
    with act(actor, Act.ORDER_SUGGESTIONS, on=consultation) as record:
        rows = [suggestions.by_number(consultation.id, number) for number in numbers]
        named = [one for one in rows if one is not None and one.state == "open"]
        if len(named) != len(rows) or len(set(numbers)) != len(rows):
            raise Refusal(_("建议的次序已经变了，请刷新页面再调整。"))
        places = sorted(one.position for one in named)
        if places == [one.position for one in named]:
            record.nothing()
            return
        for one, place in zip(named, places, strict=True):
            one.position = place
        record.about("suggestions", len(named))
        record.note(order=list(numbers))


def drop_suggestion(actor: Actor, suggestion: Suggestion) -> int:
    """Drop a suggestion: its remarks are free again, it stays readable. Returns how many remarks were set free."""
    with act(actor, Act.DROP_SUGGESTION, on=suggestion) as record:
        _stands(suggestion)
        free = [one for one in suggestion.sources if one.ended_at is None]
        for one in free:
            one.ended_at, one.ended_by_id = record.at, who(actor)
        suggestion.state = "dropped"
        record.about("suggestion", suggestion.number)
        record.note(remarks=[one.remark.number for one in free])
        record.index("suggestion", suggestion.id)
    return len(free)


def merging(suggestion: Suggestion, chosen: Sequence[Remark]) -> Merging:
    """What merging these remarks would do: for the list one confirms."""
    there = {one.remark_id for one in suggestion.sources if one.ended_at is None}
    return Merging(
        tuple(one for one in chosen if one.id not in there), tuple(one for one in chosen if one.id in there)
    )


def merge_remarks(
    actor: Actor, suggestion: Suggestion, chosen: Sequence[Remark], relation: str = "alike"
) -> Merging:
    """Put remarks behind a suggestion. Those that stand there already stay as they are; the originals are not touched."""
    _known(relation)
    if not chosen:
        raise Refusal(_("请先勾选要归入的意见。"), field="remark")
    with act(actor, Act.MERGE_REMARKS, on=suggestion) as record:
        _stands(suggestion)
        plan = merging(suggestion, _may_stand(suggestion.consultation, chosen))
        if not plan.goes_in:
            record.nothing()
            return plan
        _put_behind(record, suggestion, plan.goes_in, relation)
        record.about("suggestion", suggestion.number)
        record.note(remarks=[one.number for one in plan.goes_in], relation=relation)
    return plan


def _put_behind(record: Record, made: Suggestion, chosen: Sequence[Remark], relation: str) -> None:
    db.session.add_all(
        Source(suggestion=made, remark=one, relation=relation, at=record.at, by_id=who(record.actor))
        for one in chosen
    )
    db.session.flush()


def unmerge_remark(actor: Actor, suggestion: Suggestion, remark: Remark) -> None:
    """Take a remark out again: everything is as it was before; that it stood here stays in the record."""
    with act(actor, Act.UNMERGE_REMARK, on=suggestion) as record:
        _stands(suggestion)
        found = [one for one in suggestion.sources if one.remark_id == remark.id and one.ended_at is None]
        if not found:
            raise Refusal(_("这条意见不在这条建议里，可能已经取出了。"))
        found[0].ended_at, found[0].ended_by_id = record.at, who(actor)
        record.about("suggestion", suggestion.number)
        record.note(remarks=[remark.number])


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


def _known(relation: str) -> None:
    if relation not in RELATIONS:
        raise Refusal(_("请选择意见和建议的关系。"), field="relation")


def _stands(suggestion: Suggestion) -> None:
    if suggestion.state != "open":
        raise Refusal(_("这条建议已经去掉了，请回到归并页面另写一条。"))


def _may_stand(consultation: Consultation, chosen: Sequence[Remark]) -> list[Remark]:
    """The remarks, each once; a Refusal names the first that cannot stand behind a suggestion."""
    for one in chosen:
        if one.consultation_id != consultation.id:
            raise Refusal(_("有的意见不属于这次征求意见，请回到归并页面重新勾选。"), field="remark")
        db.session.refresh(one)
        number = {"number": one.public_number, "field": "remark"}
        if one.state != "current":
            raise Refusal(_("意见 %(number)s 已由本人撤回或改写，不能归入建议。"), **number)
        if one.late:
            raise Refusal(_("意见 %(number)s 是截止以后收到的，已单独留存，不归入建议。"), **number)
    return list(dict.fromkeys(chosen))


def stood(suggestion: Suggestion) -> str:
    """The text of the draft a suggestion speaks of; nothing for the whole draft and for what is to be added."""
    if suggestion.place == "title":
        return suggestion.version.title
    if not suggestion.eid or suggestion.place == "after":
        return ""
    row = drafts.at(suggestion.version_id, suggestion.eid)
    return full_text(row) if row else ""


def difference(suggestion: Suggestion) -> tuple[Run, ...]:
    """The proposed wording against the draft's: what goes, what comes. Empty where nothing is proposed."""
    if not suggestion.wording and suggestion.kind != "deletion":
        return ()
    return differences(stood(suggestion), suggestion.wording)
