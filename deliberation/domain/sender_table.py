"""The sender's own table: which of its columns takes what of a suggestion, by the words commissions use.

A guess is only a proposal: a person confirms or changes it. Columns nobody named stay as the sender left them.
"""

from collections.abc import Mapping, Sequence

from deliberation.domain.columns import REMARKS, guess
from deliberation.domain.dossier import Dossier, SuggestionRow, Tally
from deliberation.domain.dossier_words import OUTCOMES, SUGGESTION_KINDS, day, word
from deliberation.domain.errors import _

FIELDS: Mapping[str, str] = {
    "n": _("序号"), "place": _("条款位置"), "draft_text": _("草案原文"), "proposed": _("修改建议"), "wording": _("建议表述"),
    "reasons": _("理由和依据"), "kind": _("意见类型"), "proposers": _("提出人"), "channels": _("征集形式"),
    "made_on": _("提出时间"), "count": _("同类意见数"), "office": _("报送单位"), "office_view": _("联系点意见"),
    "outcome": _("研究采纳情况"), "outcome_reason": _("采纳理由"), "note": _("备注"),
}  # fmt: skip
WORDS: Mapping[str, tuple[str, ...]] = {
    "n": ("序号", "编号", "序", "号", "no"),
    "place": (*REMARKS["place"], "条款位置", "条文序号", "章节", "涉及条文"),
    "draft_text": (
        "草案原文", "原文", "条文内容", "原条文", "条文原文", "草案条文", "征求意见稿条文", "征求意见稿", "原文内容", "现条文", "草案内容",
    ),
    "wording": ("建议修改为", "修改为", "建议表述", "修改后条文", "修改后内容", "建议条文", "拟修改为", "修改后表述"),
    "proposed": (
        "修改建议", "修改意见", "意见建议", "意见和建议", "意见与建议", "建议", "具体意见", "意见内容", "意见", "建议内容", "主要意见",
        "修改意见建议", "修改意见和建议", "具体修改意见", "反馈意见",
    ),
    "reasons": ("理由和依据", "理由及依据", "修改理由", "理由依据", "理由", "依据", "修改依据", "修改理由和依据", "说明"),
    "kind": ("意见类型", "类型", "意见类别", "建议类型"),
    "proposers": ("提出人", "提出者", "意见来源", "来源", "提出人类别", "建议人", "提出主体", "反馈人"),
    "channels": ("征集形式", "征集方式", "征集渠道", "渠道", "收集方式"),
    "made_on": ("提出时间", "时间", "提出日期", "日期"),
    "count": ("同类意见数", "意见数", "支持人数", "条数", "人数", "同类意见条数"),
    "office": ("报送单位", "单位", "联系点", "提出单位", "反馈单位", "单位名称", "填报单位", "所属联系点"),
    "office_view": ("联系点意见", "本单位意见", "初步意见"),
    "outcome": ("研究采纳情况", "采纳情况", "是否采纳", "采纳与否", "处理情况"),
    "outcome_reason": ("采纳理由", "未采纳理由", "不采纳理由", "采纳或不采纳理由"),
    "note": ("备注", "附注"),
}  # fmt: skip
FIGURES = frozenset({"n", "count"})
MOST = 32_000  # characters of one cell: Excel ends at 32,767


def likely(header: Sequence[str]) -> dict[str, int]:
    """Field → column as the heading says; each column and each field at most once."""
    return guess(header, WORDS)


def cells(row: SuggestionRow, dossier: Dossier, fields: Sequence[str]) -> dict[str, str | int]:
    """What goes into the mapped fields; what has no column of its own stands with the proposal, nothing is lost."""
    given: dict[str, str | int] = {
        "n": row.n,
        "place": row.place,
        "draft_text": row.draft_text,
        "proposed": "\n".join(_proposed(row, fields)),
        "wording": row.wording,
        "reasons": "\n".join(part for part in (row.reasons, row.legal_basis) if part),
        "kind": word(SUGGESTION_KINDS, row.kind),
        "proposers": row.proposers or _tallied(row.backing.categories),
        "channels": _tallied(row.backing.channels),
        "made_on": day(row.made_on),
        "count": row.backing.remarks,
        "office": dossier.office,
        "office_view": row.office_view,
        "outcome": word(OUTCOMES, row.outcome) if row.outcome != "pending" else "",
        "outcome_reason": row.outcome_reason,
        "note": row.note,
    }
    return {field: _short(given[field]) for field in fields}


def _proposed(row: SuggestionRow, fields: Sequence[str]) -> list[str]:
    parts = [row.text or row.title]
    if row.wording and "wording" not in fields:
        parts.append(f"建议表述：{row.wording}")
    if row.reasons and "reasons" not in fields:
        parts.append(f"理由：{row.reasons}")
    if row.legal_basis and "reasons" not in fields:
        parts.append(f"依据：{row.legal_basis}")
    for view in row.others:
        count = f"（{view.backing.remarks}条）" if view.backing.remarks else ""
        parts.append(f"不同意见{count}：{view.text}")
    if row.backing.remarks and "count" not in fields:
        parts.append(f"（同类意见{row.backing.remarks}条）")
    return parts


def _tallied(tallies: tuple[Tally, ...]) -> str:
    return "、".join(f"{each.label}{each.count}" for each in tallies if each.count)


def _short(value: str | int) -> str | int:
    if isinstance(value, int) or len(value) <= MOST:
        return value
    return value[:MOST] + "……（全文见报告）"
