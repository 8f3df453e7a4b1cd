"""A version made from the one before by steps on its articles: reword, insert, delete, move, split, merge. Nothing is guessed.

While steps are worked through, every outermost block is known by a handle (its uid, or a new one) in place of its eid.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deliberation.domain.alignment import ArticleText, Link, Relation, unchanged
from deliberation.domain.eids import addressed
from deliberation.domain.errors import Refusal, _
from deliberation.domain.lineage import by_key, likeness
from deliberation.domain.numbering import label
from deliberation.domain.provisions import DIVISIONS, Draft, Node

KINDS = ("reword", "insert", "delete", "move", "split", "merge")
FIRST = "first"  # the place before every article of the body
Read = Callable[[str], Node]
"""The text of one article, without its number, as an article."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `on` the article, `after` where it goes, `made` the handle of what it makes, `first` and `second` texts."""

    kind: str
    on: str = ""
    after: str = ""
    made: str = ""
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """The draft after the steps, with real addresses: handle → eid, and the links from the old eids to the new ones."""

    draft: Draft
    eids: Mapping[str, str]
    links: list[Link]


@dataclass
class _Desk:
    """What is being worked on: the body by handles, and which old block each handle has words of."""

    body: tuple[Node, ...]
    read: Read
    ties: list[tuple[str, str, Relation]] = field(default_factory=list)


def standing(steps: Sequence[Step]) -> list[Step]:
    """The steps that hold: each `undo` takes back the last one before it."""
    kept: list[Step] = []
    for step in steps:
        if step.kind == "undo":
            kept = kept[:-1]
        elif step.kind != "begin":
            kept.append(step)
    return kept


def worked(base: Draft, names: Mapping[str, str], steps: Sequence[Step], read: Read) -> Worked:
    """The base draft after the steps that hold. `names` has the handle of every eid; a Refusal where a step cannot be done."""
    desk = _Desk(tuple(_named(node, names) for node in base.body), read)
    units = [node.eid for node in desk.body for node in _units(node)]
    desk.ties = [(unit, unit, "same") for unit in units]
    for step in standing(steps):
        _STEPS[step.kind](desk, step)
    changed = replace(base, body=tuple(_numbered(desk.body, base)), warnings=())
    after = addressed(changed)
    eids = {b.eid: a.eid for b, a in zip(changed.walk(), after.walk(), strict=True) if b.eid}
    return Worked(after, eids, _links(desk, base, after, names, eids))


def _named(node: Node, names: Mapping[str, str]) -> Node:
    """Headings and outermost blocks under their handles; what is inside them has none."""
    if node.kind in DIVISIONS:
        children = tuple(_named(child, names) for child in node.children)
        return replace(node, eid=names[node.eid], children=children)
    return replace(node, eid=names[node.eid], children=tuple(_bare(child) for child in node.children))


def _bare(node: Node) -> Node:
    return replace(node, eid="", children=tuple(_bare(child) for child in node.children))


def _units(node: Node) -> Iterator[Node]:
    if node.kind not in DIVISIONS:
        yield node
        return
    for child in node.children:
        yield from _units(child)


def _find(desk: _Desk, handle: str) -> Node:
    for top in desk.body:
        for node in _units(top):
            if node.eid == handle:
                return node
    raise Refusal(_("这一条已经不在了，可能刚被删去或合并。请刷新页面。"))


def _mapped(nodes: Sequence[Node], handle: str, put: Callable[[Node], Sequence[Node]]) -> tuple[Node, ...]:
    """The nodes with one block put in another shape: none, one or several in its place."""
    out: list[Node] = []
    for node in nodes:
        if node.eid == handle:
            out += put(node)
        elif node.kind in DIVISIONS:
            out.append(replace(node, children=_mapped(node.children, handle, put)))
        else:
            out.append(node)
    return tuple(out)


def _made(desk: _Desk, handle: str, text: str) -> Node:
    read = desk.read(text)
    return replace(
        read, eid=handle, number=None, n=None, children=tuple(_bare(child) for child in read.children)
    )


def _reword(desk: _Desk, step: Step) -> None:
    old = _find(desk, step.on)
    new = replace(_made(desk, step.on, step.first), number=old.number, n=old.n, heading=old.heading)
    desk.body = _mapped(desk.body, step.on, lambda _node: [new])
    desk.ties = [(o, n, "reworded" if (n, r) == (step.on, "same") else r) for o, n, r in desk.ties]


def _place(desk: _Desk, after: str, node: Node) -> None:
    if after == FIRST:
        first = next(unit for top in desk.body for unit in _units(top))
        desk.body = _mapped(desk.body, first.eid, lambda one: [node, one])
        return
    _find(desk, after)
    desk.body = _mapped(desk.body, after, lambda one: [one, node])


def _insert(desk: _Desk, step: Step) -> None:
    _place(desk, step.after, _made(desk, step.made, step.first))


def _delete(desk: _Desk, step: Step) -> None:
    _find(desk, step.on)
    if sum(1 for top in desk.body for _unit in _units(top)) < 2:
        raise Refusal(_("只剩这一条了，不能再删。"))
    desk.body = _mapped(desk.body, step.on, lambda _node: [])
    desk.ties = [tie for tie in desk.ties if tie[1] != step.on]


