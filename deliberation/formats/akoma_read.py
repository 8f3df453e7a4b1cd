"""An Akoma Ntoso document as a draft: our own comes back as the same tree, others' as far as it goes."""

from collections.abc import Iterator

from lxml import etree

from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.domain.provisions import KINDS as KIND_NAMES
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.structure import Source, parse
from deliberation.domain.structure.lines import bare
from deliberation.formats.akoma_foreign import lines_of
from deliberation.formats.akoma_names import AKN, KINDS, NOTHING, NUMBER_VALUE, Element, local, usual_value

MOST_BYTES = 64 * 1024 * 1024
FOREIGN = {
    "tome": "part", "title": "part", "subtitle": "subpart", "subchapter": "section", "subsection": "section",
    "division": "chapter", "subdivision": "section", "rule": "article", "alinea": "paragraph", "list": "paragraph",
    "level": "paragraph", "proviso": "paragraph", "subparagraph": "subparagraph", "subclause": "paragraph",
    "subpart": "subpart", "transitional": "article", "sublist": "subparagraph", "subrule": "paragraph",
}  # fmt: skip
TEXTUAL = {"intro", "content", "wrapUp"}


def read_document(data: bytes) -> Draft:
    """The draft in the bytes of a bill or an act. Refusal for anything else; no entity, no network, no DTD."""
    root = _parsed(data)
    found = next((e for name in ("bill", "act") for e in root.iter(f"{{{AKN}}}{name}")), None)
    if found is None:
        raise Refusal(_("这份 Akoma Ntoso 文件里没有法案（bill）或者法律（act），不能作为草案读取。"))
    draft = _draft(found)
    if not _whole(draft, found):
        return parse(Source(tuple(lines_of(found))))
    return draft


def _draft(found: Element) -> Draft:
    parts = {local(part): part for part in found}
    body = parts.get("body")
    title, stage, note = _preface(parts.get("preface"))
    return Draft(
        title=title,
        stage=stage,
        note=note,
        notice=tuple(_text(p) for p in parts.get("coverPage", ())),
        preamble=tuple(_container(e) for e in parts.get("preamble", ()) if local(e) == "container"),
        body=tuple(_levels(body)) if body is not None else (),
        attachments=tuple(_attachment(e) for e in parts.get("attachments", ()) if local(e) == "attachment"),
    )


def _whole(draft: Draft, found: Element) -> bool:
    """Whether the tree is one of ours: every word in it once and in order, known kinds, each with its own address."""
    nodes = list(draft.walk())
    eids = {node.eid for node in nodes}
    if "" in eids or len(eids) < len(nodes) or any(node.kind not in KIND_NAMES for node in nodes):
        return False
    told = "".join(bare(text) for part in found if local(part) != "meta" for text in _told(part))
    return told == bare(draft.text())


def _told(part: Element) -> Iterator[str]:
    """The words of one part of a document, without what its attachments say about themselves."""
    if local(part) != "meta":
        yield part.text or "" if local(part) else ""
        for inside in part:
            yield from _told(inside)
            yield inside.tail or ""


def _parsed(data: bytes) -> Element:
    if len(data) > MOST_BYTES:
        raise TooLarge(_("文件超过 %(most)s MB，请拆分以后再导入。"), most=MOST_BYTES // 1024 // 1024)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refusal(
            _("这不是完整的 XML 文件（第 %(line)s 行读不下去），请向提供者要一份完好的文件。"),
            line=error.lineno or 1,
        ) from None
    if root.tag != f"{{{AKN}}}akomaNtoso":
        raise Refusal(_("这份 XML 不是 Akoma Ntoso 3.0 文件，请改用 Word、文本或者 Akoma Ntoso 3.0 格式。"))
    return root


def _preface(preface: Element | None) -> tuple[str, str | None, str | None]:
    """Title, stage label, adoption note."""
    title, stage, note = "", None, None
    for block in preface if preface is not None else ():
        for inside in block:
            title = _text(inside) if local(inside) == "docTitle" else title
            stage = _text(inside) if local(inside) == "docStage" else stage
        if local(block) == "container" and block.get("name") == "note":
            note = "\n".join(_text(p) for p in block)
    return title, stage, note


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _own_text(element: Element) -> str:
    """The text of blocks, one line each; a table's rows by line and its cells by tab."""
    return "\n".join(line for block in element for line in _lines(block))


def _lines(block: Element) -> Iterator[str]:
    if local(block) == "table":
        for row in block.iter(f"{{{AKN}}}tr"):
            yield "\t".join(_text_of_cell(cell) for cell in row)
    elif local(block):
        yield _text(block)


def _text_of_cell(cell: Element) -> str:
    return " ".join(_text(block) for block in cell)


def _levels(parent: Element) -> Iterator[Node]:
    for element in parent:
        kind = _kind(element)
        if kind:
            yield _level(element, kind)


def _kind(element: Element) -> str:
    name = local(element)
    if name == "hcontainer":
        named = element.get("name", "")
        return "" if named == NOTHING else named
    return KINDS.get(name) or FOREIGN.get(name, "")


def _level(element: Element, kind: str) -> Node:
    texts = [_own_text(e) for e in element if local(e) in TEXTUAL]
    return _node(element, kind, "\n".join(texts), tuple(_levels(element)))


def _node(element: Element, kind: str, text: str, children: tuple[Node, ...]) -> Node:
    number, heading = _named(element, "num"), _named(element, "heading")
    eid = element.get("eId", "")
    told = element.get(NUMBER_VALUE)
    n = usual_value(number, eid) if told is None else told or None
    return Node(kind, number, n, eid, heading, text, children)


def _named(element: Element, name: str) -> str | None:
    for e in element:
        if local(e) == name or (local(e) == "block" and e.get("name") == name):
            return _text(e)
    return None


def _container(element: Element) -> Node:
    plain = [e for e in element if local(e) not in {"container", "block", ""}]
    text = "\n".join(line for block in plain for line in _lines(block))
    children = tuple(_container(e) for e in element if local(e) == "container")
    return _node(element, element.get("name", "paragraph"), text, children)


def _attachment(element: Element) -> Node:
    body = next(element.iter(f"{{{AKN}}}mainBody"), None)
    if body is None:
        return _node(element, "attachment", "", ())
    text = "\n".join(_text(e) for e in body if local(e) == "p")
    return _node(element, "attachment", text, tuple(_levels(body)))
