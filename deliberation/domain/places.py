"""A place as people write it, to a kind and an address: 第十二条第二款 → paragraph, art_12__para_2.

Also the words offices use for attitudes and channels, to their codes. What is not understood is None, never a guess.
Addresses: Akoma Ntoso Naming Convention 1.0, as domain/eids.py makes them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from deliberation.domain.numbering import FIGURES, value

NUMERAL = rf"[{FIGURES}]+"
_NUMBER = rf"{NUMERAL}(?:-[1-9][0-9]?)?"
_EID = re.compile(r"(?:(?:book|part|chp|sec|art|cl|att|preamble)(?:_[0-9]+(?:-[0-9]+)*)?(?:__)?)+(?:(?:para|point|indent)_[0-9]+(?:__)?)*")  # fmt: skip
_ARTICLE = re.compile(
    rf"(?:第\s*(?P<a>{_NUMBER})\s*条|(?P<b>{_NUMBER})(?P<bare>\s*条)?)(?:\s*之\s*(?P<of>{NUMERAL}))?"
    rf"(?:\s*第?\s*(?P<para>{NUMERAL})\s*款)?(?:\s*第?\s*[(]?(?P<point>{NUMERAL})[)]?\s*项)?"
    rf"(?:\s*第?\s*(?P<indent>{NUMERAL})[.)]?\s*目)?(?P<rest>.*)",
    re.S,
)
_HOLDERS = (("编", "book"), ("分编", "part"), ("章", "chp"), ("节", "sec"))
_HOLDER = re.compile(rf"第\s*({NUMERAL})\s*(分编|编|章|节)")
_AFTER = re.compile(rf"(第?\s*{_NUMBER}\s*条?(?:\s*之\s*{NUMERAL})?)\s*(?:之后|以后|后面|后|下面)")
_ADDED = re.compile(r"增加|新增|增设|增补|添加|加一条|补充一条|add")
_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’]+)[”\"」』’]")
_BEFORE = re.compile(
    r"^(?:关于|针对|对|草案|条例|法规|办法|规定|征求意见稿|一审稿|二审稿|三审稿|的|在|建议|[《(][^》)]*[》)])+"
)
_CAPTION = re.compile(
    r"\s+\S.*|[(【\[].*[)】\]]|[:：,，。;；].*|中|中的|的|内容|规定|的规定|全条|整条|", re.S
)
WHOLE = {
    "", "总体", "总体意见", "总体评价", "整体", "整体意见", "整部", "整部草案", "全文", "全部", "通篇", "综合", "综合意见", "总的意见", "草案总体",
    "无", "-", "/", "whole", "不针对具体条款", "其他", "其他意见",
}  # fmt: skip
WORDS = {
    "标题": ("title", "title"), "名称": ("title", "title"), "题目": ("title", "title"), "法规名称": ("title", "title"),
    "草案标题": ("title", "title"), "草案名称": ("title", "title"), "条例名称": ("title", "title"), "title": ("title", "title"),
    "目录": ("article", "toc"), "toc": ("article", "toc"), "序言": ("article", "preamble"), "preamble": ("article", "preamble"),
    "附件": ("article", "att_1"), "附表": ("article", "att_1"), "新增": ("after", ""), "新增条": ("after", ""),
    "新增条款": ("after", ""), "建议增加一条": ("after", ""), "增加一条": ("after", ""), "增加条款": ("after", ""),
}  # fmt: skip
ATTITUDE_WORDS = {
    "support": "support 赞成 同意 支持 赞同 同意原文 同意草案 赞成原文 无修改意见 同意该条 是 √",
    "amend": "amend 建议修改 修改 建议完善 修改意见 有修改意见 需修改 部分同意 同意但建议修改 修改后同意 完善",
    "oppose": "oppose 不赞成 反对 不同意 不支持 建议删除 删除 否 ×",
    "no_view": "no_view 没意见 无意见 没有意见 无 弃权 中立 未表态 不表态 说不清 不了解 不清楚",
}
CHANNEL_WORDS = {
    "online": "online 网上 网络 线上 网站 互联网 小程序 公众号 微信公众号 平台 电子邮件 邮箱 邮件 网上征集 网络征集",
    "meeting": "meeting 会议 会议发言 座谈会 座谈 听证会 论证会 协商会 院坝会 议事会 调研 调研座谈 现场会",
    "visit": "visit 入户 走访 入户走访 上门 上门走访 实地走访 实地 面谈 接待日 代表接待日 当面",
    "paper": "paper 纸质 书面 书面意见 纸质意见表 意见表 信函 来信 信件 书信",
    "box": "box 意见箱 信箱 建议箱",
    "hotline": "hotline 热线 电话 热线电话 来电 12345",
    "chat": "chat 微信 微信群 群聊 接龙 微信接龙 qq群 群",
    "questionnaire": "questionnaire 问卷 调查问卷 问卷调查 问卷星",
    "other_system": "other_system 其他系统 其他平台 系统导入 其他",
}
_ATTITUDES = {word: code for code, words in ATTITUDE_WORDS.items() for word in words.split()}
_CHANNELS = {word: code for code, words in CHANNEL_WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a remark stands: whole, title, article, paragraph (or below it), quote, after; `eid` "" for the whole."""

    kind: str
    eid: str = ""
    quote: str = ""


