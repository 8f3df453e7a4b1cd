"""One segment of a Whoosh index, kept open: which of its documents hold the words, and for whom they are.

A segment never changes; what was dropped from it since stands in the table of contents, and is passed in.
Sets of documents are whole numbers with one byte a document (1 = in the set), so that `|` and `&` are one step.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from itertools import compress
from typing import Any

from whoosh.fields import Schema
from whoosh.matching import Matcher
from whoosh.reading import SegmentReader

from deliberation.domain.grams import grams_of_word

KEPT_SETS = 48
CHEAPER_TO_READ = 6  # reading one text costs about as much as this many numbers of a posting list


class Segment(SegmentReader):
    """A segment's reader. Not for two threads at once."""

    deleted_docs_set: frozenset[int] = frozenset()  # ours are passed in

    def __init__(self, storage: Any, schema: Schema, segment: Any) -> None:
        super().__init__(storage, schema, segment)
        self.size: int = segment.doc_count_all()
        self.stamps = array("q", self.column_reader("stamp", translate=False).load())
        self.texts = self.column_reader("plain", translate=False)
        self._sets: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._opened(segment)

    def _opened(self, segment: Any) -> None:
        """Hold every file now: a later merge may remove them. FileNotFoundError where one has gone already."""
        try:
            self.stored_fields(0)  # opens them
        except TypeError:
            raise FileNotFoundError(segment.segment_id()) from None
        if not all(self._perdoc.has_column(name) for name in ("stamp", "plain")):
            raise FileNotFoundError(segment.segment_id())

    def documents(self, field: str, term: str) -> list[int]:
        """The documents that hold this term, ascending."""
        if (field, term) not in self:
            return []
        return _numbers(self.postings(field, term))

    def entry(self, document: int) -> tuple[Any, ...]:
        """The fields of an Entry, in order."""
        fields: tuple[Any, ...] = self.stored_fields(document)["entry"]
        return fields

    def either(self, field: str, terms: Iterable[str]) -> int:
        """The set of documents that hold one of these terms."""
        found = 0
        for term in terms:
            found |= self._set(field, term)
        return found

    def matching(self, words: list[str], among: int, dropped: Iterable[int]) -> list[int]:
        """The documents among those allowed, and not dropped, that hold every word."""
        grams = {gram for word in words for gram in grams_of_word(word)}
        often = sorted((self.doc_frequency("words", gram), gram) for gram in grams)
        if not often or not often[0][0]:
            return []
        allowed = bytearray(among.to_bytes(self.size, "little"))
        for document in dropped:
            allowed[document] = 0
        rarest = self.documents("words", often[0][1])
        found = list(compress(rarest, map(allowed.__getitem__, rarest)))
        sure = {often[0][1]}
        for count, gram in often[1:]:
            if count > CHEAPER_TO_READ * len(found):
                break
            found = sorted(set(self.documents("words", gram)).intersection(found))
            sure.add(gram)
        needles = [word.encode() for word in words if word not in sure]
        return [d for d in found if self._holds(d, needles)] if needles else found

    def _holds(self, document: int, needles: list[bytes]) -> bool:
        text = self.texts[document]
        return all(needle in text for needle in needles)

    def _set(self, field: str, term: str) -> int:
        if (kept := self._sets.get((field, term))) is not None:
            self._sets.move_to_end((field, term))
            return kept
        members = bytearray(self.size)
        for document in self.documents(field, term):
            members[document] = 1
        made = self._sets[field, term] = int.from_bytes(members, "little")
        if len(self._sets) > KEPT_SETS:
            self._sets.popitem(last=False)
        return made


def _numbers(postings: Matcher) -> list[int]:
    """All document numbers of a posting list. Block by block where it has blocks: 20 × faster than one by one."""
    if not hasattr(postings, "_next_block"):
        return list(postings.all_ids())
    numbers: list[int] = []
    while postings.is_active():
        postings.id()  # reads the block
        numbers += postings._ids
        postings._next_block()
    return numbers
