"""Web archives (MHTML) and embedded bodies → lines."""

import email
import email.policy
from email.message import EmailMessage

from deliberation.domain.errors import Refusal
from deliberation.domain.structure import Source
from deliberation.formats import html_read, limits, text_read

_MOST_PARTS = 2_000  # lines that could part a web archive; a page with many pictures has a few hundred


def read(data: bytes) -> Source:
    """The lines of the first HTML part of a web archive, else of its first text part."""
    if data.count(b"\n--") > _MOST_PARTS:
        raise Refusal(limits.BROKEN)
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    parts = [part for part in message.walk() if isinstance(part, EmailMessage)]
    for kind in ("text/html", "text/plain"):
        part = next((part for part in parts if part.get_content_type() == kind), None)
        if part is not None:
            return _part(part, kind)
    raise Refusal(limits.BROKEN)


def _part(part: EmailMessage, kind: str) -> Source:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise Refusal(limits.BROKEN)
    charset = part.get_content_charset()
    if kind == "text/plain":
        return text_read.read(payload)
    return html_read.read(payload, charset)


def read_any(data: bytes) -> Source:
    """The lines of an embedded body: a web archive, HTML, or plain text."""
    head = data[:2048].lstrip().lower()
    if b"mime-version:" in head or head.startswith(b"content-type:"):
        return read(data)
    return html_read.read(data) if b"<" in head and b">" in head else text_read.read(data)
