"""A paper as one PNG for a chat group, drawn by typst: one long page, wide enough for a telephone. Same paper, same bytes."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Across, Item
from deliberation.formats.official_fonts import chosen
from deliberation.formats.official_pdf import item_data, typeset

TEMPLATE = Path(__file__).parent / "picture.typ"


def write(title: str, parts: Sequence[Item], *, mark: str = "", fonts: Path | None = None) -> bytes:
    """The picture. Raises Refusal where a font is missing or the paper cannot be drawn."""
    data = {
        "title": title,
        "mark": mark,
        "fonts": chosen(fonts),
        "parts": [item_data(part) for part in parts if not isinstance(part, Across)],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.png"
        try:
            typeset(data, path, fonts=fonts, template=TEMPLATE)
        except Refusal as refused:
            raise Refusal(_("图片没有画成。请复制文字发到群里，或者下载 DOCX 截图。")) from refused
        return path.read_bytes()
