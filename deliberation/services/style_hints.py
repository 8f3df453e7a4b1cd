"""体例检查 on a version: what the drafting rules would write differently, and each hint as a wording remark of one's own."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.remarks import Words
from deliberation.domain.style_hints import Hint, hints
from deliberation.formats.draft_json import draft_from_dict
from deliberation.services import remarks as work
from deliberation.services import sessions
from deliberation.services.actors import Actor
from deliberation.store import remarks as rows
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.remarks import Remark

AROUND = 16  # characters shown on either side of the words
LEAD = (
    "体例："  # a remark is the office's words to the congress, in Chinese whatever language the page speaks
)


@dataclass(frozen=True)
class Shown:
    """A hint as a page shows it: its key, where it stands (article and block), what the rule says, words and wording, what stands around them."""

    key: str
    article: str
    eid: str
    said: Said
    quote: str
    wording: str | None
    before: str = ""
    after: str = ""


def of_version(version: Version) -> list[Shown]:
    """Every hint on a version, in reading order."""
    draft = draft_from_dict(version.tree)
    texts = {node.eid: node.text for node in draft.walk()}
    return [_shown(version, hint, texts.get(hint.eid, "")) for hint in hints(draft)]


def _shown(version: Version, hint: Hint, text: str) -> Shown:
    name = f"{version.digest} {hint.code} {hint.eid} {hint.start}"
    key = f"hint-{hmac.digest(sessions.key(), name.encode(), 'sha256').hex()[:32]}"  # or anybody could use it first
    start, end = hint.start, hint.start + len(hint.quote)
    before, after = (
        (text[max(0, start - AROUND) : start], text[end : end + AROUND]) if hint.quote else ("", "")
    )
    return Shown(
        key, hint.eid.split("__para_")[0], hint.eid, hint.said, hint.quote, hint.wording, before, after
    )


def made(one: Consultation, several: Iterable[Shown]) -> dict[str, Remark]:
    """The remarks that were made from these hints before, by the hint's key."""
    return rows.by_keys(one.id, [hint.key for hint in several])


def make_remark(actor: Actor, one: Consultation, version: Version, key: str) -> work.Receipt:
    """Make one's own wording remark out of a hint; pressed twice, it is one remark."""
    hint = next((hint for hint in of_version(version) if hint.key == key), None)
    if hint is None:
        raise Refusal(_("这一稿里没有这一条提示，可能稿子换过了。请重新打开体例检查。"), field="key")
    text = f"{LEAD}{hint.said}"
    place = "quote" if hint.quote else "paragraph" if "__para_" in hint.eid else "article"
    words = Words(
        key=key, text=text, attitude="amend", place=place, eid=hint.eid, quote=hint.quote, wording=hint.wording or ""
    )  # fmt: skip
    return work.make_remark(actor, one, words)
