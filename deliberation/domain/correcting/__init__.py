"""Correcting a draft before it is published: a tree as a list of blocks, steps on the list, the tree again; steps undone exactly."""

from deliberation.domain.correcting.flat import BODY, FRONT, Change, Entry, build, changed, flatten, names
from deliberation.domain.correcting.steps import Result, Step, apply, undone

__all__ = [
    "BODY", "FRONT", "Change", "Entry", "Result", "Step", "apply", "build", "changed", "flatten", "names", "undone",
]  # fmt: skip
