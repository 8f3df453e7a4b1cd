"""The report on a consultation as a list of blocks, the same for every writer.

Four parts by custom of the legislative affairs commissions (domain.md A1.4): 一、基本情况, 二、总体评价,
三、具体修改意见 in article order, 四、其他建议; then the list of annexes, who signs and when.
A block's text is a sentence not yet in anyone's language, several of them, or a plain string printed as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from deliberation.domain.bidi import enclosed
from deliberation.domain.dossier import Backing, Dossier, Point, SuggestionRow, View
from deliberation.domain.dossier_words import day
from deliberation.domain.errors import Said, _
from deliberation.domain.numbering import to_chinese
from deliberation.domain.quantities import composition, quantity
from deliberation.domain.remarks import ATTITUDES
from deliberation.domain.report_facts import facts

Text = Said | str | tuple[Said | str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: kind is title | addressee | lead | h1 | h2 | h3 | body | annex | office | date | contact."""

    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex of the report: its number from 1, a stable key, its name."""

    number: int
    key: str  # table | originals | minutes | votes | comparison | counts
    name: Said


NOTHING = _("无。")
WHOLE = "总体意见"
ELSEWHERE = frozenset({"whole", "execution"})  # they stand in parts two and four, as `general` and `other`


def report(dossier: Dossier) -> list[Block]:
    """The report's blocks in order, annexes only named (see `annexes`)."""
    return [
        Block("title", title(dossier)),
        *([Block("addressee", Said(_("%(to)s："), to=dossier.addressee))] if dossier.addressee else []),
        Block("lead", _lead(dossier)),
        Block("h1", Said(_("一、基本情况"))),
        *(Block("body", text) for text in facts(dossier)),
        Block("h1", Said(_("二、总体评价"))),
        *_general(dossier),
        Block("h1", Said(_("三、具体修改意见"))),
        *_articles(dossier, tuple(row for row in dossier.suggestions if row.kind not in ELSEWHERE)),
        Block("h1", Said(_("四、其他建议"))),
        *_points(dossier.other),
        *_changes(dossier.changes),
        *(Block("annex", _annex_line(annex, len(annexes(dossier)))) for annex in annexes(dossier)),
        *_signature(dossier),
    ]


def title(dossier: Dossier) -> Said:
    """关于《…（草案征求意见稿）》征求意见情况的报告; a later edition is a 补充报告."""
    if dossier.edition_number > 1:
        return Said(_("关于《%(name)s》征求意见情况的补充报告"), name=full_name(dossier))
    return Said(_("关于《%(name)s》征求意见情况的报告"), name=full_name(dossier))


def full_name(dossier: Dossier) -> str:
    """The draft's name with its stage in brackets, without book marks."""
    stage = dossier.stage.strip("（）()")
    return f"{dossier.title}（{stage}）" if stage and stage not in dossier.title else dossier.title


def annexes(dossier: Dossier) -> list[Annex]:
    """The annexes this dossier has, numbered; table, originals and counts are always there."""
    names = {
        "table": Said(_("意见建议汇总表")),
        "originals": Said(_("意见原文")),
        "minutes": Said(_("会议纪要")) if dossier.minutes else None,
        "votes": Said(_("意见态度统计和表决情况")) if dossier.votes or dossier.attitudes else None,
        "comparison": Said(_("文本对照表")) if dossier.comparison else None,
        "counts": Said(_("意见数量和完整性说明")),
    }
    there = [(key, name) for key, name in names.items() if name]
    return [Annex(number, key, name) for number, (key, name) in enumerate(there, 1)]


def _annex_line(annex: Annex, among: int) -> Said:
    if among == 1:
        return Said(_("附件：%(name)s"), name=annex.name)
    if annex.number == 1:
        return Said(_("附件：1. %(name)s"), name=annex.name)
    return Said(_("%(n)s. %(name)s"), n=annex.number, name=annex.name)


def _lead(dossier: Dossier) -> Said:
    letter = dossier.letter
    asked = book_marked(letter.title) if letter.title else ""
    asked += f"（{letter.number}）" if letter.number and asked else letter.number
    what: dict[str, object] = {"name": full_name(dossier), "we": _we(dossier.office)}
    if not asked:
        return Said(_("%(we)s就《%(name)s》组织征求意见。现将有关情况报告如下："), **what)
    return Said(
        _("根据%(asked)s要求，%(we)s就《%(name)s》组织征求意见。现将有关情况报告如下："), asked=asked, **what
    )


def book_marked(name: str) -> str:
    """A name in book marks; marks inside it become single ones (GB/T 15834-2011, 4.15): 《关于〈…〉的函》."""
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        return name
    return f"《{name.replace('《', '〈').replace('》', '〉')}》"


def _we(office: str) -> Said:
    return Said(_("我联系点")) if office.endswith("联系点") else Said(_("我单位"))


def _points(points: tuple[Point, ...]) -> Iterator[Block]:
    if not points:
        yield Block("body", Said(NOTHING))
    for point in points:
        yield Block("body", _spoken(point.text, point.backing))


