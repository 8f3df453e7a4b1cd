"""Passwords: argon2id, and the same work for a login nobody has, so that time tells nothing."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 1024
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The string to store (PHC format, own salt). A password is text: NFKC, as NIST SP 800-63B asks."""
    if not password or len(password) > LONGEST:
        raise ValueError(f"a password has 1 to {LONGEST} characters")
    return _hasher.hash(_typed(password))


def check_password(stored: str | None, password: str) -> bool:
    """Whether it is the password. `None` (no such login, no password yet) takes as long and is never right."""
    try:
        right = _hasher.verify(stored or _NOBODY, _typed(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None and len(password) <= LONGEST


def needs_rehash(stored: str) -> bool:
    """Whether the stored string was made with weaker settings than today's: hash again at the next login."""
    return _hasher.check_needs_rehash(stored)


def _typed(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
