"""The steps of a correction as data: split, join, change of kind, new number, numbers from here on, words, an article typed in.

A step names its block by the address it has at that moment. Split, join and change of kind never change a character.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from deliberation.domain.correcting import shaping
from deliberation.domain.correcting.citing import cite
from deliberation.domain.correcting.flat import (
    BODY,
    FRONT,
    RANK,
    Change,
    Entry,
    build,
    changed,
    flatten,
    names,
)
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.numbering import label
from deliberation.domain.provisions import DIVISIONS, HOLDERS, KINDS, Draft
from deliberation.domain.structure.lines import bare

KEEPS = {"split", "join", "kind"}
MOST = 20_000
FAULTY = _("没有看懂这一步，请从页面上的按钮再点一次。")
_ORDER = {kind: n for n, kind in enumerate(FRONT)}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `do` is split, join, kind, number, numbers, words, fill or cite; the rest is what that step needs.

    split: `at` characters into `part` (text or heading). kind: `kind`. number, numbers: `number`. words: `number`, `heading`, `text`.
    fill: `text`. cite: `heading`, the citation `at` characters into the text, becomes `text`.
    """

    do: str
    eid: str
    at: int = 0
    part: str = "text"
    kind: str = ""
    number: str = ""
    heading: str = ""
    text: str = ""

    def as_dict(self) -> dict[str, object]:
        """As it is kept: only what is not empty."""
        said = {name: getattr(self, name) for name in ("at", "kind", "number", "heading", "text")}
        given = {name: value for name, value in said.items() if value}
        part = {"part": self.part} if self.do == "split" else {}
        return {"do": self.do, "eid": self.eid, **part, **given}


@dataclass(frozen=True, slots=True)
class Result:
    """The draft after a step, what changed in its list of blocks, and the address to look at next."""

    draft: Draft
    change: Change
    focus: str


Work = Callable[[list[Entry], int, Step], int]


def apply(draft: Draft, step: Step) -> Result:
    """The draft with one step done; a Refusal says why not."""
    before = flatten(draft)
    here = names(draft)
    work = _WORK.get(step.do)
    if work is None:
        raise Refusal(FAULTY)
    if not step.eid or step.eid not in here:
        raise Conflict(_("这一段已经不在了，可能刚被改过。请从左边的条文里再点一次。"))
    entries = list(before)
    focus = work(entries, here.index(step.eid), step)
    after = build(entries)
    if step.do in KEEPS and bare(after.text()) != bare(draft.text()):
        raise Refusal(_("这样改会打乱原文的次序，没有改。请换一个办法：先改前后的段，再改这一段。"))
    change = changed(before, flatten(after))
    if not change.out and not change.put:
        raise Refusal(_("这一步没有改动什么。"))
    found = names(after)
    focus = min(max(focus, 0), len(found) - 1)
    return Result(after, change, found[focus] or found[max(focus - 1, 0)])


def undone(draft: Draft, change: Change) -> Draft:
    """The draft as it was before the change, to the last character."""
    return build(change.back().on(flatten(draft)))


def _split(entries: list[Entry], i: int, step: Step) -> int:
    entry = entries[i]
    part = step.part
    if part not in {"text", "heading"}:
        raise Refusal(FAULTY)
    words = getattr(entry, part) or ""
    head, tail = words[: step.at].rstrip(), words[step.at :].lstrip()
    if not head or not tail:
        raise Refusal(_("请选一个中间的地方分开，前后都要有字。"))
    if part == "heading" and entry.text:
        raise Refusal(_("这一段的标题后面还有正文，请先分开正文。"))
    kept = replace(entry, heading=head) if part == "heading" else replace(entry, text=head)
    clauses = any(one.kind == "clause" for one in entries)
    pieces = shaping.recognised(tail, _after(entry, part), clauses=clauses)
    if entry.kind in FRONT:
        pieces = [Entry(_front_after(entry.kind, pieces[0].kind, entries[i + 1].kind), text=tail)]
    entries[i : i + 1] = [kept, *pieces]
    if pieces[0].kind in shaping.HEADED:
        _begin_body(entries, i + 1)
    return i + 1