@lru_cache(maxsize=4096)
def recognise(word: str) -> Place | None:
    """The place meant, or None where it cannot be told (two articles in one cell, a range, plain words)."""
    plain = unicodedata.normalize("NFKC", word).strip()
    bare = re.sub(r"\s+", "", plain).casefold()
    if bare in WHOLE:
        return Place("whole")
    if bare in WORDS:
        return Place(*WORDS[bare])
    if _EID.fullmatch(bare) and not bare.endswith("_"):
        return Place(_kind(bare), bare)
    plain = _BEFORE.sub("", plain).strip()
    if _ADDED.search(plain):
        return _after(plain)
    quoted = _QUOTED.search(plain)
    found = _numbered(_QUOTED.sub("", plain).strip())
    if quoted and found:
        return Place("quote", found.eid, quoted[1])
    return found


def _kind(eid: str) -> str:
    return "paragraph" if re.search(r"__(?:para|point|indent)_", eid) else "article"


def _after(plain: str) -> Place | None:
    """在第八条后增加一条 → after art_8."""
    found = list(_AFTER.finditer(plain))
    if len(found) != 1 or "条" in plain[: found[0].start()]:
        return None
    inner = _article(found[0][1])
    return Place("after", inner.eid) if inner and inner.kind == "article" else None


def _numbered(plain: str) -> Place | None:
    holders = _HOLDER.match(plain)
    return _article(plain) if holders is None else _below(plain)


def _below(plain: str) -> Place | None:
    """第二章, 第一编第二章第三节; an article named within its chapter is the article."""
    parts, rest = [], plain
    while found := _HOLDER.match(rest):
        prefix = dict(_HOLDERS)[found[2]]
        parts.append(f"{prefix}_{value(found[1])}")
        rest = rest[found.end() :].strip()
    if rest.startswith("第") and "条" in rest:
        return _article(rest)
    return Place("article", "__".join(parts)) if _CAPTION.fullmatch(rest and f" {rest}") else None


def _article(plain: str) -> Place | None:
    found = _ARTICLE.fullmatch(plain)
    if found is None or not _CAPTION.fullmatch(found["rest"]) or re.search(r"第\s*\S+\s*条", found["rest"]):
        return None
    if found["b"] and not found["bare"] and found[0] != found["b"]:
        return None  # a bare number is an article only when it stands alone
    number = found["a"] or found["b"]
    first, _dash, second = number.partition("-")
    n = value(first)
    if n is None or n == "0":
        return None
    of = second or (value(found["of"]) if found["of"] else "")
    eid = f"art_{n}-{of}" if of else f"art_{n}"
    para, point, indent = (found[name] and value(found[name]) for name in ("para", "point", "indent"))
    para = para or ("1" if point else None)
    inner = [f"{name}_{n}" for name, n in (("para", para), ("point", point), ("indent", indent)) if n]
    return Place("paragraph" if inner else "article", "__".join([eid, *inner]))


@lru_cache(maxsize=1024)
def attitude(word: str) -> str | None:
    """The code of an attitude word (support, amend, oppose, no_view); None where it is not known."""
    return _ATTITUDES.get(_bare(word))


@lru_cache(maxsize=1024)
def channel(word: str) -> str | None:
    """The code of a channel word; None where it is not known."""
    return _CHANNELS.get(_bare(word))


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold()
    return re.sub(r"\s+|\([^)]*\)", "", plain).rstrip("。.!,;")
