"""The one door: every change goes through `act`, which checks, dates, logs and makes durable.

Order: end the reading transaction, take the writer lane, begin for writing, lock the log's head, refresh actor and
thing, check the policy, let the verb work, append to the log, commit; only then the jobs that followed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import inspect

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotAllowed, NotFound, _
from deliberation.domain.leaves import canonical, commitment
from deliberation.domain.permissions import allows, why_not
from deliberation.keys.tokens import new_salt
from deliberation.services.actors import Actor
from deliberation.services.standing import standing
from deliberation.store import log as logs
from deliberation.store import outbox
from deliberation.store.db import checkpoint, db, is_sqlite, writing
from deliberation.store.lane import lane

_OPEN = "act_is_open"


class Record:
    """What an act leaves behind: when it was, what is noted of it, its leaves, what follows after the commit."""

    def __init__(self, act: Act, actor: Actor, head: logs.Head, at: datetime) -> None:
        self.act, self.actor, self.head, self.at = act, actor, head, at
        self.facts: dict[str, object] = {}
        self.kind, self.number = "", ""
        self._jobs: list[Callable[[], object]] = []
        self._changed = True
        self._own_leaf = True
        self._before = head.size

    def note(self, **facts: object) -> None:
        """Facts of this act, as codes and numbers; they are committed to by its leaf."""
        self.facts.update(facts)

    def about(self, kind: str, number: object) -> None:
        """Kind and public number of the thing, which stand in the leaf itself."""
        self.kind, self.number = kind, str(number)

    def nothing(self) -> None:
        """It turned out that nothing is to be changed (a retried request): no leaf, no commit."""
        self._changed = False

    def no_leaf_of_its_own(self) -> None:
        """The leaves appended inside say it all (a remark's own leaf)."""
        self._own_leaf = False

    def leaf(
        self,
        act: Act,
        kind: str,
        number: object,
        facts: dict[str, object] | None = None,
        *,
        content: bytes | None = None,
    ) -> int:
        """Append a leaf of its own inside this act (a remark of an import) and return its index.

        It commits to the given content (docs/formats/log.md), else to the instant, the actor and the facts.
        """
        salt = new_salt()
        if content is None:
            content = canonical({"at": self.at.isoformat(), "actor": self.actor.code, **(facts or {})})
        index = self.head.size
        logs.append(
            {"log_id": self.head.id, "index": index, "act": act.value, "kind": kind, "number": str(number),
             "commitment": commitment(salt, content)},
            {"at": self.at, "actor": self.actor.code, "facts": content.decode(), "salt": salt},
        )  # fmt: skip
        self.head.size += 1
        self._changed = True
        return index

    def index(self, kind: str, ref: object) -> None:
        """Let the search index follow: an errand written with the act."""
        outbox.add(kind, str(ref), self.at)

    def then(self, job: Callable[[], object]) -> None:
        """Run this after the commit, never before and not if it fails."""
        self._jobs.append(job)

    def _close(self) -> bool:
        if self._changed and self._own_leaf:
            self.leaf(self.act, self.kind or self.act.value, self.number or "-", self.facts)
        if self._changed and self.head.size != self._before:
            logs.grown(self.head)
        return self._changed


def _lane_path() -> Path | None:
    database = db.engine.url.database
    if not is_sqlite() or not database or database == ":memory:":
        return None
    return Path(database + "-lane")


def _locked(thing: Any, log_id: int | None) -> logs.Head:
    """The head of the thing's log, locked. What was read before the lock may be stale and is forgotten."""
    _known(thing)
    log_id = logs.installation().id if log_id is None else log_id
    if not is_sqlite():
        db.session.expire_all()
    return logs.head(log_id)


def _log_of(thing: Any) -> int | None:
    """The thing's log, which never changes: asked before the door, where it is known already. None: the installation's."""
    return getattr(thing, "log_id", None) if thing is not None and inspect(thing).persistent else None


def _known(thing: Any) -> None:
    if thing is not None and not inspect(thing).persistent:
        raise NotFound(_("没有找到，可能已经不在了。"))


def _fresh(thing: Any) -> None:
    _known(thing)
    if thing is not None:
        db.session.refresh(thing)


def _check(actor: Actor, act: Act, thing: Any) -> None:
    where = standing(actor, thing)
    if not allows(act, where):
        raise NotAllowed.of(why_not(act, where))


@contextmanager
def act(actor: Actor, what: Act, *, on: Any = None) -> Iterator[Record]:
    """Do one thing as one actor; on any refusal or failure nothing is changed."""
    session = db.session
    if session.info.get(_OPEN):
        raise RuntimeError("one use case never calls another: the door is open already")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed before the door was opened")
    log_id = _log_of(on)
    session.rollback()
    session.info[_OPEN] = True
    try:
        with lane(_lane_path()):
            record = yield from _work(actor, what, on, log_id)
        if record is not None:
            _follow(record._jobs)
    finally:
        session.info.pop(_OPEN, None)


def _follow(jobs: list[Callable[[], object]]) -> None:
    """What was done stays done, whatever becomes of the jobs after it."""
    for job in jobs:
        try:
            job()
        except Exception:
            current_app.logger.exception("a job after the commit failed")


def _work(actor: Actor, what: Act, on: Any, log_id: int | None) -> Any:
    session = db.session
    try:
        writing()
        head = _locked(on, log_id)
        _fresh(on)
        if actor.person is not None:
            _fresh(actor.person)
        _check(actor, what, on)
        record = Record(what, actor, head, clock.now())
        yield record
        if not record._close():
            session.rollback()
            return None
        session.commit()
    except BaseException:
        session.rollback()
        raise
    checkpoint()
    return record
