"""Somebody else's table: finding its heading row and what each column means, by the words offices use.

A guess is only a proposal: a person confirms or changes it. Nothing here changes a cell.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliberation.domain.errors import Said, _

REMARKS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "意见编号", "外部编号", "提交编号", "答卷编号", "提交序号", "id", "number", "key"),
    "place": (
        "条款位置", "条款", "条文", "条目", "位置", "针对条款", "涉及条款", "对应条款", "意见条款", "条款序号", "条款号", "条次",
        "草案条款", "法条", "针对哪一条", "第几条", "条序", "修改条款", "章节条款", "place", "article",
    ),
    "eid": ("eid",),
    "quote": ("所指文字", "引用字句", "引用", "原文片段", "quote"),
    "attitude": ("态度", "意见态度", "是否同意", "是否赞成", "立场", "attitude"),
    "text": (
        "意见", "意见内容", "意见建议", "意见和建议", "意见与建议", "具体意见", "您的意见", "建议内容", "主要意见", "意见原文",
        "修改意见", "发言内容", "发言", "原话", "内容", "您的意见建议", "反馈意见", "text",
    ),
    "wording": (
        "建议表述", "修改建议", "建议修改为", "修改为", "建议修改", "建议条文", "修改后内容", "修改后条文", "修改后表述", "拟修改为",
        "建议", "wording",
    ),
    "reason": ("理由", "理由和依据", "理由及依据", "修改理由", "理由依据", "依据", "原因", "说明理由", "reason"),
    "name": ("提出人", "姓名", "建议人", "意见人", "发言人", "提出者", "填写人", "提交人", "反馈人", "代表姓名", "name", "author"),
    "phone": ("电话", "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话号码", "phone"),
    "category": ("类别", "人员类别", "身份", "身份类别", "提出人类别", "职业", "界别", "您的身份", "人员身份", "category"),
    "channel": ("渠道", "征集形式", "征集方式", "征集渠道", "来源渠道", "收集方式", "提出方式", "意见来源", "channel"),
    "made_at": (
        "时间", "提出时间", "收到时间", "提交时间", "收集时间", "提出日期", "日期", "登记时间", "提交答卷时间", "madeat",
    ),
    "origin": ("来源", "单位", "报送单位", "提出单位", "联系点", "来源单位", "所在社区", "社区", "origin"),
}  # fmt: skip
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "成员姓名", "代表姓名", "name"),
    "phone": REMARKS["phone"],
    "category": (*REMARKS["category"], "代表类别", "成员类别"),
    "office": ("单位", "工作单位", "所在单位", "单位名称", "选举单位", "office"),
    "duty": ("职务", "职务职称", "单位及职务", "单位职务", "职称", "duty"),
    "expertise": ("专长", "专业", "专业领域", "熟悉领域", "行业", "expertise"),
    "address": ("住址", "地址", "家庭住址", "小区", "村组", "网格", "居住小区", "楼栋", "address"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email"),
    "note": ("备注", "说明", "note"),
}
IGNORED = (
    "序号",
    "行号",
    "草案原文",
    "条文内容",
    "原条文",
    "支持人数",
    "研究采纳情况",
    "采纳情况",
    "采纳理由",
    "意见类型",
)
IDENTITY = ("身份证", "证件号", "公民身份号码")
SEARCHED_ROWS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: headings, cells as text, the line (from 1) each row has in its source, what to be wary of."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    cautions: tuple[Said, ...] = ()


def heading(word: str) -> str:
    """A heading without what offices add to it: brackets, stars, numbers before it, spaces, colons."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", plain)
    plain = re.sub(r"^\s*(?:第?\d+|[一二三四五六七八九十]+)\s*[.、:)]\s*", "", plain)
    return re.sub(r"[\s*_:?/、，,。\"'“”·-]+", "", plain)


def guess(header: Sequence[str], fields: Mapping[str, tuple[str, ...]] = REMARKS) -> dict[str, int]:
    """Field → column. The exact word wins over a word contained; each column and each field at most once."""
    plain = [heading(word) for word in header]
    found: dict[str, int] = {}
    for at, word in enumerate(plain):
        for field, words in fields.items():
            if word in words and field not in found:
                found[field] = at
                break
    for at, word in enumerate(plain):
        if at in found.values() or not word or ignored(word):
            continue
        likely = _contained(word, {name: words for name, words in fields.items() if name not in found})
        if likely:
            found[likely] = at
    return found


def ignored(word: str) -> bool:
    """Whether a column is one that is never taken in: serial numbers, the draft's own text, identity numbers."""
    plain = heading(word)
    return plain in IGNORED or any(each in plain for each in IDENTITY)


def _contained(word: str, fields: Mapping[str, tuple[str, ...]]) -> str | None:
    """The field whose longest word (two signs and more) stands in this heading."""
    best = max(
        ((len(each), field) for field, words in fields.items() for each in words if len(each) > 1 and each in word),
        default=(0, ""),
        key=lambda pair: pair[0],
    )  # fmt: skip
    return best[1] or None


def header_row(rows: Sequence[Sequence[str]], fields: Mapping[str, tuple[str, ...]] = REMARKS) -> int:
    """Which of the first rows is the heading: the one with most known words, else the first that is not empty."""
    scores = [len(guess(row, fields)) for row in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    if best >= 2 or (best == 1 and scores[0] == 1):
        return scores.index(best)
    return next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


def cautions_of(header: Sequence[str]) -> tuple[Said, ...]:
    """What to tell before importing: identity numbers are not taken in (PIPL 2021, art. 6: the minimum)."""
    identity = [word.strip() for word in header if any(each in heading(word) for each in IDENTITY)]
    if not identity:
        return ()
    return (Said(_("表里有“%(column)s”一列。身份证号用不着，不会导入。"), column="、".join(identity)),)
