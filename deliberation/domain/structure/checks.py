"""What the reader checks about its own work: nothing lost, nothing without an article unsaid."""

from collections.abc import Iterator, Sequence

from deliberation.domain.errors import _
from deliberation.domain.provisions import Caution, Draft
from deliberation.domain.structure.lines import Line, bare


def check(draft: Draft, lines: Sequence[Line]) -> Iterator[Caution]:
    """Warnings about the whole: `not_lossless` with its place, `no_articles`."""
    lost = first_difference(draft, lines)
    if lost is not None:
        yield Caution("not_lossless", lost, _("从这一行起，读出的文字与原文不一致，请对照原文核对。"))
    kinds = {node.kind for node in draft.walk()}
    if not kinds & {"article", "clause"}:
        yield Caution(
            "no_articles", 1, _("没有找到“第×条”或者“一、”这样的条文，只能按普通段落阅读，不能作为草案导入。")
        )


def first_difference(draft: Draft, lines: Sequence[Line]) -> int | None:
    """The source line where the tree's text first differs from the lines read, white space aside; None when equal."""
    told = bare(draft.text())
    at = 0
    for line in lines:
        words = bare(line.text)
        if told[at : at + len(words)] != words:
            return line.no
        at += len(words)
    return None if at == len(told) else (lines[-1].no if lines else 1)
