"""Hints on the build of a draft: purpose first, 附则 last, numbers without a gap, commencement at the end."""

import re
from collections.abc import Iterator, Sequence

from deliberation.domain.errors import Said, _
from deliberation.domain.numbering import label, order
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.style_hints_values import Hint, full_text

_PURPOSE = re.compile(r"为了|为|根据|依据")
_WITHOUT_LE = re.compile(r"^为(?!了)(?=[\u4e00-\u9fff])")
_COMMENCES = re.compile(r"自[^。；]{1,40}(?:起|之日)(?:施行|实施|生效|执行)")
_NOT_IN_FORCE = re.compile(
    r"(?<=[法例定则章])(自[^。；]{1,40}起)(实施|执行|生效)"  # of the draft itself: 本条例自……起
)
_SUPPLEMENTARY = "附则"
_UNITS = {"part": "编", "subpart": "分编", "chapter": "章", "section": "节", "article": "条"}


def structure_hints(draft: Draft) -> Iterator[Hint]:
    """All hints of this kind."""
    articles = [n for root in draft.body for n in root.walk() if n.kind == "article"]
    if not articles:
        return
    yield from _purpose(articles[0])
    yield from _commencement(articles)
    yield from _supplementary(draft)
    yield from _sequence(articles)
    for root in draft.body:
        for node in root.walk():
            yield from _below(node)
    yield from _divisions(draft.body)


def _purpose(first: Node) -> Iterator[Hint]:
    text = full_text(first)
    if first.n != "1":
        return
    if not _PURPOSE.search(text[:80]):
        yield Hint(
            "purpose_missing",
            first.eid,
            Said(_("第一条一般写立法目的和依据（“为了……，根据……，制定本条例”）。")),
        )
    lead = next((n for n in first.walk() if n.text), None)
    if lead and (match := _WITHOUT_LE.match(lead.text)):
        quote = lead.text[: match.end() + 2]
        said = Said(_("立法目的用“为了”引出，不用单字“为”。"))
        yield Hint("purpose_word", lead.eid, said, quote, 0, f"为了{quote[1:]}")


def _commencement(articles: Sequence[Node]) -> Iterator[Hint]:
    where = [a for a in articles if _COMMENCES.search(full_text(a))]
    if not where:
        said = Said(_("没有写明施行日期的条文，末条一般写“本条例自……起施行”。"))
        yield Hint("commencement_missing", articles[-1].eid, said)
    elif where[-1] is not articles[-1]:
        said = Said(_("写明施行日期的条文一般放在最后一条。"))
        yield Hint("commencement_not_last", where[-1].eid, said)
    for node in (n for a in where for n in a.walk()):
        for match in _NOT_IN_FORCE.finditer(node.text):
            said = Said(_("施行日期用“施行”，不用“%(word)s”。"), word=match[2])
            yield Hint("commencement_word", node.eid, said, match[0], match.start(), f"{match[1]}施行")


def _supplementary(draft: Draft) -> Iterator[Hint]:
    divisions = [n for root in draft.body for n in root.walk() if n.kind in {"part", "chapter"}]
    named = [n for n in divisions if "".join((n.heading or "").split()) == _SUPPLEMENTARY]
    for node in named:
        after = divisions[divisions.index(node) + 1 :]
        if any(n.kind == node.kind for n in after):
            yield Hint("supplementary_not_last", node.eid, Said(_("“附则”应当是最后一章（编）。")))


def _sequence(nodes: Sequence[Node]) -> Iterator[Hint]:
    """Numbers that are left out, stand twice or go back, each at the later of the two nodes."""
    before: Node | None = None
    for node in nodes:
        if before is not None and before.n and node.n and (hint := _step(before, node)):
            yield hint
        before = node


def _step(before: Node, node: Node) -> Hint | None:
    one, other = order(before.n or "0"), order(node.n or "0")
    names = {"before": _name(before), "number": _name(node)}
    if other == one:
        return Hint("number_twice", node.eid, Said(_("%(number)s出现了两次。"), number=_name(node)))
    if other < one:
        return Hint("number_back", node.eid, Said(_("%(before)s的后面是%(number)s，序号倒退了。"), **names))
    if (
        other[0] - one[0] > 1
        or (other[0] == one[0] and other[1] - one[1] > 1)
        or (other[0] > one[0] and other[1])
    ):
        return Hint("number_gap", node.eid, Said(_("%(before)s的后面是%(number)s，中间缺号。"), **names))
    return None


def _name(node: Node) -> str:
    unit = _UNITS.get(node.kind)
    return label(node.n, unit) if unit and node.n else node.number or ""


def _below(node: Node) -> Iterator[Hint]:
    """项 begin again in every 款, 目 in every 项; sections in every chapter."""
    for kind in ("section", "subparagraph", "item"):
        numbered = [child for child in node.children if child.kind == kind and child.n]
        if numbered and numbered[0].n != "1":
            said = Said(_("序号从%(number)s开始，前面缺号。"), number=_name(numbered[0]))
            yield Hint("number_start", numbered[0].eid, said)
        yield from _sequence(numbered)


def _divisions(body: Sequence[Node]) -> Iterator[Hint]:
    """Chapters run through a part, through its 分编 as well."""
    yield from _sequence([n for n in body if n.kind == "part"])
    parts = [n for n in body if n.kind == "part"]
    loose = [n for n in body if n.kind != "part"]
    for group in ([p] for p in parts):
        yield from _sequence([n for root in group for n in root.walk() if n.kind == "chapter"])
    yield from _sequence([n for root in loose for n in root.walk() if n.kind == "chapter"])
