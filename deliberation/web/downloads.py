"""Giving a file back as it came: always as a download, under its own name, never opened inside the site."""

from pathlib import Path
from urllib.parse import quote

from flask import current_app, send_file
from werkzeug.wrappers import Response

from deliberation.services import files
from deliberation.store.files import StoredFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAFE_TYPES = {
    "application/pdf", "image/jpeg", "image/png", "text/plain", "text/csv", "text/calendar", XLSX, DOCX
}  # fmt: skip
PICTURES = {"image/jpeg", "image/png"}
LONGEST_NAME = 120


def disposition(name: str) -> str:
    """Content-Disposition for any name (RFC 6266, RFC 8187): no control, no quote, no path gets into the header.

    Headers are Latin-1 (RFC 9110, 5.5): a Chinese name goes percent-encoded, with what is ASCII in it for old programs.
    """
    plain = "".join(c for c in name if c.isprintable() and c not in '"\\/:*?<>|%;').strip(" .")[
        -LONGEST_NAME:
    ]
    plain = plain or "file"
    stem, dot, kind = plain.rpartition(".") if "." in plain else (plain, "", "")
    ascii_name = (_ascii(stem) or "file") + dot + _ascii(kind)
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain, safe='')}"


def _ascii(words: str) -> str:
    return words.encode("ascii", "ignore").decode().strip(" .-_")


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """A download; a type a browser might run becomes plain bytes."""
    safe = media_type if media_type in SAFE_TYPES else "application/octet-stream"
    response = current_app.response_class(data, mimetype=safe)
    return _named(response, name)


def picture(data: bytes, media_type: str) -> Response:
    """A JPEG or PNG to be shown in a page; nothing else is ever shown so."""
    if media_type not in PICTURES:
        raise ValueError(media_type)
    return current_app.response_class(data, mimetype=media_type)


def from_disk(path: Path, name: str) -> Response:
    """A file of any size, sent as it is read."""
    return _named(send_file(path, mimetype="application/octet-stream"), name)


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "no-store"
    return response


def stored(row: StoredFile) -> Response:
    """A kept file, byte for byte."""
    return attachment(files.read(row), row.name, row.media_type)
