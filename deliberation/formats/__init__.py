"""Formats: bytes in → values out, values in → bytes out. `READERS` by ending; each is loaded when first used."""

from collections.abc import Callable
from importlib import import_module

from deliberation.domain.structure.lines import Source


def _lazy(module: str, name: str = "read") -> Callable[[bytes], Source]:
    def read(data: bytes) -> Source:
        reader: Callable[[bytes], Source] = getattr(import_module(f"deliberation.formats.{module}"), name)
        return reader(data)

    return read


READERS: dict[str, Callable[[bytes], Source]] = {
    ".docx": _lazy("docx_read"),
    ".doc": _lazy("office_read", "read_doc"),
    ".wps": _lazy("office_read", "read_doc"),
    ".odt": _lazy("office_read", "read_odt"),
    ".rtf": _lazy("office_read", "read_rtf"),
    ".pdf": _lazy("pdf_read"),
    ".html": _lazy("html_read"),
    ".htm": _lazy("html_read"),
    ".mht": _lazy("mht_read"),
    ".md": _lazy("markdown_read"),
    ".txt": _lazy("text_read"),
}
