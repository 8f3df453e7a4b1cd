"""Words → blocks of a wanted kind: the number, the caption and the text parted as the reader parts them."""

import re
from collections.abc import Sequence

from deliberation.domain.correcting.flat import BODY, FRONT, RANK, Entry
from deliberation.domain.numbering import from_chinese, label, value
from deliberation.domain.provisions import DIVISIONS, HOLDERS
from deliberation.domain.structure import marks
from deliberation.domain.structure.front import STAGE

UNIT = {"part": "编", "subpart": "分编", "chapter": "章", "section": "节", "article": "条"}
HEADED = (*DIVISIONS, *HOLDERS, "attachment")
_CUT = re.compile(r"[。；！？：\n]+[”』」）)]?")
_BEGINS = re.compile(rf"第\s*{marks.FIGURES}\s*[条章节]|[（(]\s*[一二三四五六七八九十]{{1,3}}\s*[)）]")
_BARE = re.compile(
    r"第?\s*(?P<n>[零〇一二三四五六七八九十百千两0-9０-９]+)\s*(?:[编章节条])?(?:(?:\s*之\s*|-)(?P<sub>[一二三四五六七八九十0-9]{1,3}))?"
)


def recognised(words: str, fallback: str, *, clauses: bool) -> list[Entry]:
    """What words that begin a block are: an article, a division, a point by their number; else the fallback kind."""
    if fallback in FRONT:
        staged = fallback == "title" and STAGE.fullmatch(words.replace(" ", ""))
        return [Entry("stage" if staged else "notice" if fallback == "notice" else "note", text=words)]
    mark = marks.headed(words)
    if mark and (mark.kind == "article" or marks.is_heading(mark)):
        return shaped(mark.kind, words)
    if clauses and marks.clause(words):
        return shaped("clause", words)
    if marks.supplementary(words):
        return shaped("chapter", words)
    found = marks.point(words)
    if found and fallback not in {"quoted", "table"}:
        return shaped("subparagraph" if found[0] == "bracket" else "item", words)
    return [Entry(fallback, text=words)]


def shaped(kind: str, words: str) -> list[Entry]:
    """Blocks of this kind that say exactly these words: its number where they begin with one, the rest as heading or text."""
    if kind in HOLDERS:
        return _holder(kind, words)
    if kind in DIVISIONS:
        mark = marks.headed(words)
        if mark and mark.kind != "article":
            return [Entry(kind, _before(words, mark.rest), mark.n, mark.rest.strip() or None)]
        return [Entry(kind, heading=words.replace("\n", " ") or None)]
    if kind == "attachment":
        match = marks.ATTACHED.fullmatch(words)
        if match:
            number = match["number"] + match["gap"].strip()
            return [
                Entry(kind, number, value(match["number"].lstrip("附件表录图 ")), match["heading"] or None)
            ]
        return [Entry(kind, heading=words or None)]
    if kind in {"subparagraph", "item"}:
        found = marks.point(words)
        if found:
            rest = found[1].rest.lstrip()
            return [Entry(kind, _before(words, rest), found[1].n, text=rest)]
    return [Entry(kind, text=words)]


def _holder(kind: str, words: str) -> list[Entry]:
    mark = marks.headed(words) if kind == "article" else marks.clause(words)
    if mark is None or mark.kind != kind:
        return [Entry(kind), Entry("paragraph", text=words)] if words else [Entry(kind)]
    caption, text = marks.caption(mark.rest) if kind == "article" else (None, mark.rest.strip())
    head = Entry(kind, _before(words, mark.rest), mark.n, caption)
    return [head, Entry("paragraph", text=text)] if text else [head]


def _before(words: str, rest: str) -> str:
    return words[: len(words) - len(rest)].strip()


def typed(text: str) -> list[Entry]:
    """The inside of an article as a person typed it: a line a block, （一） and 1. as points; never empty."""
    out: list[Entry] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        found = marks.point(line)
        kind = "paragraph" if not found else "subparagraph" if found[0] == "bracket" else "item"
        if kind != "paragraph" and not out:
            out.append(Entry("paragraph"))
        out += shaped(kind, line)
    return out or [Entry("paragraph")]


def as_number(kind: str, words: str, old: str | None) -> tuple[str, str] | None:
    """(label as written, its value) of a number for this kind, from 13, 十三, 第十三条, 17-1, （三）, 附件2; None when it is none."""
    words = words.strip()
    match = _BARE.fullmatch(words)
    if kind in UNIT and match:
        try:
            n = str(from_chinese(match["n"])) + (f"-{from_chinese(match['sub'])}" if match["sub"] else "")
            return label(n, UNIT[kind]), n
        except ValueError:
            return None
    n_of = value(
        words.removeprefix("附件").removeprefix("附表").removeprefix("附录").strip()
        if kind == "attachment"
        else words
    )
    if n_of is None or kind in UNIT:
        return None
    return (words if not match or words == old else _styled(kind, n_of, old)), n_of


def _styled(kind: str, n: str, old: str | None) -> str:
    """A bare figure in the style of the kind; n is a whole number."""
    figure = label(n, "")[1:] if n.isdigit() and 0 < int(n) < 10_000 else n
    if kind == "subparagraph":
        return f"（{figure}）"
    if kind == "clause":
        return f"{figure}、"
    if kind == "attachment":
        return f"附件{n}"
    if kind == "item" and old and old[:1] in "（(":
        return f"（{n}）"
    return f"{n}."


def scope(entries: Sequence[Entry], at: int) -> list[int]:
    """The blocks of the same kind that are numbered on from this one, itself first.

    Articles run through the whole draft or attachment; chapters through their part; what is smaller through its holder.
    """
    kind = entries[at].kind
    if kind == "article":
        stops = {"attachment"}
    elif kind == "chapter":
        stops = {"attachment", "part"}
    else:
        stops = {other for other, rank in RANK.items() if rank < RANK[kind]}
    found = []
    for i in range(at, len(entries)):
        if i > at and (entries[i].kind in stops or entries[i].kind == BODY):
            break
        if entries[i].kind == kind and (i == at or entries[i].number):
            found.append(i)
    return found


def cuts(words: str) -> list[tuple[int, bool]]:
    """Where a block may well be split: (characters before the cut, whether what follows reads like a beginning of its own)."""
    found: dict[int, bool] = {}
    for match in _CUT.finditer(words):
        at = match.end()
        tail = words[at:].lstrip()
        if words[:at].strip() and tail:
            begins = marks.headed(tail) is not None or marks.point(tail) is not None
            found[at] = begins or tail[:1] in "“「『"
    for match in _BEGINS.finditer(words):
        if words[: match.start()].strip():
            found[match.start()] = True
    return sorted(found.items())
