"""A new version begun from the one that holds and edited on the platform: every step a row, the last one can be taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace

from deliberation.domain.acts import Act
from deliberation.domain.draft_edits import Step, Worked, standing
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.edited import step_of, work
from deliberation.store import drafts, edits
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.edits import DraftEdit

MAKES = frozenset({"insert", "split"})


def begin(actor: Actor, base: Version) -> Version:
    """A preview with the text of the version that holds. One that was begun before and is not published yet is gone on with."""
    with act(actor, Act.EDIT_DRAFT, on=base) as record:
        current = drafts.current(base.task_id)
        if current is None or current.id != base.id:
            raise Refusal(_("只能从现行稿改起。请从任务的“草案各稿”里打开现行稿。"))
        if not any(name.startswith("art_") for name in _articles(base)):
            raise Refusal(_("这一稿没有“第×条”，不能在平台上改。请改好文件，导入新的一稿。"))
        open_one = _open_one(base)
        if open_one is not None:
            record.nothing()
            return open_one
        made = Version(
            task_id=base.task_id, serial=drafts.next_serial(base.task_id), stage="", title=base.title, note="", notice="",
            text=base.text, digest=base.digest, tree=base.tree, warnings=[], made_at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        db.session.add(_row(record, made, base.id, 0, Step("begin")))
        record.about("version", f"{made.task_id}.{made.serial}")
        record.note(task=made.task_id, serial=made.serial, begun_from=base.serial)
    return made


def _articles(base: Version) -> list[str]:
    return [row.eid for row in drafts.provisions(base.id) if row.kind == "article"]


def _open_one(base: Version) -> Version | None:
    for version in reversed(drafts.versions(base.task_id)):
        if version.state != "published":
            rows = edits.steps(version.id)
            if rows and rows[0].base_id == base.id:
                return version
    return None


def _row(record: Record, version: Version, base_id: int, number: int, step: Step) -> DraftEdit:
    said = {name: text for name, text in asdict(step).items() if name != "kind"}
    return DraftEdit(
        version_id=version.id, step=number, kind=step.kind, base_id=base_id, said=said, by_id=who(record.actor), at=record.at
    )  # fmt: skip


def desk(version: Version) -> tuple[Version, Worked, list[Step]]:
    """What a version was begun from, how far it is, and the steps that stand; NotFound where it was not begun here."""
    rows = edits.steps(version.id)
    base = drafts.get(rows[0].base_id) if rows else None
    if base is None:
        raise NotFound(_("这一稿是导入的，不是在平台上改出来的。"))
    steps = [step_of(row) for row in rows]
    return base, work(base, steps), standing(steps)


def do(actor: Actor, version: Version, step: Step) -> None:
    """One more step. What it makes gets a name of its own."""
    if step.kind in MAKES:
        step = replace(step, made=uuid.uuid4().hex)
    with act(actor, Act.EDIT_DRAFT, on=version) as record:
        _add(record, version, step)


def undo(actor: Actor, version: Version) -> None:
    """Take back the last step that stands: a step of its own."""
    with act(actor, Act.EDIT_DRAFT, on=version) as record:
        if not standing([step_of(row) for row in edits.steps(version.id)]):
            raise Refusal(_("没有可以撤销的改动了。"))
        _add(record, version, Step("undo"))


def _add(record: Record, version: Version, step: Step) -> None:
    if version.state == "published":
        raise Refusal(_("这一稿已经公布了。要改动，请从它改起，另成一稿。"))
    rows = edits.steps(version.id)
    base = drafts.get(rows[0].base_id) if rows else None
    if base is None:
        raise NotFound(_("这一稿是导入的，不是在平台上改出来的。"))
    _unchanged_elsewhere(base, rows, version)
    draft = work(base, [*(step_of(row) for row in rows), step]).draft
    version.tree, version.text, version.digest = draft.as_dict(), draft.text(), draft.digest()
    db.session.add(_row(record, version, base.id, len(rows), step))
    record.about("version", f"{version.task_id}.{version.serial}")
    record.note(step=len(rows), kind=step.kind, digest=version.digest)


def _unchanged_elsewhere(base: Version, rows: Sequence[DraftEdit], version: Version) -> None:
    before = work(base, [step_of(row) for row in rows]).draft
    if before.as_dict()["body"] != version.tree["body"]:
        raise Refusal(_("这一稿在核对页上改过结构，不能再逐条改。请公布它，或者从现行稿重新改起。"))
