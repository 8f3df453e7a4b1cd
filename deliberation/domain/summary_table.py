"""意见建议汇总表 and the other tables of a dossier as rows of text, the same in DOCX, PDF, XLSX and Markdown.

Columns of the summary table: domain.md A1.3, as commissions use them, in article order and within an article in
the order of the suggestions' numbers.
"""

from collections.abc import Iterator

from deliberation.domain.bidi import enclosed
from deliberation.domain.dossier import AttitudeRow, Backing, Dossier, RemarkRow, SuggestionRow, VoteRow
from deliberation.domain.dossier_words import (
    ATTITUDES,
    CHANNELS,
    ENDS,
    OUTCOMES,
    SUGGESTION_KINDS,
    UNJUDGED,
    VOTE_KINDS,
    WITHHELD,
    day,
    local_day,
    word,
)
from deliberation.domain.errors import _

SUMMARY_HEADS = (
    _("序号"), _("条款位置"), _("草案原文"), _("修改建议"), _("理由和依据"), _("意见类型"), _("提出人"),
    _("征集形式"), _("提出时间"), _("同类意见数"), _("联系点意见"), _("研究采纳情况"), _("采纳理由"), _("备注"),
)  # fmt: skip
VOTE_HEADS = (
    _("表决事项"), _("方式"), _("日期"), _("应到"), _("实到"), _("赞成"), _("反对"), _("弃权"), _("未表决"), _("算式和结果"),
)  # fmt: skip
ATTITUDE_HEADS = (_("条款位置"), _("赞成"), _("建议修改"), _("不赞成"), _("没意见"), _("合计"))
COMPARISON_HEADS = (_("原条文"), _("新条文"), _("关系"), _("原文"), _("新文"))
# never 通过: what reaching the number means is for whoever may decide; a council and a panel only say what they think
CARRIED = {True: _("达到规则要求的赞成数"), False: _("没有达到规则要求的赞成数"), None: _("只列数字")}


def in_order(suggestions: tuple[SuggestionRow, ...]) -> list[SuggestionRow]:
    """In article order, within an article by number."""
    return sorted(suggestions, key=lambda row: (row.order, row.n))


def summary_row(row: SuggestionRow) -> list[str]:
    """One suggestion as the fourteen cells; views beside it stand in the same cell as the suggestion, named so."""
    return [
        str(row.n),
        row.place,
        row.draft_text,
        "\n".join(_proposed(row)),
        "\n".join(part for part in (row.reasons, row.legal_basis) if part),
        word(SUGGESTION_KINDS, row.kind),
        row.proposers or _tallied(row.backing, "categories"),
        _tallied(row.backing, "channels"),
        day(row.made_on),
        str(row.backing.remarks),
        row.office_view,
        word(OUTCOMES, row.outcome) if row.outcome != "pending" else "",
        row.outcome_reason,
        row.note,
    ]


def _proposed(row: SuggestionRow) -> Iterator[str]:
    yield enclosed(row.text or row.title)
    if row.wording:
        yield f"建议表述：{enclosed(row.wording)}"
    for view in row.others:
        count = f"（{view.backing.remarks}条）" if view.backing.remarks else ""
        yield f"不同意见{count}：{enclosed(view.text)}"


def _tallied(backing: Backing, what: str) -> str:
    tallies = backing.categories if what == "categories" else backing.channels
    return "、".join(f"{tally.label}{tally.count}" for tally in tallies if tally.count)


def vote_row(row: VoteRow) -> list[str]:
    """A vote with its arithmetic; not recorded is an empty cell, not 0."""
    figures = [row.due, row.present, row.in_favour, row.against, row.abstain, row.not_voted]
    verdict = CARRIED[row.carried] + (f"（{row.basis}）" if row.basis else "")
    words = f"{row.words}。{verdict}" if row.words else verdict
    shown = ["" if figure is None else str(figure) for figure in figures]
    return [row.question, word(VOTE_KINDS, row.kind), day(row.held_on), *shown, words]


def attitude_row(row: AttitudeRow) -> list[str]:
    """Attitudes on one place; never called a vote."""
    return [row.place, *map(str, (row.support, row.amend, row.oppose, row.no_view, row.total))]


def remark_head(row: RemarkRow) -> str:
    """The line above an original: number, place, attitude."""
    return "　".join(part for part in (row.number, row.place, word(ATTITUDES, row.attitude)) if part)


def remark_source(row: RemarkRow) -> str:
    """The line below an original: who, how, when, and what became of it."""
    who = row.author.shown if row.author.name or row.author.label else row.category or row.author.shown
    where = row.meeting or word(CHANNELS, row.channel)
    merged = "、".join(map(str, row.suggestions))
    end = f"归并为建议{merged}" if merged else word(ENDS, row.end) or UNJUDGED
    reason = f"：{row.end_reason}" if row.end_reason else ""
    phone = row.author.phone or ""
    return "　".join(
        enclosed(part) for part in (who, phone, where, local_day(row.made_at), f"{end}{reason}") if part
    )


def remark_parts(row: RemarkRow) -> Iterator[tuple[str, str]]:
    """What an original says, part by part, verbatim: label (empty for the opinion) and text; nothing if withheld."""
    if row.quote:
        yield _("所指文字"), row.quote
    if row.text is not None:
        yield "", row.text
    if row.wording:
        yield _("建议改为"), row.wording
    if row.reason:
        yield _("理由"), row.reason


def withheld_line(row: RemarkRow) -> str:
    """What stands in the place of words that are not shown."""
    why = word(WITHHELD, row.withheld) if row.withheld else ""
    return f"（此条内容不在本版公开{'：' + why if why else ''}）"


def count_lines(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The page of counts: what is counted, and the figure in words."""
    counts = dossier.counts
    yield _("意见原文"), _verbatim(dossier)
    yield _("涉及条文"), f"{counts.articles}条"
    yield _("归并成的建议"), f"{counts.suggestions}条"
    for label, tallies in (
        (_("按征集形式"), counts.by_channel),
        (_("按提出人类别"), counts.by_category),
        (_("按态度"), counts.by_attitude),
        (_("意见的去向"), counts.by_end),
    ):
        if tallies:
            yield label, "，".join(f"{tally.label}{tally.count}条" for tally in tallies)
    yield _("会议记录"), f"{len(dossier.minutes)}份"
    yield _("表决记录"), f"{len(dossier.votes)}项"
    yield _("不公开内容"), f"{counts.withheld}条"
    yield _("已撤回"), f"{counts.withdrawn}条，不计入以上数字"
    yield _("截止后收到"), f"{counts.late}条，已留存，不计入以上数字"


def _verbatim(dossier: Dossier) -> str:
    """How many originals the annex really holds: a public edition says how many it leaves out."""
    counts = dossier.counts
    if dossier.edition != "public" or not counts.withheld:
        return f"{counts.remarks}条，逐字收入本报告附件"
    return f"{counts.remarks}条，本版逐字收入{counts.remarks - counts.withheld}条，其余只列编号和条款位置"


def vote_categories(row: VoteRow) -> Iterator[str]:
    """An open vote by category, one line; nothing for a secret one, which is only told whole."""
    if not row.by_category or row.kind == "secret":
        return
    parts = "；".join(
        f"{c.category}赞成{c.in_favour}、反对{c.against}、弃权{c.abstain}" for c in row.by_category
    )
    yield f"“{row.question}”按类别：{parts}。"
