"""Where the citations of a draft lead: for each block the stretches of its text that name another place of the same draft."""

from collections.abc import Mapping
from dataclasses import dataclass

from deliberation.domain.citations_places import Places, citations
from deliberation.domain.provisions import Draft


@dataclass(frozen=True, slots=True)
class Leads:
    """Characters `start` to `end` of a block's text name `eid`, the first of a range; `page` is the article it stands in.

    `page` is "" for what stands in no article (a chapter), which is found in the whole text.
    """

    start: int
    end: int
    eid: str
    page: str


def leads(draft: Draft) -> Mapping[str, tuple[Leads, ...]]:
    """eid of the block → its citations in order; those that name another act, or a place that is not there, lead nowhere."""
    places = Places(draft)
    found: dict[str, list[Leads]] = {}
    for one in citations(draft):
        if one.targets:
            article = places.above(one.targets[0], "article")
            page = article.eid if article else ""
            found.setdefault(one.source, []).append(
                Leads(one.mention.start, one.mention.end, one.targets[0], page)
            )
    return {eid: tuple(several) for eid, several in found.items()}


def address(one: Leads) -> str:
    """Where it leads, with a word for the part of the address that depends on whose page it is."""
    return f"at:{one.page}#{one.eid}" if one.page else f"text:{one.eid}"


def placed(html: str, articles: str, text: str) -> str:
    """HTML whose citations lead on: `articles` stands before an article's eid, `text` before a heading's."""
    return html.replace('<a href="at:', f'<a href="{articles}').replace('<a href="text:', f'<a href="{text}')
