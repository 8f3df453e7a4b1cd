"""What any printed paper of ours is made of: paragraphs in named styles, labelled lines, ruled tables.

Writers of DOCX and PDF draw these; nothing here knows of either. Tables may stream their rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

STYLES = (
    "title", "centre", "body", "flush", "h1", "h2", "annex_mark", "annex_list", "sign", "small", "small_head",
    "remark_head", "remark_label", "verbatim", "remark_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `left`, `right` are indents in characters; `hold` keeps it on the page of the next one."""

    style: str
    text: str
    left: float = 0
    right: float = 0
    new_page: bool = False
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in 黑体 and its text hanging beside it: 出席：…"""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table whose head row is repeated on every page; widths in millimetres."""

    widths: tuple[float, ...]
    heads: tuple[str, ...]
    rows: Iterable[list[str]]
    least_height: float = 0  # millimetres of a row, for papers filled in by hand


@dataclass(frozen=True, slots=True)
class Across:
    """What stands between is on pages that lie across."""

    begins: bool


Item = Para | Labelled | Grid | Across


def annex_heading(mark: str, name: str, *, new_page: bool) -> Iterator[Item]:
    """附件1 in the first line, the name centred in the third (GB/T 9704-2012, 7.3.4)."""
    yield Para("annex_mark", mark, new_page=new_page)
    yield Para("flush", "")
    yield Para("title", name)
    yield Para("flush", "")
