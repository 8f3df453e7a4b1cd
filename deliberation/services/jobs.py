"""Long work beside the requests: how far it is, cancelling it, and what became of it, as small files in one folder.

The one who works holds a lock on a file of its own; when its process ends, however it ends, the lock is gone, and the
page says that the work was interrupted. Nothing here is a row: a job is only the making of files that are whole or not there.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from flask import Flask, current_app

from deliberation.domain.errors import Refusal, Said, _

try:
    import fcntl
except ImportError:  # Windows: an interrupted job is not told from a working one
    fcntl = None  # type: ignore[assignment]

FAILED = _("生成时出了错，没有生成。请再试一次；还不行，请告诉系统管理员。")
FULL = _("磁盘快满了，没有生成。请告诉系统管理员腾出地方，再试一次。")
GONE = _("生成中断了，可能是服务重新启动过。请再生成一次。")
CANCELLED = _("已经取消，没有生成。")
OFTEN = 0.5  # seconds between two notes of how far it is


class Stopped(Exception):  # noqa: N818 - a person asked for it
    """Somebody cancelled."""


@dataclass(frozen=True, slots=True)
class Far:
    """How far a job is: state making | failed | cancelled; the file in hand, its place among all, rows of it that are done."""

    at: datetime
    state: str = "making"
    file: str = ""
    number: int = 0
    of: int = 0
    rows: int = 0
    of_rows: int = 0
    why: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # parameters of `why`

    @property
    def said(self) -> Said:
        """Why it failed, as a sentence."""
        return Said(self.why, **dict(self.facts))


class Watch:
    """What the work tells of itself. Every telling may raise Stopped."""

    def __init__(self, job: "Job", far: Far) -> None:
        self.job, self.far, self._told = job, far, 0.0

    def plans(self, files: int, rows: int) -> None:
        """So many files are to be made, the longest of so many rows."""
        self._now(replace(self.far, number=0, of=files, of_rows=rows))

    def begins(self, file: str) -> None:
        """The next file is begun."""
        self._now(replace(self.far, file=file, number=self.far.number + 1, rows=0))

    def rows(self, done: int) -> None:
        """So many rows of the file in hand are done; 0: still alive."""
        if done:
            self.far = replace(self.far, rows=done)
        if monotonic() - self._told >= OFTEN:
            self._now(self.far)

    def _now(self, far: Far) -> None:
        self.far, self._told = far, monotonic()
        self.job.write(far)
        if self.job.cancelled():
            raise Stopped


Work = Callable[[Watch], None]


@dataclass(frozen=True)
class Job:
    """One piece of work by its name; files beside one another: NAME.making, NAME.lock, NAME.cancel, NAME.failed."""

    folder: Path
    name: str

    def begin(self, at: datetime) -> None:
        """Note that it is about to be done."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.clear()
        self.write(Far(at))

    def run(self, work: Work, at: datetime) -> None:
        """Do it here and now; what it raises is kept as the reason."""
        with self._held():
            try:
                work(Watch(self, Far(at)))
            except Stopped:
                self._note(Far(at, "cancelled", why=CANCELLED))
            except Refusal as refused:
                facts = tuple((key, str(value)) for key, value in refused.said.params.items())
                self._note(Far(at, "failed", why=refused.said.msgid, facts=facts))
            except OSError as error:
                logging.getLogger(__name__).exception("%s was not made", self.name)
                self._note(Far(at, "failed", why=FULL if error.errno == 28 else FAILED))
            except Exception:
                logging.getLogger(__name__).exception("%s was not made", self.name)
                self._note(Far(at, "failed", why=FAILED))
            finally:
                self._path("making").unlink(missing_ok=True)
                self._path("cancel").unlink(missing_ok=True)
        self._path("lock").unlink(missing_ok=True)

    def start(self, work: Work, at: datetime) -> None:
        """Do it beside the request."""
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

        def apart() -> None:
            with app.app_context():
                self.run(work, at)

        threading.Thread(target=apart, name=f"job {self.name}", daemon=True).start()

    def far(self, now: datetime) -> Far | None:
        """How far it is, or what became of it; None where it is done, or never was begun."""
        failed = self._read("failed")
        if failed is not None:
            return failed
        making = self._read("making")
        if making is None or self.working() or (now - making.at).total_seconds() < OFTEN * 10:
            return making
        return replace(making, state="failed", why=GONE)

    def working(self) -> bool:
        """Whether somebody is at it right now."""
        lock = self._path("lock")
        if fcntl is None:
            return self._path("making").exists()
        try:
            with lock.open("r") as held:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    def cancel(self) -> None:
        """Ask for it to be stopped; it stops where it next tells of itself."""
        if self._path("making").exists():
            self._path("cancel").touch()

    def cancelled(self) -> bool:
        """Whether somebody asked for that."""
        return self._path("cancel").exists()

    def clear(self) -> None:
        """Forget what became of it."""
        for kind in ("failed", "cancel", "making", "lock"):
            self._path(kind).unlink(missing_ok=True)

    def write(self, far: Far) -> None:
        """Note how far it is: whole or not at all."""
        self._put("making", far)

    def _note(self, far: Far) -> None:
        self._put("failed", far)

    def _put(self, kind: str, far: Far) -> None:
        part = self.folder / f".{self.name}.{kind}.{os.getpid()}-{threading.get_ident()}"
        part.write_text(json.dumps({**asdict(far), "at": far.at.isoformat()}, ensure_ascii=False), "utf-8")
        part.replace(self._path(kind))

    def _read(self, kind: str) -> Far | None:
        try:
            told = json.loads(self._path(kind).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        facts = tuple((key, value) for key, value in told.pop("facts"))
        return Far(at=datetime.fromisoformat(told.pop("at")), facts=facts, **told)

    def _path(self, kind: str) -> Path:
        return self.folder / f"{self.name}.{kind}"

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._path("lock").open("w") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
