"""Web pages → lines: a block is a line, a table of data is a table, a table that frames the page is not."""

import re

from lxml import etree, html

from deliberation.domain.errors import Refusal, _
from deliberation.domain.structure import Line, Source
from deliberation.formats import limits, text_read

_SILENT = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "nav",
    "form",
    "select",
    "iframe",
    "object",
    "svg",
    "title",
}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main",
    "blockquote", "pre", "dl", "dt", "dd", "tr", "td", "th", "table", "tbody", "thead", "center", "hr", "body", "aside",
    "figure", "address", "fieldset", "caption", "tfoot",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.I)
_SPACE = re.compile(r"[ \t\r\n]+")
_DEEPEST = 200


def read(data: bytes, charset: str | None = None) -> Source:
    """The lines of an HTML page; `charset` is what came with it, else its own meta, else detected."""
    return from_text(_decode(data, charset))


def _decode(data: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        try:
            if name:
                return data.decode("gb18030" if name.lower() in {"gb2312", "gbk"} else name)
        except (LookupError, UnicodeDecodeError):
            continue
    return text_read.decode(data)


def from_text(text: str) -> Source:
    """The lines of an HTML text."""
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    if not text.strip():
        return Source(())
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as broken:
        raise Refusal(limits.BROKEN) from broken
    page = Page()
    page.walk(root, 0)
    page.flush(None)
    return Source(tuple(page.lines))


class Page:
    """The walk over one page: the words of the block that is open, and the lines so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.open: list[str] = []
        self.no = 1

    def walk(self, element: html.HtmlElement, depth: int, level: int = 0) -> None:
        """Read an element and everything in it."""
        if depth > _DEEPEST:
            raise Refusal(_("这个网页的层次太深，读不了。请打开网页，选中正文，复制后粘贴进来。"))
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or not tag:
            return
        if tag == "table" and not frames(element):
            self.flush(element)
            self._table(element)
            return
        block = tag in _BLOCKS
        level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else level
        if block or tag == "br":
            self.flush(element, level if tag == "br" else 0)
        self.open.append(_numbered(element) if tag == "li" else "")
        self._inside(element, depth, level)
        if block:
            self.flush(element, level)

    def _inside(self, element: html.HtmlElement, depth: int, level: int) -> None:
        self.open.append(element.text or "")
        for child in element:
            self.walk(child, depth + 1, level)
            self.open.append(child.tail or "")

    def flush(self, element: html.HtmlElement | None, level: int = 0) -> None:
        """End the open block."""
        text = _SPACE.sub(" ", "".join(self.open)).strip()
        self.open = []
        if text:
            self.lines.append(Line(text, self.no, level))
        if element is not None and element.sourceline:
            self.no = element.sourceline

    def _table(self, table: html.HtmlElement) -> None:
        rows = [
            [_SPACE.sub(" ", cell.text_content()).strip() for cell in row if cell.tag in {"td", "th"}]
            for row in table.iter("tr")
        ]
        text = "\n".join("\t".join(row) for row in rows if any(row))
        if text:
            self.lines.append(Line(text, table.sourceline or self.no, table=True))


def frames(table: html.HtmlElement) -> bool:
    """Whether a table only lays out the page: it holds another table, one cell, or a cell with many paragraphs."""
    cells = list(table.iter("td", "th"))
    if len(cells) <= 1 or next(table.iterdescendants("table"), None) is not None:
        return True
    return any(sum(1 for _p in cell.iter("p", "div", "br")) > 8 for cell in cells)


def _numbered(item: html.HtmlElement) -> str:
    """The number a browser writes before an item of an ordered list."""
    holder = item.getparent()
    if holder is None or holder.tag != "ol" or "none" in (holder.get("style") or ""):
        return ""
    start = holder.get("start", "1")
    first = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    return f"{first + sum(1 for before in item.itersiblings('li', preceding=True))}. "
