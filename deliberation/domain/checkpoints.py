"""The text forms of a log's head and of a proof: C2SP tlog-checkpoint, signed-note and tlog-proof (v1).

Read strictly: what these functions would not have written, they do not accept. See docs/formats/log.md.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass

from deliberation.domain.leaves import Leaf, canonical, read_leaf

SUITE = "sha256-ed25519"
HEADER = "c2sp.org/tlog-proof@v1"
SIGNED = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
WHOLE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """A log at one size: its origin line (which names the suite), the number of leaves, the root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note text that is signed: three lines, each with a line feed."""
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n"

    def short_code(self) -> str:
        """The first 32 hex digits of the root in fours: what the paper witness reads and `--witness` takes."""
        code = self.root.hex()[:32]
        return " ".join(code[at : at + 4] for at in range(0, 32, 4))


def origin(place: str, log: str) -> str:
    """The origin line: the installation's name, the log's name (a consultation's slug) and the suite."""
    line = f"{place}/{log}/{SUITE}"
    if not re.fullmatch(r"[^\s+\x00-\x20]+", line):
        raise ValueError("an origin has neither spaces nor a plus")
    return line


def b64(data: bytes) -> str:
    """Standard Base64 (RFC 4648 §4), padded."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes of exactly what `b64` writes; ValueError for any other spelling of them."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ValueError("not Base64") from wrong
    if b64(data) != text:
        raise ValueError("Base64 with stray bits")
    return data


def read_head(text: str) -> Head:
    """The head in a note text; ValueError if anything but three strict lines stands there."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0].endswith("/" + SUITE) or not WHOLE.fullmatch(lines[1]):
        raise ValueError(f"not a head of a {SUITE} log")
    root = unb64(lines[2])
    if len(root) != 32:
        raise ValueError("a root has 32 bytes")
    return Head(lines[0], int(lines[1]), root)


def split_note(note: str) -> tuple[str, str, bytes]:
    """A signed note's text, the key name and key id ‖ signature; ValueError unless it has exactly one signature."""
    text, blank, signature = note.partition("\n\n")
    found = SIGNED.fullmatch(signature[:-1])
    if not blank or not signature.endswith("\n") or found is None:
        raise ValueError("not a note with one signature")
    return text + "\n", found[1], unb64(found[2])


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands in a receipt or seal: the leaf, its path, the signed head, and what was committed to, if shown.

    `salt` is 32 bytes, `facts` the committed content; both or neither. `since` (seals only) are the leaves
    between the dossier's `leaves.txt` and this one. `key` is the verifier key in its text form.
    """

    leaf: Leaf
    path: tuple[bytes, ...]
    note: str
    key: str
    salt: bytes | None = None
    facts: dict[str, object] | None = None
    since: tuple[Leaf, ...] = ()

    def text(self) -> str:
        """The tlog-proof file."""
        extra: dict[str, object] = {"key": self.key, "leaf": self.leaf.line()}
        if self.salt is not None and self.facts is not None:
            extra |= {"salt": self.salt.hex(), "facts": self.facts}
        if self.since:
            extra["since"] = [leaf.line() for leaf in self.since]
        lines = [HEADER, f"extra {b64(canonical(extra))}", f"index {self.leaf.index}", *map(b64, self.path)]
        return "\n".join(lines) + "\n\n" + self.note


def read_proof(text: str) -> Proof:
    """The proof in a file; ValueError where it is not exactly what `Proof.text` writes."""
    try:
        top, _blank, note = text.partition("\n\n")
        _header, packed, _index, *path = top.split("\n")
        extra = json.loads(unb64(packed.removeprefix("extra ")))
        read_head(split_note(note)[0])
        proof = Proof(
            leaf=read_leaf(extra["leaf"]),
            path=tuple(unb64(line) for line in path),
            note=note,
            key=extra["key"],
            salt=bytes.fromhex(extra["salt"]) if "salt" in extra else None,
            facts=extra.get("facts"),
            since=tuple(read_leaf(line) for line in extra.get("since", [])),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise ValueError("not a proof of this log") from wrong
    if proof.text() != text:
        raise ValueError("not written as the format says")
    return proof
