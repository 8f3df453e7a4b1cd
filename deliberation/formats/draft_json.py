"""A draft from the dictionary `Draft.as_dict` made of it: how a preview is kept until it is published."""

from collections.abc import Mapping
from typing import Any

from deliberation.domain.provisions import Draft, Node


def draft_from_dict(tree: Mapping[str, Any]) -> Draft:
    """The same draft again, without its warnings (they are kept apart)."""
    return Draft(
        title=tree["title"], stage=tree["stage"], note=tree["note"], notice=tuple(tree["notice"]),
        preamble=_nodes(tree["preamble"]), body=_nodes(tree["body"]), attachments=_nodes(tree["attachments"]),
    )  # fmt: skip


def _nodes(several: list[Mapping[str, Any]]) -> tuple[Node, ...]:
    return tuple(_node(one) for one in several)


def _node(one: Mapping[str, Any]) -> Node:
    return Node(
        kind=one["kind"], number=one["number"], n=one["n"], eid=one["eid"], heading=one["heading"], text=one["text"],
        children=_nodes(one["children"]),
    )  # fmt: skip
