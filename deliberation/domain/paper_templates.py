"""The shipped templates of a meeting's papers, as parts with placeholders, and how placeholders are filled.

A placeholder is {{会议名称}}, or {{名单.姓名}} for a column of a list: the row or paragraph it stands in is repeated for
every entry. Nothing is ever worked out inside one: it is a name from the lists below or it is refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Across, Grid, Item, Labelled, Para

KINDS: Mapping[str, str] = {
    "scheme": _("工作方案"), "notice": _("会议通知"), "agenda": _("议程"), "script": _("主持词"),
    "sign-in": _("签到表"), "opinions": _("意见表"), "cards": _("席卡"),
}  # fmt: skip
FIELDS = (
    "单位", "会议名称", "会议种类", "会议性质", "议题", "时间", "地点", "召集人", "记录人", "法规名称", "来文单位", "文号", "报送截止", "意见截止",
    "应到人数", "联系人", "电话", "通知日期",
)  # fmt: skip
LISTS: Mapping[str, tuple[str, ...]] = {
    "名单": ("序号", "姓名", "身份"), "议程": ("序号", "事项"), "条款": ("条", "原文", "白话"),
    "安排": ("步骤", "日期", "谁来做"),
}  # fmt: skip
KNOWN = (*FIELDS, *(f"{name}.{column}" for name, columns in LISTS.items() for column in columns))
HOLE = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝]{0,60}?)\s*(?:\}\}|｝｝)")
STRAY = re.compile(r"\{\{|｛｛|\}\}|｝｝")
MOST_ROWS = 600


@dataclass(frozen=True, slots=True)
class Values:
    """What a meeting puts into the placeholders; a field it does not have is empty."""

    fields: Mapping[str, str]
    lists: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)

    def rows(self, name: str) -> Sequence[Mapping[str, str]]:
        """The entries of a list, so many that a paper stays a paper."""
        return self.lists.get(name, ())[:MOST_ROWS]


def holes(text: str) -> list[str]:
    """The names of the placeholders in a text; a Refusal for a name unknown or a brace left open."""
    found = [match[1] for match in HOLE.finditer(text)]
    for name in found:
        if name not in KNOWN:
            raise Refusal(
                _("样式里有不认识的占位“%(name)s”。可以用的有：%(known)s。"), name=name, known="、".join(KNOWN), field="file"
            )  # fmt: skip
    if STRAY.search(HOLE.sub("", text)):
        raise Refusal(_("样式里有没写完的占位：两个“{”要配两个“}”，例如 {{会议名称}}。"), field="file")
    return found


def list_in(text: str) -> str:
    """The list whose columns a text names, "" for none; a Refusal where it mixes two."""
    names = {name.partition(".")[0] for name in holes(text) if "." in name}
    if len(names) > 1:
        raise Refusal(_("同一行里不能混用两个名单的占位，请分成两行。"), field="file")
    return next(iter(names), "")


def filled(text: str, values: Values, row: Mapping[str, str] | None = None) -> str:
    """The text with every placeholder replaced; a column of a list is taken from `row`."""

    def put(match: re.Match[str]) -> str:
        name, _dot, column = match[1].partition(".")
        return (row or {}).get(column, "") if column else values.fields.get(name, "")

    return HOLE.sub(put, text)


def says_nothing(text: str, values: Values, row: Mapping[str, str] | None = None) -> bool:
    """Whether every placeholder of a line turned out empty: such a line is left out."""
    names = holes(text)
    return bool(names) and not any(filled("{{" + name + "}}", values, row).strip() for name in names)


def fill_parts(parts: Sequence[Item], values: Values) -> Iterator[Item]:
    """The parts of a paper with their placeholders filled, lists repeated."""
    for part in parts:
        if isinstance(part, Grid):
            yield replace(part, rows=[row for kept in part.rows for row in _rows(kept, values)])
        elif isinstance(part, Across):
            yield part
        else:
            yield from _lines(part, values)


def _lines(part: Para | Labelled, values: Values) -> Iterator[Item]:
    name = list_in(part.text)
    for row in values.rows(name) if name else (None,):
        if not says_nothing(part.text, values, row):
            yield replace(part, text=filled(part.text, values, row))


def _rows(cells: list[str], values: Values) -> Iterator[list[str]]:
    name = list_in("\n".join(cells))
    for row in (values.rows(name) or ({},)) if name else (None,):
        yield [filled(cell, values, row) for cell in cells]


def as_text(parts: Sequence[Item]) -> str:
    """A paper as plain lines, to be copied into a message."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Grid):
            lines += ["　".join(cell.replace("\n", " ") for cell in row if cell.strip()) for row in part.rows]
        elif isinstance(part, Labelled):
            lines.append(f"{part.label}：{part.text}")
        elif isinstance(part, Para):
            lines.append(part.text)
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def shipped(kind: str) -> tuple[Item, ...]:
    """The shipped template of a kind."""
    return (Para("title", TITLES[kind]), Para("flush", ""), *BODIES[kind])


