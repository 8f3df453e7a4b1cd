"""Encryption of single columns (names, telephones) and blind marks to find equal values without opening them.

AES-256-GCM (NIST SP 800-38D), subkeys by HKDF-SHA256 (RFC 5869). A sealed value is
`01 ‖ key version (1 byte) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`; the place (table and column) is bound to it,
so a value moved to another column does not open.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
NONCE = 12
SHORTEST = 2 + NONCE + 16


class CannotOpenError(ValueError):
    """A sealed value that this key does not open: altered, moved to another place, or sealed with another key."""


def subkey(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, derived from a 32-byte master key."""
    if len(key) != 32:
        raise ValueError("a master key has 32 bytes")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"yishiting {purpose}".encode()).derive(key)


def normal(text: str) -> str:
    """What two spellings of one name or telephone share: NFKC, no white space, case folded."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(folded.split())


class Cipher:
    """Seals with `key` (32 bytes, numbered `version`); opens also what `older` keys sealed: version → key."""

    def __init__(self, key: bytes, *, version: int = 1, older: Mapping[int, bytes] | None = None) -> None:
        keys = {**(older or {}), version: key}
        if not all(0 < number < 256 for number in keys):
            raise ValueError("a key version is 1 to 255")
        self.version = version
        self._boxes = {number: AESGCM(subkey(each, "column seal")) for number, each in keys.items()}
        self._blinds = {number: subkey(each, "column blind") for number, each in keys.items()}

    def seal(self, text: str, *, place: str = "") -> bytes:
        """The text, sealed for this place; twice the same text gives two different values."""
        head = bytes([FORMAT, self.version])
        nonce = secrets.token_bytes(NONCE)
        return head + nonce + self._boxes[self.version].encrypt(nonce, text.encode(), head + place.encode())

    def open(self, sealed: bytes, *, place: str = "") -> str:
        """The text again; CannotOpenError if one bit, the place or the key differs."""
        box = self._boxes.get(sealed[1]) if len(sealed) >= SHORTEST and sealed[0] == FORMAT else None
        if box is None:
            raise CannotOpenError("not sealed by any key known here")
        head, nonce, body = sealed[:2], sealed[2 : 2 + NONCE], sealed[2 + NONCE :]
        try:
            return box.decrypt(nonce, body, head + place.encode()).decode()
        except InvalidTag:
            raise CannotOpenError("altered, or sealed for another place") from None

    def stale(self, sealed: bytes) -> bool:
        """Whether the value was sealed with an older key and should be sealed again."""
        return sealed[1] != self.version

    def blind(self, text: str, *, place: str = "") -> bytes:
        """32 bytes equal for equal values and telling nothing else; for UNIQUE columns and exact search."""
        return _mark(self._blinds[self.version], text, place)

    def blinds(self, text: str, *, place: str = "") -> list[bytes]:
        """The marks under every known key, newest first: what to look for while keys are being changed."""
        order = sorted(self._blinds, key=lambda number: (number != self.version, -number))
        return [_mark(self._blinds[number], text, place) for number in order]


def _mark(key: bytes, text: str, place: str) -> bytes:
    return hmac.digest(key, place.encode() + b"\0" + normal(text).encode(), "sha256")
