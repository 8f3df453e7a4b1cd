"""A finished folder: its manifest with SHA-256 sums, and the same as one ZIP; whole or not there at all.

Everything is written into a folder beside the wanted one, each file and the folder fsynced, then renamed.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deliberation.domain.errors import Refusal, _
from deliberation.formats.official_package import stored

CHUNK = 1 << 20
APART = frozenset({"manifest.json", "seal.txt"})  # the seal commits to the manifest, so neither is in it


@dataclass(frozen=True, slots=True)
class Manifest:
    """manifest.json: names with their sums, the counts, the log's signed head and its key, the edition, whether it is
    sealed and its number (0: a preview), what could not be made and why (docs/formats/log.md); what it is about; of a merged one, its sources."""

    files: Mapping[str, str]
    counts: Mapping[str, object]
    head: str
    edition: str
    left_out: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    sealed: bool = False
    edition_number: int = 0
    about: Mapping[str, str] = field(default_factory=dict)
    sources: Sequence[Mapping[str, object]] = ()

    def text(self) -> str:
        """As it stands in the file: keys sorted, two spaces, one line feed at the end."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """A folder to fill that becomes `out`, with its ZIP beside it, when all went well; otherwise neither is there.

    Raises Refusal where `out` is a file or holds anything, or where a ZIP of its name is there already.
    """
    refuse_full(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    _clear_dead(out)
    part = _part(out)
    part.mkdir()
    try:
        yield part
        _sync_all(part)
        write_zip(part, zip_beside(out))
        _become(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _become(part: Path, out: Path) -> None:
    """Rename the filled folder; should that fail, the ZIP goes too."""
    try:
        if out.exists():
            out.rmdir()
        part.rename(out)
        _sync(out.parent)
    except OSError:
        zip_beside(out).unlink(missing_ok=True)
        raise


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part-{os.getpid()}")


def _clear_dead(out: Path) -> None:
    """Remove what a build that was killed left behind: its number is no longer a running process, or is our own."""
    for left in out.parent.iterdir():
        name, _dot, number = left.name.rpartition(".part-")
        if (
            name in {f".{out.name}", f".{out.name}.zip"}
            and number.isdigit()
            and not _runs_elsewhere(int(number))
        ):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _runs_elsewhere(number: int) -> bool:
    if number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def refuse_full(out: Path) -> None:
    """Raise Refusal unless `out` is new or an empty folder, and no ZIP of its name stands beside it."""
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise Refusal(_("“%(folder)s”里已有内容。请换一个新的或空的文件夹。"), folder=str(out))
    if zip_beside(out).exists():
        raise Refusal(_("“%(file)s”已存在。请换一个文件夹，或先移走它。"), file=str(zip_beside(out)))


def zip_beside(out: Path) -> Path:
    """Where the ZIP of a folder stands: DIR.zip beside DIR."""
    return out.parent / f"{out.name}.zip"


def names(folder: Path) -> list[str]:
    """Files below a folder, as POSIX names, sorted by code point."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file a manifest names."""
    return {name: _sum(folder / name) for name in names(folder) if name not in APART}


def write_zip(folder: Path, target: Path) -> None:
    """The folder as one ZIP: sorted names, fixed dates; temporary, fsynced, renamed."""
    part = _part(target)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names(folder):
                with (
                    (folder / name).open("rb") as source,
                    archive.open(stored(name), "w", force_zip64=True) as entry,
                ):
                    shutil.copyfileobj(source, entry, CHUNK)
        _sync(part)
        part.rename(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _sum(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _sync_all(folder: Path) -> None:
    """fsync every file below a folder, then the folders from within."""
    for path in sorted(folder.rglob("*"), key=lambda path: -len(path.parts)):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
