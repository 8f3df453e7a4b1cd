"""Logs, receipts and whole dossier folders made in one line, for the tests of the log and of verify.py."""

import hashlib
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from deliberation.domain.checkpoints import Head, Proof, origin
from deliberation.domain.fingerprints import remark_content, remark_facts, remark_sha256
from deliberation.domain.leaves import Leaf, canonical, commitment, leaves_text
from deliberation.domain.merkle import Tree
from deliberation.keys.signing import Signer

ORIGIN = origin("hujie.example.cn", "2026-03")


@dataclass
class Log:
    """A log with its leaves, tree and key; `chance` makes salts, so that a seed makes the same log again."""

    signer: Signer = field(default_factory=lambda: Signer(bytes(range(32))))
    chance: random.Random = field(default_factory=lambda: random.Random(6962))
    leaves: list = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    contents: dict = field(default_factory=dict)

    def add(self, act, kind, number, facts):
        salt = self.chance.randbytes(32)
        leaf = Leaf(len(self.leaves), act, kind, number, commitment(salt, canonical(facts)))
        self.leaves.append(leaf)
        self.tree.add(leaf.hashed())
        self.contents[leaf.index] = (salt, facts)
        return leaf

    def head(self, size=None):
        size = len(self.leaves) if size is None else size
        return Head(ORIGIN, size, self.tree.root(size))

    def note(self, size=None):
        return self.signer.note(self.head(size).text(), ORIGIN)

    def proof(self, index, *, shown=True, since=()):
        salt, facts = self.contents[index] if shown else (None, None)
        path = tuple(self.tree.inclusion(index))
        return Proof(
            self.leaves[index], path, self.note(), self.signer.key_text(ORIGIN), salt, facts, tuple(since)
        )


def remark_row(log, number, *, withheld=False, **facts):
    """A line of remarks.jsonl, and its leaf in the log."""
    given = {"version_digest": "ab" * 32, "eid": "art_12", "attitude": "amend", "text": "意见", **facts}
    remark = remark_facts(**given)
    leaf = log.add("make-remark", "remark", number, remark)
    salt = log.contents[leaf.index][0]
    assert commitment(salt, remark_content(remark)) == leaf.commitment
    row = {"number": number, **remark, "sha256": remark_sha256(remark["text"]), "leaf": leaf.index}
    row |= {
        "salt": salt.hex(),
        "channel": "online",
        "category": "居民",
        "suggestions": [1],
        "outcome": "pending",
    }
    if withheld:
        row |= dict.fromkeys(("text", "wording", "reason", "sha256", "salt"))
    return row


def dossier(folder: Path, *, remarks=5, withheld=(), sealed=True, since=0, log=None, rows=None):
    """A dossier folder as docs/formats/log.md describes it; the log it was made of is returned."""
    log = log or Log()
    if rows is None:
        log.add("open-consultation", "consultation", "2026-03", {"title": "条例"})
        rows = [
            remark_row(
                log, f"2026-03-{n:04d}", withheld=n in withheld, text=f"第{n}条意见\n换行", reason="理由"
            )
            for n in range(1, remarks + 1)
        ]
        log.add("close-consultation", "consultation", "2026-03", {"at": 1})
    (folder / "minutes").mkdir(parents=True)
    size = len(log.leaves)
    (folder / "remarks.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8", newline="\n"
    )
    (folder / "leaves.txt").write_text(leaves_text(log.leaves), "ascii", newline="\n")
    (folder / "report.docx").write_bytes(log.chance.randbytes(300))
    (folder / "minutes" / "1.docx").write_bytes(log.chance.randbytes(100))
    write_manifest(folder, log, size, len(rows), sealed)
    if sealed:
        for _ in range(since):
            log.add("sign-in", "visit", None, {"at": 2})
        digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        seal = log.add("seal-dossier", "dossier", "2026-03", {"manifest_sha256": digest, "edition": 1})
        between = log.leaves[size : seal.index]
        (folder / "seal.txt").write_text(log.proof(seal.index, since=between).text(), "utf-8", newline="\n")
    return log


def write_manifest(folder, log, size, rows, sealed):
    files = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
    manifest = {
        "files": files, "counts": {"remarks": rows}, "head": log.note(size),
        "key": log.signer.key_text(ORIGIN), "edition": "public", "sealed": sealed, "left_out": {},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
