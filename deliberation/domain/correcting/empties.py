"""Numbered empty articles: what a scan without text becomes, to be typed in with the scan beside it."""

import re
from collections.abc import Sequence

from deliberation.domain.eids import addressed
from deliberation.domain.errors import Refusal, _
from deliberation.domain.numbering import label
from deliberation.domain.provisions import Draft, Node

MOST = 1_500
_FIGURES = re.compile(r"[0-9０-９]+")


def numbered(title: str, stage: str, articles: int, starts: Sequence[int] = ()) -> Draft:
    """A draft of so many articles, each with one empty paragraph; chapters begin at the articles in `starts`."""
    if not 1 <= articles <= MOST:
        raise Refusal(_("请填 1 到 1500 之间的数。"), field="articles")
    nodes = [
        Node("article", label(str(n)), str(n), children=(Node("paragraph"),)) for n in range(1, articles + 1)
    ]
    if not starts:
        return addressed(Draft(title=title, stage=stage or None, body=tuple(nodes)))
    ends = [*(start - 1 for start in starts[1:]), articles]
    chapters = [
        Node("chapter", label(str(n), "章"), str(n), children=tuple(nodes[start - 1 : end]))
        for n, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]
    return addressed(Draft(title=title, stage=stage or None, body=tuple(chapters)))


def starts_of(words: str, articles: int) -> tuple[int, ...]:
    """The first articles of the chapters from 1、8、15; nothing for no chapters. They begin at 1 and go up."""
    if not words.strip():
        return ()
    starts = tuple(int(figure) for figure in _FIGURES.findall(words))
    rising = all(a < b for a, b in zip(starts, starts[1:], strict=False))
    if not starts or starts[0] != 1 or not rising or starts[-1] > articles:
        raise Refusal(
            _("请写各章第一条的条号，从 1 开始，由小到大，如 1、8、15；不分章就空着。"), field="chapters"
        )
    return starts
