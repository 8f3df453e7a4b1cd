"""The red-head form (红头) and the imprint (版记) of GB/T 9704-2012, 7.2 and 7.4; used only where it is asked for.

A report goes upward: number at the left, signer at the right, below them a red line. No seal is ever drawn.
"""

from collections.abc import Iterator

from deliberation.domain.dossier import Dossier
from deliberation.domain.dossier_words import day
from deliberation.formats.official_styles import EM, KAI, RED
from deliberation.formats.official_xml import MM, compound, face, paragraph, run

TEXT_WIDTH = 156
_FOUR = '<w:sz w:val="28"/><w:szCs w:val="28"/>'


def head_size(name: str) -> int:
    """Points of 发文机关标志: at most 42 (15 mm high), smaller where a long name would not stand in one line."""
    return min(42, int(TEXT_WIDTH / 25.4 * 72 / max(1, len(name))))


def red_head(dossier: Dossier) -> Iterator[str]:
    """发文机关标志 35 mm below the text's upper edge, number and signer, the line 4 mm below, two empty lines."""
    sign = dossier.signature
    name = sign.office or dossier.office
    size = 2 * head_size(name)
    face_ = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    space = f'<w:spacing w:before="{round(35 * MM)}" w:line="240" w:lineRule="auto"/>'
    yield compound([run(name, face_)], "RedHead", space)
    yield paragraph("", "Flush")
    yield paragraph("", "Flush")
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(TEXT_WIDTH * MM) - EM}"/></w:tabs>'
    signer = [run("\t签发人："), run(sign.signer, face(KAI))] if sign.signer else []
    yield compound([run(sign.number), *signer], "Flush", f'{tab}<w:ind w:left="{EM}"/>')
    edge = f'<w:pBdr><w:top w:val="single" w:sz="12" w:space="0" w:color="{RED}"/></w:pBdr>'
    yield paragraph(
        "", "Flush", f'{edge}<w:spacing w:before="{round(4 * MM)}" w:line="579" w:lineRule="exact"/>'
    )
    yield paragraph("", "Flush")


def imprint(dossier: Dossier) -> Iterator[str]:
    """版记 at the foot of the last page: 抄送, 印发机关 and 印发日期 in 四号, thick lines outside, a thin one between.

    A floating table: Word and WPS set it at the foot; LibreOffice leaves it under the text.
    """
    sign = dossier.signature
    copies = [f"抄送：{'，'.join(sign.copies_to)}。"] if sign.copies_to else []
    lines = [*copies, f"{sign.office or dossier.office}\t{day(sign.on)}印发"]
    wide = round(TEXT_WIDTH * MM)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{wide - 280}"/></w:tabs><w:ind w:left="280" w:right="280"/>'
    cell = f'<w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
    together = [*("<w:keepNext/>" for _line in lines[1:]), ""]  # never on two pages
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{cell}{compound([run(line, _FOUR)], 'Flush', keep + tab)}</w:tc></w:tr>"
        for line, keep in zip(lines, together, strict=True)
    )
    yield paragraph("", "Flush")
    yield (
        '<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{wide}" w:type="dxa"/><w:tblBorders>{_edge("top", 8)}{_edge("bottom", 8)}{_edge("insideH", 6)}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/>{_NO_MARGINS}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid>{rows}</w:tbl>'
    )
    yield paragraph("", "Flush")


_NO_MARGINS = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'


def _edge(side: str, eighths: int) -> str:
    """A black line; thickness in eighths of a point: 8 is 0.35 mm, 6 is 0.26 mm."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
