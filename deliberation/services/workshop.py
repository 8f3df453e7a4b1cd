"""A folder to work in while an edition is sealed or built again: gone afterwards, also when the process was killed in it.

Whoever works holds a lock in it; one that nobody holds any more is cleared away by the next who comes, together with the
files that were kept for an edition which then was not sealed: they are written down in it before they are there.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

from flask import current_app

from deliberation.domain.errors import Refusal
from deliberation.services import vault
from deliberation.services.files import path_of
from deliberation.store import editions
from deliberation.store.consultations import Consultation

try:
    import fcntl
except ImportError:  # Windows: what a killed process left is only told by its age
    fcntl = None  # type: ignore[assignment]

YOUNG = 60  # seconds in which a folder without a lock may just have been made
STALE = 6 * 3600  # seconds after which nobody works at what has no lock


@contextmanager
def workshop(one: Consultation) -> Iterator[Path]:
    """The folder; only this installation's user may look into it."""
    parent = Path(current_app.config["INSTANCE"]) / "dossiers" / one.slug
    parent.mkdir(parents=True, exist_ok=True)
    clear(parent)
    folder = Path(tempfile.mkdtemp(prefix=".sealing-", dir=parent))
    with (folder / "lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        except Refusal:
            _let_go(folder)
            raise
        except BaseException:
            _empty(folder)  # whether a broken commit was one after all, the next who clears can tell
            raise
        _let_go(folder)


def keep(folder: Path, sources: Iterable[str]) -> dict[str, str]:
    """Keep these files of the folder for good; name → the digest each is found by. They go with the folder unless sealed."""

    def noted(digest: str) -> None:
        with (folder / "kept").open("a", encoding="ascii") as out:
            out.write(f"{digest}\n")
            out.flush()
            os.fsync(out.fileno())

    return {name: vault.put(folder / name, noted) for name in sources}


def clear(parent: Path) -> None:
    """Clear away what processes left that were killed."""
    for left in parent.glob(".sealing-*"):
        if not _worked_in(left):
            _let_go(left)
    for part in path_of("00").parent.parent.glob(".vault-*"):
        if time() - _touched(part) > STALE:
            part.unlink(missing_ok=True)


def _worked_in(folder: Path) -> bool:
    age = time() - _touched(folder)
    if fcntl is None or not (folder / "lock").exists():
        return age < (STALE if fcntl is None else YOUNG)
    try:
        with (folder / "lock").open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return age < YOUNG


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _empty(folder: Path) -> None:
    """Only the note of what was kept stays."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in {"kept", "lock"}:
            path.unlink(missing_ok=True)
    if not (folder / "kept").exists():
        shutil.rmtree(folder, ignore_errors=True)


def _let_go(folder: Path) -> None:
    """Remove the folder, and first what was kept out of it and belongs to no edition."""
    note = folder / "kept"
    digests = set(note.read_text("ascii").split()) if note.exists() else set[str]()
    for digest in digests - editions.kept_of(digests) if digests else ():
        path_of(digest).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
