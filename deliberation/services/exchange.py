"""A published text for other systems: Akoma Ntoso with the names its provisions keep, and what changed since the text before."""

from deliberation.clock import local
from deliberation.formats import akoma
from deliberation.formats.akoma_meta import AkomaMeta
from deliberation.services.lineage import draft_of, lineage
from deliberation.store import drafts
from deliberation.store.drafts import Version


def akoma_of(version: Version) -> bytes:
    """The bytes of a published version; the same text gives the same bytes."""
    rows = drafts.provisions(version.id)
    found = lineage(version)
    changes = akoma.modifications_of(found.links) if found else ()
    meta = AkomaMeta(
        slug=f"task-{version.task_id}", date=_day(version), version=str(version.serial),
        uids={row.eid: row.uid for row in rows}, wids={row.eid: row.wid for row in rows},
        previous=_before(found.base) if found else "", modifications=tuple(changes),
    )  # fmt: skip
    return akoma.write(draft_of(version), meta=meta)


def _day(version: Version) -> str:
    return local(version.published_at or version.made_at).date().isoformat()


def _before(base: Version) -> str:
    return AkomaMeta(slug=f"task-{base.task_id}", date=_day(base)).expression
