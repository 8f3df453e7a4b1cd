"""Provisions as HTML, made once at publication. Everything is escaped; the only markup is ours.

A citation is a link whose address begins with `at:` (a place in an article) or `text:` (a heading); a page puts its own
stem in the place of that word, for the same text stands at several addresses.
"""

from collections.abc import Mapping, Sequence
from html import escape

from deliberation.domain.citation_links import Leads, address
from deliberation.domain.provisions import Node

Citing = Mapping[str, Sequence[Leads]]
NONE: Citing = {}


def paragraph_html(node: Node, article_number: str = "", citing: Citing = NONE) -> str:
    """One 款 with what is in it; the first one carries the article's number."""
    number = f'<span class="art">{escape(article_number)}</span>' if article_number else ""
    return _block(node, number, citing)


def article_html(article: Node, citing: Citing = NONE) -> str:
    """A whole article: each 款 under its own address."""
    parts = []
    if article.text:
        parts.append(_block(article, f'<span class="art">{escape(article.number or "")}</span>', citing))
    for place, child in enumerate(article.children):
        number = (article.number or "") if place == 0 and not article.text else ""
        parts.append(f'<div id="{escape(child.eid)}">{paragraph_html(child, number, citing)}</div>')
    return "".join(parts)


def block_html(node: Node, citing: Citing = NONE) -> str:
    """Preamble, clause, attachment, table: whatever stands outside articles, with everything below it."""
    return _block(node, "", citing)


def _block(node: Node, number: str, citing: Citing) -> str:
    if node.kind == "table":
        return _table(node.text)
    own = number + _own(node, citing)
    inner = "".join(_inner(child, citing) for child in node.children)
    lead = f"<p>{own}</p>" if own else ""
    return lead + (f"<ol>{inner}</ol>" if inner else "")


def _inner(node: Node, citing: Citing) -> str:
    if node.kind == "table":
        return f"<li>{_table(node.text)}</li>"
    below = "".join(_inner(child, citing) for child in node.children)
    return f'<li id="{escape(node.eid)}">{_own(node, citing)}{f"<ol>{below}</ol>" if below else ""}</li>'


def _own(node: Node, citing: Citing) -> str:
    number = escape(node.number or "") if node.kind != "article" else ""
    heading = (
        f"<b>{escape(node.heading)}</b>" if node.heading and node.kind not in {"article", "chapter"} else ""
    )
    return number + heading + _linked(node.text, citing.get(node.eid, ()))


def _linked(text: str, leads: Sequence[Leads]) -> str:
    parts, at = [], 0
    for one in leads:
        parts.append(_lines(text[at : one.start]))
        parts.append(f'<a href="{escape(address(one))}">{_lines(text[one.start : one.end])}</a>')
        at = one.end
    return "".join((*parts, _lines(text[at:])))


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _table(text: str) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) + "</tr>"
        for line in text.split("\n")
    )
    return f'<div class="scroll" tabindex="0"><table><tbody>{rows}</tbody></table></div>'
