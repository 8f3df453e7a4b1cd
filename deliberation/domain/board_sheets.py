"""公示, 公开 and 公告: three different sheets of an office's board, their words, and how they are printed.

公示 asks for objections and says to whom; 公开 says what was done, by whom, with what money; 公告 makes known what will be
deliberated or what was decided. Least days: 村民委员会组织法 (text in force 2026-01-01), art. 35: fifteen for disclosure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from deliberation.domain.dossier_words import day
from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Item, Labelled, Para
from deliberation.domain.procedures import Posting

NOT_A_DECISION = "这是协商意见，不是村民会议或者村民代表会议的决定。"
TITLES: Mapping[str, str] = {
    "agenda": "关于公布议题“{title}”的公告",
    "opinion": "关于“{title}”协商意见的公示",
    "decision": "关于“{title}”会议决定的公告",
    "posted_decision": "关于“{title}”会议决定的公示",
    "result": "“{title}”办理结果公开",
    "vote": "“{title}”表决结果公开",
    "erratum": "关于更正“{title}”表决结果的公告",
}
KIND_OF: Mapping[str, Posting] = {
    "agenda": Posting.ANNOUNCEMENT,
    "opinion": Posting.NOTICE,
    "decision": Posting.ANNOUNCEMENT,
    "posted_decision": Posting.NOTICE,
    "result": Posting.DISCLOSURE,
    "vote": Posting.DISCLOSURE,
    "erratum": Posting.ANNOUNCEMENT,
}
LONGEST = 60  # characters of a title quoted in another title


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What a sheet says: title, paragraphs, labelled lines; who signs it and whom to turn to; how many days it hangs."""

    title: str
    body: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    signed: str = ""
    contact: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Hanging:
    """A sheet as it is printed: its kind, its words, the days it hangs, and its number on the board."""

    kind: Posting
    words: SheetWords
    since: date
    until: date
    number: int = 0
    address: str = ""


def titled(about: str, title: str) -> str:
    """The sheet's title; what it is about is cut to a length that fits a heading."""
    short = title.strip().rstrip("？?。")
    short = short if len(short) <= LONGEST else short[: LONGEST - 1] + "…"
    return TITLES[about].format(title=short)


def agenda_words(title: str, detail: str, x: tuple[str, ...], council: str, material: int) -> SheetWords:
    """议题与名单公布: what will be deliberated, who was co-opted for it, where the material is."""
    names = "、".join(x) if x else "无"
    body = [
        f"{council}将就以下事项进行协商，现予公布。请大家先看材料、先商量，有意见可以向任何一位成员说。",
        f"议题：{title}",
        *_paragraphs(detail),
    ]
    if material:
        body.append(f"随本公告公布材料{material}份。")
    return SheetWords(titled("agenda", title), tuple(body), (("利益相关方（X）", names),))


def opinion_words(title: str, opinion: str, council: str, met: date | None, vote: str) -> SheetWords:
    """The council's opinion, posted so that objections can be made; never called a decision."""
    when = f"于{day(met)}" if met else ""
    body = [f"{council}{when}就“{title}”进行协商，形成以下协商意见，现予公示：", *_paragraphs(opinion)]
    if vote:
        body.append(f"表决情况：{vote}")
    return SheetWords(titled("opinion", title), (*body, NOT_A_DECISION))


def decision_words(about: str, title: str, decision: str, assembly: str, on: date | None) -> SheetWords:
    """What an assembly decided: announced, or posted for objections."""
    when = f"于{day(on)}" if on else ""
    verb = "公示" if about == "posted_decision" else "公告"
    body = (f"{assembly}{when}就“{title}”作出以下决定，现予{verb}：", *_paragraphs(decision))
    return SheetWords(titled(about, title), body)


def result_words(title: str, result: str, facts: tuple[tuple[str, str], ...]) -> SheetWords:
    """结果公开: what came of it, by whom and when, with what money, what the supervisors found."""
    said = (f"现将“{title}”的办理结果公开如下：", *_paragraphs(result))
    return SheetWords(titled("result", title), said, tuple(pair for pair in facts if pair[1]))


