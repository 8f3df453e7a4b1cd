"""The log as others can check it: the name of each log, its signed head, its leaves, whether all of it still holds.

Format: docs/formats/log.md.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import current_app

from deliberation.domain import leaves as forms
from deliberation.domain.checkpoints import Head, origin
from deliberation.domain.errors import Said, _
from deliberation.domain.fingerprints import remark_content, remark_facts
from deliberation.domain.merkle import Frontier
from deliberation.keys.signing import Signer
from deliberation.store import dossiers, log
from deliberation.store.log import Log


def signer() -> Signer:
    """What signs for this installation; its seed is a setting."""
    return Signer(bytes.fromhex(current_app.config["SIGNING_KEY"]))


def place() -> str:
    """This installation's name: the host it is reached by, else the beginning of its key's fingerprint."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return host or f"key-{signer().fingerprint()[:9].replace(' ', '')}"


def origin_of(name: str) -> str:
    """The origin line of a log: installation, log, suite."""
    return origin(place(), name)


def leaves_of(row: Log, size: int | None = None) -> list[forms.Leaf]:
    """The first `size` leaves (all of them by default) as values."""
    found = log.leaves(row.id)
    return [forms.Leaf(one.index, one.act, one.kind, one.number, one.commitment) for one in found[:size]]


def leaves_text(row: Log, size: int | None = None) -> str:
    """`leaves.txt`."""
    return forms.leaves_text(leaves_of(row, size))


def signed_head(row: Log, leaves: list[forms.Leaf]) -> str:
    """The signed note over these leaves, the first ones of this log."""
    tree = Frontier()
    for leaf in leaves:
        tree = tree.add(leaf.hashed())
    return signer().note(Head(row.origin, tree.size, tree.root()).text(), row.origin)


def key_text(row: Log) -> str:
    """The verifier key under the log's name."""
    return signer().key_text(row.origin)


def faults(row: Log) -> Iterator[Said]:
    """What does not hold in a log: gaps, a content that is not what was committed to, a remark whose words were changed."""
    kept = dossiers.leaf_contents(row.id)
    for place_, (leaf, content) in enumerate(kept):
        if leaf.index != place_:
            yield Said(_("第 %(n)s 笔缺失或次序不对。"), n=place_)
            return
        if content and forms.commitment(content.salt, content.facts.encode()) != leaf.commitment:
            yield Said(_("第 %(n)s 笔的内容与当时记下的不符。"), n=place_)
    if row.size != len(kept):
        yield Said(_("账上应有 %(size)s 笔，实有 %(n)s 笔。"), size=row.size, n=len(kept))
    yield from _changed(row, {leaf.index: leaf.commitment for leaf, _content in kept})


def _changed(row: Log, committed: dict[int, bytes]) -> Iterator[Said]:
    """Remarks whose words are not those of their leaf."""
    for remark, salt, digest in dossiers.words_and_salts(row.id):
        facts = remark_facts(
            version_digest=digest, eid=remark.eid, attitude=remark.attitude, text=remark.text, quote=remark.quote,
            wording=remark.wording, reason=remark.reason,
        )  # fmt: skip
        if forms.commitment(salt, remark_content(facts)) != committed.get(remark.leaf_index):
            yield Said(_("意见 %(number)s 的文字与当时记下的不符。"), number=remark.public_number)