TITLES: Mapping[str, str] = {
    "scheme": "{{会议名称}}工作方案", "notice": "关于召开{{会议名称}}的通知", "agenda": "{{会议名称}}议程",
    "script": "{{会议名称}}主持词", "sign-in": "{{会议名称}}签到表", "opinions": "{{议题}}意见表", "cards": "席卡",
}  # fmt: skip
_SIGNED = (
    Para("flush", "", hold=True),
    Para("sign", "{{单位}}", right=2),
    Para("sign", "{{通知日期}}", right=4),
)
_WHEN = (Labelled("时间", "{{时间}}"), Labelled("地点", "{{地点}}"))
BODIES: Mapping[str, tuple[Item, ...]] = {
    "scheme": (
        Para("body", "根据{{来文单位}}{{文号}}来文，制定本方案。"),
        Para("body", "议题是{{议题}}。"),
        Para("h1", "一、会议安排", hold=True),
        *_WHEN, Labelled("形式", "{{会议种类}}"), Labelled("召集人", "{{召集人}}"), Labelled("记录人", "{{记录人}}"),
        Para("h1", "二、参加人员", hold=True),
        Para("body", "共{{应到人数}}人，名单附后。"),
        Para("h1", "三、重点听取意见的条款", hold=True),
        Para("body", "{{条款.条}}"),
        Para("h1", "四、工作安排", hold=True),
        Grid((96.0, 32.0, 28.0), ("做什么", "哪天以前", "谁来做"), [["{{安排.步骤}}", "{{安排.日期}}", "{{安排.谁来做}}"]], 9.0),
        Para("h1", "五、上报", hold=True),
        Para("body", "意见如实记录、归并整理，经负责人审核后，于{{报送截止}}前报送{{来文单位}}。"),
        *_SIGNED,
        Para("annex_mark", "附：参加人员名单", new_page=True),
        Grid((16.0, 50.0, 90.0), ("序号", "姓名", "身份"), [["{{名单.序号}}", "{{名单.姓名}}", "{{名单.身份}}"]], 9.0),
    ),
    "notice": (
        Para("flush", "各位代表、各位居民："),
        Para("body", "我们将召开{{会议名称}}，听取大家的意见。现将有关事项通知如下："),
        *_WHEN, Labelled("召集人", "{{召集人}}"), Labelled("议题", "{{议题}}"),
        Para("h1", "议程", hold=True),
        Para("body", "{{议程.序号}}. {{议程.事项}}"),
        Para("body", "能否到会，请尽早回复；不能到会的，可以书面提出意见。"),
        Para("body", "联系人：{{联系人}}　{{电话}}"),
        *_SIGNED,
    ),
    "agenda": (
        *_WHEN, Labelled("主持", "{{召集人}}"), Labelled("记录", "{{记录人}}"),
        Para("flush", ""),
        Para("body", "{{议程.序号}}. {{议程.事项}}"),
    ),
    "script": (
        Para("body", "各位代表、各位居民："),
        Para("body", "大家好。今天我们召开{{会议名称}}。议题是{{议题}}。应到{{应到人数}}人，实到＿＿＿人。"),
        Para("body", "{{会议性质}}"),
        Para("body", "大家怎么想就怎么说，记录的人会把原话记下来，会后请您核对。"),
        Para("body", "会议有这样几项议程："),
        Para("body", "{{议程.序号}}. {{议程.事项}}"),
        Para("h1", "逐条听取意见", hold=True),
        Para("body", "现在讨论{{条款.条}}。{{条款.白话}}请大家发言。"),
        Para("h1", "结束", hold=True),
        Para("body", "今天的意见都已记录在案，整理好以后请各位核对。"),
        Para("body", "还有没说完的，{{意见截止}}前都可以再提。意见报送以后，采纳没采纳、为什么，我们会向大家反馈。"),
        Para("body", "谢谢大家，散会。"),
    ),
    "sign-in": (
        Para("flush", "时间：{{时间}}"), Para("flush", "地点：{{地点}}"), Para("flush", "应到{{应到人数}}人，实到＿＿＿人"),
        Grid((14.0, 36.0, 40.0, 40.0, 26.0), ("序号", "姓名", "身份", "签名", "到会时间"),
             [["{{名单.序号}}", "{{名单.姓名}}", "{{名单.身份}}", "", ""], *([["", "", "", "", ""]] * 8)], 11.0),
        Para("flush", ""), Para("flush", "记录人：＿＿＿＿＿＿　　召集人：＿＿＿＿＿＿"),
    ),
    "opinions": (
        Para("small", "您对草案有什么意见，请于{{意见截止}}前填好，交到{{单位}}。写不下可以写在背面，也可以请工作人员代写。"),
        Para("small", "填表人（可不填）：＿＿＿＿＿　身份：＿＿＿＿＿　电话：＿＿＿＿＿＿"),
        Grid((20.0, 48.0, 34.0, 26.0, 28.0), ("条款", "草案怎么说", "大白话", "态度（打√）", "意见和理由"),
             [["{{条款.条}}", "{{条款.原文}}", "{{条款.白话}}", "□赞成\n□建议修改\n□不赞成\n□没意见", ""],
              ["第＿＿条", "", "", "□赞成\n□建议修改\n□不赞成\n□没意见", ""]], 26.0),
        Para("small", "填表人信息可以不填。填写的姓名、电话只用于核实意见和答复，不公开。"),
        Para("small", "联系人：{{联系人}}　{{电话}}"),
    ),
    "cards": (
        Para("small", "沿线剪开，立在桌上。"),
        Grid((156.0,), ("姓名",), [["{{名单.姓名}}"]], 60.0),
    ),
}  # fmt: skip
