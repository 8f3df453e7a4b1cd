"""体例检查: each rule on what it is for and on what it must leave alone; a proposed wording settles the hint."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.eids import addressed
from deliberation.domain.numbering import label, to_chinese
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.style_hints import Hint, hints

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PURPOSE = "为了规范电动自行车充电，根据有关法律，制定本条例。"
START = "本条例自2026年7月1日起施行。"


def points(*texts: str) -> tuple[Node, ...]:
    return tuple(Node("subparagraph", f"（{to_chinese(n)}）", str(n), text=t) for n, t in enumerate(texts, 1))


def paragraph(text: str, *below: str) -> Node:
    return Node("paragraph", text=text, children=points(*below))


def article(n: int, *paragraphs: Node | str) -> Node:
    parts = tuple(p if isinstance(p, Node) else paragraph(p) for p in paragraphs)
    return Node("article", label(str(n)), str(n), children=parts)


def chapter(n: int, heading: str, *articles: Node) -> Node:
    return Node("chapter", label(str(n), "章"), str(n), heading=heading, children=articles)


def whole(*paragraphs: Node | str) -> Draft:
    """A sound draft with `paragraphs` as its second article."""
    return addressed(Draft(body=(article(1, PURPOSE), article(2, *paragraphs), article(3, START))))


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(h.code, h.quote, h.wording) for h in hints(whole(text))]


def test_a_sound_draft_has_no_hint():
    lead = paragraph("有下列情形之一的，由消防救援机构责令改正：", "占用公共部位的；", "私拉电线的。")
    assert hints(whole("充电设施应当定期检查。", lead)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("物业企业必须检查。", [("must", "必须", "应当")]),
        ("生活必须品除外。", []),
        ("不准占用消防通道。", [("not_permitted", "不准", "不得")]),
        ("提交的资料不准确的，不准予登记。", []),
        ("严禁私拉电线。", [("strictly", "严禁", "禁止")]),
        ("违反第二条第（三）项规定", [("citation_nowhere", "第二条第（三）项", None), ("point_brackets", "第（三）项", "第三项")]),
        ("其它设施。", [("other", "其它", "其他")]),
        ("设立帐户和会计帐簿。", [("account", "帐", "账"), ("account", "帐", "账")]),
        ("搭设帐篷。", []),
        ("七日内做出处理决定。", [("make", "做出", "作出")]),
        ("对做出突出贡献的给予奖励。", []),
        ("按时交纳税款。", [("pay", "交纳", "缴纳")]),
        ("业主按时交纳物业费。", []),
        ("登陆政务服务网站。", [("log_in", "登陆", "登录")]),
        ("有下列行为之一，处二百元罚款。", [("one_of", "有下列行为之一", "有下列行为之一的")]),
        ("有下列行为之一，情节严重的，处罚款。", []),
        ("应当检查，但法律另有规定的除外。", [("but", "但", "但是，")]),
        ("应当检查，但是，法律另有规定的除外。", []),
        ("可以停放，但不得充电。", []),
        ("按照本条例第一条规定。", [("according", "按照", "依照")]),
        ("按照合同约定。", []),
        ("根据《中华人民共和国宪法》制定。", [("constitution", "《中华人民共和国宪法》", "宪法")]),
        ("应当在30日内缴纳5000元，逾期加收10%。", [("figures", "30日", "三十日"), ("figures", "5000元", "五千元"), ("figures", "10%", "百分之十")]),
        ("自2026年7月30日起，每年检查。", []),
        ("罚款50000元，比例12.5%。", [("figures", "50000元", "五万元")]),
        ("截至二〇二六年七月一日。", [("date_figures", "二〇二六年七月一日", "2026年7月1日")]),
        ("持有《营业执照》、《许可证》。", [("title_list", "》、《", "》《")]),
        ("充电设施,应当合格;并且安全。", [("half_width", ",应当合格;", "，应当合格；")]),
        ("依照刑法第一百条处罚。", [("title_marks", "刑法", None)]),
        ("依照《中华人民共和国刑法》（以下简称《刑法》）第一百条、宪法第二条。", []),
        ("违反前款规定的。", [("citation_before_first", "前款", None)]),
        ("依照本条例第八条。", [("citation_nowhere", "第八条", None)]),
    ],
)  # fmt: skip
def test_hints_on_words(text, expected):
    assert sorted(found(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("lead", "below", "expected"),
    [
        ("有下列情形：", ("甲；", "乙。"), []),
        ("有下列情形：", ("甲；", "乙；", "丙；"), [("point_end", "丙；", "丙。")]),
        ("有下列情形：", ("应当合格。", "应当安全。"), [("point_end", "应当合格。", "应当合格；")]),
        ("有下列情形：", ("应当合格。不合格的更换。", "应当安全。"), []),
        ("有下列情形，", ("甲；", "乙。"), [("lead_colon", "有下列情形，", "有下列情形：")]),
        ("有下列情形。", ("甲；", "乙。"), [("lead_colon", "有下列情形。", None)]),
    ],
)
def test_hints_on_the_marks_of_lists(lead, below, expected):
    assert [(h.code, h.quote, h.wording) for h in hints(whole(paragraph(lead, *below)))] == expected


def codes(*body: Node) -> list[tuple[str, str]]:
    return [(h.code, h.eid) for h in hints(addressed(Draft(body=body)))]


RULE = "充电设施应当定期检查。"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ((article(1, RULE), article(2, START)), [("purpose_missing", "art_1")]),
        ((article(1, "为规范充电，制定本条例。"), article(2, START)), [("purpose_word", "art_1__para_1")]),
        ((article(1, PURPOSE), article(2, RULE)), [("commencement_missing", "art_2")]),
        ((article(1, PURPOSE), article(2, START), article(3, RULE)), [("commencement_not_last", "art_2")]),
        ((article(1, PURPOSE), article(2, "本条例自公布之日起实施。")), [("commencement_word", "art_2__para_1")]),
        ((article(1, PURPOSE), article(3, RULE), article(4, START)), [("number_gap", "art_3")]),
        ((article(1, PURPOSE), article(2, RULE), article(2, RULE), article(3, START)), [("number_twice", "art_2_2")]),
        ((article(1, PURPOSE), article(3, RULE), article(2, START)), [("number_back", "art_2"), ("number_gap", "art_3")]),
        (
            (chapter(1, "总则", article(1, PURPOSE)), chapter(2, "附　则", article(2, RULE)), chapter(3, "责任", article(3, START))),
            [("supplementary_not_last", "chp_2")],
        ),
        ((chapter(1, "总则", article(1, PURPOSE)), chapter(3, "附则", article(2, START))), [("number_gap", "chp_3")]),
        ((chapter(1, "总则", article(1, PURPOSE)), chapter(2, "附则", article(2, START))), []),
    ],
)  # fmt: skip
def test_hints_on_the_build(body, expected):
    assert sorted(codes(*body)) == sorted(expected)


def test_an_article_with_an_after_number_leaves_no_gap():
    after = Node("article", "第二条之一", "2-1", children=(paragraph(RULE),))
    assert codes(article(1, PURPOSE), article(2, RULE), after, article(3, START)) == []


def test_points_that_begin_late_or_skip():
    two = replace(points("甲；")[0], number="（二）", n="2")
    four = replace(points("乙。")[0], number="（四）", n="4")
    lead = Node("paragraph", text="有下列情形：", children=(two, four))
    assert [(h.code, h.eid) for h in hints(whole(lead))] == [
        ("number_start", "art_2__para_1__point_2"),
        ("number_gap", "art_2__para_1__point_4"),
    ]


def test_quoted_words_and_tables_are_left_alone():
    quoted = Node("quoted", text="“必须检查其它设施。”")
    table = Node("table", text="费用\t30元")
    made = Node("article", "第二条", "2", children=(paragraph(RULE), quoted, table))
    assert codes(article(1, PURPOSE), made, article(3, START)) == []


def test_sentences_can_be_said():
    (hint,) = hints(addressed(Draft(body=(article(1, PURPOSE), article(3, RULE), article(4, START)))))
    assert str(hint.said) == "第一条的后面是第三条，中间缺号。"


def settled(draft: Draft, hint: Hint) -> Draft:
    """The draft with the hint's wording in place of its quote."""

    def change(node: Node) -> Node:
        text = node.text
        if node.eid == hint.eid and hint.wording is not None:
            text = text[: hint.start] + hint.wording + text[hint.start + len(hint.quote) :]
        return replace(node, text=text, children=tuple(map(change, node.children)))

    return replace(draft, body=tuple(map(change, draft.body)))


