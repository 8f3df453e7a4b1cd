"""What the page of corrections shows: rows of blocks beside lines, the tools at one block, warnings with both their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext

from deliberation.domain.alignment import Link
from deliberation.domain.citations_broken import Broken
from deliberation.domain.citations_broken import broken as broken_citations
from deliberation.domain.correcting import FRONT, Entry, undone
from deliberation.domain.correcting.shaping import UNIT, as_number, cuts
from deliberation.domain.errors import Said, _
from deliberation.domain.provisions import DIVISIONS, HOLDERS, Draft
from deliberation.services.corrections import change_of
from deliberation.services.proofs import Desk
from deliberation.store.corrections import Correction
from deliberation.store.drafts import Version
from deliberation.web.forms.corrections import StepForm

A_PAGE = 300
KIND_NAMES = {
    "notice": _("公告"), "title": _("标题"), "stage": _("稿次"), "note": _("题注"), "part": _("编"), "subpart": _("分编"),
    "chapter": _("章"), "section": _("节"), "article": _("条"), "clause": _("段（一、二、）"), "paragraph": _("款"),
    "subparagraph": _("项"), "item": _("目"), "quoted": _("引文"), "table": _("表"), "attachment": _("附件"),
}  # fmt: skip
DOES = {
    "split": _("分开"), "join": _("接到上一段"), "kind": _("改作别的一种"), "number": _("改号"), "numbers": _("顺着改号"),
    "words": _("改文字"), "fill": _("录入一条"), "cite": _("改引用"),
}  # fmt: skip
RENUMBERING = frozenset({"number", "numbers", "cite"})
MANY = 2  # open warnings of one kind: then they can be ticked at once
NUMBERED = (*UNIT, "clause", "subparagraph", "item", "attachment")


@dataclass(frozen=True)
class Warned:
    """A warning with its two places and whether somebody looked at it."""

    n: int
    said: Said
    line: int
    eid: str
    words: str
    looked: bool
    code: str


@dataclass(frozen=True)
class Shown:
    """One row: blocks as (address, entry), lines as (number, text), the open warnings of its lines, whether it differs."""

    blocks: list[tuple[str, Entry]]
    lines: list[tuple[int, str]]
    warned: list[Warned]
    differs: bool
    here: bool


@dataclass(frozen=True)
class Sheet:
    """The rows of one page, and where it stands among the pages."""

    rows: list[Shown]
    page: int
    pages: int
    only: bool


@dataclass(frozen=True)
class Tools:
    """The tools at one block."""

    eid: str
    entry: Entry
    before: tuple[str, Entry] | None
    after: tuple[str, Entry] | None
    cuts: list[tuple[str, int, str, bool]]
    kinds: list[tuple[str, str]]
    fills: bool
    numbered: bool
    worded: list[str] = field(default_factory=list)
    onward: Warned | None = None


def warnings(desk: Desk) -> list[Warned]:
    """The warnings, those nobody looked at first."""
    found = [
        Warned(n, Said(kept["msgid"], **kept["params"]), kept["line"], kept.get("eid", ""), kept.get("words", ""), n in desk.looked, kept["code"])
        for n, kept in enumerate(desk.warnings)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.looked)


def kinds_of(desk: Desk) -> list[tuple[str, Said, int]]:
    """The kinds of warning of which several wait: code, the sentence of the first, how many."""
    waiting: dict[str, list[Warned]] = {}
    for one in warnings(desk):
        if not one.looked:
            waiting.setdefault(one.code, []).append(one)
    return [(code, some[0].said, len(some)) for code, some in waiting.items() if len(some) >= MANY]


def sheet(desk: Desk, at: str, asked: Mapping[str, str]) -> Sheet:
    """The rows to show: all, or only those with something doubtful; of a long draft the page with `at` on it."""
    open_at: dict[int, list[Warned]] = {}
    for one in warnings(desk):
        if not one.looked:
            open_at.setdefault(one.line, []).append(one)
    odd = {one.line for one in desk.beside.differences} if not desk.scan else set()
    shown = []
    for row in desk.beside.rows:
        lines = [desk.lines[i] for i in row.lines]
        blocks = [desk.blocks[i] for i in row.blocks]
        warned = [one for no, _text in lines for one in open_at.get(no, [])]
        here = any(eid == at for eid, _entry in blocks)
        shown.append(Shown(blocks, lines, warned, any(i in odd for i in row.lines), here))
    only = bool(asked.get("only"))
    if only:
        shown = [
            row
            for row in shown
            if row.warned or row.differs or row.here or any(_empty(e) for _eid, e in row.blocks)
        ]
    pages = max(1, -(-len(shown) // A_PAGE))
    place = next((i for i, row in enumerate(shown) if row.here), None)
    page = place // A_PAGE + 1 if place is not None else min(max(_figure(asked.get("page")), 1), pages)
    return Sheet(shown[(page - 1) * A_PAGE : page * A_PAGE], page, pages, only)


def _empty(entry: Entry) -> bool:
    return entry.kind == "paragraph" and not entry.text


def _figure(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 6 else 1


def tools(desk: Desk, at: str, form: StepForm, *, keep: bool) -> Tools | None:
    """The tools at the block with this address; the form's fields are filled with what stands there, unless it was sent."""
    places = [i for i, (eid, _entry) in enumerate(desk.blocks) if eid == at]
    if not places:
        return None
    i = places[0]
    eid, entry = desk.blocks[i]
    kinds = [(code, gettext(name)) for code, name in KIND_NAMES.items() if code != entry.kind]
    form.kind.choices = kinds
    if not keep:
        form.number.data = form.label.data = entry.number or ""
        form.heading.data, form.text.data = (
            entry.heading or "",
            _inside(desk, i) if entry.kind in HOLDERS else entry.text,
        )
    follows = [one for one in warnings(desk) if not one.looked and one.eid and one.eid != eid]
    return Tools(
        eid, entry,
        desk.blocks[i - 1] if i else None, desk.blocks[i + 1] if i + 1 < len(desk.blocks) else None,
        _cuts(entry), kinds, entry.kind in HOLDERS, entry.kind in NUMBERED, _worded(entry),
        next((one for one in follows if _later(desk, one.eid, i)), follows[0] if follows else None),
    )  # fmt: skip


