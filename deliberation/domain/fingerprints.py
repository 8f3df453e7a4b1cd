"""The canonical form of a remark, which its leaf commits to, and the digest of its text.

Seven fields, exactly these, as docs/formats/log.md lists them; so anyone holding a line of `remarks.jsonl` can
rebuild the content. Channel, category and time are not among them: clerks may correct those, never the words.
"""

import hashlib
from collections.abc import Mapping

from deliberation.domain.leaves import canonical

REMARK_FIELDS = ("version_digest", "eid", "quote", "attitude", "text", "wording", "reason")


def remark_facts(
    *,
    version_digest: str | None,
    eid: str | None,
    attitude: str,
    text: str,
    quote: str | None = None,
    wording: str | None = None,
    reason: str | None = None,
) -> dict[str, str | None]:
    """The seven fields by name; where the author wrote nothing in a box the value is None, never ""."""
    given = (version_digest, eid, quote, attitude, text, wording, reason)
    return {name: value or None for name, value in zip(REMARK_FIELDS, given, strict=True)}


def remark_content(remark: Mapping[str, object]) -> bytes:
    """The bytes the leaf commits to, from facts or a line of `remarks.jsonl` ("" is None); KeyError if one is missing."""
    return canonical({name: remark[name] or None for name in REMARK_FIELDS})


def remark_sha256(text: str) -> str:
    """SHA-256 of the opinion's UTF-8 bytes, lower-case hex: the `sha256` of a line of `remarks.jsonl`."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
