"""PDF with a text layer → lines: printed lines re-joined into paragraphs, page numbers and running heads dropped."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.domain.provisions import Caution
from deliberation.domain.structure import Line, Source, marks
from deliberation.domain.structure.lines import bare
from deliberation.formats import limits

MAX_PAGES = 1_000
SCANNED = _(
    "这个文件是扫描件或者照片，里面没有可以读的文字。两个办法：一是用识别软件（如 WPS 的“图片转文字”）识别后，把文字粘贴进来；"
    "二是先建立带条号的空白条文，把扫描件附在旁边对照。"
)
_LOCKED = _("这个 PDF 加了密码，读不了。请去掉密码后另存一份，再上传。")
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－_·\s]*\d{1,4}[-—–－_·\s]*|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})"
)
_EDGE = 2
_FULL = 0.86
_LONG = 0.7
_CLOSED = tuple("。；：！？”》】…")
_NOTED = re.compile(r"根据|\d{4}\s*年")  # how a further line of such a note begins
NOTE = 600  # letters in the longest note about adoption and its changes


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line: words, page (from 1), left edge and height on the page in points, size of most letters, right edge."""

    text: str
    page: int
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    end: float = 0.0


def read(data: bytes) -> Source:
    """The lines of a PDF; line numbers count paragraphs. Refuses locked, broken, overlong and image-only files."""
    pages = _pages(data)
    if sum(len(bare(line.text)) for page in pages for line in page) < 20:
        raise Refusal(SCANNED)
    blank = sum(1 for page in pages if not page)
    kept = without_edges(pages)
    warnings = [Caution("pdf", 1, _("这是 PDF：已把换行接成段落，并去掉页码和页眉，请对照原文核对。"))]
    if blank:
        warnings.append(
            Caution.of(
                "pages_without_text",
                1,
                _("有 %(count)s 页没有可读的文字（可能是图片），请核对。"),
                count=blank,
            )
        )
    return Source(tuple(rejoin(kept)), tuple(warnings))


def _pages(data: bytes) -> list[list[Printed]]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal(_LOCKED)
        if len(reader.pages) > MAX_PAGES:
            raise TooLarge(_("这个 PDF 页数太多（超过 %(most)s 页）。请分成几份上传。"), most=MAX_PAGES)
        return [printed_lines(page, no) for no, page in enumerate(reader.pages, 1)]
    except (FileNotDecryptedError, DependencyError) as locked:
        raise Refusal(_LOCKED) from locked
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        RecursionError,
        AssertionError,
    ) as broken:
        raise Refusal(limits.BROKEN) from broken


