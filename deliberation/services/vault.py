"""Files of an edition kept for good: sealed with the installation's key, found by the SHA-256 of what lies on the disk.

They lie among the other kept files, so that a backup takes them along.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

from flask import current_app

from deliberation.domain.errors import Refusal, _
from deliberation.keys.blobs import PIECE, Blobs
from deliberation.keys.columns import CannotOpenError
from deliberation.services.files import path_of

GONE = _("归档的文件“%(file)s”不在了或者打不开，可能磁盘损坏。请从备份恢复，再试一次。")


def _blobs() -> Blobs:
    return Blobs(bytes.fromhex(current_app.config["COLUMN_KEY"]))


def put(source: Path, noted: Callable[[str], object] = str) -> str:
    """Keep a copy of a file; the digest it is found by, told to `noted` before it is there. Durable when this returns."""
    folder = path_of("00").parent.parent
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".vault-{secrets.token_hex(8)}"
    digest = hashlib.sha256()
    try:
        with source.open("rb") as plain, part.open("wb") as out:
            _blobs().seal(plain, _both(digest.update, out.write))
            out.flush()
            os.fsync(out.fileno())
        noted(digest.hexdigest())
        return _placed(part, digest.hexdigest())
    finally:
        part.unlink(missing_ok=True)


def _both(first: Callable[[bytes], object], second: Callable[[bytes], object]) -> Callable[[bytes], object]:
    def write(piece: bytes) -> None:
        first(piece)
        second(piece)

    return write


def _placed(part: Path, digest: str) -> str:
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    part.rename(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return digest


def opened(digest: str, name: str) -> IO[bytes]:
    """The bytes of a kept file, read as they are asked for; `name` is what a Refusal calls it."""
    try:
        return _blobs().open(path_of(digest))
    except (OSError, CannotOpenError) as error:
        raise Refusal(GONE, file=name) from error


def copy_out(digest: str, name: str, target: Path) -> None:
    """Write a kept file out to `target`."""
    try:
        with opened(digest, name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, PIECE)
    except CannotOpenError as error:
        target.unlink(missing_ok=True)
        raise Refusal(GONE, file=name) from error
