"""Formats: bytes in → values out, values in → bytes out. `READERS` by ending; each is loaded when first used."""

from collections.abc import Callable
from importlib import import_module

from deliberation.domain.structure.lines import Source


def _lazy(module: str) -> Callable[[bytes], Source]:
    def read(data: bytes) -> Source:
        reader: Callable[[bytes], Source] = import_module(f"deliberation.formats.{module}").read
        return reader(data)

    return read


READERS: dict[str, Callable[[bytes], Source]] = {
    ".md": _lazy("markdown_read"),
    ".txt": _lazy("text_read"),
}
