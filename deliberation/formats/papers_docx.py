"""会议通知, 签到表, 意见表 as a .docx that an office can change in its own program before printing."""

from collections.abc import Iterable
from datetime import datetime

from deliberation.domain.paper import Item
from deliberation.domain.paper_templates import TITLES, shipped
from deliberation.domain.printed_papers import PrintedPaper, paper_parts, paper_title
from deliberation.formats.official_package import package_bytes
from deliberation.formats.official_parts import drawn
from deliberation.formats.official_styles import TITLE, section
from deliberation.formats.official_xml import MM, face

CARD = 60  # millimetres high: four on a page


def write(paper: PrintedPaper, *, made_at: datetime | None = None, mark: str = "") -> bytes:
    """One printed paper; `made_at` is the only date in its properties, `mark` stands at the head of every page."""
    return write_parts(paper_title(paper), paper_parts(paper), made_at=made_at, mark=mark)


def write_parts(
    title: str, parts: Iterable[Item], *, made_at: datetime | None = None, mark: str = ""
) -> bytes:
    """Any paper made of parts, for those that other nouns compose."""
    return package_bytes([*drawn(parts), section()], title=title, made_at=made_at, mark=mark)


def write_template(kind: str, *, mark: str = "") -> bytes:
    """The shipped template of a kind, with its placeholders: to be changed in one's own program and brought back."""
    if kind == "cards":
        return package_bytes([_card(), section()], title=TITLES[kind], made_at=None, mark=mark)
    return write_parts(TITLES[kind], shipped(kind), mark=mark)


def _card() -> str:
    """A table of one row, the name as large as a card takes."""
    wide = round(156 * MM)
    name = (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="1600" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr>{face(TITLE)}<w:spacing w:val="80"/><w:sz w:val="120"/><w:szCs w:val="120"/></w:rPr>'
        "<w:t>{{名单.姓名}}</w:t></w:r></w:p>"
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{wide}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(CARD * MM)}" '
        f'w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{name}'
        '</w:tc></w:tr></w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )
