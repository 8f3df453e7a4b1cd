"""Which provision of one version is which of another: links, and how sure they are.

Source: drafts.md, "Alignment of an imported version". The number of an article is never evidence: on real
pairs of versions more than half of the surviving articles changed theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from deliberation.domain.alignment_alone import certain, gaps
from deliberation.domain.alignment_joints import Joint, joints
from deliberation.domain.alignment_order import Pair, Side, pair
from deliberation.domain.alignment_similarity import grams, normalise, plain
from deliberation.domain.provisions import Draft, Node

Relation = Literal["same", "renumbered", "reworded", "moved", "split", "merged", "deleted", "new"]
SURE = 0.80  # carried without asking
CLEAR = 0.60  # carried without asking as well, when nothing else comes near
ALONE = 0.20  # how far such a pair must stand above its next best rival
LIKELY = 0.50  # carried, but marked 待确认
LEAD = 0.10  # how far a reworded pair must stand above its next best rival


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A provision as alignment sees it: `key` is a uid or an eid, `text` its lines with the labels of 项.

    `chapter` is the heading it stands under, `heading` its caption (条旨), `parts` its 款, theirs the 项.
    """

    key: str
    n: str | None = None
    text: str = ""
    chapter: str = ""
    heading: str | None = None
    parts: tuple["ArticleText", ...] = ()
    number: str | None = None  # as printed: 第十二条


@dataclass(frozen=True, slots=True)
class Link:
    """From an old key to a new one; either is None where the other side has no counterpart. Score 0..1."""

    old: str | None
    new: str | None
    relation: Relation
    score: float
    sure: bool

    @property
    def waits(self) -> bool:
        """Whether a person must look before anything is carried (moves, splits, joins, weak likeness)."""
        if self.sure or self.relation == "new":
            return False
        return self.relation != "reworded" or self.score < LIKELY


def align(old: Sequence[ArticleText], new: Sequence[ArticleText]) -> list[Link]:
    """Every article of either side at least once, in the order of the new side; deleted ones where they stood.

    A split or a merge is one link for each pair. Raises nothing; two empty sides give no link.
    """
    olds, news = [_side(a) for a in old], [_side(a) for a in new]
    pairs = pair(olds, news)
    found = joints(pairs, olds, news)
    joined = {(j.old, j.new) for j in found}
    links = [_joined(old, new, joint) for joint in found]
    links += [_linked(old[p.old], new[p.new], p) for p in pairs if (p.old, p.new) not in joined]
    links += _alone(old, new, links, pairs, olds, news)
    return in_reading_order(links, old, new)


def _alone(
    old: Sequence[ArticleText],
    new: Sequence[ArticleText],
    links: Sequence[Link],
    pairs: Sequence[Pair],
    olds: Sequence[Side],
    news: Sequence[Side],
) -> list[Link]:
    """The articles no link names: deleted and new ones, sure where they resemble nothing on the other side."""
    met_old, met_new = {link.old for link in links}, {link.new for link in links}
    gone = [i for i, a in enumerate(old) if a.key not in met_old]
    come = [j for j, a in enumerate(new) if a.key not in met_new]
    gone_open, come_open = gaps(pairs, gone, come)
    surely_gone, surely_new = certain(gone, olds, news, gone_open), certain(come, news, olds, come_open)
    return [
        *(Link(old[i].key, None, "deleted", 0.0, i in surely_gone) for i in gone),
        *(Link(None, new[j].key, "new", 0.0, j in surely_new) for j in come),
    ]


def _side(article: ArticleText) -> Side:
    words = normalise(article.text)
    return Side(words, grams(words), normalise(article.chapter))


def _joined(old: Sequence[ArticleText], new: Sequence[ArticleText], joint: Joint) -> Link:
    return Link(old[joint.old].key, new[joint.new].key, joint.relation, joint.score, False)


def _linked(old: ArticleText, new: ArticleText, p: Pair) -> Link:
    score = round(p.score, 4)
    if not p.in_order:
        return Link(old.key, new.key, "moved", score, False)
    if unchanged(old, new):
        only_one = p.rival < 1.0  # an equal text elsewhere could be the one
        return Link(old.key, new.key, "same" if old.n == new.n else "renumbered", score, only_one)
    ahead = p.score - p.rival
    sure = (p.score >= SURE and ahead >= LEAD) or (p.score >= CLEAR and ahead >= ALONE)
    return Link(old.key, new.key, "reworded", score, sure)


def unchanged(old: ArticleText, new: ArticleText) -> bool:
    """Whether not a word or mark differs; a caption counts only where both versions print one."""
    if old.heading and new.heading and plain(old.heading) != plain(new.heading):
        return False
    return plain(old.text) == plain(new.text)


def in_reading_order(links: list[Link], old: Sequence[ArticleText], new: Sequence[ArticleText]) -> list[Link]:
    """New order; a deleted article follows the new place of the article before it."""
    where = {a.key: float(j) for j, a in enumerate(new)}
    places: dict[str, float] = {}
    for link in links:
        if link.old is not None and link.new is not None and link.relation != "moved":
            places[link.old] = max(places.get(link.old, -1.0), where[link.new])
    last = -1.0
    for a in old:
        last = places.setdefault(a.key, last + 0.5 if last == int(last) else last)
    rank = {a.key: i for i, a in enumerate(old)}
    return sorted(
        links,
        key=lambda k: (
            where[k.new] if k.new is not None else places[k.old or ""],
            rank[k.old] if k.old is not None else -1,
        ),
    )


def articles_of(draft: Draft) -> list[ArticleText]:
    """The articles of a draft under their eids; the 一、 clauses where it has no article."""
    kind = "article" if draft.articles() else "clause"
    found: list[ArticleText] = []
    for node in draft.body:
        _gather(node, "", kind, found)
    return found


def attachments_of(draft: Draft) -> list[ArticleText]:
    """The attachments of a draft under their eids, to be aligned among themselves."""
    return [article_of(node) for node in draft.attachments]


def _gather(node: Node, chapter: str, kind: str, found: list[ArticleText]) -> None:
    if node.kind == kind:
        found.append(article_of(node, chapter))
        return
    here = node.heading or chapter
    for child in node.children:
        _gather(child, here, kind, found)


def article_of(node: Node, chapter: str = "") -> ArticleText:
    """One node with its parts; `text` has a line for every block below it, labels of 项 and 目 in front."""
    return ArticleText(
        key=node.eid,
        n=node.n,
        text="\n".join(lines(node)),
        chapter=chapter,
        heading=node.heading,
        parts=tuple(article_of(child, chapter) for child in node.children),
        number=node.number,
    )


def lines(node: Node) -> list[str]:
    """The lines of a node: its own text without its number, then every line below it with its label."""
    own = [node.text] if node.text else []
    return own + [line for child in node.children for line in _labelled(child)]


def _labelled(node: Node) -> list[str]:
    label = f"{node.number or ''}{node.heading or ''}"
    below = lines(node)
    if not label:
        return below
    return [label + below[0], *below[1:]] if below else [label]
