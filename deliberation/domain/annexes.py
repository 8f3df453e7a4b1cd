"""The annexes of the report: table, originals verbatim, minutes, attitudes and votes, comparison, page of counts."""

from collections.abc import Iterable, Iterator

from deliberation.domain import summary_table as rows
from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import RELATIONS, chinese, speak, word
from deliberation.domain.minutes_paper import minutes_paper
from deliberation.domain.paper import Across, Grid, Item, Para, annex_heading
from deliberation.domain.report import Annex

SUMMARY_WIDTHS = (9.0, 16.0, 28.0, 36.0, 28.0, 11.0, 16.0, 12.0, 15.0, 10.0, 10.0, 12.0, 13.0, 9.0)
VOTE_WIDTHS = (34.0, 11.0, 17.0, 9.0, 9.0, 9.0, 9.0, 9.0, 12.0, 37.0)
ATTITUDE_WIDTHS = (56.0, 20.0, 20.0, 20.0, 20.0, 20.0)
COMPARISON_WIDTHS = (18.0, 18.0, 14.0, 53.0, 53.0)
SUMMARY_MOST = 2_000  # rows of the summary table inside the report; more stand in table.xlsx only
VOLUME = 2_000  # originals in one volume


def annex(kind: Annex, dossier: Dossier) -> Iterator[Item]:
    """One annex on its own page; the summary table lies across."""
    makers = {
        "table": _table,
        "originals": _originals,
        "minutes": _minutes,
        "votes": _votes,
        "comparison": _comparison,
        "counts": _counts,
    }
    across = kind.key == "table"
    if across:
        yield Across(begins=True)
    yield from annex_heading(f"附件{kind.number}", speak(kind.name, chinese), new_page=not across)
    yield from makers[kind.key](dossier)
    if across:
        yield Across(begins=False)


def volumes(total: int) -> int:
    """How many volumes of originals stand beside a report of so many remarks; 0 where the report holds them."""
    return -(-total // VOLUME) if total > VOLUME else 0


def _table(dossier: Dossier) -> Iterator[Item]:
    suggestions = rows.in_order(dossier.suggestions)
    if len(suggestions) > SUMMARY_MOST:
        yield Para("small", f"共{len(suggestions)}条，见随附的电子表格 table.xlsx。")
        return
    if not suggestions:  # an empty table says less than a sentence
        yield Para(
            "small",
            "没有归并成建议，收到的意见逐字照录，见附件《意见原文》。"
            if dossier.counts.remarks
            else "没有收到意见。",
        )
        return
    yield Grid(SUMMARY_WIDTHS, rows.SUMMARY_HEADS, map(rows.summary_row, suggestions))


def _originals(dossier: Dossier) -> Iterator[Item]:
    total = len(dossier.remarks)
    if volumes(total):
        yield Para("small", f"共{total}条，每{VOLUME}条一册，共{volumes(total)}册，见随附的各分册。")
        return
    yield Para("small", f"以下为收到的意见原文，共{total}条，按编号排列，逐字照录。{_apart(dossier)}")
    yield from originals(dossier.remarks)


def _apart(dossier: Dossier) -> str:
    """Of the lines, those that the figures do not count."""
    counts = dossier.counts
    parts = [
        f"已撤回或改写的{counts.withdrawn}条只列编号" if counts.withdrawn else "",
        f"截止后收到的{counts.late}条另行留存、照录于此" if counts.late else "",
    ]
    said = "，".join(part for part in parts if part)
    return f"其中{said}，均不计入意见总数。" if said else ""


def originals(remarks: Iterable[RemarkRow]) -> Iterator[Item]:
    """Originals, each text alone in a paragraph of its own style so that it can be read back equal."""
    for row in remarks:
        yield Para("remark_head", rows.remark_head(row), hold=True)
        for label, text in rows.remark_parts(row):
            if label:
                yield Para("remark_label", label, hold=True)
            yield Para("verbatim", text)
        if row.text is None:
            yield Para("remark_source", rows.withheld_line(row))
        yield Para("remark_source", rows.remark_source(row))


def _minutes(dossier: Dossier) -> Iterator[Item]:
    for number, minutes in enumerate(dossier.minutes):
        yield from minutes_paper(minutes, new_page=number > 0)


def _votes(dossier: Dossier) -> Iterator[Item]:
    if dossier.attitudes:
        yield Para("small_head", "一、意见态度统计", hold=True)
        yield Para("small", "以下是对条文所持态度的统计，不是表决。", hold=True)
        attitudes = sorted(dossier.attitudes, key=lambda row: row.order)
        yield Grid(ATTITUDE_WIDTHS, rows.ATTITUDE_HEADS, map(rows.attitude_row, attitudes))
        yield Para("small", "")
    if dossier.votes:
        yield Para("small_head", "二、表决情况" if dossier.attitudes else "一、表决情况", hold=True)
        yield Grid(VOTE_WIDTHS, rows.VOTE_HEADS, map(rows.vote_row, dossier.votes))
        yield from (Para("small", line) for vote in dossier.votes for line in rows.vote_categories(vote))


def _comparison(dossier: Dossier) -> Iterator[Item]:
    lines = ([r.old, r.new, word(RELATIONS, r.relation), r.old_text, r.new_text] for r in dossier.comparison)
    yield Grid(COMPARISON_WIDTHS, rows.COMPARISON_HEADS, lines)


def _counts(dossier: Dossier) -> Iterator[Item]:
    yield Grid((45.0, 111.0), ("项目", "数量"), ([label, said] for label, said in rows.count_lines(dossier)))
    yield Para("small", "")  # a table is never the last thing of a paper
    if dossier.head:
        yield Para("small_head", "全程留痕记录的末条校验值", hold=True)
        yield Para("verbatim", dossier.head.strip())
        yield Para("small", "每条意见的编号和留痕序号见随附的 remarks.jsonl，可逐条核对。")
