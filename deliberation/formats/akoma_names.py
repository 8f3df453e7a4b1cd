"""Names of Akoma Ntoso 3.0 and the small pieces of XML every writer of it needs.

Source: OASIS, Akoma Ntoso Version 1.0 Part 2 (schema 3.0), and the naming convention. What the vocabulary has no word
for (a number whose value cannot be read from it) stands in an attribute of our own namespace, which the schema allows.
"""

import re
from typing import Any, TypeAlias

from lxml import etree

from deliberation.domain.errors import Refusal, _
from deliberation.domain.numbering import value
from deliberation.domain.provisions import Node

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:yishiting:akn"
NUMBER_VALUE = f"{{{OWN}}}n"
ELEMENTS = {
    "part": "book",
    "subpart": "part",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
    "paragraph": "paragraph",
    "subparagraph": "point",
    "item": "indent",
    "clause": "clause",
}
KINDS = {element: kind for kind, element in ELEMENTS.items()}
OTHERS = "hcontainer"  # a level Akoma Ntoso does not know, with its kind as its name
NOTHING = "nothing"  # stands where the schema asks for something and the draft has nothing
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile(r"\s+")

Element: TypeAlias = Any  # an lxml element; lxml brings no types


def child(parent: Element, name: str, text: str | None = None, /, **attributes: str) -> Element:
    """A new last child in the Akoma Ntoso namespace; attributes that are empty are left out."""
    made = etree.SubElement(parent, f"{{{AKN}}}{name}", {k: printable(v) for k, v in attributes.items() if v})
    if text is not None:
        made.text = printable(text)
    return made


def printable(text: str) -> str:
    """The text, if XML can hold it. Refusal where it has control characters."""
    if found := _FORBIDDEN.search(text):
        raise Refusal(
            _("文本里有无法写入 XML 的控制字符（%(code)s），请先在原文中删去，再导出。"),
            code=f"U+{ord(found[0]):04X}",
        )
    return text


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def identifier(text: str) -> str:
    """An identifier as eId, wId and GUID allow it: without white space."""
    return _BLANK.sub("_", text)


def paragraphs(parent: Element, text: str) -> None:
    """One `p` a line; nothing for an empty text."""
    for line in text.split("\n") if text else ():
        child(parent, "p", line)


def table(parent: Element, text: str) -> None:
    """Rows by line, cells by tab, as the readers give them."""
    made = child(parent, "table")
    for line in text.split("\n"):
        row = child(made, "tr")
        for cell in line.split("\t"):
            child(child(row, "td"), "p", cell)


def blocks(parent: Element, node: Node) -> None:
    """A node's own text as blocks."""
    if node.kind == "table" and node.text:
        table(parent, node.text)
    else:
        paragraphs(parent, node.text)


def usual_value(number: str | None, eid: str) -> str | None:
    """The value a reader gives to a number as written, or else the one its address ends in."""
    if not number:
        return None
    return value(number) or eid.rpartition("_")[2] or None
