"""The 对照表 of two versions: rows of old beside new, with the words that went and the words that came.

It falls out of the links: a split or a merge is one row with several articles on a side.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from deliberation.domain.alignment import ArticleText, Link, Relation, unchanged

Change = Literal["equal", "gone", "added"]
BREAK = "\x1e"  # stands between the articles of one side while they are compared, and never in a text


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words that stands on both sides, only on the old one, or only on the new one."""

    change: Change
    text: str


Differ = Callable[[str, str], Sequence[Run]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One article on one side, its words marked."""

    article: ArticleText
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Old articles beside new ones; `relation` is that of its first link, `score` the least."""

    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    relation: Relation
    score: float
    sure: bool

    @property
    def changed(self) -> bool:
        """Whether anything but the number is different: the filter 只看改动."""
        if self.relation not in {"same", "renumbered"}:
            return True
        return any(not unchanged(o.article, n.article) for o, n in zip(self.old, self.new, strict=True))


def compare(
    old: Sequence[ArticleText], new: Sequence[ArticleText], links: Iterable[Link], differ: Differ
) -> list[Row]:
    """The rows in the order of the links; `differ` marks the words of two texts.

    KeyError for a link to an article that is not there.
    """
    olds, news = {a.key: a for a in old}, {a.key: a for a in new}
    return [_row(group, olds, news, differ) for group in _joined(list(links))]


def _joined(links: list[Link]) -> list[list[Link]]:
    """Links of splits and merges that share an article stand together, at the place of the first."""
    groups: list[list[Link]] = []
    for link in links:
        touching = [g for g in groups if any(_share(link, other) for other in g)]
        if not touching:
            groups.append([link])
            continue
        first, *rest = touching
        for group in rest:
            first.extend(group)
            groups.remove(group)
        first.append(link)
    return groups


def _share(one: Link, other: Link) -> bool:
    return (one.old is not None and one.old == other.old) or (one.new is not None and one.new == other.new)


def _row(
    links: list[Link], olds: dict[str, ArticleText], news: dict[str, ArticleText], differ: Differ
) -> Row:
    left = [olds[key] for key in dict.fromkeys(link.old for link in links if link.old)]
    right = [news[key] for key in dict.fromkeys(link.new for link in links if link.new)]
    runs = differ(BREAK.join(a.text for a in left), BREAK.join(a.text for a in right))
    return Row(
        _cells(left, runs, "gone"),
        _cells(right, runs, "added"),
        links[0].relation,
        min(link.score for link in links),
        all(link.sure for link in links),
    )


def _cells(articles: list[ArticleText], runs: Sequence[Run], change: Change) -> tuple[Cell, ...]:
    """The runs of one side, cut where an article ends."""
    sides: list[list[Run]] = [[]]
    for run in runs:
        if run.change not in {"equal", change}:
            continue
        first, *rest = run.text.split(BREAK)
        sides[-1].append(Run(run.change, first))
        sides += [[Run(run.change, piece)] for piece in rest]
    return tuple(
        Cell(article, tuple(run for run in side if run.text))
        for article, side in zip(articles, sides, strict=False)
    )


def words(runs: Iterable[Run], change: Change) -> list[str]:
    """The stretches that went or came, for a list such as 疑似采纳."""
    return [run.text for run in runs if run.change == change and run.text.strip()]
