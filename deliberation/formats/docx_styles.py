"""What a Word document's styles say about a paragraph: its heading level, its list, whether it is a contents entry."""

from dataclasses import dataclass
from itertools import islice

from lxml import etree

from deliberation.formats.docx_numbering import VAL, W, integer

_DEPTH = 12
_MOST = 5_000  # styles; Word itself ends at about 4,000


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: `level` 1.. of a heading or 0, list and depth or None, contents entry or not, its id."""

    level: int = 0
    num_id: str | None = None
    depth: int | None = None
    contents: bool = False
    key: str = ""


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles by id, with what they inherit."""
    if root is None:
        return {}
    listed = islice(root.iterfind(W + "style"), _MOST)
    raw = {style.get(W + "styleId", ""): style for style in listed}
    return {key: _style(style, raw) for key, style in raw.items()}


def _style(style: etree._Element, raw: dict[str, etree._Element]) -> Style:
    level, num_id, depth = 0, None, None
    name = _name(style)
    here: etree._Element | None = style
    for _step in range(_DEPTH):
        if here is None:
            break
        level = level or heading_level(here.find(f"{W}pPr/{W}outlineLvl"), _name(here))
        num_id = num_id if num_id is not None else _val(here.find(f"{W}pPr/{W}numPr/{W}numId"))
        depth = depth if depth is not None else _val(here.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        based = here.find(W + "basedOn")
        here = raw.get(based.get(VAL, "")) if based is not None else None
    contents = name.startswith(("toc ", "目录 ")) and name[-1:].isdigit()
    at = None if depth is None else integer(depth, 0)
    return Style(level, num_id, at, contents, style.get(W + "styleId", ""))


def heading_level(outline: etree._Element | None, name: str = "") -> int:
    """1.. for a heading, 0 for text: from an outline level or a style's name."""
    if name in {"title", "标题"}:
        return 1
    written = _val(outline)
    if written is not None and written.isdigit():
        return int(written) + 1 if int(written) < 9 else 0
    if name.startswith(("heading ", "标题 ")) and name[-1:].isdigit():
        return int(name[-1])
    return 0


def _name(style: etree._Element) -> str:
    return (_val(style.find(W + "name")) or "").lower()


def _val(element: etree._Element | None) -> str | None:
    return element.get(VAL) if element is not None else None
