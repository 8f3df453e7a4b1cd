"""How a version follows from the one before: links as proposed, edited and decided; what is carried, made anew from them."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from deliberation.domain.alignment import ArticleText, Link
from deliberation.domain.alignment_quotes import relocate
from deliberation.domain.alignment_similarity import plain
from deliberation.domain.lineage import Stand, by_key, heirs, linked, onward, settle, stands
from deliberation.domain.provisions import Draft
from deliberation.formats.draft_json import draft_from_dict
from deliberation.services.acts import Record
from deliberation.services.edited import edited
from deliberation.services.placing import full_text
from deliberation.store import carrying, drafts, links, quotes
from deliberation.store.db import db
from deliberation.store.drafts import Version
from deliberation.store.links import Carried, ProvisionLink

MARK = "t:"


@dataclass(frozen=True)
class Lineage:
    """A version beside the one before it: texts by eid, the links that hold (in eids), and who decided which."""

    base: Version
    old: Mapping[str, ArticleText]
    new: Mapping[str, ArticleText]
    proposed: list[Link]
    links: list[Link]
    decisions: list[tuple[ProvisionLink, list[Link]]] = field(default_factory=list)  # oldest first, in eids
    uids: dict[str, str] = field(default_factory=dict)  # new eid → uid, where edits on the platform gave one
    by_edits: bool = False

    @property
    def decided(self) -> dict[str, ProvisionLink]:
        """The newest decision about each old provision."""
        return {batch[0].old: row for row, batch in self.decisions if batch[0].old is not None}

    def of(self, old: str) -> list[Link]:
        """The links of one old provision."""
        return [link for link in self.links if link.old == old]

    @property
    def waiting(self) -> list[str]:
        """Old provisions a person has to look at before anything of them is carried."""
        return [old for old in self.old if any(link.waits for link in self.of(old))]

    @property
    def likely(self) -> list[str]:
        """Old provisions that are carried, but marked 待确认."""
        return [
            old for old in self.old
            if (mine := self.of(old)) and not all(k.sure for k in mine) and not any(k.waits for k in mine)
        ]  # fmt: skip


def draft_of(version: Version) -> Draft:
    """A version's tree."""
    return draft_from_dict(version.tree)


def mark(unit: ArticleText) -> str:
    """What a text is known by before it has a uid: a decision about a preview lapses when the text is corrected."""
    words = plain(f"{unit.heading or ''}\n{unit.text}")
    return MARK + hashlib.sha256(words.encode()).hexdigest()[:30]


def lineage(version: Version) -> Lineage | None:
    """How a preview or a published version follows from the one before; None for the first."""
    rows = links.into(version.id)
    published = version.state == "published"
    base = drafts.get(rows[0].from_version_id) if rows and published else links.before(version)
    if base is None:
        return None
    before, after = draft_of(base), draft_of(version)
    old, new = by_key(before), by_key(after)
    uids = _uids(links.names(base.id))
    marks = _uids(links.names(version.id)) if published else {mark(unit): eid for eid, unit in new.items()}
    begun = next((row.id for row in rows if row.batch == 0), 0)
    own = edited(version, base) if not published else None
    if published and begun:
        proposed = _in_eids([row for row in rows if row.batch == 0], uids, marks)
    else:
        proposed = own.links if own is not None else linked(before, after)
    decisions = _decisions([row for row in rows if row.batch and row.id > begun], uids, marks)
    return Lineage(
        base, old, new, proposed, settle(proposed, [batch for _row, batch in decisions]), decisions,
        own.uids if own is not None else {}, own is not None or any(row.decided == "edit" for row in rows),
    )  # fmt: skip


def _uids(names: Iterable[tuple[str, str, int, int | None]]) -> dict[str, str]:
    return {uid: eid for eid, uid, _id, _article in names}


def _in_eids(rows: Iterable[ProvisionLink], olds: Mapping[str, str], news: Mapping[str, str]) -> list[Link]:
    found = []
    for row in rows:
        old, new = olds.get(row.from_uid), news.get(row.to_uid)
        if (row.from_uid and old is None) or (row.to_uid and new is None):
            continue  # the preview's text was corrected since
        found.append(Link(old, new, row.relation, row.score, row.sure))  # type: ignore[arg-type]
    return found


def _decisions(
    rows: Sequence[ProvisionLink], olds: Mapping[str, str], news: Mapping[str, str]
) -> list[tuple[ProvisionLink, list[Link]]]:
    """The decisions in order, those whose texts are all there still, each with its first row."""
    kept = []
    for _number, several in groupby(rows, key=lambda row: row.batch):
        batch = list(several)
        found = _in_eids(batch, olds, news)
        if len(found) == len(batch):
            kept.append((batch[0], found))
    return kept


def names(version: Version, found: Lineage | None) -> dict[str, tuple[str, str]]:
    """eid → (uid, wid) for every provision of a version that is about to be published."""
    eids = [node.eid for node in draft_of(version).walk()]
    if found is None:
        return {eid: (uuid.uuid4().hex, eid) for eid in eids}
    uid_of = {eid: uid for eid, uid, _id, _article in links.names(found.base.id)}
    wids = links.used_wids([found.base.id])
    kept = heirs(stands(found.old, found.new, found.links))
    named = {
        new: (uid_of[old], wids[found.base.id, old])
        for new, old in kept.items()
        if new not in found.uids or found.uids[new] == uid_of[old]
    }
    taken, used = {wid for _uid, wid in named.values()}, {uid for uid, _wid in named.values()}
    for eid in eids:
        if eid not in named:
            uid = found.uids.get(eid, "")
            fresh = uid if uid and uid not in used else uuid.uuid4().hex
            named[eid] = (fresh, f"v{version.serial}__{eid}" if eid in taken else eid)
    return named


