"""A place as people read it: paragraph art_12__para_2 → 第十二条第二款. The way back is domain/places.py.

Source of the form: 立法法 (text of 2023-03-13), art. 65, and 立法技术规范（试行）（一） 9: a 项 is cited without brackets.
"""

import re

from deliberation.domain.errors import Said, _
from deliberation.domain.numbering import to_chinese

STEP = re.compile(r"([a-z]+)_(\d+)(?:-(\d+))?(?:_\d+)?")
UNITS = {
    "book": "编", "part": "分编", "chp": "章", "sec": "节", "art": "条", "para": "款", "point": "项", "indent": "目",
    "table": "表",
}  # fmt: skip


def cited(eid: str) -> str:
    """第十二条第二款第三项, 第十七条之一, 第二章第一节, 附件1; an address with no number in it as it stands, "" for ""."""
    return "".join(_step(step) for step in eid.split("__"))


def _step(step: str) -> str:
    found = STEP.fullmatch(step)
    if found is None:
        return {"preamble": "序言", "toc": "目录", "title": "标题"}.get(step, step)
    kind, n, of = found[1], int(found[2]), found[3]
    if kind == "cl":
        return f"决定第{_figure(n)}项"
    if kind == "att":
        return f"附件{n}" if n else "附件"
    if kind not in UNITS:
        return ""
    return f"第{_figure(n)}{UNITS[kind]}" + (f"之{_figure(int(of))}" if of else "")


def _figure(n: int) -> str:
    return to_chinese(n) if 0 < n < 10_000 else str(n)


def place_words(place: str, eid: str) -> Said:
    """Where a remark stands, as a sentence: 总体意见, 标题, 第十二条第二款, 在第八条后增加一条."""
    if place == "title" or eid == "title":
        return Said(_("标题"))
    if not eid:
        return Said(_("建议增加一条")) if place == "after" else Said(_("总体意见"))
    if place == "after":
        return Said(_("在%(place)s后增加一条"), place=cited(eid))
    return Said("%(place)s", place=cited(eid))