def _later(desk: Desk, eid: str, i: int) -> bool:
    return any(other == eid for other, _entry in desk.blocks[i + 1 :])


def _worded(entry: Entry) -> list[str]:
    """The fields of a block's own words."""
    if entry.kind in FRONT or entry.kind in {"paragraph", "quoted", "table"}:
        return ["text"]
    if entry.kind in DIVISIONS or entry.kind in HOLDERS or entry.kind == "attachment":
        return ["label", "heading"]
    return ["label", "text"]


def _cuts(entry: Entry) -> list[tuple[str, int, str, bool]]:
    """(part, place, the words that would begin the new block, whether they read like a beginning)."""
    part = "text" if entry.text else "heading"
    words = getattr(entry, part) or ""
    return [(part, at, words[at:].strip()[:18], likely) for at, likely in cuts(words)]


def _inside(desk: Desk, i: int) -> str:
    """What stands in an article, a line a block, as it can be typed again."""
    stem, lines = desk.blocks[i][0] + "__", []
    for eid, entry in desk.blocks[i + 1 :]:
        if not eid.startswith(stem):
            break
        lines.append(entry.words())
    return "\n".join(line for line in lines if line)


def numbered(desk: Desk, words: str) -> str:
    """The address of the article with this number, "" when there is none."""
    found = as_number("article", words, None)
    return next((eid for eid, e in desk.blocks if found and e.kind == "article" and e.n == found[1]), "")


def broken(version: Version, draft: Draft, steps: Sequence[Correction]) -> list[Broken]:
    """When the last steps gave new numbers: the citations that no longer point where they did and were not mended since."""
    before, renumbered = draft, False
    for step in [one for one in steps if not one.undone][::-1]:
        if step.do not in RENUMBERING:
            break
        before, renumbered = undone(before, change_of(step)), renumbered or step.do != "cite"
    if not renumbered or version.state != "preview":
        return []
    pairs = zip(before.articles(), draft.articles(), strict=True)
    return broken_citations(before, draft, [Link(a.eid, b.eid, "renumbered", 1.0, True) for a, b in pairs])
