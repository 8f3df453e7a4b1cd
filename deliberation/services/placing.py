"""Where a remark stands: the provision it points at, and the text as it stood."""

from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, _
from deliberation.domain.remarks import Words
from deliberation.store import drafts, posting
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Provision, Version
from deliberation.store.posting import Block, Issue

AROUND = 24


@dataclass(frozen=True)
class Placed:
    """A place found: version, provision, its article, and the text as it stood."""

    version_id: int
    version_digest: str
    uid: str = ""
    eid: str = ""
    article_eid: str = ""
    article_id: int | None = None
    stood: str = ""
    prefix: str = ""
    suffix: str = ""


def place_in(consultation: Consultation, words: Words, version: Version | Issue | None = None) -> Placed:
    """Find the place in the current version; a Refusal where there is none, or the quoted words do not stand there."""
    version = version or posting.issue(consultation.task_id)
    if version is None:
        raise Refusal(_("草案还没有公布，暂时不能提意见。"))
    if words.place in {"whole", "title"} or not words.eid:
        return _whole(version, words)
    if not version.digest.startswith(words.seen):
        raise Refusal(
            _("草案刚刚公布了新的一稿，条号可能变了。已换到新稿里对应的地方，请看过再提交。"), field="eid"
        )
    blocks = posting.around(version.id, words.eid)
    if not blocks:
        raise Refusal(_("草案里没有您指的这一条，请从目录里重新选择。"), field="eid")
    article, found = blocks[0], next(one for one in blocks if one.eid == words.eid)
    stood = _lines(one for one in blocks if found is article or _within(one, found))
    prefix, suffix = _around(stood, words.quote)
    return Placed(
        version.id, version.digest, uid=found.uid, eid=found.eid, article_eid=article.eid, article_id=article.id,
        stood=stood, prefix=prefix, suffix=suffix,
    )  # fmt: skip


def _whole(version: Version | Issue, words: Words) -> Placed:
    title = words.place == "title"
    prefix, suffix = "", ""
    if words.quote:
        prefix, suffix = _around(version.title if title else posting.text_of(version.id), words.quote)
    return Placed(
        version.id,
        version.digest,
        eid="title" if title else "",
        stood=version.title,
        prefix=prefix,
        suffix=suffix,
    )


def _within(one: Block, block: Block) -> bool:
    """Whether this is the block or stands under it, as their addresses tell."""
    return one is block or one.eid.startswith(block.eid + "__")


def full_text(row: Provision) -> str:
    """A provision with everything in it, a block a line."""
    inner = drafts.inside(row.id) if row.article_id is None else drafts.below(row)
    return _lines((row, *inner))


def _lines(blocks: Iterable[Provision | Block]) -> str:
    return "\n".join(line for line in map(own_text, blocks) if line)


def own_text(row: Provision | Block) -> str:
    """A block's own words, with its number where that is part of the line."""
    number = row.number if row.kind != "article" else ""
    return f"{number}{row.text}" if row.text or row.kind != "article" else ""


def _around(stood: str, quote: str) -> tuple[str, str]:
    if not quote:
        return "", ""
    at = stood.find(quote)
    if at < 0:
        raise Refusal(_("引用的字句在这一条里找不到，请重新选中，或清空引用再提交。"), field="quote")
    return stood[max(0, at - AROUND) : at], stood[at + len(quote) : at + len(quote) + AROUND]
