"""Column types for what must not lie open: names and phones, sealed, with a blind index to find them by."""

from typing import Any, Protocol

from sqlalchemy import LargeBinary
from sqlalchemy.types import TypeDecorator


class Cipher(Protocol):
    """What seals and opens a text; the real one is in `keys`."""

    def seal(self, text: str, *, place: str = "") -> bytes: ...
    def open(self, sealed: bytes, *, place: str = "") -> str: ...
    def blind(self, text: str) -> bytes: ...


class _Held:
    cipher: Cipher | None = None


def use(cipher: Cipher) -> None:
    """Give the store its cipher; done once at start."""
    _Held.cipher = cipher


def cipher() -> Cipher:
    """The cipher in use."""
    if _Held.cipher is None:
        raise RuntimeError("the store has no cipher yet")
    return _Held.cipher


class Sealed(TypeDecorator[str]):
    """Text in Python, ciphertext in the database; `place` binds it to its column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        return None if value is None else cipher().seal(value, place=self.place)

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        return None if value is None else cipher().open(bytes(value), place=self.place)
