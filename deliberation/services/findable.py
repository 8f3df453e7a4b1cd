"""What can be found, and by whom: rows made into entries of the index.

Audience terms: `public`; `office:N` for those who work there (and in the offices above); `member:N` for those who sit on
its panel or council; `person:N` for one person. They say the same as the policy for reading each thing.
"""

import json
from collections.abc import Iterator

from deliberation.search import Entry
from deliberation.services.placing import full_text
from deliberation.store import drafts, findable, links, people
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Provision
from deliberation.store.meetings import Meeting, Minutes
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Suggestion


def workers(office_id: int) -> tuple[str, ...]:
    """Those who work in the office and in the offices above it."""
    return (f"office:{office_id}", *(f"office:{above}" for above in people.above(office_id)))


def everyone_of(one: Consultation) -> tuple[str, ...]:
    """Who may read the consultation at all."""
    open_to = ("public",) if one.is_public else ()
    return (*open_to, *workers(one.office_id), f"member:{one.office_id}")


def article(one: Consultation, row: Provision, text: str) -> Entry:
    """An article as it stands in one consultation, with its plain words."""
    title = "　".join(part for part in (row.number, row.heading) if part) or one.title
    return Entry(
        "article", f"{one.id}:{row.id}", one.slug, title, f"{text}\n{row.plain}".strip(), everyone_of(one), row.eid,
        parts=(row.eid,),
    )  # fmt: skip


def remark(found: Remark) -> Entry | None:
    """A remark; None when it was withdrawn or replaced: then it is not found any more."""
    if found.state != "current":
        return None
    one = found.consultation
    audience = list(workers(one.office_id))
    if found.author_id is not None:
        audience.append(f"person:{found.author_id}")
    if found.released_at is not None:
        audience += [f"member:{one.office_id}", *(["public"] if one.is_public else [])]
    elif one.panel_shares and not found.private:
        audience.append(f"member:{one.office_id}")
    text = "\n".join(part for part in (found.text, found.wording, found.reason) if part)
    return Entry(
        "remark", str(found.id), one.slug, found.public_number, text, tuple(audience), found.eid,
        found.received_at.isoformat(), (str(found.number), found.article_eid, "1" if found.released_at else ""),
    )  # fmt: skip


def suggestion(found: Suggestion) -> Entry | None:
    """A suggestion that stands, for those who work on it."""
    if found.state != "open":
        return None
    one = found.consultation
    text = "\n".join(part for part in (found.wording, found.reasons, found.basis) if part)
    return Entry(
        "suggestion", str(found.id), one.slug, found.title, text, workers(one.office_id), found.eid,
        found.made_at.isoformat(), (str(found.number), _stands(found)),
    )  # fmt: skip


def _stands(found: Suggestion) -> str:
    """The article of the current version it is about now."""
    current = drafts.current(found.consultation.task_id)
    if current is None or current.id == found.version_id or not found.uid:
        return found.article_eid
    row = links.of(current.id, [(found.version_id, found.uid)]).get((found.version_id, found.uid))
    return row.to_article_eid or links.GONE if row is not None else found.article_eid


def minutes(meeting: Meeting, latest: Minutes) -> Entry:
    """The minutes of a meeting, for the office and for those who stand on its sheet."""
    audience = workers(meeting.office_id) + tuple(f"person:{p}" for p in findable.attending(meeting.id))
    slug = meeting.consultation.slug if meeting.consultation else ""
    return Entry(
        "minutes", str(meeting.id), slug, meeting.title, "\n".join(_texts(latest.body)), audience,
        at=meeting.starts_at.isoformat(), parts=(str(meeting.id),),
    )  # fmt: skip


def _texts(value: object) -> Iterator[str]:
    """Every text in the minutes' body, whatever its shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, (int, float)):
        yield json.dumps(value, ensure_ascii=False)


def everything_of(one: Consultation) -> Iterator[Entry]:
    """All entries of a consultation."""
    versions = findable.version_ids(one.task_id)
    if versions:
        for row, text in findable.articles(versions[0]):
            yield article(one, row, text)
    for batch in findable.remarks_of(one.id):
        for found in batch:
            entry = remark(found)
            if entry is not None:
                yield entry
    for proposal in findable.suggestions_of(one.id):
        entry = suggestion(proposal)
        if entry is not None:
            yield entry
    for meeting, latest in findable.minuted(one.id):
        yield minutes(meeting, latest)


def one_article(one: Consultation, row: Provision) -> Entry:
    """One article alone."""
    return article(one, row, full_text(row))
