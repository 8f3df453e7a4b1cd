"""What the edits made on the platform say of a version: its links and its names, nothing guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deliberation.domain.alignment import Link
from deliberation.domain.draft_edits import Step, Worked, worked
from deliberation.domain.errors import Refusal, _
from deliberation.domain.numbering import FIGURES
from deliberation.domain.provisions import Node
from deliberation.formats.draft_json import draft_from_dict
from deliberation.formats.reading import read_text
from deliberation.store import edits, links
from deliberation.store.drafts import Version
from deliberation.store.edits import DraftEdit

NUMBER = re.compile(rf"\s*第[{FIGURES}]+条(?:之[{FIGURES}]+)?[\s　]*")


@dataclass(frozen=True)
class Edited:
    """Links in eids, and the uid each unit keeps or was given."""

    links: list[Link]
    uids: dict[str, str] = field(default_factory=dict)


def edited(version: Version, base: Version) -> Edited | None:
    """The links of a version begun from this one on the platform; None where it was not, or was changed in another way since."""
    rows = edits.steps(version.id)
    if not rows or rows[0].base_id != base.id:
        return None
    done = work(base, [step_of(row) for row in rows])
    if done.draft.as_dict()["body"] != version.tree["body"]:
        return None
    return Edited(done.links, {eid: handle for handle, eid in done.eids.items()})


def work(base: Version, steps: Sequence[Step]) -> Worked:
    """The base after these steps, begun and undone ones among them."""
    names = {eid: uid for eid, uid, _id, _article in links.names(base.id)}
    return worked(draft_from_dict(base.tree), names, steps, article)


def step_of(row: DraftEdit) -> Step:
    """A row as a step."""
    return Step(row.kind, **row.said)


def article(text: str) -> Node:
    """The text of one article, with or without its number, as its paragraphs and subparagraphs."""
    words = NUMBER.sub("", text.strip(), count=1) if NUMBER.match(text) else text.strip()
    if not words:
        raise Refusal(_("请写出这一条的文字。"), field="first")
    draft = read_text(f"第一条　{words}")
    if len(draft.body) != 1 or draft.body[0].kind != "article" or draft.preamble or draft.attachments:
        raise Refusal(
            _("一次只写一条的文字，不写章名，也不写另一条。要增加一条，请用“在后面增加一条”。"), field="first"
        )
    return draft.body[0]