def vote_words(
    title: str, question: str, words: str, meaning: str, council: str, *, rule: str, opinion_only: bool
) -> SheetWords:
    """A counted vote in words: the exact question, the arithmetic, what it means, and by which rule."""
    body = [f"{council}就以下问题进行了表决，结果公开如下：", f"问题：{question}", f"结果：{words}"]
    body += [meaning] if meaning else []
    body += [f"表决规则：{rule}。" if rule else "未填本地议事规则，只列数字，不作结论。"]
    body += [NOT_A_DECISION] if opinion_only else []
    return SheetWords(titled("vote", title), tuple(body))


def erratum_words(title: str, question: str, before: str, after: str, reason: str, number: int) -> SheetWords:
    """更正公告: what was published, what is right, and why."""
    body = (
        f"本公示栏第{number}号公布的表决结果有误，现予更正。",
        f"问题：{question}",
        f"原来公布：{before}",
        f"更正为：{after}",
        f"更正的原因：{reason}",
    )
    return SheetWords(titled("erratum", title), body)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def check_days(kind: Posting, days: int, least: int, *, statutory: bool) -> None:
    """Refuse fewer days than the law or the procedure sets, and more than a year."""
    if days > 366:
        raise Refusal(_("最多挂 366 日，请核对天数。"), field="days")
    if days >= least:
        return
    if statutory:
        raise Refusal(_("法律规定公开不少于 %(least)s 日，请改天数。"), least=least, field="days")
    raise Refusal(_("按议事程序，这张要挂不少于 %(least)s 日，请改天数。"), least=least, field="days")


def checked(words: SheetWords) -> SheetWords:
    """The same, trimmed; Refusal at its field where the title or the text is missing or too long."""
    title = words.title.strip()
    body = tuple(line.strip() for line in words.body if line.strip())
    if not title:
        raise Refusal(_("请填写标题。"), field="title")
    if len(title) > 200:
        raise Refusal(_("标题太长，请不超过 200 个字。"), field="title")
    if not body:
        raise Refusal(_("请写正文。"), field="body")
    if sum(map(len, body)) > 20_000:
        raise Refusal(_("正文太长，一张公示单放不下，请把细节作为材料附上。"), field="body")
    signed, contact = words.signed.strip()[:160], words.contact.strip()[:200]
    if not signed:
        raise Refusal(_("请写明由谁署名。"), field="signed")
    return SheetWords(title, body, words.facts, signed, contact, words.days)


def no_decision(words: SheetWords) -> SheetWords:
    """The same with the sentence that it is no decision, where whoever worded it left it out."""
    if any(NOT_A_DECISION in line for line in words.body):
        return words
    return replace(words, body=(*words.body, NOT_A_DECISION))


def sheet_paper(sheet: Hanging) -> Iterator[Item]:
    """The sheet as it is printed and pasted up."""
    words = sheet.words
    yield Para("title", words.title)
    yield Para("flush", "")
    yield from (Para("body", line) for line in words.body)
    yield from (Labelled(label, text) for label, text in words.facts)
    yield from _closing(sheet)
    yield Para("flush", "", hold=True)
    yield Para("sign", words.signed, right=2, hold=True)
    yield Para("sign", day(sheet.since), right=4)
    if sheet.address:
        yield Para("small", "")
        yield Para("small", f"公示栏第{sheet.number}号　网上同一内容：{sheet.address}")


def _closing(sheet: Hanging) -> Iterator[Item]:
    span = f"{day(sheet.since)}至{day(sheet.until)}，共{(sheet.until - sheet.since).days + 1}日"
    contact = sheet.words.contact
    asked = f"联系：{contact}。" if contact else ""
    if sheet.kind is Posting.NOTICE:
        yield Labelled("公示时间", span)
        yield Para(
            "body",
            f"公示期间有异议的，口头、书面都可以提出；提出的异议逐条登记、逐条答复。{asked or '请向本村村民委员会提出。'}",
        )
    elif sheet.kind is Posting.DISCLOSURE:
        yield Labelled("公开时间", span)
        yield Para("body", f"对公开的内容有疑问的，可以查询。{asked or '请向村务监督委员会提出。'}")
    else:
        yield Labelled("公告时间", span)
        if asked:
            yield Para("body", asked)
