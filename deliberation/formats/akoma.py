"""Akoma Ntoso 3.0, the exchange format of drafts: bytes out and bytes in.

Source: OASIS LegalDocML, Akoma Ntoso Version 1.0 (schema 3.0, 2018-08-29). The mapping of the levels of Chinese law
is in docs of the drafts: 编 book, 分编 part, 章 chapter, 节 section, 条 article, 款 paragraph, 项 point, 目 indent.
"""

from lxml import etree

from deliberation.domain.provisions import Draft
from deliberation.formats.akoma_meta import AkomaMeta, Modification, meta_of, modifications_of
from deliberation.formats.akoma_names import AKN, OWN, Element
from deliberation.formats.akoma_read import read_document
from deliberation.formats.akoma_write import write_bill

__all__ = ["AkomaMeta", "Modification", "modifications_of", "read", "serialise", "write"]


def write(draft: Draft, *, meta: AkomaMeta | None = None) -> bytes:
    """The draft as a `bill`, UTF-8, the same bytes each time. Refusal for characters XML cannot hold.

    The reader's warnings are no part of the document. Without `meta` the day is read from the adoption note.
    """
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "y": OWN})
    write_bill(root, draft, meta or meta_of(draft))
    return serialise(root)


def read(data: bytes) -> Draft:
    """The draft in an Akoma Ntoso bill or act; Refusal where there is none, TooLarge over 64 MiB."""
    return read_document(data)


def serialise(root: Element) -> bytes:
    """UTF-8 bytes with a declaration; indented only where no text stands."""
    etree.cleanup_namespaces(root, top_nsmap={None: AKN})
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written
