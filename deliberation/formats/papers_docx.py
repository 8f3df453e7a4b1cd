"""会议通知, 签到表, 意见表 as a .docx that an office can change in its own program before printing."""

from collections.abc import Iterable
from datetime import datetime

from deliberation.domain.paper import Item
from deliberation.domain.printed_papers import PrintedPaper, paper_parts, paper_title
from deliberation.formats.official_package import package_bytes
from deliberation.formats.official_parts import drawn
from deliberation.formats.official_styles import section


def write(paper: PrintedPaper, *, made_at: datetime | None = None, mark: str = "") -> bytes:
    """One printed paper; `made_at` is the only date in its properties, `mark` stands at the head of every page."""
    return write_parts(paper_title(paper), paper_parts(paper), made_at=made_at, mark=mark)


def write_parts(
    title: str, parts: Iterable[Item], *, made_at: datetime | None = None, mark: str = ""
) -> bytes:
    """Any paper made of parts, for those that other nouns compose."""
    return package_bytes([*drawn(parts), section()], title=title, made_at=made_at, mark=mark)
