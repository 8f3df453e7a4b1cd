"""One door for every document that may hold a draft: bytes and a name in, a draft out, or a Refusal that says what to do."""

from deliberation.domain.provisions import Draft
from deliberation.domain.structure import Source, parse
from deliberation.formats import READERS, markdown_read, text_read


def read_draft(data: bytes, name: str) -> Draft:
    """The draft in this file; `name` is only a hint of its kind."""
    ending = "." + name.rpartition(".")[2].lower()
    return parse(READERS.get(ending, READERS[".txt"])(data))


def read_text(text: str) -> Draft:
    """The draft in pasted text: from WPS, WeChat, a web page, or in Markdown."""
    return parse(source_of_text(text))


def source_of_text(text: str) -> Source:
    """The lines of a text, as Markdown when it looks like it."""
    return markdown_read.from_text(text) if markdown_read.MARKED.search(text) else text_read.from_text(text)