def _move(desk: _Desk, step: Step) -> None:
    node = _find(desk, step.on)
    if step.after == step.on:
        raise Refusal(_("请选移到哪一条后面。"), field="after")
    if step.after != FIRST:
        _find(desk, step.after)
    desk.body = _mapped(desk.body, step.on, lambda _node: [])
    _place(desk, step.after, node)
    desk.ties = [
        (o, n, "moved" if n == step.on and r in {"same", "reworded"} else r) for o, n, r in desk.ties
    ]


def _split(desk: _Desk, step: Step) -> None:
    old = _find(desk, step.on)
    kept = replace(_made(desk, step.on, step.first), number=old.number, n=old.n, heading=old.heading)
    fresh = _made(desk, step.made, step.second)
    desk.body = _mapped(desk.body, step.on, lambda _node: [kept, fresh])
    mine = [tie for tie in desk.ties if tie[1] == step.on]
    others = [tie for tie in desk.ties if tie[1] != step.on]
    desk.ties = [*others, *((o, handle, "split") for o, _n, _r in mine for handle in (step.on, step.made))]


def _merge(desk: _Desk, step: Step) -> None:
    gone, into = _find(desk, step.on), _find(desk, step.after)
    if step.on == step.after:
        raise Refusal(_("请选并入哪一条。"), field="after")
    order = [unit.eid for top in desk.body for unit in _units(top)]
    first, second = (gone, into) if order.index(step.on) < order.index(step.after) else (into, gone)
    joined = replace(into, text="", children=(*_parts(first), *_parts(second)))
    desk.body = _mapped(_mapped(desk.body, step.on, lambda _node: []), step.after, lambda _node: [joined])
    desk.ties = [
        (o, step.after, "merged") if n in {step.on, step.after} else (o, n, r) for o, n, r in desk.ties
    ]


def _parts(node: Node) -> tuple[Node, ...]:
    return node.children if not node.text else (Node("paragraph", text=node.text), *node.children)


_STEPS: dict[str, Callable[[_Desk, Step], None]] = {
    "reword": _reword, "insert": _insert, "delete": _delete, "move": _move, "split": _split, "merge": _merge,
}  # fmt: skip


def _numbered(body: Sequence[Node], base: Draft) -> list[Node]:
    """Articles numbered through, as 条文序号作相应调整 says; where there is a 之一, the old numbers stay and a new one follows them."""
    articles = [unit for top in body for unit in _units(top) if unit.kind == "article"]
    before = [unit.n for top in base.body for unit in _units(top) if unit.kind == "article" and unit.n]
    fixed = any("-" in n for n in before)
    start = min((int(n) for n in before if n.isdigit()), default=1)
    numbers: dict[str, str] = {}
    last, after = str(start - 1), 0
    for unit in articles:
        if fixed and unit.n:
            last, after = unit.n.split("-")[0], int((unit.n.split("-") + ["0"])[1])
            numbers[unit.eid] = unit.n
        elif fixed:
            after += 1
            numbers[unit.eid] = f"{last}-{after}"
        else:
            last = str(int(last) + 1)
            numbers[unit.eid] = last
    return [_with(node, numbers) for node in body]


def _with(node: Node, numbers: Mapping[str, str]) -> Node:
    if node.kind in DIVISIONS:
        return replace(node, children=tuple(_with(child, numbers) for child in node.children))
    n = numbers.get(node.eid)
    if n is None or n == node.n:
        return node
    return replace(node, n=n, number=label(n))


def _links(
    desk: _Desk, base: Draft, after: Draft, names: Mapping[str, str], eids: Mapping[str, str]
) -> list[Link]:
    """The links that the steps say; headings and attachments are the same as before."""
    olds, news = by_key(base), by_key(after)
    old_of = {handle: eid for eid, handle in names.items() if eid in olds}
    found = []
    for was, now, relation in desk.ties:
        old, new = olds[old_of[was]], news[eids[now]]
        found.append(Link(old.key, new.key, _fact(relation, old, new), likeness(old, new), True))
    body = {node.eid for node in base.body for node in node.walk()}
    found += [Link(eid, eid, "same", 1.0, True) for eid in olds if eid not in body and eid in news]
    found += [
        Link(eid, eids[names[eid]], "same", 1.0, True)
        for eid in olds
        if eid in body and eid not in {k.old for k in found} and names[eid] in eids
    ]
    met_old, met_new = {k.old for k in found}, {k.new for k in found}
    found += [Link(eid, None, "deleted", 0.0, True) for eid in olds if eid not in met_old]
    return [*found, *(Link(None, eid, "new", 0.0, True) for eid in news if eid not in met_new)]


def _fact(relation: Relation, old: ArticleText, new: ArticleText) -> Relation:
    if relation not in {"same", "reworded"}:
        return relation
    if not unchanged(old, new):
        return "reworded"
    return "same" if old.n == new.n else "renumbered"
