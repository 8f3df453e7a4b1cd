"""Web pages → lines: a block is a line, a table of data is a table, a table that frames the page is not."""

import re

from lxml import etree, html

from deliberation.domain.errors import Refusal, _
from deliberation.domain.structure import Line, Source
from deliberation.formats import limits, text_read
from deliberation.formats.docx_numbering import figure, integer

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
    "textarea",
    "button",
    "input",
    "audio",
    "video",
    "canvas",
}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main",
    "blockquote", "pre", "dl", "dt", "dd", "tr", "td", "th", "table", "tbody", "thead", "center", "hr", "body", "aside",
    "figure", "address", "fieldset", "caption", "tfoot",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.I)
_SPACE = re.compile(r"[ \t\r\n]+")
_BROKEN_LINE = re.compile(
    r"(?<=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]) ?[\r\n][ \t\r\n]*(?=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60])"
)
_UNSHOWN = re.compile(
    r"display\s*:\s*none", re.I
)  # visibility: hidden is how WeChat keeps a page until it runs
_LETTERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
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
        self.counted: dict[html.HtmlElement, int] = {}

    def walk(self, element: html.HtmlElement, depth: int, level: int = 0) -> None:
        """Read an element and everything in it."""
        if depth > _DEEPEST:
            raise Refusal(_("这个网页的层次太深，读不了。请打开网页，选中正文，复制后粘贴进来。"))
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or not tag or unshown(element):
            return
        if tag == "table" and not frames(element):
            self.flush(element)
            self._table(element)
            return
        block = tag in _BLOCKS
        level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else level
        if block or tag == "br":
            self.flush(element, level if tag == "br" else 0)
        if tag == "pre":
            self._as_typed(element, level)
            return
        self.open.append(self._numbered(element) if tag == "li" else "")
        self._inside(element, depth, level)
        if block:
            self.flush(element, level)

    def _inside(self, element: html.HtmlElement, depth: int, level: int) -> None:
        self.open.append(element.text or "")
        for child in element:
            self.walk(child, depth + 1, level)
            self.open.append(child.tail or "")

    def _as_typed(self, element: html.HtmlElement, level: int) -> None:
        """Text whose line ends count."""
        no = element.sourceline or self.no
        for offset, text in enumerate(re.split("\r?\n", _words(element, "\n"))):
            if text.strip():
                self.lines.append(Line(text.strip(), no + offset, level))

    def _numbered(self, item: html.HtmlElement) -> str:
        """The number a browser writes before an item of an ordered list."""
        holder = item.getparent()
        if holder is None or holder.tag != "ol" or "none" in (holder.get("style") or ""):
            return ""
        before = self.counted.get(holder, integer(holder.get("start", "1"), 1) - 1)
        number = self.counted[holder] = integer(item.get("value", ""), before + 1)
        return f"{figure(number, _LETTERS.get(holder.get('type', ''), 'decimal'))}. "

    def flush(self, element: html.HtmlElement | None, level: int = 0) -> None:
        """End the open block."""
        text = _one_line("".join(self.open))
        self.open = []
        if text:
            self.lines.append(Line(text, self.no, level))
        if element is not None and element.sourceline:
            self.no = element.sourceline

    def _table(self, table: html.HtmlElement) -> None:
        rows = [
            [_one_line(_words(cell, " ")) for cell in row if cell.tag in {"td", "th"}]
            for row in table.iter("tr")
        ]
        text = "\n".join("\t".join(row) for row in rows if any(row))
        if text:
            self.lines.append(Line(text, table.sourceline or self.no, table=True))


def unshown(element: html.HtmlElement) -> bool:
    """Whether a page hides this element."""
    return element.get("hidden") is not None or _UNSHOWN.search(element.get("style") or "") is not None


def _one_line(text: str) -> str:
    """The words as a browser shows them; a line end between two Chinese characters is nothing."""
    return _SPACE.sub(" ", _BROKEN_LINE.sub("", text)).strip()


def _words(element: html.HtmlElement, between: str) -> str:
    """All words in an element, blocks and line breaks parted by `between`, what is not shown left out."""
    out: list[str] = []
    left: html.HtmlElement | None = None  # an element whose words are not taken
    for event, here in etree.iterwalk(element, events=("start", "end")):
        tag = here.tag if isinstance(here.tag, str) else ""
        if event == "start" and left is None:
            if tag in _SILENT or unshown(here):
                left = here
            else:
                out += [between if tag in _BLOCKS or tag == "br" else "", here.text or ""]
        elif event == "end":
            left = None if here is left else left
            tail = (here.tail or "") if here is not element and left is None else ""
            out += [between if tag in _BLOCKS and left is None else "", tail]
    return "".join(out)


def frames(table: html.HtmlElement) -> bool:
    """Whether a table only lays out the page: it holds another table, one cell, or a cell with many paragraphs."""
    cells = list(table.iter("td", "th"))
    if len(cells) <= 1 or next(table.iterdescendants("table"), None) is not None:
        return True
    return any(sum(1 for _p in cell.iter("p", "div", "br")) > 8 for cell in cells)
