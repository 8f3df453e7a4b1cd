"""Keeping a file as it came: temporary → fsync → rename → fsync the folder, before any row speaks of it."""

import hashlib
import os
from pathlib import Path

from flask import current_app

from deliberation.services.acts import Record
from deliberation.store.db import db
from deliberation.store.files import StoredFile
from deliberation.store.people import Office


def path_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return Path(current_app.config["INSTANCE"]) / "files" / digest[:2] / digest


def put_bytes(data: bytes) -> str:
    """Make the bytes durable and return their SHA-256 in hex; the same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{digest}.{os.getpid()}.new")
    with temporary.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest


def keep(record: Record, office: Office, data: bytes, name: str, media_type: str) -> StoredFile:
    """The row of a kept file, inside an act; the bytes must be durable already or become so here."""
    row = StoredFile(
        office_id=office.id, name=Path(name).name[:255] or "file", media_type=media_type[:120], size=len(data),
        digest=put_bytes(data), made_at=record.at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def read(row: StoredFile) -> bytes:
    """The bytes of a kept file."""
    return path_of(row.digest).read_bytes()
