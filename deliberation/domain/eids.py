"""Addresses of provisions in one version: art_12, art_17-1, book_1__chp_2__sec_1, art_12__para_2__point_3__indent_1.

Source: Akoma Ntoso Naming Convention 1.0 (OASIS), section 5; our mapping: 编 book, 分编 part, 章 chp, 节 sec,
条 art, 款 para, 项 point, 目 indent, 附件 att. Articles number through the whole act and are never prefixed;
what restarts is prefixed by what holds it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from deliberation.domain.provisions import Draft, Node

PREFIX = {
    "part": "book", "subpart": "part", "chapter": "chp", "section": "sec", "article": "art", "clause": "cl",
    "paragraph": "para", "subparagraph": "point", "item": "indent", "table": "table", "quoted": "qstr",
    "attachment": "att",
}  # fmt: skip
COUNTED = ("paragraph", "table", "quoted")
WHOLE = ("title", "preamble", "toc")


def addressed(draft: Draft) -> Draft:
    """The draft with every node's eid set anew; all are different."""
    used: dict[str, int] = {}
    return replace(
        draft,
        preamble=_addressed(draft.preamble, "preamble", "preamble", used),
        body=_addressed(draft.body, "", "", used),
        attachments=_addressed(draft.attachments, "", "", used),
    )


def _addressed(nodes: Sequence[Node], prefix: str, document: str, used: dict[str, int]) -> tuple[Node, ...]:
    """`prefix` is the holder's eid; `document` is the attachment an article is numbered in ("" for the body)."""
    seen: Counter[str] = Counter()
    if any(node.kind == "attachment" and node.n for node in nodes):
        seen["attachment"] = -1  # a list of attachments before 附件1 is att_0
    last: dict[str, str] = {}
    out = []
    for node in nodes:
        seen[node.kind] += 1
        n = _own(node, seen[node.kind], last.get(node.kind))
        last[node.kind] = n
        holder = document if node.kind == "article" else prefix
        eid = _free("__".join(part for part in (holder, f"{PREFIX[node.kind]}_{n}") if part), used)
        inside = eid if node.kind == "attachment" else document
        out.append(replace(node, eid=eid, children=_addressed(node.children, eid, inside, used)))
    return tuple(out)


def _own(node: Node, position: int, before: str | None) -> str:
    """The last part of an address: the number where there is one, else the next after the one before."""
    if node.kind in COUNTED:
        return str(position)
    if node.n:
        return node.n
    return str(int(before.split("-")[0]) + 1) if before and before.split("-")[0].isdigit() else str(position)


def _free(eid: str, used: dict[str, int]) -> str:
    """The eid, or with _2, _3… where a number was used twice."""
    free, times = eid, used.get(eid, 0) + 1
    while times > 1 and (free := f"{eid}_{times}") in used:
        times += 1
    used[eid] = times
    used.setdefault(free, 1)
    return free


def find(nodes: Iterable[Node], eid: str) -> Node | None:
    """The node with this address, or None."""
    return next((node for top in nodes for node in top.walk() if node.eid == eid), None)
