"""Points of a remark as ranges of its own characters: how the words are cut to choose from, and which ranges will do."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, _

PARTS = {"text": _("意见"), "wording": _("建议改成"), "reason": _("理由")}
MOST = 20
_END = re.compile(r"[。！？；!?;\n]+[”’」』）)]*\s*|[，,、：:]+\s*(?=[^，,、：:]{4})")
_SPAN = re.compile(r"(text|wording|reason):(\d{1,6})-(\d{1,6})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one character of a box to before another; characters are counted as code points."""

    part: str
    start: int
    stop: int

    def __str__(self) -> str:
        return f"{self.part}:{self.start}-{self.stop}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to choose: its range, its words, and the place (from 1) of the span it lies in already, 0 for none."""

    span: Span
    words: str
    of: int


def span_of(written: str) -> Span:
    """The range a form names, text:0-12; a Refusal for anything else."""
    match = _SPAN.fullmatch(written)
    if not match:
        raise Refusal(_("没有看懂标出的是哪几个字，请重新标一次。"), field="points")
    return Span(match[1], int(match[2]), int(match[3]))


def in_order(spans: Iterable[Span]) -> list[Span]:
    """As one reads: text, wording, reason, each from its beginning."""
    at = list(PARTS)
    return sorted(spans, key=lambda span: (at.index(span.part), span.start))


def checked(spans: Iterable[Span], said: Mapping[str, str]) -> list[Span]:
    """The ranges in order, or a Refusal: outside the words, nothing but space, over one another, too many."""
    each = in_order(dict.fromkeys(spans))
    if len(each) > MOST:
        raise Refusal(_("一条意见最多标 %(most)s 点，请把相近的并成一点。"), most=MOST, field="points")
    for span in each:
        words = said.get(span.part, "")
        if not span.start < span.stop <= len(words):
            raise Refusal(_("标出的字不在这条意见里，请重新标一次。"), field="points")
        if not words[span.start : span.stop].strip():
            raise Refusal(_("标出的一点里没有字，请重新标一次。"), field="points")
    for one, after in zip(each, each[1:], strict=False):
        if one.part == after.part and after.start < one.stop:
            raise Refusal(
                _("“%(words)s”标进了两点。请让每个字只在一点里。"),
                words=said[one.part][after.start : min(one.stop, after.stop)][:40], field="points",
            )  # fmt: skip
    return each


def pieces(said: Mapping[str, str], marked: Sequence[Span] = ()) -> list[Piece]:
    """The words cut where a sentence or a longer clause ends and where a marked range begins or ends; nothing is left out."""
    found = []
    for part in PARTS:
        words = said.get(part, "")
        spans = [span for span in marked if span.part == part]
        cuts = {0, len(words), *(match.end() for match in _END.finditer(words))}
        cuts |= {edge for span in spans for edge in (span.start, span.stop)}
        edges = sorted(cuts)
        for start, stop in zip(edges, edges[1:], strict=False):
            inside = (
                n for n, span in enumerate(marked, 1) if span in spans and span.start <= start < span.stop
            )
            found.append(Piece(Span(part, start, stop), words[start:stop], next(inside, 0)))
    return [one for one in found if one.words.strip() or one.of]


def joined(chosen: Iterable[tuple[Span, int]]) -> list[Span]:
    """Pieces with the number each was given: neighbours of one number become one range, 0 is none."""
    out: list[tuple[Span, int]] = []
    for span, number in chosen:
        if not number:
            continue
        last = out[-1] if out else None
        if last and last[1] == number and last[0].part == span.part and last[0].stop == span.start:
            out[-1] = Span(span.part, last[0].start, span.stop), number
        else:
            out.append((span, number))
    return [span for span, _number in out]
