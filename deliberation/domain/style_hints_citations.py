"""Hints on citations: places that do not exist, and other acts named without book-title marks."""

import re
from collections.abc import Iterator

from deliberation.domain.citations_places import Citation, citations
from deliberation.domain.errors import Said, _
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.style_hints_values import Hint

_SHORT = re.compile(r"以下(?:统称|简称)(?:为)?[：:]?[“《]?([^”》）)，]{2,20})")
_NO_MARKS = {"宪法", ""}


def citation_hints(draft: Draft) -> Iterator[Hint]:
    """All hints of this kind."""
    nodes = {node.eid: node for root in draft.body for node in root.walk()}
    if all(node.kind != "article" for node in nodes.values()):
        return  # an amending decision: the act it amends is named once, in its title
    short = {name for node in nodes.values() for name in _SHORT.findall(node.text)}
    for citation in citations(draft):
        if citation.dangling:
            yield _nowhere(citation)
        elif citation.other and citation.other not in _NO_MARKS | short:
            yield from _bare(citation, nodes[citation.source])


def _nowhere(citation: Citation) -> Hint:
    if citation.mention.steps[0].back:
        said = Said(_("“%(words)s”前面没有可以指的内容。"), words=citation.words)
        return Hint("citation_before_first", citation.source, said, citation.words, citation.mention.start)
    said = Said(_("本稿里没有“%(words)s”。"), words=citation.words)
    return Hint("citation_nowhere", citation.source, said, citation.words, citation.mention.start)


def _bare(citation: Citation, node: Node) -> Iterator[Hint]:
    """刑法第一百条 instead of 《中华人民共和国刑法》第一百条; the full name is for a person to give."""
    name = citation.other or ""
    start = citation.mention.start - len(name)
    if start >= 0 and node.text[start : citation.mention.start] == name:
        said = Said(_("引用其他法律、法规用全称，加书名号。"))
        yield Hint("title_marks", citation.source, said, name, start)
