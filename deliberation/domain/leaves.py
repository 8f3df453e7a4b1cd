"""A leaf: what the log keeps of one act. The content stands apart and is only committed to.

The bytes are those of docs/formats/log.md: `index act kind number commitment`, one space between, commitment in
lower-case hex, no line feed; `leaves.txt` is these lines, each with a line feed. Hashes: SHA-256 (FIPS 180-4).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted

SALT = 32
EXACT = 2**53 - 1
NOTHING = "-"
WORD = re.compile(r"[!-~]+", re.ASCII)
LINE = re.compile(r"(0|[1-9][0-9]{0,15}) ([!-~]+) ([!-~]+) ([!-~]+) ([0-9a-f]{64})", re.ASCII)


def canonical(facts: Mapping[str, object]) -> bytes:
    """The one byte form of facts: JSON of RFC 8785 (JCS) restricted to what needs no number formatting.

    ASCII keys sorted, no white space, UTF-8, escapes only where JSON demands them. Values: None, bool,
    int within ±(2^53−1), str without lone surrogates, lists and dictionaries of these. Anything else: ValueError.
    """
    return (_told(facts) if _is_plain(facts) else _encoded(_plain(facts))).encode("utf-8")


_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _is_plain(facts: Mapping[str, object]) -> bool:
    """Whether it is a dictionary of text and of such dictionaries, as a remark is: nothing is to be made of it."""
    for key, value in facts.items():
        if key.__class__ is not str or not key.isascii():
            return False
        kind = value.__class__
        if kind is not str and value is not None and not (kind is dict and _is_plain(value)):  # type: ignore[arg-type]
            return False
    return facts.__class__ is dict


def _told(facts: Mapping[str, object]) -> str:
    """The same as the encoder writes of a dictionary of text, without the encoder."""
    said = [
        f"{_quoted(key)}:{'null' if value is None else _quoted(value) if value.__class__ is str else _told(value)}"  # type: ignore[arg-type]
        for key, value in sorted(facts.items())
    ]
    return f"{{{','.join(said)}}}"


def _ascii(key: object) -> bool:
    return isinstance(key, str) and key.isascii()


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int) and -EXACT <= value <= EXACT:
        return int(value)
    if isinstance(value, Mapping):
        if not all(map(_ascii, value)):
            raise ValueError("keys of facts are ASCII strings")
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [_plain(each) for each in value]
    raise ValueError(f"facts hold text, whole numbers, true, false and nothing, not {type(value).__name__}")


def commitment(salt: bytes, content: bytes) -> bytes:
    """SHA-256(02 ‖ salt ‖ content), 32 bytes; the salt has 32. Without salt and content it tells nothing."""
    if len(salt) != SALT:
        raise ValueError("a salt has 32 bytes")
    return hashlib.sha256(b"\x02" + salt + content).digest()


def leaf_bytes(index: int, act: str, kind: str, number: str | None, commitment: bytes) -> bytes:
    """The bytes the tree hashes. Words are printable ASCII without spaces; a thing without number has "-"."""
    words = (act, kind, number or NOTHING)
    if not 0 <= index <= EXACT or len(commitment) != 32 or not all(WORD.fullmatch(word) for word in words):
        raise ValueError("a leaf has a whole index, three ASCII words and a commitment of 32 bytes")
    return f"{index} {' '.join(words)} {commitment.hex()}".encode("ascii")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line of the log: its place from 0, the act's code, the kind and number of the thing, the commitment."""

    index: int
    act: str
    kind: str
    number: str | None
    commitment: bytes

    def hashed(self) -> bytes:
        """What the tree hashes."""
        return leaf_bytes(self.index, self.act, self.kind, self.number, self.commitment)

    def line(self) -> str:
        """The same as text, without line feed."""
        return self.hashed().decode("ascii")

    def commits_to(self, salt: bytes, content: bytes) -> bool:
        """Whether this content with this salt is what was logged."""
        return commitment(salt, content) == self.commitment


def leaves_text(leaves: Sequence[Leaf]) -> str:
    """`leaves.txt`: every leaf a line, from index 0 without gaps; ValueError where one is missing."""
    if any(leaf.index != place for place, leaf in enumerate(leaves)):
        raise ValueError("leaves stand in order from 0 without gaps")
    return "".join(leaf.line() + "\n" for leaf in leaves)


def read_leaf(line: str) -> Leaf:
    """The leaf of one line; ValueError for anything `Leaf.line` would not have written."""
    found = LINE.fullmatch(line)
    if found is None:
        raise ValueError("not a leaf")
    number = None if found[4] == NOTHING else found[4]
    return Leaf(int(found[1]), found[2], found[3], number, bytes.fromhex(found[5]))


def read_leaves(text: str) -> list[Leaf]:
    """The leaves of `leaves.txt`, in order from 0 without gaps; else ValueError."""
    if text and not text.endswith("\n"):
        raise ValueError("the last leaf is cut off")
    leaves = [read_leaf(line) for line in text.split("\n")[:-1]]
    if any(leaf.index != place for place, leaf in enumerate(leaves)):
        raise ValueError("a leaf is missing or out of order")
    return leaves
