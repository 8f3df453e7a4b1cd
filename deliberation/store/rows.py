"""Every table, imported once, so that migrations and relationships know them all: each file of this floor, found by name."""

import importlib
import pkgutil

from deliberation import store

NOUNS = tuple(
    importlib.import_module(f"{store.__name__}.{found.name}")
    for found in pkgutil.iter_modules(store.__path__)
    if not found.ispkg and found.name != "rows"
)
