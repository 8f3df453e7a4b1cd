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
    return {
        "version_digest": version_digest,
        "eid": eid,
        "quote": quote or None,
        "attitude": attitude,
        "text": text,
        "wording": wording or None,
        "reason": reason or None,
    }


def remark_content(remark: Mapping[str, object]) -> bytes:
    """The bytes the leaf commits to, from facts or from a whole line of `remarks.jsonl`; KeyError if one is missing."""
    return canonical({name: remark[name] for name in REMARK_FIELDS})


def remark_sha256(text: str) -> str:
    """SHA-256 of the opinion's UTF-8 bytes, lower-case hex: the `sha256` of a line of `remarks.jsonl`."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
