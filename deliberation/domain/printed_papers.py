"""Papers printed for a meeting: 会议通知, 签到表, 意见表. Plain values in, parts of a paper out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from deliberation.domain.dossier import MeetingRow, Person
from deliberation.domain.dossier_words import BEIJING, day, local_day, minute
from deliberation.domain.paper import Grid, Item, Labelled, Para
from deliberation.domain.report import book_marked, closed

WEEKDAYS = "一二三四五六日"
SIGN_IN_WIDTHS = (14.0, 36.0, 40.0, 40.0, 26.0)
SIGN_IN_ROW = 11.0  # millimetres: room for a signature
OPINION_ROW = 26.0
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARK = re.compile(r"^\s{0,3}(?:#{1,6}|[-*+>])\s+|\*\*|__|`", re.MULTILINE)
SLANT = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]+)\*(?!\w)")
CHOICES = "□赞成\n□建议修改\n□不赞成\n□没意见"


@dataclass(frozen=True, slots=True)
class Notice:
    """会议通知: who is asked to which meeting, what for, what to bring, whom to ring."""

    office: str
    meeting: MeetingRow
    draft: str = ""  # the draft's full name without book marks
    to: str = "各位代表、各位居民"
    agenda: tuple[str, ...] = ()
    bring: str = ""
    reply_by: datetime | None = None
    contact: Person | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """签到表: the roll of those asked, then empty lines for others; 应到 is the length of the roll unless given."""

    office: str
    meeting: MeetingRow
    roll: tuple[Person, ...] = ()
    spare: int = 8


@dataclass(frozen=True, slots=True)
class FocusArticle:
    """An article asked about: its place, its words, and what it means in plain words."""

    place: str
    text: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class OpinionSheet:
    """意见表: filled in by hand; articles asked about, then room for others."""

    office: str
    draft: str
    articles: tuple[FocusArticle, ...] = ()
    spare: int = 2
    until: datetime | None = None
    return_to: str = ""
    contact: Person | None = None
    notice: str = field(default="填表人信息可以不填。填写的姓名、电话只用于核实意见和答复，不公开。")


PrintedPaper = Notice | SignInSheet | OpinionSheet


def paper_title(paper: PrintedPaper) -> str:
    """The paper's title, also its property."""
    if isinstance(paper, Notice):
        return f"关于召开{paper.meeting.title}的通知"
    if isinstance(paper, SignInSheet):
        return f"{paper.meeting.title}签到表"
    return f"{book_marked(paper.draft)}意见表"


def paper_parts(paper: PrintedPaper) -> Iterator[Item]:
    """The parts of any printed paper."""
    yield Para("title", paper_title(paper))
    yield Para("flush", "")
    makers: dict[type, Callable[..., Iterator[Item]]] = {
        Notice: _notice,
        SignInSheet: _sign_in,
        OpinionSheet: _opinions,
    }
    yield from makers[type(paper)](paper)


def _notice(paper: Notice) -> Iterator[Item]:
    yield Para("flush", f"{paper.to}：")
    about = f"就{book_marked(paper.draft)}" if paper.draft else ""
    yield Para("body", f"我们将{about}召开{paper.meeting.title}，听取大家的意见。现将有关事项通知如下：")
    lines = {
        "时间": weekday(paper.meeting.starts_at),
        "地点": paper.meeting.place,
        "召集人": paper.meeting.convenor.shown if paper.meeting.convenor else "",
        "请带": paper.bring,
    }
    yield from (Labelled(label, text) for label, text in lines.items() if text)
    if paper.agenda:
        yield Para("h1", "议程", hold=True)
    yield from (Para("body", f"{number}. {line}") for number, line in enumerate(paper.agenda, 1))
    if paper.reply_by:
        yield Para("body", f"请于{minute(paper.reply_by)}前回复能否到会；不能到会的，可以书面提出意见。")
    yield from (
        replace(one, hold=True) for one in _contact(paper.contact)
    )  # a signature never stands alone on its page
    yield from [Para("flush", "", hold=True), Para("sign", paper.office, right=2, hold=bool(paper.on))]
    if paper.on:
        yield Para("sign", day(paper.on), right=4)


def _contact(contact: Person | None) -> Iterator[Para]:
    if contact:
        phone = f"，电话：{contact.phone}" if contact.phone else ""
        yield Para("body", f"联系人：{contact.shown}{phone}")


def weekday(at: datetime | None) -> str:
    """2026年6月11日（星期四）09:00, Beijing time; empty for None."""
    if at is None:
        return ""
    name = WEEKDAYS[at.astimezone(BEIJING).weekday()]
    return f"{local_day(at)}（星期{name}）{at.astimezone(BEIJING):%H:%M}"


def _sign_in(paper: SignInSheet) -> Iterator[Item]:
    due = paper.meeting.due if paper.meeting.due is not None else len(paper.roll)
    yield Para("flush", f"时间：{weekday(paper.meeting.starts_at)}")
    yield Para("flush", f"地点：{paper.meeting.place}")
    yield Para("flush", f"应到{due}人，实到＿＿＿人")
    yield Grid(SIGN_IN_WIDTHS, ("序号", "姓名", "身份", "签名", "到会时间"), _sign_rows(paper), SIGN_IN_ROW)
    yield Para("flush", "")
    yield Para("flush", "记录人：＿＿＿＿＿＿　　召集人：＿＿＿＿＿＿")


def _sign_rows(paper: SignInSheet) -> list[list[str]]:
    people = [[person.name or "", person.category or person.label] for person in paper.roll]
    blank = [["", ""]] * paper.spare
    return [[str(number), *who, "", ""] for number, who in enumerate([*people, *blank], 1)]


def _opinions(paper: OpinionSheet) -> Iterator[Item]:
    until = f"，请于{minute(paper.until)}前" if paper.until else "，请"
    where = f"交到{paper.return_to}" if paper.return_to else f"交到{paper.office}"
    yield Para("small", f"您对草案有什么意见{until}填好，{where}。写不下可以写在背面，也可以请工作人员代写。")
    yield Para(
        "small",
        "填表人（可不填）：＿＿＿＿＿　身份：＿＿＿＿＿　电话：＿＿＿＿＿＿",
    )
    yield Para("small", "身份例如：居民、村民、人大代表、企业、行业协会。")
    rows = [[article.place, _asked(article), CHOICES, ""] for article in paper.articles]
    rows += [["第＿＿条", "", CHOICES, ""] for _number in range(paper.spare)]
    heads = ("条款", "草案怎么说", "态度（打√）", "我的意见和理由")
    yield Grid((22.0, 52.0, 28.0, 54.0), heads, rows, OPINION_ROW)
    yield Para("small", "")
    yield Para("small", paper.notice)
    yield from _contact(paper.contact)


def _asked(article: FocusArticle) -> str:
    plain = f"\n大白话：{closed(unmarked(article.plain))}" if article.plain else ""
    return f"{article.text}{plain}"


def unmarked(markdown: str) -> str:
    """Markdown as words for paper: no stars, hashes, list marks, or addresses of links."""
    words = SLANT.sub(r"\1", MARK.sub("", LINK.sub(r"\1", markdown)))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())
