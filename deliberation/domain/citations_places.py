"""Citations as links: to which provisions of a draft a mention points, seen from the place where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from deliberation.domain.citations import LEVELS, Mention, Step, mentions, typed
from deliberation.domain.numbering import order
from deliberation.domain.provisions import Draft, Node

DIVISIONS = LEVELS[: LEVELS.index("article")]  # their numbers begin anew
SILENT = {"quoted", "table"}  # the words of another text, and figures


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention in the text of the node `source`; `targets` are eids, empty where the place does not exist.

    `other` names another act, into which nothing here can point. `nearest` is the deepest place that exists.
    """

    source: str
    mention: Mention
    words: str
    targets: tuple[str, ...]
    other: str | None = None
    nearest: str | None = None

    @property
    def dangling(self) -> bool:
        """Whether it means this draft and there is no such place in it."""
        return self.other is None and not self.targets


@dataclass(frozen=True, slots=True)
class Found:
    """A typed place: its eid, and whether it is the place itself or the nearest above it that exists."""

    eid: str
    exact: bool


class Places:
    """A draft by its addresses: who stands above whom, and which numbers there are."""

    def __init__(self, draft: Draft) -> None:
        self.parents: dict[str, Node] = {}
        self.nodes: dict[str, Node] = {}
        self.roots = (*draft.body, *draft.attachments)
        for root in self.roots:
            self._note(root)
        self.articles = [n for root in draft.body for n in root.walk() if n.kind == "article"]

    def _note(self, node: Node) -> None:
        self.nodes[node.eid] = node
        for child in node.children:
            self.parents[child.eid] = node
            self._note(child)

    def above(self, eid: str, kind: str) -> Node | None:
        """The node itself or its nearest ancestor of this kind."""
        node = self.nodes.get(eid)
        while node is not None and node.kind != kind:
            node = self.parents.get(node.eid)
        return node

    def siblings(self, node: Node) -> list[Node]:
        """The nodes of its kind under the same parent, itself among them; for articles those of the whole draft."""
        if node.kind == "article":
            return self.articles
        parent = self.parents.get(node.eid)
        return [n for n in (parent.children if parent else self.roots) if n.kind == node.kind]

    def resolve(self, steps: Sequence[Step], here: str) -> tuple[list[Node], Node | None]:
        """The nodes a mention points at from `here`, and the deepest single node that exists on the way."""
        scope: list[Node] | None = None
        nearest: Node | None = None
        for step in steps:
            found = self._down(step, scope, here)
            if not found:
                return [], nearest
            scope, nearest = found, found[0]
        return scope or [], nearest

    def _down(self, step: Step, scope: list[Node] | None, here: str) -> list[Node]:
        if step.back:
            return self._back(step, here)
        if step.this:
            own = self.above(here, step.kind)
            return [own] if own else []
        if scope is None:
            return self._alone(step, here)
        return _chosen(step, [n for top in scope for n in _inside(top, step.kind)])

    def _back(self, step: Step, here: str) -> list[Node]:
        own = self.above(here, step.kind)
        if own is None:
            return []
        before = self.siblings(own)
        place = next(i for i, n in enumerate(before) if n.eid == own.eid)
        return before[max(0, place - step.back) : place] if place >= step.back else []

    def _alone(self, step: Step, here: str) -> list[Node]:
        """A step with nothing above it: an article of the draft, a 款 of this article, a 项 of this or the last 款."""
        if step.kind == "article":
            return _chosen(step, self.articles)
        if LEVELS.index(step.kind) < LEVELS.index("article"):
            return self._division(step, here)
        article = self.above(here, "article")
        if article is None:
            return []
        if step.kind == "paragraph":
            return _chosen(step, _inside(article, "paragraph"))
        return _chosen(step, self._points_in_reach(here, article, step.kind))

    def _division(self, step: Step, here: str) -> list[Node]:
        found = _chosen(step, [n for root in self.roots for n in root.walk() if n.kind == step.kind])
        own = {n.eid for n in self._line(here)}
        close = [n for n in found if (up := self.parents.get(n.eid)) is not None and up.eid in own]
        return close if len(found) > 1 and close else found

    def _line(self, eid: str) -> list[Node]:
        node, line = self.nodes.get(eid), []
        while node is not None:
            line.append(node)
            node = self.parents.get(node.eid)
        return line

    def _points_in_reach(self, here: str, article: Node, kind: str) -> list[Node]:
        """The 项 of this 款, or of the last 款 before it that has any."""
        paragraphs = [n for n in article.children if n.kind == "paragraph"]
        own = self.above(here, "paragraph")
        place = next((i for i, n in enumerate(paragraphs) if own and n.eid == own.eid), -1)
        for paragraph in reversed(paragraphs[: place + 1]):
            if points := _inside(paragraph, kind):
                return points
        return []


