"""What was said of earlier versions, on the pages of the current one: where it stood, where it stands, with the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from deliberation.domain.lineage_words import version_name, was_and_is
from deliberation.store import drafts, links, quotes
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.links import Carried
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Suggestion
from deliberation.web.languages import say


@dataclass(frozen=True)
class Since:
    """`eid` where it stands now ("" nowhere), the sentence, and the address of the text as it stood."""

    eid: str
    article: str
    words: str
    stage: str
    url: str
    sure: bool
    lost: bool = False


def older_url(one: Consultation, serial: int, eid: str) -> str:
    """An article of a version at the address that stays its own."""
    return url_for("texts.article", slug=one.slug, serial=serial, eid=eid.split("__")[0])


def since_of(one: Consultation, row: Carried, *, lost: bool = False) -> Since:
    """How one earlier provision stands."""
    was = row.from_version
    words = was_and_is(row.from_eid, row.to_eid, changed=row.changed, exact=row.exact, sure=row.sure)
    return Since(
        row.to_eid, row.to_article_eid, say(words), say(version_name(was.serial, was.stage)),
        older_url(one, was.serial, row.from_article_eid), row.sure, lost,
    )  # fmt: skip


def since(
    one: Consultation, version: Version | None, found: Iterable[Remark | Suggestion]
) -> Mapping[int, Since]:
    """By id, those of them that spoke of an earlier version. One statement, and none where all speak of this one."""
    if version is None:
        return {}
    earlier = [each for each in found if each.version_id != version.id and each.uid]
    rows = links.of(version.id, ((each.version_id, each.uid) for each in earlier))
    gone = {each.id for each in earlier if isinstance(each, Remark)}
    lost = quotes.lost(version.id, sorted(gone)) if gone and rows else set()
    return {
        each.id: since_of(
            one, rows[each.version_id, each.uid], lost=each.id in lost and isinstance(each, Remark)
        )
        for each in earlier
        if (each.version_id, each.uid) in rows
    }


def now(found: Remark | Suggestion) -> Since | None:
    """Where one of them stands in the current version; None where it speaks of this one, or of the whole."""
    return since(found.consultation, drafts.current(found.consultation.task_id), [found]).get(found.id)


def moved(one: Consultation, version: Version, seen: str, eid: str) -> str:
    """Where an address of the text that began with this digest stands in a version; "" where it stands nowhere."""
    was = next((v for v in links.published(one.task_id) if v.digest.startswith(seen)), None)
    row = drafts.at(was.id, eid) if was is not None else None
    if was is None or row is None:
        return ""
    found = links.of(version.id, [(was.id, row.uid)]).get((was.id, row.uid))
    return found.to_eid if found is not None else ""


def origin(one: Consultation, version: Version, article_eid: str) -> list[Since]:
    """The articles of the version before that stand at this one; [] for a first version and for a new article."""
    rows = links.from_articles(version.id, article_eid) if version.serial > 1 else []
    newest = max((row.from_version_id for row in rows), default=0)
    return [since_of(one, row) for row in rows if row.from_version_id == newest]
