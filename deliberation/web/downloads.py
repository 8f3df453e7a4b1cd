"""Giving a file back as it came: always as a download, under its own name, never opened inside the site."""

from urllib.parse import quote

from flask import current_app
from werkzeug.wrappers import Response

from deliberation.services import files
from deliberation.store.files import StoredFile

SAFE_TYPES = {"application/pdf", "image/jpeg", "image/png", "text/plain"}
LONGEST_NAME = 120


def disposition(name: str) -> str:
    """Content-Disposition for a name from outside (RFC 6266, RFC 8187): no control, no quote, no path gets into the header."""
    plain = "".join(c for c in name if c.isprintable() and c not in '"\\/:*?<>|%;').strip(" .")[
        -LONGEST_NAME:
    ]
    plain = plain or "file"
    ascii_name = plain.encode("ascii", "ignore").decode().strip(" .") or "file"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain, safe='')}"


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """A download; a type a browser might run becomes plain bytes."""
    response = current_app.response_class(
        data, mimetype=media_type if media_type in SAFE_TYPES else "application/octet-stream"
    )
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "no-store"
    return response


def stored(row: StoredFile) -> Response:
    """A kept file, byte for byte."""
    return attachment(files.read(row), row.name, row.media_type)
