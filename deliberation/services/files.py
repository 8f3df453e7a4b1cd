"""Keeping a file as it came: temporary → fsync → rename → fsync the folder, before any row speaks of it; scans checked."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.domain.structure.secrecy import secrecy_stamp
from deliberation.formats.reading import read_draft
from deliberation.services.acts import Record
from deliberation.store.db import db
from deliberation.store.files import StoredFile
from deliberation.store.people import Office

MOST_SCAN = 20 * 1024 * 1024
SCANS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
SECRET = _("“%(where)s”标有密级“%(mark)s”。涉密文件不得上网，请按保密规定处理。什么也没有保存。")


@dataclass(frozen=True)
class Upload:
    """A file as a form gives it."""

    data: bytes
    name: str


def not_secret(words: str, field: str) -> None:
    """Refuse a title, number or file name that carries a mark of secrecy (保守国家秘密法 2024, art. 23)."""
    mark = secrecy_stamp(words)
    if mark:
        raise Refusal(SECRET, where=words[:60], mark=mark, field=field)


def scan_type(scan: Upload) -> str:
    """The media type of a scan by its bytes; PDF, JPG or PNG, at most 20 MB, without a mark of secrecy."""
    not_secret(scan.name, "scan")
    if len(scan.data) > MOST_SCAN:
        raise TooLarge(
            _("扫描件太大，最多 %(most)s MB。请降低分辨率再扫一次。"),
            most=MOST_SCAN // 1024 // 1024,
            field="scan",
        )
    found = next((kind for head, kind, _ending in SCANS if scan.data.startswith(head)), None)
    if found is None:
        raise Refusal(_("扫描件请用 PDF、JPG 或 PNG。这个文件不是，请另存后再上传。"), field="scan")
    if found == "application/pdf":
        _text_not_secret(scan)
    return found


def _text_not_secret(scan: Upload) -> None:
    """A PDF with a text layer is read as far as its mark; one without, or one that cannot be read, is kept as it is."""
    try:
        read_draft(scan.data, "scan.pdf")
    except Refusal as refused:
        if refused.said.params.get("mark"):
            raise Refusal(
                SECRET, where=scan.name[:60], mark=refused.said.params["mark"], field="scan"
            ) from None


def tidy(name: str) -> str:
    """A file's own name as it may be kept and shown: no folder, nothing that cannot be seen or turns the writing round."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign if sign.isprintable() else " " * sign.isspace() for sign in last).strip()
    return seen[-255:] or "file"


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
        office_id=office.id, name=tidy(name), media_type=media_type[:120], size=len(data),
        digest=put_bytes(data), made_at=record.at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def read(row: StoredFile) -> bytes:
    """The bytes of a kept file."""
    return path_of(row.digest).read_bytes()