def _spoken(text: str, backing: Backing) -> Said | str:
    """A view with its quantity before it; without a remark behind it the text stands as the office wrote it."""
    text = closed(text)
    if not backing.remarks:
        return text
    parts = composition(backing.categories)
    said = quantity(backing).said
    if not parts:
        return Said(_("%(quantity)s提出，%(text)s"), quantity=said, text=text)
    return Said(_("%(quantity)s提出，%(text)s其中，%(parts)s。"), quantity=said, text=text, parts=parts)


def _general(dossier: Dossier) -> Iterator[Block]:
    """二、总体评价: the suggestions on the whole draft; without one the attitudes to it, never nothing where somebody spoke."""
    whole = next((row for row in dossier.attitudes if row.place == WHOLE and row.total), None)
    if dossier.general or whole is None:
        yield from _points(dossier.general)
        return
    counts = (whole.support, whole.amend, whole.oppose, whole.no_view)
    parts = tuple(
        Said(_("%(label)s%(n)s人"), label=Said(name), n=n)
        for name, n in zip(ATTITUDES.values(), counts, strict=True)
        if n
    )
    yield Block(
        "body",
        Said(_("对草案总体没有归纳成建议。表明的态度：%(parts)s。原话见附件《意见原文》。"), parts=parts),
    )


def _articles(dossier: Dossier, suggestions: tuple[SuggestionRow, ...]) -> Iterator[Block]:
    if not suggestions:
        left = not dossier.suggestions and dossier.counts.remarks
        yield Block(
            "body", Said(_("没有归并成建议。收到的意见逐字照录，见附件《意见原文》。") if left else NOTHING)
        )
    rows = sorted(suggestions, key=lambda row: (row.order, row.n))
    for number, (article, group) in enumerate(groupby(rows, key=lambda row: row.article or row.place), 1):
        yield Block("h2", Said(_("（%(n)s）关于%(place)s"), n=to_chinese(number), place=_place(article)))
        yield from _suggested(list(group))


def _place(article: str) -> Text:
    return article or Said(_("草案总体"))


def _suggested(rows: list[SuggestionRow]) -> Iterator[Block]:
    for number, row in enumerate(rows, 1):
        text = _spoken(row.text or row.title, row.backing)
        yield Block("body", (f"{number}.", text) if len(rows) > 1 else text)
        yield from (Block("body", text) for text in _details(row))
        yield from (Block("body", _another(view)) for view in row.others)


PROPOSED = {
    "addition": _("建议增加的表述为：%(wording)s"),
    "deletion": _("建议删去后的表述为：%(wording)s"),
}
CHOSEN = {
    True: _("经议定，该建议报送。"),
    False: _("经议定，该建议未列入重点报送，作为不同意见一并报告。"),
}


def _details(row: SuggestionRow) -> Iterator[Said]:
    if row.wording:
        msgid = PROPOSED.get(row.kind, _("建议修改为：%(wording)s"))
        yield Said(msgid, wording=quoted(row.wording))
    if row.reasons:
        yield Said(_("理由：%(text)s"), text=closed(row.reasons))
    if row.legal_basis:
        yield Said(_("依据：%(text)s"), text=closed(row.legal_basis))
    if row.forwarded is not None:
        yield Said(CHOSEN[row.forwarded])


def _another(view: View) -> Said:
    if not view.backing.remarks:
        return Said(_("另有意见提出，%(text)s"), text=closed(view.text))
    parts = composition(view.backing.categories)
    if not parts:
        return Said(_("另有%(n)s条意见提出，%(text)s"), n=view.backing.remarks, text=closed(view.text))
    msgid = _("另有%(n)s条意见提出，%(text)s其中，%(parts)s。")
    return Said(msgid, n=view.backing.remarks, text=closed(view.text), parts=parts)


def _changes(changes: tuple[str, ...]) -> Iterator[Block]:
    if changes:
        yield Block("h1", Said(_("五、与上一版的不同")))
    yield from (Block("body", closed(text)) for text in changes)


def _signature(dossier: Dossier) -> Iterator[Block]:
    sign = dossier.signature
    yield Block("office", sign.office or dossier.office)
    if sign.on:
        yield Block("date", day(sign.on))
    if sign.contact:
        phone = Said(_("，电话：%(phone)s"), phone=sign.contact.phone) if sign.contact.phone else ""
        yield Block("contact", Said(_("（联系人：%(who)s%(phone)s）"), who=sign.contact.shown, phone=phone))


def quoted(wording: str) -> str:
    """Proposed words in quotation marks; their own closing mark stays inside, else the stop follows the marks."""
    wording = enclosed(wording.strip())
    return f"“{wording}”" if wording and wording[-1] in "。！？；：" else f"“{wording}”。"


def closed(text: str) -> str:
    """A text that ends as a sentence: a full stop is added where no closing mark stands."""
    text = enclosed(text.strip())
    return text if not text or text[-1] in "。！？；…”）.!?" else f"{text}。"
