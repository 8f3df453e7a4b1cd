"""Fields and formulas that reach out of the file they stand in: DDE, linked texts and pictures, macros behind a button.

Each part is walked as a stream: nothing is built of a part that only wants to be large.
"""

import re
from collections.abc import Mapping

from lxml import etree

from deliberation.domain.errors import Refusal
from deliberation.formats import limits

_FIELD = re.compile(
    r"(?i)(?<![A-Z/.\\\"-])(?:DDE|DDEAUTO|LINK(?=\s)|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE|MACROBUTTON)(?![A-Z])"
)
_FORMULA = re.compile(r"(?i)\b(?:DDE|WEBSERVICE|CALL|REGISTER(?:\.ID)?|EXEC|RTD)\s*\(|[\w.']\|[^\"]*!")
_QUOTED = re.compile(r'"[^"]*"')
_FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}
_MOST = 1_000_000  # characters of fields and formulas in one part
_CHUNK = 1 << 16


def reaches_out(part: bytes) -> bool:
    """Whether an XML part of a document or a workbook has such a field or formula, or a foreign piece put in."""
    limits.refuse_document_type(part)
    heard = _Heard()
    parser = etree.XMLParser(target=heard, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for at in range(0, len(part), _CHUNK):
            parser.feed(part[at : at + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError as broken:
        raise Refusal(limits.BROKEN) from broken
    return heard.foreign or heard.reaching or bool(_FIELD.search("".join(heard.said)))


class _Heard:
    """The words of fields, and whether a formula reaches out or another's piece is put in."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.foreign = self.reaching = False
        self._inside, self._text, self._heard = "", "", 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A field, a formula, a piece of another program."""
        space, _mark, name = tag.rpartition("}")
        self._inside, self._text = name, ""
        if "wordprocessingml" in space:
            self.foreign |= name in {"altChunk", "object"}
            self.said += [f"\n{value}\n" for key, value in attributes.items() if key.endswith("}instr")]
            if name == "fldChar":
                self.said.append(
                    "\n"
                )  # the words of one field may be cut into several runs, those of two are apart

    def data(self, text: str) -> None:
        """Its words."""
        if self._inside == "instrText" or self._inside in _FORMULAS:
            self._text += text
            self._heard += len(text)
            if self._heard > _MOST:
                raise Refusal(limits.BROKEN)

    def end(self, tag: str) -> None:
        """At its end they are weighed."""
        name = tag.rpartition("}")[2]
        if name == "instrText":
            self.said.append(self._text)
        elif name in _FORMULAS:
            self.reaching |= bool(_FORMULA.search(_QUOTED.sub('""', self._text)))
        self._inside = ""

    def close(self) -> None:
        """Nothing is built."""
