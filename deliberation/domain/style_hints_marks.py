"""Hints on punctuation: the ends of 项, the colon before them, titles side by side, half-width marks."""

import re
from collections.abc import Iterator

from deliberation.domain.errors import Said, _
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.style_hints_values import Hint, texts

_BETWEEN = re.compile(r"(?<=[》”])、(?=[《“])")
_HALF = re.compile(r"(?<=[\u4e00-\u9fff》”）])([,;:?!])(?=[\u4e00-\u9fff《“（]|$)")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_TAIL = 6  # characters quoted from the end of a text


def mark_hints(draft: Draft) -> Iterator[Hint]:
    """All hints of this kind."""
    for node in texts(draft):
        for match in _BETWEEN.finditer(node.text):
            around = node.text[match.start() - 1 : match.end() + 1]
            said = Said(_("书名号、引号并列时，中间不加顿号。"))
            yield Hint("title_list", node.eid, said, around, match.start() - 1, around.replace("、", ""))
        if hint := _half_width(node):
            yield hint
    for root in draft.body:
        for node in root.walk():
            yield from _points(node)


def _half_width(node: Node) -> Hint | None:
    """One hint a text, from its first half-width mark to its last."""
    marks = list(_HALF.finditer(node.text))
    if not marks:
        return None
    start, end = marks[0].start(), marks[-1].end()
    wording = _HALF.sub(lambda match: _FULL[match[0]], node.text)[start:end]
    return Hint("half_width", node.eid, Said(_("中文里用全角标点。")), node.text[start:end], start, wording)


def _points(node: Node) -> Iterator[Hint]:
    points = [child for child in node.children if child.kind == "subparagraph"]
    if not points:
        return
    if node.kind == "paragraph" and node.text and node.text[-1] not in "：:":
        said = Said(_("列举各项之前的一句用冒号结束。"))
        yield _ending("lead_colon", node, "：", said)
    for place, point in enumerate(points):
        last = place == len(points) - 1
        wanted = "。" if last else "；"
        if not _is_simple(point) or _FULL.get(point.text[-1], point.text[-1]) == wanted:
            continue
        said = Said(_("最后一项用句号结束。")) if last else Said(_("最后一项以前的各项用分号结束。"))
        yield _ending("point_end", point, wanted, said)


def _is_simple(point: Node) -> bool:
    """Not a point with several sentences or with 目 below, whose ends are decided otherwise."""
    return bool(point.text) and not point.children and "。" not in point.text[:-1]


def _ending(code: str, node: Node, mark: str, said: Said) -> Hint:
    quote = node.text[-_TAIL:]
    kept = quote[:-1] if quote[-1] in "。；，、：:;,." else quote
    whole = code == "lead_colon" and quote[-1] == "。"  # a sentence of its own: more than a mark is wrong
    return Hint(code, node.eid, said, quote, len(node.text) - len(quote), None if whole else kept + mark)
