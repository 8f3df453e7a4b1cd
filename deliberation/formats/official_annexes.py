"""The annexes of the report as WordprocessingML pieces: table, originals, minutes, votes, comparison, counts."""

from collections.abc import Iterable, Iterator

from deliberation.domain import summary_table as rows
from deliberation.domain.dossier import Dossier, RemarkRow
from deliberation.domain.dossier_words import RELATIONS, chinese, speak, word
from deliberation.domain.report import Annex, Text
from deliberation.formats.minutes_docx import minutes_body
from deliberation.formats.official_styles import section_end
from deliberation.formats.official_xml import paragraph, table

SUMMARY_WIDTHS = [9.0, 17, 32, 38, 32, 11, 17, 12, 15, 10, 10, 8, 7, 7]
VOTE_WIDTHS = [36.0, 12, 18, 10, 10, 10, 10, 10, 12, 28]
ATTITUDE_WIDTHS = [56.0, 20, 20, 20, 20, 20]
COMPARISON_WIDTHS = [18.0, 18, 14, 53, 53]
SUMMARY_MOST = 2_000  # rows of the summary table inside the report; more stand in table.xlsx only
VOLUME = 2_000  # originals in one volume


def annex(kind: Annex, dossier: Dossier) -> Iterator[str]:
    """One annex on its own page, its section closed where it lies across."""
    makers = {
        "table": _table,
        "originals": _originals,
        "minutes": _minutes,
        "votes": _votes,
        "comparison": _comparison,
        "counts": _counts,
    }
    landscape = kind.key == "table"
    yield from heading(f"附件{kind.number}", kind.name, new_page=not landscape)
    yield from makers[kind.key](dossier)
    if landscape:
        yield section_end(landscape=True)


def heading(mark: str, name: Text, *, new_page: bool) -> Iterator[str]:
    """附件1 in the first line, the name centred in the third (GB/T 9704-2012, 7.3.4)."""
    yield paragraph(mark, "AnnexMark", "<w:pageBreakBefore/>" if new_page else "")
    yield paragraph("", "Flush")
    yield paragraph(speak(name, chinese), "PaperTitle")
    yield paragraph("", "Flush")


def _table(dossier: Dossier) -> Iterator[str]:
    suggestions = rows.in_order(dossier.suggestions)
    if len(suggestions) > SUMMARY_MOST:
        yield paragraph(f"共{len(suggestions)}条，见随附的电子表格 table.xlsx。", "Small")
        return
    yield from table(SUMMARY_WIDTHS, list(rows.SUMMARY_HEADS), map(rows.summary_row, suggestions))


def _originals(dossier: Dossier) -> Iterator[str]:
    total = len(dossier.remarks)
    if total > VOLUME:
        yield paragraph(f"共{total}条，每{VOLUME}条一册，见随附的各分册。", "Small")
        return
    yield paragraph(f"以下为收到的意见原文，共{total}条，按编号排列，逐字照录。", "Small")
    yield from originals(dossier.remarks)


def originals(remarks: Iterable[RemarkRow]) -> Iterator[str]:
    """Originals, each text alone in a paragraph of the style 意见原文 so that it can be read back equal."""
    for row in remarks:
        yield paragraph(rows.remark_head(row), "RemarkHead")
        for label, text in rows.remark_parts(row):
            if label:
                yield paragraph(label, "RemarkLabel")
            yield paragraph(text, "Verbatim")
        if row.text is None:
            yield paragraph(rows.withheld_line(row), "RemarkSource")
        yield paragraph(rows.remark_source(row), "RemarkSource")


def _minutes(dossier: Dossier) -> Iterator[str]:
    for number, minutes in enumerate(dossier.minutes):
        yield from minutes_body(minutes, new_page=number > 0)


def _votes(dossier: Dossier) -> Iterator[str]:
    if dossier.attitudes:
        yield paragraph("一、意见态度统计", "SmallHead")
        yield paragraph("以下是对条文所持态度的统计，不是表决。", "Small")
        attitudes = sorted(dossier.attitudes, key=lambda row: row.order)
        yield from table(ATTITUDE_WIDTHS, list(rows.ATTITUDE_HEADS), map(rows.attitude_row, attitudes))
    if dossier.votes:
        yield paragraph("二、表决情况" if dossier.attitudes else "一、表决情况", "SmallHead")
        yield from table(VOTE_WIDTHS, list(rows.VOTE_HEADS), map(rows.vote_row, dossier.votes))
        for vote in dossier.votes:
            yield from (paragraph(line, "Small") for line in rows.vote_categories(vote))


def _comparison(dossier: Dossier) -> Iterator[str]:
    lines = ([r.old, r.new, word(RELATIONS, r.relation), r.old_text, r.new_text] for r in dossier.comparison)
    yield from table(COMPARISON_WIDTHS, list(rows.COMPARISON_HEADS), lines)


def _counts(dossier: Dossier) -> Iterator[str]:
    yield from table(
        [45.0, 111], ["项目", "数量"], ([label, said] for label, said in rows.count_lines(dossier))
    )
    if dossier.head:
        yield paragraph("", "Small")
        yield paragraph("全程留痕记录的末条校验值：", "SmallHead")
        yield paragraph(dossier.head.strip(), "Verbatim")
        yield paragraph("每条意见的编号和留痕序号见随附的 remarks.jsonl，可逐条核对。", "Small")