def printed_lines(page: PageObject, no: int) -> list[Printed]:
    """The printed lines of a page with their places; without places where pypdf's two readings disagree."""
    chunks: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        along = (tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
        chunks.append((text, *upright(x, y, *along), abs(size * (tm[3] or tm[1] or 1) * (cm[3] or 1))))

    plain = page.extract_text(visitor_text=visit)
    placed = list(_gather(chunks, no))
    if bare("".join(line.text for line in placed)) == bare(plain):
        return placed
    return [Printed(text, no) for text in plain.split("\n") if text.strip()]


def upright(x: float, y: float, right: float, up: float) -> tuple[float, float]:
    """A place as it would be if the words, which run in this direction (a page drawn turned), ran to the right."""
    if abs(up) > abs(right):
        return (y, -x) if up > 0 else (-y, x)
    return (-x, -y) if right < 0 else (x, y)


def _gather(chunks: Sequence[tuple[str, float, float, float]], no: int) -> Iterator[Printed]:
    """Chunks of one height are one line, in the order they were drawn."""
    current: Printed | None = None
    for text, x, y, size in chunks:
        if not text.strip():
            continue
        words = text.strip("\n")
        piece = Printed(words, no, x, y, size, x + size * width(words))
        if current is None:
            current = piece
        elif abs(y - current.y) <= max(2.0, 0.4 * current.size):
            current = _joined(current, piece)
        else:
            yield current
            current = piece
    if current:
        yield current


def _joined(line: Printed, piece: Printed) -> Printed:
    """A line with a further piece: an automatic number often has letters of another size than the words after it."""
    size = piece.size if width(piece.text) > width(line.text) else line.size
    return replace(line, text=line.text + piece.text, size=size, end=max(line.end, piece.end))


def without_edges(pages: Sequence[Sequence[Printed]]) -> list[Printed]:
    """All lines but page numbers, and heads and feet that come back at one height on a third of the pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in _edges(page)})
    often = {shape for shape, times in seen.items() if times >= 2 and times * 3 >= len(pages)}
    out = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        out += [line for line in page if id(line) not in edges or not _runs(line, often)]
    return out


def _edges(page: Sequence[Printed]) -> list[Printed]:
    return [*page[:_EDGE], *page[-_EDGE:]]


def _shape(line: Printed) -> tuple[str, int]:
    return re.sub(r"\d+", "#", bare(line.text)), round(line.y / 4)


def _runs(line: Printed, often: set[tuple[str, int]]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text.strip())) or (
        _shape(line) in often and not marks.headed(line.text.strip())
    )


def rejoin(lines: Sequence[Printed]) -> Iterator[Line]:
    """Paragraphs out of printed lines; a new one begins at an indent, a gap, a number, or after a short line."""
    if not lines:
        return
    margin, right, leading = _measure(lines)
    held, no = lines[0].text, 1
    for above, line in zip(lines, lines[1:], strict=False):
        if _begins(above, line, margin, right, leading) and not _in_note(held, line.text):
            yield Line(held, no)
            held, no = line.text, no + 1
        else:
            held = _glued(held, line.text)
    yield Line(held, no)


def _in_note(held: str, text: str) -> bool:
    """Whether a line goes on within a note in brackets below the title: its lines are centred, short and long."""
    begun = held.lstrip().startswith(("（", "("))
    is_open = held.count("（") + held.count("(") > held.count("）") + held.count(")")
    own = _NOTED.match(text.strip()) or marks.structural(text.strip())
    return begun and is_open and len(held) < NOTE and not own


def _measure(lines: Sequence[Printed]) -> tuple[float, float, float]:
    """The left margin, the right edge, and the usual distance between lines, in points."""
    lefts = Counter(round(line.x) for line in lines)
    often = [x for x, times in lefts.items() if times >= max(2, len(lines) // 20)]
    margin = min(often or lefts)
    ends = sorted(line.end if line.size else width(line.text) for line in lines)
    right = ends[int(len(ends) * 0.95)]
    gaps = Counter(
        round(a.y - b.y) for a, b in zip(lines, lines[1:], strict=False) if a.page == b.page and a.y > b.y
    )
    total = sum(gaps.values())
    leading = min((gap for gap, times in gaps.items() if times * 10 >= total), default=0)
    return margin, right, leading


def _begins(above: Printed, line: Printed, margin: float, right: float, leading: float) -> bool:
    """Whether a printed line begins a paragraph of its own."""
    text = line.text.strip()
    end = above.end if above.size else width(above.text)
    full = end >= _FULL * right
    if marks.structural(text) and (marks.ended(above.text.rstrip()) or not full):
        return True
    apart = line.page == above.page and leading > 0 and above.y - line.y > 1.3 * leading
    if not apart and _runs_on(above, line, end, margin, right):
        return False
    if not full:
        return True
    if (
        line.size
        and above.size
        and (line.x > margin + 0.8 * line.size or abs(line.size - above.size) > 0.15 * line.size)
    ):
        return True
    if apart:
        return True
    return line.text.startswith("　　") or (line.page != above.page and marks.ended(above.text.rstrip()))


def _runs_on(above: Printed, line: Printed, end: float, margin: float, right: float) -> bool:
    """Whether a line somewhat short (its width is a guess) goes on: no end of a sentence, and both at the left margin."""
    aside = 0.5 * line.size
    return bool(
        line.size
        and end >= _LONG * right
        and not above.text.rstrip().endswith(_CLOSED)
        and not line.text.strip().startswith(("（", "(", "　"))
        and above.size <= 1.15 * line.size
        and max(abs(above.x - margin), abs(line.x - margin)) <= aside
    )


def _glued(above: str, below: str) -> str:
    """Two printed lines as one: a space only between two Latin words."""
    above, below = above.rstrip(), below.strip()
    gap = (
        " "
        if above[-1:].isascii() and above[-1:].isalnum() and below[:1].isascii() and below[:1].isalnum()
        else ""
    )
    return above + gap + below


def width(text: str) -> float:
    """The width of a text in letters: half for Latin."""
    return sum(0.5 if char < "\u2000" else 1.0 for char in text.rstrip())