def _front_after(kind: str, wanted: str, following: str) -> str:
    """What is parted from a line of the front: what it reads as, where the order of the front allows it."""
    return wanted if _ORDER[kind] <= _ORDER.get(wanted, -1) <= _ORDER.get(following, len(_ORDER)) else kind


def _after(entry: Entry, part: str) -> str:
    """The kind of what is parted from a block when its words do not say."""
    if part == "heading" or entry.kind in {"subparagraph", "item"}:
        return "paragraph"
    return entry.kind


def _join(entries: list[Entry], i: int, step: Step) -> int:
    entry = entries[i]
    p = i - 1 if i and entries[i - 1].kind != BODY else i - 2
    if p < 0:
        raise Refusal(_("这已经是最前面的一段，前面没有可接的。"))
    end = i + 2 if _runs_in(entries, i) else i + 1
    words = _said(entry, entries[i + 1] if end == i + 2 else None)
    before = entries[p]
    if before.kind in HOLDERS:
        if entry.kind == "paragraph" and not entry.heading:
            raise Refusal(_("这一段就是这一条的第一款，已经接着条号，不用再接。"))
        entries[i:end] = [Entry("paragraph", text=words)] if words else []
        return p
    if before.kind in DIVISIONS or before.kind == "attachment":
        entries[p] = replace(before, heading=_run_on(before.heading or "", words, before.kind))
    else:
        entries[p] = replace(before, text=_run_on(before.text, words, before.kind))
    del entries[i:end]
    return p


def _run_on(before: str, words: str, kind: str) -> str:
    if kind == "table" and before and words:
        return f"{before}\n{words}"
    latin = before[-1:].isascii() and before[-1:].isalnum() and words[:1].isascii() and words[:1].isalnum()
    return f"{before} {words}" if latin else before + words


def _runs_in(entries: list[Entry], i: int) -> bool:
    """Whether the next block is the first paragraph of this article, on the line of its number."""
    entry, following = entries[i], entries[i + 1] if i + 1 < len(entries) else None
    if entry.kind not in HOLDERS or following is None or entry.text:
        return False
    if entry.kind == "clause" and entry.heading:
        return False
    return following.kind == "paragraph" and not following.number and following.under is None


def _said(entry: Entry, first: Entry | None) -> str:
    """The words of a block, and of the paragraph on its line."""
    return "　".join(part for part in (entry.words(), first.words() if first else "") if part)


def _kind(entries: list[Entry], i: int, step: Step) -> int:
    kind, entry = step.kind, entries[i]
    if kind not in KINDS and kind not in FRONT:
        raise Refusal(FAULTY, field="kind")
    if kind == entry.kind:
        raise Refusal(_("它已经是这一种了，没有改动。"), field="kind")
    if kind in FRONT or entry.kind in FRONT:
        return _front(entries, i, kind)
    if _same_shape(entry.kind, kind):
        entries[i] = replace(entry, kind=kind, under=None)
    else:
        takes = _runs_in(entries, i) and not (kind in DIVISIONS and entry.heading)
        words = _said(entry, entries[i + 1] if takes else None)
        entries[i : i + (2 if takes else 1)] = shaping.shaped(kind, words)
    if kind in shaping.HEADED:
        _begin_body(entries, i)
    return i if entries[i].kind != BODY else i + 1


def _same_shape(one: str, other: str) -> bool:
    return any({one, other} <= set(kinds) for kinds in (DIVISIONS, HOLDERS, ("paragraph", "quoted", "table")))


def _begin_body(entries: list[Entry], i: int) -> None:
    """A heading or article that stands before the body begins it."""
    marker = next(at for at, entry in enumerate(entries) if entry.kind == BODY)
    if i < marker:
        del entries[marker]
        entries.insert(i, Entry(BODY))