def keep(record: Record, version: Version, found: Lineage | None) -> None:
    """When a version is published: its links as rows, what was decided about the preview among them; what is carried."""
    if found is None:
        return
    olds = {eid: uid for eid, uid, _id, _article in links.names(found.base.id)}
    news = {eid: uid for eid, uid, _id, _article in links.names(version.id)}
    how = "edit" if found.by_edits else "machine"
    rows = [_row(link, version, found.base, olds, news, how, record.at) for link in found.proposed]
    for number, (decision, batch) in enumerate(found.decisions, links.next_batch(version.id)):
        for link in batch:
            row = _row(link, version, found.base, olds, news, "person", decision.at)
            row.batch, row.by_id = number, decision.by_id
            rows.append(row)
    db.session.add_all(rows)
    db.session.flush()
    record.note(follows=found.base.serial, waiting=len(found.waiting), likely=len(found.likely))
    carry(version)


def _row(
    link: Link,
    version: Version,
    base: Version,
    olds: Mapping[str, str],
    news: Mapping[str, str],
    how: str,
    at: datetime,
) -> ProvisionLink:
    return ProvisionLink(
        from_version_id=base.id, to_version_id=version.id, from_uid=olds[link.old] if link.old else "",
        to_uid=news[link.new] if link.new else "", relation=link.relation, score=min(1.0, max(0.0, link.score)),
        sure=link.sure, decided=how, at=at,
    )  # fmt: skip


def carry(version: Version) -> None:
    """Make anew what is carried to a version and to every later one: places, counters, lost quotations. Inside an act."""
    every = links.published(version.task_id)
    for one in every:
        if one.serial >= version.serial:
            found = lineage(one)
            if found is not None:
                _carry(one, found)
    carrying.hold(version.task_id)
    said = carrying.said(version.task_id)
    for one in every:
        if one.serial >= version.serial:
            carrying.replace_counts(one.id, _counts(one, said))
            quotes.replace_lost(one.id, _lost(one))


def _carry(version: Version, found: Lineage) -> None:
    steps = {stand.old: stand for stand in stands(found.old, found.new, found.links)}
    uids = {eid: uid for eid, uid, _id, _article in links.names(found.base.id)}
    ids = {eid: row for eid, _uid, row, _article in links.names(version.id)}
    rows = [
        _carried(stand, version, found.base.id, uids[eid], ids) for eid, stand in steps.items() if eid in uids
    ]
    for earlier in links.to(found.base.id):
        stand = onward(_stand(earlier), steps.get(earlier.to_eid))
        rows.append(_carried(stand, version, earlier.from_version_id, earlier.from_uid, ids))
    carrying.replace_carried(version.id, rows)


def _stand(row: Carried) -> Stand:
    return Stand(
        row.from_eid, row.from_article_eid, row.to_eid or None, row.to_article_eid or None, row.relation, row.exact,
        row.changed, row.sure, row.score,
    )  # fmt: skip


def _carried(
    stand: Stand, version: Version, from_version: int, uid: str, ids: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "to_version_id": version.id, "from_version_id": from_version, "from_uid": uid, "from_eid": stand.old,
        "from_article_eid": stand.old_article, "to_eid": stand.new or "", "to_article_eid": stand.article or "",
        "to_article_id": ids.get(stand.article or ""), "relation": stand.relation, "exact": stand.exact,
        "changed": stand.changed, "sure": stand.sure, "score": stand.score,
    }  # fmt: skip


def _counts(version: Version, said: Sequence[tuple[int, int, str, str, int]]) -> list[dict[str, int]]:
    """The counters of a version's articles: what was said there, and what is carried there."""
    own = {uid: article or row for _eid, uid, row, article in links.names(version.id)}
    carried = {(row.from_version_id, row.from_uid): row.to_article_id for row in links.to(version.id)}
    found: dict[tuple[int, int], dict[str, int]] = {}
    for consultation, spoken_of, uid, attitude, count in said:
        article = own.get(uid) if spoken_of == version.id else carried.get((spoken_of, uid))
        if article is None:
            continue
        row = found.setdefault(
            (consultation, article),
            {
                "consultation_id": consultation, "provision_id": article, "remarks": 0, "support": 0, "amend": 0,
                "oppose": 0, "no_view": 0,
            },
        )  # fmt: skip
        row["remarks"] += count
        row[attitude] += count
    return list(found.values())


def _lost(version: Version) -> list[int]:
    """The remarks whose quotation is not found in the provision it is linked to, with at most one edit in five."""
    texts: dict[str, str] = {}
    found = []
    for remark, quote, prefix, suffix, eid in quotes.quoting(version.task_id, version.id):
        if eid not in texts:
            row = drafts.at(version.id, eid)
            texts[eid] = full_text(row) if row is not None else ""
        text = texts[eid]
        if text.count(quote) != 1 and relocate(text, quote, prefix, suffix) is None:
            found.append(remark)
    return found