def _inside(top: Node, kind: str) -> list[Node]:
    """The nodes of a kind below one node; 第X条第Z项 without a 款 means the first 款 that has 项."""
    if kind == "subparagraph" and top.kind == "article":
        lists = [[p for p in n.children if p.kind == kind] for n in top.children]
        return next((points for points in lists if points), [])
    return [n for n in top.walk() if n.kind == kind and n is not top]


def _chosen(step: Step, nodes: Iterable[Node]) -> list[Node]:
    """The nodes whose number is the step's, or lies in its range; 款 are counted, for they bear no number."""
    numbered = [(str(i) if step.kind == "paragraph" else n.n, n) for i, n in enumerate(nodes, 1)]
    if not step.last:
        equal = [node for n, node in numbered if n == step.n]
        return equal if step.kind in DIVISIONS else equal[:1]
    low, high = order(step.n), order(step.last)
    found = [node for n, node in numbered if n and low <= order(n) <= high]
    ends = {n for n, _node in numbered}
    return found if {step.n, step.last} <= ends else []


def citations(draft: Draft) -> list[Citation]:
    """Every citation in the body, in reading order. A draft without articles cites only other acts."""
    places = Places(draft)
    nodes = [n for root in draft.body for n in root.walk() if n.kind not in SILENT]
    articles = groupby(
        nodes, key=lambda n: article.eid if (article := places.above(n.eid, "article")) else ""
    )
    return [citation for _eid, group in articles for citation in _of(group, places)]


def _of(article: Iterable[Node], places: Places) -> Iterator[Citation]:
    """The citations of one article's nodes. What means no place here may lean on the mention before it:
    违反第三十条第一项规定的，…；违反第二项规定的，…"""
    last: tuple[Step, ...] = ()
    for node in article:
        for mention in mentions(node.text):
            found = _citation(node, mention, places)
            if found.dangling and (leaning := _leaning(mention, last)):
                found = max(found, _citation(node, leaning, places), key=lambda c: bool(c.targets))
            if not (found.dangling and _counts_only(mention)):
                yield found
                last = found.mention.steps if found.other is None else ()


def _leaning(mention: Mention, last: tuple[Step, ...]) -> Mention | None:
    first = mention.steps[0]
    above = tuple(s for s in last if LEVELS.index(s.kind) < LEVELS.index(first.kind))
    if not above or first.back or first.this or first.kind not in {"paragraph", "subparagraph"}:
        return None
    return replace(mention, steps=(*above, *mention.steps))


def _counts_only(mention: Mention) -> bool:
    """前三项污染物: the first three of something, not the three 项 before."""
    return mention.steps[0].back > 1 and mention.steps[0].kind == "subparagraph"


def _citation(node: Node, mention: Mention, places: Places) -> Citation:
    words = node.text[mention.start : mention.end]
    if mention.other is not None or not places.articles:
        return Citation(node.eid, mention, words, (), mention.other or "")
    found, nearest = places.resolve(mention.steps, node.eid)
    return Citation(
        node.eid, mention, words, tuple(n.eid for n in found), None, nearest.eid if nearest else None
    )


def place_of(draft: Draft, words: str, here: str = "") -> Found | None:
    """The place a person typed, 第十二条第二款第三项 or 12条2款 or an eid; seen from `here` where it is relative.

    None where it is no place of this draft at all.
    """
    places = Places(draft)
    if words.strip() in places.nodes:
        return Found(words.strip(), True)
    steps = typed(words)
    if not steps:
        return None
    found, nearest = places.resolve(steps, here)
    if found:
        return Found(found[0].eid, True)
    return Found(nearest.eid, False) if nearest else None