def _front(entries: list[Entry], i: int, kind: str) -> int:
    """A line before the body becomes another part of it; the order notice, title, stage, note, preamble stays."""
    marker = next(at for at, entry in enumerate(entries) if entry.kind == BODY)
    rank = _ORDER.get(kind, len(_ORDER))
    before = [e for e in entries[:i] if e.kind != BODY and _ORDER.get(e.kind, len(_ORDER)) > rank]
    after = [e for e in entries[i + 1 : marker] if _ORDER.get(e.kind, len(_ORDER)) < rank]
    if before or after:
        raise Refusal(
            _(
                "“%(words)s”的位置不合适：前面的部分依次是公告、标题、稿次、题注、前言。请先改它，再改这一段。"
            ),
            words=(before or after)[0].words()[:20],
        )
    words = entries[i].words()
    entries[i : i + 1] = [Entry(kind, text=words)] if kind in FRONT else shaping.shaped(kind, words)
    if i > marker:
        del entries[marker]
        entries.insert(i, Entry(BODY))
        return i - 1
    if kind in shaping.HEADED:
        _begin_body(entries, i)
        return i + 1
    return i


def _number(entries: list[Entry], i: int, step: Step) -> int:
    entries[i] = _renumbered(entries[i], step.number)
    return i


def _renumbered(entry: Entry, words: str) -> Entry:
    if entry.kind not in RANK or entry.kind in {"paragraph", "table", "quoted"}:
        raise Refusal(_("这一段没有编号，不能改号。要编号，请先改成条、项或者章。"), field="number")
    found = shaping.as_number(entry.kind, words, entry.number)
    if found is None:
        raise Refusal(_("没有看懂这个号。请写数字，如 12、十二，或者第十七条之一。"), field="number")
    return replace(entry, number=found[0], n=found[1])


def _numbers(entries: list[Entry], i: int, step: Step) -> int:
    first = _renumbered(entries[i], step.number)
    entries[i], at = first, int((first.n or "1").partition("-")[0])
    for j in shaping.scope(entries, i)[1:]:
        sub = (entries[j].n or "").partition("-")[2]
        at += 0 if sub else 1
        n = f"{at}-{sub}" if sub else str(at)
        unit = shaping.UNIT.get(entries[j].kind)
        written = (
            label(n, unit)
            if unit
            else (shaping.as_number(entries[j].kind, str(at), entries[j].number) or (n, n))[0]
        )
        entries[j] = replace(entries[j], number=written, n=n)
    return i


def _words(entries: list[Entry], i: int, step: Step) -> int:
    entry = entries[i]
    if len(step.text) > MOST or len(step.heading) > MOST:
        raise Refusal(_("太长了，请不超过 %(most)s 个字。"), most=MOST, field="text")
    if entry.kind in FRONT:
        if not step.text.strip():
            raise Refusal(_("请写上文字；不要这一行，就把它接到前一段。"), field="text")
        entries[i] = replace(entry, text=step.text.strip())
        return i
    number = step.number.strip() or None
    n = entry.n
    if number != entry.number:
        found = shaping.as_number(entry.kind, number, None) if number else None
        if number and found is None:
            raise Refusal(_("没有看懂这个号。请写数字，如 12、十二，或者第十七条之一。"), field="number")
        number, n = found if found else (None, None)
    heading = None if entry.kind in {"paragraph", "quoted", "table"} else step.heading.strip() or None
    text = "" if entry.kind in HOLDERS or entry.kind in DIVISIONS else step.text.strip()
    entries[i] = replace(entry, number=number, n=n, heading=heading, text=text)
    return i


def _fill(entries: list[Entry], i: int, step: Step) -> int:
    if entries[i].kind not in HOLDERS:
        raise Refusal(_("只有一条可以整条录入文字。"), field="text")
    if len(step.text) > MOST:
        raise Refusal(_("太长了，请不超过 %(most)s 个字。"), most=MOST, field="text")
    end = i + 1
    while (
        end < len(entries) and RANK.get(entries[end].kind, 0) > RANK["article"] and entries[end].under is None
    ):
        end += 1
    entries[i + 1 : end] = shaping.typed(step.text)
    return i


_WORK: dict[str, Work] = {
    "split": _split, "join": _join, "kind": _kind, "number": _number, "numbers": _numbers, "words": _words, "fill": _fill,
    "cite": cite,
}  # fmt: skip
