"""Files that must not lie open, sealed in pieces so that a long one needs no memory.

AES-256-GCM (NIST SP 800-38D) over pieces of 1 MiB: `YB1 ‖ prefix (7)`, then each piece with its tag; the nonce of a piece
is prefix ‖ its number (4 bytes) ‖ 1 for the last one, so that pieces cannot be left out, doubled or cut off at the end.
"""

import io
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deliberation.keys.columns import CannotOpenError, subkey

MAGIC = b"YB1"
PREFIX = 7
PIECE = 1 << 20
TAG = 16


class Blobs:
    """Seals and opens files with a 32-byte key."""

    def __init__(self, key: bytes) -> None:
        self._box = AESGCM(subkey(key, "file seal"))

    def seal(self, source: IO[bytes], write: Callable[[bytes], object]) -> None:
        """Read `source` to its end and hand the sealed bytes to `write`, piece after piece."""
        prefix = secrets.token_bytes(PREFIX)
        write(MAGIC + prefix)
        number, piece = 0, source.read(PIECE)
        while True:
            following = source.read(PIECE)
            write(self._box.encrypt(_nonce(prefix, number, last=not following), piece, MAGIC))
            if not following:
                return
            number, piece = number + 1, following

    def open(self, path: Path) -> IO[bytes]:
        """The file's own bytes, as they are read; CannotOpenError as soon as a piece was altered, moved or cut off."""
        return io.BufferedReader(_Opened(path, self._box), PIECE)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


class _Opened(io.RawIOBase):
    """A sealed file read in turn."""

    def __init__(self, path: Path, box: AESGCM) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._box, self._number, self._held = box, 0, b""
        head = self._file.read(len(MAGIC) + PREFIX)
        if not head.startswith(MAGIC) or len(head) != len(MAGIC) + PREFIX:
            raise CannotOpenError("not a sealed file")
        self._prefix = head[len(MAGIC) :]
        self._next: bytes | None = self._file.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._held and self._next is not None:
            self._held = self._piece(self._next)
        given, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)

    def _piece(self, sealed: bytes) -> bytes:
        following = self._file.read(PIECE + TAG)
        try:
            made = self._box.decrypt(_nonce(self._prefix, self._number, last=not following), sealed, MAGIC)
        except (InvalidTag, ValueError):
            raise CannotOpenError("altered, or sealed with another key") from None
        self._number, self._next = self._number + 1, following or None
        return made

    def close(self) -> None:
        self._file.close()
        super().close()
