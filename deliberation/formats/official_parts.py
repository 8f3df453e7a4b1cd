"""The parts of a paper (`domain/paper.py`) drawn as WordprocessingML."""

from collections.abc import Iterable, Iterator

from deliberation.domain.paper import Across, Grid, Item, Labelled, Para
from deliberation.domain.title_lines import title_lines
from deliberation.formats.official_styles import EM, HEI, section_end
from deliberation.formats.official_xml import compound, face, paragraph, run, table

STYLE = {
    "title": "PaperTitle",
    "centre": "Centre",
    "body": "Body",
    "flush": "Flush",
    "h1": "Heading1",
    "h2": "Heading2",
    "annex_mark": "AnnexMark",
    "annex_list": "AnnexList",
    "sign": "Sign",
    "small": "Small",
    "small_head": "SmallHead",
    "remark_head": "RemarkHead",
    "remark_label": "RemarkLabel",
    "verbatim": "Verbatim",
    "remark_source": "RemarkSource",
}


def drawn(items: Iterable[Item]) -> Iterator[str]:
    """The XML of one item after another; nothing is held back."""
    for item in items:
        yield from _one(item)


def _one(item: Item) -> Iterator[str]:
    if isinstance(item, Grid):
        yield from table(item.widths, item.heads, item.rows, least_height=item.least_height)
    elif isinstance(item, Labelled):
        yield _labelled(item)
    elif isinstance(item, Across):
        yield section_end(landscape=not item.begins)
    elif item.style == "title":
        for number, line in enumerate(title_lines(item.text)):
            yield paragraph(
                line, "PaperTitle", "<w:pageBreakBefore/>" if item.new_page and not number else ""
            )
    else:
        yield paragraph(item.text, STYLE[item.style], _properties(item))


def _properties(item: Para) -> str:
    """Paragraph properties in schema order."""
    hold = "<w:keepNext/>" if item.hold else ""
    page = "<w:pageBreakBefore/>" if item.new_page else ""
    if not (item.left or item.right):
        return hold + page
    return f'{hold}{page}<w:ind w:left="{round(item.left * EM)}" w:right="{round(item.right * EM)}"/>'


def _labelled(item: Labelled) -> str:
    hanging = EM * (len(item.label) + 1)
    indents = f'<w:ind w:left="{2 * EM + hanging}" w:hanging="{hanging}"/>'
    return compound([run(f"{item.label}：", face(HEI)), run(item.text)], "Flush", indents)
