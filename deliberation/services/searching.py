"""Finding, and keeping the index in step: errands of the outbox become entries, batch by batch."""

from collections.abc import Iterable
from pathlib import Path

from flask import current_app

from deliberation.domain.errors import Refusal, _
from deliberation.domain.roles import MEMBERS, STAFF, Role
from deliberation.search import Entry, Found, Index, open_index
from deliberation.services import findable as entries
from deliberation.services.actors import Actor
from deliberation.store import drafts, findable, outbox, people
from deliberation.store.db import db

LONGEST = 60


def index() -> Index:
    """The application's index, opened once a process."""
    held = current_app.extensions
    if "index" not in held:
        held["index"] = open_index(Path(held["index_folder"]))
    found: Index = held["index"]
    return found


def audience_of(actor: Actor) -> set[str]:
    """The terms an actor may find by: what everyone may see, their own, what their roles let them see."""
    terms = {"public"}
    if actor.person is None:
        return terms
    terms.add(f"person:{actor.person.id}")
    for office_id, _above, role in people.roles(actor.person.id):
        if Role(role) in STAFF | {Role.COMMISSION}:
            terms.add(f"office:{office_id}")
        if Role(role) in MEMBERS:
            terms.add(f"member:{office_id}")
    return terms


def find(
    actor: Actor,
    words: str,
    *,
    consultation: str | None = None,
    kinds: Iterable[str] | None = None,
    page: int = 1,
) -> Found:
    """What the actor may see and holds every word; words of one character too."""
    words = words.strip()
    if not words:
        raise Refusal(_("请输入要找的字词，一两个字也行。"), field="words")
    if len(words) > LONGEST:
        raise Refusal(_("要找的字词太长，请不超过 %(most)s 个字。"), most=LONGEST, field="words")
    return index().find(words, audience_of(actor), kinds, consultation, max(1, page))


def drain(limit: int = 200) -> int:
    """Do the next errands; returns how many there were."""
    try:
        rows = [(row.id, row.kind, row.ref) for row in outbox.after(index().last(), limit)]
        db.session.rollback()  # nobody who writes waits at the turnstile while the index is written
        if rows:
            found, gone = _changes(rows)
            index().put(found, rows[-1][0], gone)
    finally:
        db.session.rollback()
    return len(rows)


def rebuild() -> int:
    """Make the whole index anew; how many entries it has."""
    last = outbox.last_id()
    try:
        return index().rebuild(
            (e for one in findable.consultations() for e in entries.everything_of(one)), last
        )
    finally:
        db.session.rollback()


def _changes(rows: list[tuple[int, str, str]]) -> tuple[list[Entry], set[tuple[str, str]]]:
    """Entries to put and keys to drop; the latest state of each thing, whatever the order of errands."""
    refs: dict[str, set[str]] = {}
    for _id, kind, ref in rows:
        refs.setdefault(kind, set()).add(ref)
    found: dict[tuple[str, str], Entry] = {}
    gone: set[tuple[str, str]] = set()
    whole = {int(ref) for ref in refs.get("consultation", ())}
    for version_id in map(int, refs.get("version", ())):
        whole |= _of_version(version_id, gone)
    for one in findable.consultations(whole):
        found |= {entry.key: entry for entry in entries.everything_of(one)}
    _remarks(refs.get("remark", set()), found, gone)
    _suggestions(refs.get("suggestion", set()), found, gone)
    _articles(refs.get("article", set()), found)
    for meeting, latest in findable.minuted(meeting_ids=[int(ref) for ref in refs.get("minutes", ())]):
        entry = entries.minutes(meeting, latest)
        found[entry.key] = entry
    return list(found.values()), gone - set(found)


def _of_version(version_id: int, gone: set[tuple[str, str]]) -> set[int]:
    version = drafts.get(version_id)
    if version is None:
        return set()
    ids = findable.of_task(version.task_id)
    for older in findable.version_ids(version.task_id)[1:]:
        gone |= {("article", f"{one}:{row}") for one in ids for row in findable.provision_ids(older)}
    return set(ids)


def _remarks(refs: set[str], found: dict[tuple[str, str], Entry], gone: set[tuple[str, str]]) -> None:
    for row in findable.remarks([int(ref) for ref in refs]):
        entry = entries.remark(row)
        if entry is None:
            gone.add(("remark", str(row.id)))
            found.pop(("remark", str(row.id)), None)
        else:
            found[entry.key] = entry


def _suggestions(refs: set[str], found: dict[tuple[str, str], Entry], gone: set[tuple[str, str]]) -> None:
    for row in findable.suggestions([int(ref) for ref in refs]):
        entry = entries.suggestion(row)
        if entry is None:
            gone.add(("suggestion", str(row.id)))
        else:
            found[entry.key] = entry


def _articles(refs: set[str], found: dict[tuple[str, str], Entry]) -> None:
    for ref in refs:
        consultation_id, _colon, provision_id = ref.partition(":")
        row = drafts.provision(int(provision_id))
        for one in findable.consultations([int(consultation_id)]):
            if row is not None:
                entry = entries.one_article(one, row)
                found[entry.key] = entry
