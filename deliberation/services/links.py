"""A person decides what became of a provision: confirmed, another one, several, deleted, new. The newest decision holds, none is erased."""

from collections.abc import Sequence

from deliberation.domain.acts import Act
from deliberation.domain.alignment import Link
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.lineage import decided, settle
from deliberation.services import lineage
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.lineage import Lineage
from deliberation.store import findable, links
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.links import ProvisionLink

MOST_TARGETS = 6


def following(version: Version) -> Lineage:
    """How a version follows from the one before; NotFound for a first one."""
    found = lineage.lineage(version)
    if found is None:
        raise NotFound(_("这是第一稿，前面没有可以对照的。"))
    return found


def decide(actor: Actor, version: Version, old: str, targets: Sequence[str]) -> None:
    """An old provision became these new ones; none of them: it was deleted. Both are eids."""
    targets = list(dict.fromkeys(targets))
    if len(targets) > MOST_TARGETS:
        raise Refusal(_("一条最多拆成 %(most)s 条，请核对。"), most=MOST_TARGETS, field="choice")
    following(version)  # the long part, outside the door
    with act(actor, Act.DECIDE_LINK, on=version) as record:
        found = following(version)
        _known(found, old, targets)
        batch = decided(found.old[old], [found.new[eid] for eid in targets], found.proposed)
        if old in found.decided and sorted(found.of(old), key=str) == sorted(batch, key=str):
            record.nothing()
            return
        _write(record, version, found, [batch])


def decide_new(actor: Actor, version: Version, new: str) -> None:
    """A new provision came from none of the old ones."""
    following(version)
    with act(actor, Act.DECIDE_LINK, on=version) as record:
        found = following(version)
        if new not in found.new:
            raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
        if _is_new(found, new):
            record.nothing()
            return
        _write(record, version, found, [[Link(None, new, "new", 1.0, True)]])


def _is_new(found: Lineage, new: str) -> bool:
    """Whether a person has said so already, and it still holds."""
    said = any(batch[0].old is None and batch[0].new == new for _row, batch in found.decisions)
    return said and not any(k.old for k in found.links if k.new == new)


def confirm(actor: Actor, version: Version, olds: Sequence[str]) -> int:
    """What is carried but marked 待确认 is right as it stands; how many were confirmed."""
    following(version)
    with act(actor, Act.DECIDE_LINK, on=version) as record:
        found = following(version)
        asked = [old for old in found.likely if old in set(olds)]
        batches = [
            decided(found.old[old], [found.new[k.new] for k in found.of(old) if k.new], found.proposed)
            for old in asked
        ]
        if not batches:
            record.nothing()
            return 0
        _write(record, version, found, batches)
    return len(batches)


def take_back(actor: Actor, version: Version, old: str) -> None:
    """As it was before the newest decision about an old provision: a decision of its own."""
    following(version)
    with act(actor, Act.DECIDE_LINK, on=version) as record:
        found = following(version)
        mine = [n for n, (_row, batch) in enumerate(found.decisions) if batch[0].old == old]
        if not mine:
            raise Refusal(_("这一条还没有人确认过，没有可以撤销的。"))
        others = [batch for n, (_row, batch) in enumerate(found.decisions) if n != mine[-1]]
        before = [link for link in settle(found.proposed, others) if link.old == old]
        _write(record, version, found, [before or [Link(old, None, "deleted", 0.0, False)]])


def _known(found: Lineage, old: str, targets: Sequence[str]) -> None:
    if old not in found.old or any(eid not in found.new for eid in targets):
        raise Refusal(_("两稿里没有您指的这一条，请刷新页面再选。"), field="choice")


def _write(record: Record, version: Version, found: Lineage, batches: Sequence[Sequence[Link]]) -> None:
    published = version.state == "published"
    olds = {eid: uid for eid, uid, _id, _article in links.names(found.base.id)}
    news = (
        {eid: uid for eid, uid, _id, _article in links.names(version.id)}
        if published
        else {eid: lineage.mark(unit) for eid, unit in found.new.items()}
    )
    for number, batch in enumerate(batches, links.next_batch(version.id)):
        db.session.add_all(
            ProvisionLink(
                from_version_id=found.base.id, to_version_id=version.id, from_uid=olds[link.old] if link.old else "",
                to_uid=news[link.new] if link.new else "", relation=link.relation, score=link.score, sure=link.sure,
                batch=number, decided="person", by_id=who(record.actor), at=record.at,
            )
            for link in batch
        )  # fmt: skip
    db.session.flush()
    if published:
        lineage.carry(version)
        for suggestion in findable.suggestions_of_task(version.task_id):
            record.index("suggestion", suggestion)
    record.about("version", f"{version.task_id}.{version.serial}")
    record.note(
        follows=found.base.serial,
        links=[[link.old, link.new, link.relation] for batch in batches for link in batch],
    )
