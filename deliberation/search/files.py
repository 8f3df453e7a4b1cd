"""The folder of an index: files forced to disk, one writer at a time, and which of its generations is current.

    folder/current     the name of the subfolder in use; replaced by rename, never written in place
    folder/lock        held while writing or rebuilding
    folder/<name>/     one whole index

Whoosh itself never forces anything to disk, and copies a whole file into memory to read it; both are mended here.
"""

import mmap
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.util.filelock import FileLock, try_for

from deliberation.search import IndexBusy

LEFT_BEHIND = re.compile(r"_MAIN_[0-9]+\.toc\..+")  # a table of contents that was being written when killed


class MappedFile(StructFile):
    """A file read through a memory map: nothing is copied before it is asked for."""

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        super().__init__(mapped, name=name)
        self.mapped = mapped

    def get(self, position: int, length: int) -> bytes:
        """`length` bytes from `position`."""
        return self.mapped[position : position + length]


class DurableStorage(FileStorage):
    """Whoosh's folder of files; a rename (which makes a batch valid) first forces all its files to disk."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.made: set[str] = set()

    def create_file(self, name: str, **options: Any) -> StructFile:
        """A new file, remembered until it is forced to disk."""
        self.made.add(name)
        return super().create_file(name, **options)

    def open_file(self, name: str, **options: Any) -> StructFile:
        """A file for reading."""
        with open(self._fpath(name), "rb") as file:
            if os.fstat(file.fileno()).st_size:
                return MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
        return super().open_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Force what was made, rename, force the folder; sweep up what a killed writer left."""
        for name in self.made:
            if os.path.exists(path := self._fpath(name)):
                force(path)
        self.made.clear()
        super().rename_file(oldname, newname, safe=safe)
        force(self.folder)
        for name in filter(LEFT_BEHIND.fullmatch, self.list()):
            os.unlink(self._fpath(name))


def force(path: str | Path) -> None:
    """Force a file or folder to disk (folders: where the system can open them)."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows: a folder cannot be opened
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def only_writer(folder: Path, patience: float) -> Iterator[None]:
    """Keep other writers of this folder out, in this process and others; wait `patience` seconds, then IndexBusy."""
    lock = FileLock(str(folder / "lock"))
    if not try_for(lock.acquire, timeout=patience, delay=0.02):
        raise IndexBusy
    try:
        yield
    finally:
        lock.release()


def current(folder: Path) -> str | None:
    """The name of the generation in use; None where there is none yet."""
    try:
        return (folder / "current").read_text("ascii")
    except FileNotFoundError:
        return None


def change_over(folder: Path, name: str) -> None:
    """Make the generation `name` current, for every process at once; then remove the others."""
    draft = folder / "current.new"
    draft.write_text(name, "ascii")
    force(draft)
    os.replace(draft, folder / "current")
    force(folder)
    for other in folder.iterdir():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other, ignore_errors=True)
