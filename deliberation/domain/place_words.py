"""A place as people read it: paragraph art_12__para_2 → 第十二条第二款. The way back is domain/places.py.

Source of the form: 立法法 (text of 2023-03-13), art. 65, and 立法技术规范（试行）（一） 9: a 项 is cited without brackets.
"""

import re

from deliberation.domain.errors import Said, _
from deliberation.domain.numbering import FIGURES, to_chinese, value

STEP = re.compile(r"([a-z]+)_(\d+)(?:-(\d+))?(?:_\d+)?")
UNITS = {
    "book": "编", "part": "分编", "chp": "章", "sec": "节", "art": "条", "para": "款", "point": "项", "indent": "目",
    "table": "表",
}  # fmt: skip
ENGLISH = {
    "总体意见": "The whole draft",
    "标题": "Title",
    "序言": "Preamble",
    "目录": "Contents",
    "正文": "Text",
    "附件": "Annex",
    "已删除的条文": "Articles no longer there",
}
ENGLISH_UNITS = {
    "编": "part", "分编": "subpart", "章": "chapter", "节": "section", "条": "article", "款": "paragraph", "项": "item", "目": "sub-item",
    "表": "table", "附件": "annex",
}  # fmt: skip
CITED = re.compile(
    rf"第(?P<n>[{FIGURES}]+)(?P<unit>分编|编|章|节|条|款|项|目|表)(?:之(?P<of>[{FIGURES}]+))?|附件(?P<annex>[{FIGURES}]+)|决定第(?P<item>[{FIGURES}]+)项"
)


class Cited(str):
    """A place in the law's own words, which another language may say its own way."""


def cited(eid: str) -> str:
    """第十二条第二款第三项, 第十七条之一, 第二章第一节, 附件1; an address with no number in it as it stands, "" for ""."""
    return "".join(_step(step) for step in eid.split("__"))


def in_english(words: str) -> str:
    """第十二条第二款 → Article 12, paragraph 2; 第十七条之一 → Article 17-1; what is no such place stays as it is."""
    found = ENGLISH.get(words)
    if found is not None or not words:
        return found or ""
    steps = list(CITED.finditer(words))
    if "".join(step[0] for step in steps) != words:
        return words
    return ", ".join(_english(step, n) for n, step in enumerate(steps))


def _english(step: re.Match[str], n: int) -> str:
    name = ENGLISH_UNITS[step["unit"] or ("附件" if step["annex"] else "项")]
    number = value(step["n"] or step["annex"] or step["item"] or "") or ""
    of = f"-{value(step['of'])}" if step["of"] else ""
    return f"{name if n else name[:1].upper() + name[1:]} {number}{of}".rstrip()


def _step(step: str) -> str:
    found = STEP.fullmatch(step)
    if found is None:
        return {"preamble": "序言", "toc": "目录", "title": "标题", "gone": "已删除的条文"}.get(step, step)
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
        return Said(_("在%(place)s后增加一条"), place=Cited(cited(eid)))
    return Said("%(place)s", place=Cited(cited(eid)))
