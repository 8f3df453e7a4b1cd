"""Looking for garbage put off: among many thousand rows that all stay it finds nothing, again and again (a quarter of an import's time)."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put it off inside the block. What is no longer used is given back all the same, but for what points at itself."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
