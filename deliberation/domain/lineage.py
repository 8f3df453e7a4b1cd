"""Which provision of an earlier version is which of a later one: what alignment proposes, what people decided, where each 款 and 项 stands.

Source: drafts.md, "Identity" and "Alignment". The newest decision about an old provision holds; every provision of either
side is named at least once, and every old one stands at one place of the later version or at none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from deliberation.domain.alignment import SURE, ArticleText, Link, align, article_of, unchanged
from deliberation.domain.alignment_inside import places
from deliberation.domain.alignment_similarity import dice, grams, normalise
from deliberation.domain.provisions import DIVISIONS, Draft, Node

FAMILIES = ("heading", "preamble", "article", "attachment")
Units = tuple[ArticleText, ...]
Batch = Sequence[Link]
"""One decision: every link of one old provision, or (old None) that one new provision is new."""


def units(draft: Draft) -> dict[str, Units]:
    """What is linked, by family: headings, and the outermost block of everything else, each under its eid."""
    found: dict[str, list[ArticleText]] = {family: [] for family in FAMILIES}
    found["preamble"] = [article_of(node) for node in draft.preamble]
    found["attachment"] = [article_of(node) for node in draft.attachments]
    for node in draft.body:
        _gather(node, "", found)
    return {family: tuple(several) for family, several in found.items()}


def _gather(node: Node, chapter: str, found: dict[str, list[ArticleText]]) -> None:
    if node.kind not in DIVISIONS:
        found["article"].append(article_of(node, chapter))
        return
    found["heading"].append(
        ArticleText(node.eid, node.n, node.heading or node.number or "", chapter, None, (), node.number)
    )
    for child in node.children:
        _gather(child, node.heading or chapter, found)


def by_key(draft: Draft) -> dict[str, ArticleText]:
    """Every unit under its eid."""
    return {unit.key: unit for family in units(draft).values() for unit in family}


def linked(old: Draft, new: Draft) -> list[Link]:
    """What alignment proposes for two drafts, in eids; headings are linked by their words or not at all."""
    olds, news = units(old), units(new)
    found: list[Link] = []
    for family in FAMILIES:
        links = list(_aligned(olds[family], news[family]))
        found += [_settled(link) for link in links] if family == "heading" else links
    return found


@lru_cache(maxsize=8)
def _aligned(old: Units, new: Units) -> tuple[Link, ...]:
    """Kept for a while: a page, its form and the publishing that follows ask the same."""
    return tuple(align(old, new))


def _settled(link: Link) -> Link:
    return replace(link, sure=True, relation="reworded" if link.relation == "moved" else link.relation)


def settle(links: Sequence[Link], decisions: Sequence[Batch]) -> list[Link]:
    """The links after these decisions, oldest first; what a decision left without a counterpart is deleted or new, and asked about."""
    kept = list(links)
    for batch in decisions:
        kept = _after(kept, batch)
    return kept


def _after(links: list[Link], batch: Batch) -> list[Link]:
    old = batch[0].old
    if old is None:
        return _new(links, batch[0])
    targets = {link.new for link in batch if link.new is not None}
    left = {link.new for link in links if link.old == old and link.new is not None} - targets
    kept = [k for k in links if k.old != old and not (k.old is None and k.new in targets)]
    met = {k.new for k in kept}
    return [*kept, *batch, *(Link(None, new, "new", 0.0, True) for new in sorted(left) if new not in met)]


def _new(links: list[Link], decided: Link) -> list[Link]:
    left = {k.old for k in links if k.new == decided.new and k.old is not None}
    kept = [k for k in links if k.new != decided.new]
    met = {k.old for k in kept}
    return [
        *kept,
        decided,
        *(Link(old, None, "deleted", 0.0, False) for old in sorted(left) if old not in met),
    ]


def likeness(old: ArticleText, new: ArticleText) -> float:
    """How alike two texts are, 0..1."""
    one, other = normalise(old.text), normalise(new.text)
    return 1.0 if one == other else round(dice(grams(one), grams(other)), 4)


def decided(old: ArticleText, targets: Sequence[ArticleText], proposed: Sequence[Link]) -> list[Link]:
    """A person's decision what became of an old provision, in links; none of the targets: it was deleted."""
    if not targets:
        return [Link(old.key, None, "deleted", 0.0, True)]
    if len(targets) > 1:
        return [Link(old.key, one.key, "split", likeness(old, one), True) for one in targets]
    new = targets[0]
    known = {link.relation: link for link in proposed if (link.old, link.new) == (old.key, new.key)}
    for relation in ("moved", "merged"):
        if relation in known:
            return [replace(known[relation], sure=True)]
    if unchanged(old, new):
        return [Link(old.key, new.key, "same" if old.n == new.n else "renumbered", 1.0, True)]
    return [Link(old.key, new.key, "reworded", likeness(old, new), True)]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one old provision stands in the later version: `new` and its unit `article`, None where it lives nowhere.

    `exact` is False at the nearest living ancestor; `waits` while a person has to look first.
    """

    old: str
    old_article: str
    new: str | None
    article: str | None
    relation: str
    exact: bool
    changed: bool
    sure: bool
    score: float = 0.0

    @property
    def waits(self) -> bool:
        """Not carried, and nobody has said that it was deleted."""
        return self.new is None and not self.sure


def stands(
    old: Mapping[str, ArticleText], new: Mapping[str, ArticleText], links: Sequence[Link]
) -> list[Stand]:
    """One stand for every unit of the old version and everything inside it."""
    of: dict[str, list[Link]] = {}
    for link in links:
        if link.old is not None:
            of.setdefault(link.old, []).append(link)
    return [stand for unit in old.values() for stand in _of_unit(unit, of.get(unit.key, []), new)]


def _of_unit(unit: ArticleText, links: list[Link], new: Mapping[str, ArticleText]) -> Iterator[Stand]:
    carried = [k for k in links if k.new is not None and not k.waits]
    if not carried:
        gone = all(k.sure and k.relation == "deleted" for k in links)
        relation = links[0].relation if links else "deleted"
        for key in _keys(unit):
            yield Stand(key, unit.key, None, None, relation, False, True, gone)
        return
    best = max(carried, key=lambda k: k.score)
    yield _unit_stand(unit, best, new)
    seen: dict[str, Stand] = {}
    for link in sorted(carried, key=lambda k: k is not best):
        for stand in _inside(unit, link, new):
            known = seen.get(stand.old)
            if known is None or (stand.exact, stand.score) > (known.exact, known.score):
                seen[stand.old] = stand
    yield from seen.values()


def _unit_stand(unit: ArticleText, link: Link, new: Mapping[str, ArticleText]) -> Stand:
    target = new[link.new or ""]
    changed = not unchanged(unit, target)
    return Stand(
        unit.key, unit.key, target.key, target.key, link.relation, True, changed, link.sure, link.score
    )


def _inside(unit: ArticleText, link: Link, new: Mapping[str, ArticleText]) -> Iterator[Stand]:
    target = new[link.new or ""]
    texts, others = dict(_below(unit)), dict(_below(target))
    for place in places(unit, target)[1:]:
        changed = not place.exact or not unchanged(texts[place.old], others[place.new])
        yield Stand(
            place.old, unit.key, place.new, target.key, link.relation, place.exact, changed, link.sure,
            place.score,
        )  # fmt: skip


def _below(unit: ArticleText) -> Iterator[tuple[str, ArticleText]]:
    yield unit.key, unit
    for part in unit.parts:
        yield from _below(part)


def _keys(unit: ArticleText) -> Iterator[str]:
    return (key for key, _text in _below(unit))


def heirs(found: Sequence[Stand]) -> dict[str, str]:
    """new eid → old eid where the later provision keeps the identity of the earlier: surely linked, one for one, the best first."""
    taken: dict[str, str] = {}
    for stand in sorted(found, key=lambda s: -s.score):
        if stand.new is None or not stand.exact or not stand.sure or stand.new in taken:
            continue
        if stand.old == stand.old_article or stand.score >= SURE:
            taken[stand.new] = stand.old
    return taken


def onward(first: Stand, then: Stand | None) -> Stand:
    """Where a provision stands two versions on: the first step and the step its place took."""
    if first.new is None or then is None:
        return first
    return replace(
        then, old=first.old, old_article=first.old_article, exact=first.exact and then.exact,
        changed=first.changed or then.changed, sure=(first.sure and then.sure) if then.new else then.sure,
        relation=then.relation if then.relation != "same" else first.relation, score=min(first.score, then.score),
    )  # fmt: skip
