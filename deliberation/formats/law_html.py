"""Provisions as HTML, made once at publication. Everything is escaped; the only markup is ours."""

from html import escape

from deliberation.domain.provisions import Node


def paragraph_html(node: Node, article_number: str = "") -> str:
    """One 款 with what is in it; the first one carries the article's number."""
    number = f'<span class="art">{escape(article_number)}</span>' if article_number else ""
    return _block(node, number)


def article_html(article: Node) -> str:
    """A whole article: each 款 under its own address."""
    parts = []
    if article.text:
        parts.append(_block(article, f'<span class="art">{escape(article.number or "")}</span>'))
    for place, child in enumerate(article.children):
        number = (article.number or "") if place == 0 and not article.text else ""
        parts.append(f'<div id="{escape(child.eid)}">{paragraph_html(child, number)}</div>')
    return "".join(parts)


def block_html(node: Node) -> str:
    """Preamble, clause, attachment, table: whatever stands outside articles, with everything below it."""
    return _block(node, "")


def _block(node: Node, number: str) -> str:
    if node.kind == "table":
        return _table(node.text)
    own = number + _own(node)
    inner = "".join(_inner(child) for child in node.children)
    lead = f"<p>{own}</p>" if own else ""
    return lead + (f"<ol>{inner}</ol>" if inner else "")


def _inner(node: Node) -> str:
    if node.kind == "table":
        return f"<li>{_table(node.text)}</li>"
    below = "".join(_inner(child) for child in node.children)
    return f'<li id="{escape(node.eid)}">{_own(node)}{f"<ol>{below}</ol>" if below else ""}</li>'


def _own(node: Node) -> str:
    number = escape(node.number or "") if node.kind != "article" else ""
    heading = (
        f"<b>{escape(node.heading)}</b>" if node.heading and node.kind not in {"article", "chapter"} else ""
    )
    return number + heading + "<br>".join(escape(line) for line in node.text.split("\n"))


def _table(text: str) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) + "</tr>"
        for line in text.split("\n")
    )
    return f'<div class="scroll" tabindex="0"><table><tbody>{rows}</tbody></table></div>'