PIECES = ["必须", "不准", "严禁", "其它", "帐户", "做出决定", "30日", "10%", "二〇二六年一月", "，但", "除外", "，", "。", ",", "充电",
          "第（一）项", "按照本条例第一条", "《甲》、《乙》", "有下列行为之一", "刑法第一条", "前款", "交纳税款"]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.lists(st.sampled_from(PIECES), max_size=3)
)
def test_quotes_stand_where_they_say_and_wordings_settle_the_hint(text, below):
    draft = whole(paragraph(text, *below)) if below else whole(text or RULE)
    nodes = {node.eid: node for node in draft.walk()}
    for hint in hints(draft):
        assert nodes[hint.eid].text[hint.start : hint.start + len(hint.quote)] == hint.quote
        if hint.wording is None:
            continue
        assert hint.wording != hint.quote
        after = hints(settled(draft, hint))
        assert (hint.code, hint.eid, hint.start, hint.quote) not in {
            (h.code, h.eid, h.start, h.quote) for h in after
        }


@pytest.mark.corpus
def test_laws_drafted_by_these_rules_have_few_hints_and_every_text_bears_the_check():
    from deliberation.formats.reading import read_draft

    if not CORPUS.exists():
        pytest.skip(f"the shared corpus is not beside the project: {CORPUS}")
    totals = {}
    for path in sorted([*(CORPUS / "hard").glob("*.md"), *(CORPUS / "pairs").glob("*.md")]):
        draft = read_draft(path.read_bytes(), path.name)
        nodes = {node.eid: node for node in draft.walk()}
        made = hints(draft)
        totals[path.stem] = len(made) / max(1, len(draft.articles()))
        assert all(nodes[h.eid].text[h.start : h.start + len(h.quote)] == h.quote for h in made)
    national = [
        totals["D01_立法法(2023-03-13)"],
        totals["公司法.2023-12-29"],
        totals["未成年人保护法.2024-04-26"],
    ]
    assert max(national) < 0.1  # hints an article
