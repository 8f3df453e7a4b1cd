"""Correcting a preview step by step before it is published: every step kept, undone exactly, never over somebody else's."""

from collections.abc import Iterable

from deliberation.domain.acts import Act
from deliberation.domain.correcting import Change, Step, apply, build, flatten, names
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.provisions import Draft
from deliberation.formats.correction_json import packed, unpacked
from deliberation.formats.draft_json import draft_from_dict
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.files import not_secret
from deliberation.services.proofs import placed, remember
from deliberation.store import corrections, edits
from deliberation.store.corrections import Correction, Proof
from deliberation.store.db import db
from deliberation.store.drafts import Version

MOST_TITLE, MOST_STAGE = 300, 60


def correct(actor: Actor, version: Version, step: Step, revision: int) -> str:
    """Do one step on what was seen as `revision`; the address to look at next. Sent twice it is done once."""
    if step.text:
        not_secret(step.text[:200], "text")
    with act(actor, Act.CORRECT_DRAFT, on=version) as record:
        proof = _proof(version)
        last = corrections.last(version.id)
        if last is not None and revision == proof.revision - 1 and _same(last, step, actor):
            record.nothing()
            return last.focus
        _expected(proof, revision, version)
        draft = draft_from_dict(version.tree)
        result = apply(draft, step)
        words = dict(zip(names(draft), flatten(draft), strict=True))[step.eid].words()
        serial = corrections.next_serial(version.id)
        db.session.add(
            Correction(
                version_id=version.id, serial=serial, do=step.do, words=words[:40], step=step.as_dict(),
                change=packed(result.change), focus=result.focus, at=record.at, by_id=who(actor),
            )
        )  # fmt: skip
        _write(version, proof, result.draft)
        _said(record, version, serial=serial, do=step.do)
    return result.focus


def undo(actor: Actor, version: Version, revision: int) -> str:
    """Undo the last step that stands; the address it was about."""
    with act(actor, Act.CORRECT_DRAFT, on=version) as record:
        proof = _proof(version)
        _expected(proof, revision, version)
        last = corrections.last(version.id)
        if last is None:
            raise Refusal(_("没有可以撤销的了，这就是刚读进来的样子。"))
        change = unpacked(last.change).back()
        _write(version, proof, build(change.on(flatten(draft_from_dict(version.tree)))))
        last.undone = True
        _said(record, version, serial=last.serial, do="undo")
        return str(last.step.get("eid", ""))


def again(actor: Actor, version: Version, revision: int) -> str:
    """Do the step again that was undone last; the address to look at next."""
    with act(actor, Act.CORRECT_DRAFT, on=version) as record:
        proof = _proof(version)
        _expected(proof, revision, version)
        step = corrections.next_again(version.id)
        if step is None:
            raise Refusal(_("没有可以重做的了。"))
        change = unpacked(step.change)
        _write(version, proof, build(change.on(flatten(draft_from_dict(version.tree)))))
        step.undone = False
        _said(record, version, serial=step.serial, do="again")
        return step.focus


def look(actor: Actor, version: Version, warnings: Iterable[int], *, seen: bool) -> None:
    """Tick warnings as looked at, or take the ticks away; ticking twice changes nothing."""
    with act(actor, Act.CORRECT_DRAFT, on=version) as record:
        proof, meant = _proof(version), set(warnings)
        if not meant <= set(range(len(version.warnings))):
            raise Refusal(_("没有这一处提示，可能页面旧了。请刷新再看。"))
        looked = {*proof.looked, *meant} if seen else {*proof.looked} - meant
        if looked == {*proof.looked}:
            record.nothing()
            return
        proof.looked = sorted(looked)
        _said(record, version, warnings=sorted(meant), do="looked" if seen else "not-looked")


def _proof(version: Version) -> Proof:
    """The proof of a preview that may still be corrected."""
    if version.state != "preview":
        raise Refusal(_("这一稿已经公布，文字不能再改。要改动，请导入新的一稿。"))
    if edits.steps(version.id):
        raise Refusal(_("这一稿是在平台上逐条改出来的，请在改稿的页面上改。"))
    found = corrections.proof(version.id)
    return found if found is not None else remember(version, draft_from_dict(version.tree), None)


def _expected(proof: Proof, revision: int, version: Version) -> None:
    if proof.revision == revision:
        return
    last = corrections.last(version.id)
    name = last.by.name if last is not None and last.by is not None else ""
    if name:
        raise Conflict(
            _("%(name)s刚刚改过这一稿，您看到的不是最新的样子。您的这一步没有做，请看过再做。"), name=name
        )
    raise Conflict(_("这一稿刚刚改过，您看到的不是最新的样子。您的这一步没有做，请看过再做。"))


def _same(last: Correction, step: Step, actor: Actor) -> bool:
    return last.step == step.as_dict() and last.by_id == who(actor)


def _write(version: Version, proof: Proof, draft: Draft) -> None:
    """The version says what the draft says; its warnings stand where their lines stand now."""
    before = draft_from_dict(version.tree)
    if draft.title != before.title and draft.title:
        not_secret(draft.title, "text")
        version.title = draft.title[:MOST_TITLE]
    if draft.stage != before.stage:
        version.stage = (draft.stage or "")[:MOST_STAGE]
    version.note, version.notice = draft.note or "", "\n".join(draft.notice)
    version.tree = draft.as_dict() | {"warnings": version.tree.get("warnings", [])}
    version.text, version.digest = draft.text(), draft.digest()
    if version.warnings:
        version.warnings = placed(version.warnings, draft, proof.lines)
    proof.revision += 1


def _said(record: Record, version: Version, **facts: object) -> None:
    record.about("version", f"{version.task_id}.{version.serial}")
    record.note(version=version.serial, task=version.task_id, **facts)


def change_of(step: Correction) -> Change:
    """What a step changed."""
    return unpacked(step.change)
