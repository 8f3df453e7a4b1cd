"""The signing key of an installation: Ed25519 (RFC 8032), signed notes as C2SP signed-note describes them."""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"


def new_seed() -> bytes:
    """32 random bytes to make a signing key of."""
    return secrets.token_bytes(32)


class Signer:
    """Signs notes with the key of one 32-byte seed; `public` is its public half, 32 bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, data: bytes) -> bytes:
        """64 bytes; the same for the same data."""
        return self._key.sign(data)

    def note(self, text: str, name: str) -> str:
        """The signed note: the text (ends with a line feed), a blank line, one signature line under this name."""
        if not text.endswith("\n") or "\n\n" in text:
            raise ValueError("a note text ends with one line feed and has no empty line")
        packed = base64.b64encode(key_id(name, self.public) + self.sign(text.encode())).decode()
        return f"{text}\n— {name} {packed}\n"

    def key_text(self, name: str) -> str:
        """The verifier key under this name: name+id+key."""
        packed = base64.b64encode(ED25519 + self.public).decode()
        return f"{name}+{key_id(name, self.public).hex()}+{packed}"

    def fingerprint(self) -> str:
        """What hangs on the wall: 32 hex digits in fours."""
        digits = hashlib.sha256(self.public).hexdigest()[:32]
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def key_id(name: str, public: bytes) -> bytes:
    """Four bytes that name the key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verified(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's over the data."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def opened_note(note: str, name: str, public: bytes) -> str | None:
    """The text of a note signed under this name by this key; None if no such signature stands or it is wrong."""
    text, _blank, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        signer, _, packed = rest.rpartition(" ")
        if dash != "—" or signer != name:
            continue
        try:
            raw = base64.b64decode(packed, validate=True)
        except ValueError:
            continue
        if raw[:4] == key_id(name, public):
            return text if verified(public, text.encode(), raw[4:]) else None
    return None
