"""Shapes of real drafts that are easily misread: lists of contents, headings, quotations, what stands around the act."""

import pytest

from deliberation.domain.structure.lines import bare
from tests.domain.test_structure import codes, read

BODY = "第一章 总则\n第一条 为了示例。\n第二章 管理\n第二条 甲。\n第三章 附则\n第三条 乙。"


def headings(draft):
    return [
        (n.kind, n.n, n.heading) for n in draft.walk() if n.kind in {"part", "subpart", "chapter", "section"}
    ]


CHAPTERS = [("chapter", "1", "总则"), ("chapter", "2", "管理"), ("chapter", "3", "附则")]


@pytest.mark.parametrize(
    "contents",
    [
        "目 录\n第一章 总则 ………… 1\n第二章 管理 .......... 12\n第三章 附则 ______ 20",
        "目录\n第一章 总则（1）\n第二章 管理（3）\n第三章 附则（9）",
        "目录\n第一章 总则 第二章 管理 第三章 附则",
        "目录 第一章 总则 第二章 管理 第三章 附则",
        "目  录\n总则\n管理\n附则",
        "目录\n第一章 总则\n第二章 管理\n第三章 附则\n目录\n第一章 总则\n第二章 管理\n第三章 附则",
        "第一章 总则\n第二章 管理\n第三章 附则",
        "目录\n第一章 总则\n第一条\n第二章 管理\n第二条\n第三章 附则\n第三条",
        "【目录】\n第一章　总　则\n第二章　管　理\n第三章　附　则",
        "目 次\n第一章 总则\n- 2 -\n第二章 管理\n第三章 附则",
        "* * *\n目录\n* 第一章 总则\n* 第二章 管理\n* 第三章 附则".replace("* * *\n", ""),
    ],
)
def test_every_dress_of_a_contents_list_is_left_out(contents):
    draft = read(f"××条例\n{contents}\n{BODY}")
    assert headings(draft) == CHAPTERS
    assert [node.n for node in draft.articles()] == ["1", "2", "3"]
    assert bare(draft.text()) == bare(f"××条例{BODY}")
    assert codes(draft) == []


def test_a_short_list_without_its_word():
    draft = read("××条例\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。")
    assert headings(draft) == [("chapter", "1", "总则"), ("chapter", "2", "附则")]


def test_a_contents_list_with_captions_of_articles():
    draft = read(
        "××条例\n目录\n第一章 总则\n第一条【目的】\n第二条【适用】\n第二章 附则\n第三条【施行】\n"
        "第一章 总则\n第一条【目的】为了。\n第二条【适用】本市。\n第二章 附则\n第三条【施行】自公布。"
    )
    assert [node.heading for node in draft.articles()] == ["【目的】", "【适用】", "【施行】"]
    assert headings(draft) == [("chapter", "1", "总则"), ("chapter", "2", "附则")]


def test_a_preamble_that_stands_in_the_contents_list():
    draft = read(
        "示例宪法\n目　录\n序　言\n第一章　总　纲\n第二章　附则\n序　言\n一八四〇年以后，甲。\n"
        "第一章　总　纲\n第一条　甲。\n第二章　附则\n第二条　乙。"
    )
    assert [node.text for node in draft.preamble] == ["序　言", "一八四〇年以后，甲。"]
    assert draft.counts() == {"paragraph": 4, "chapter": 2, "article": 2}


def test_a_list_named_contents_in_an_annex_stays():
    draft = read("第一条 甲。\n附件 示例清单\n目录\n第一章 设备\n第二章 材料")
    assert bare(draft.attachments[0].whole_text()) == "附件示例清单目录第一章设备第二章材料"


def test_spaces_inside_every_number():
    draft = read(
        "示例法\n第 一 编　 总　　则\n第一 分 编  一般规定\n第　一　章　　目 的\n第 1 节  依据\n第　一　条  为了：\n（ 一 ） 甲；\n1． 乙。"
    )
    assert [(kind, n) for kind, n, _heading in headings(draft)] == [
        ("part", "1"), ("subpart", "1"), ("chapter", "1"), ("section", "1"),
    ]  # fmt: skip
    assert [node.eid for node in draft.walk()][4:] == [
        "art_1", "art_1__para_1", "art_1__para_1__point_1", "art_1__para_1__point_1__indent_1",
    ]  # fmt: skip


def test_an_unnumbered_supplement_below_its_number():
    draft = read("第一章\n总　则\n第一条\n为了。\n第二章\n附　则\n第二条\n乙。")
    assert headings(draft) == [("chapter", "1", "总　则"), ("chapter", "2", "附　则")]


@pytest.mark.parametrize(
    ("written", "n"),
    [("第１０条之１", "10-1"), ("第10条之二", "10-2"), ("第十条 之十二", "10-12"), ("第一百〇一条", "101"), ("第廿三条", "23")],
)  # fmt: skip
def test_numbers_as_people_write_them(written, n):
    (node,) = read(f"{written}　甲。").articles()
    assert (node.number, node.n, node.children[0].text) == (written, n, "甲。")


def test_a_caption_in_round_brackets_on_its_own_line():
    (node,) = read("第一条\n（法律责任）\n违反的，罚款。").articles()
    assert (node.heading, node.caption) == ("（法律责任）", "法律责任")
    assert [child.text for child in node.children] == ["违反的，罚款。"]


def test_all_in_one_line():
    draft = read(
        "××规则 第一章 总则 第一条 为了规范，制定本规则。 第二条 依照第一条规定。 第三条 下列情形：（一）甲；（二）乙。 第二章 附则 第四条 本规则自公布之日起施行。"
    )
    assert draft.title == "××规则"
    assert headings(draft) == [("chapter", "1", "总则"), ("chapter", "2", "附则")]
    assert [node.n for node in draft.articles()] == ["1", "2", "3", "4"]
    assert "not_lossless" not in codes(draft)


def test_no_separator_anywhere():
    draft = read(
        "第一章总则第一条为了规范，制定本规则。第二条依照第一条规定执行。第三条市人民政府负责。\n第二章附则\n第四条自公布之日起施行。"
    )
    assert [node.n for node in draft.articles()] == ["1", "2", "3", "4"]
    assert headings(draft) == [("chapter", "1", "总则"), ("chapter", "2", "附则")]


def test_a_sentence_that_begins_with_a_chapter_is_no_heading():
    draft = read("第一章 总则\n第一条 甲。\n第二章第五条规定的情形，以及第六条，从其规定。\n第二条 乙。")
    assert headings(draft) == [("chapter", "1", "总则")]
    assert len(draft.articles()[0].children) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章 甲\n第一条 甲。\n第三章 乙\n第二条 乙。", [("number_gap", 3)]),
        ("第一章 甲\n第一条 甲。\n第一章 乙\n第二条 乙。", [("number_repeats", 3)]),
        ("第一编 甲\n第一章 甲\n第一条 甲。\n第二编 乙\n第一章 乙\n第二条 乙。", []),
        ("第一编 甲\n第一分编 子\n第一章 甲\n第一条 甲。\n第二分编 丑\n第二章 乙\n第二条 乙。", []),
        ("第一编 甲\n第一分编 子\n第一章 甲\n第一条 甲。\n第二分编 丑\n第一章 乙\n第二条 乙。", []),
        ("第一章 甲\n第一节 子\n第一条 甲。\n第三节 丑\n第二条 乙。\n第二章 乙\n第一节 子\n第三条 甲。", [("number_gap", 4)]),
    ],
)  # fmt: skip
def test_numbers_of_divisions_are_watched(text, expected):
    assert [(c.code, c.line) for c in read(text).warnings] == expected


STRAIGHT = """××市人大常委会关于修改《××市条例》的决定
一、将第一条修改为："为了规范。
"第二款。"
二、第二条修改为:
"第二条 甲。
第三条 乙，本条所称"甲"，是指"丙"。"
三、增加一章，作为第五章："第五章 法律责任
"第三十条 违反的，罚款。
"第三十一条 拒不改正的，罚款。"
四、第三条中"甲"修改为"乙"。
本决定自公布之日起施行。"""


def test_straight_quotation_marks_quote_as_well():
    draft = read(STRAIGHT)
    assert draft.counts() == {"clause": 4, "paragraph": 5, "quoted": 7}
    assert draft.body[3].children[0].text == '第三条中"甲"修改为"乙"。'
    assert bare(draft.text()) == bare(STRAIGHT)
    assert codes(draft) == []


def test_new_articles_announced_without_quotation_marks():
    draft = read(
        "××宪法修正案\n第三十二条　删去甲。\n第三十四条　增加一节，作为第七节；增加五条。内容如下：\n第七节　监察委员会\n"
        "第一百二十三条　监察机关。\n监察委员会由下列人员组成：\n主任，\n第三十五条　第七节改为第八节。"
    )
    assert [node.n for node in draft.articles()] == ["32", "34", "35"]
    assert [node.text for node in draft.walk() if node.kind == "quoted"] == [
        "第七节　监察委员会", "第一百二十三条　监察机关。", "监察委员会由下列人员组成：", "主任，",
    ]  # fmt: skip


def test_an_explanation_after_the_act_is_an_attachment():
    draft = read(
        "××市养犬管理条例（草案）\n第一条 甲。\n第二条 乙。\n关于《××市养犬管理条例（草案）》的说明\n各位代表：\n一、必要性\n养犬多了。\n第三条规定了犬。"
    )
    assert draft.counts()["article"] == 2
    assert [child.text for child in draft.articles()[1].children] == ["乙。"]
    assert [(n.eid, n.number, n.heading) for n in draft.attachments] == [
        ("att_1", None, "关于《××市养犬管理条例（草案）》的说明")
    ]


def test_village_rules_numbered_by_clauses():
    draft = read(
        "××村村规民约\n为了和睦，制定本村规民约。\n一、社会治安\n1.学法。\n2.不吸毒。\n二、消防安全\n（一）野外：\n1.不带火种。\n（二）家庭。\n三、自通过之日起施行。"
    )
    assert draft.title == "××村村规民约"
    assert draft.counts() == {"paragraph": 4, "clause": 3, "item": 3, "subparagraph": 2}


def test_page_numbers_in_a_pasted_text_are_said_and_kept():
    draft = read(
        "第一条 为了规范示例活动，保障公共安全，制定本条例。\n— 2 —\n第二条 甲。\n第 3 页 共 9 页\n第三条 乙。"
    )
    assert [(c.code, c.line) for c in draft.warnings] == [("page_number", 2), ("page_number", 4)]
    assert "— 2 —" in draft.text()


def test_half_brackets_are_points():
    node = read("第一条 下列：\n（一）甲：\n1)子；\n2）丑。\n（二）乙。").articles()[0]
    assert [(n.kind, n.n) for n in node.walk()][2:] == [
        ("subparagraph", "1"), ("item", "1"), ("item", "2"), ("subparagraph", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["对违反规定的，罚款。", "与本市有关的，适用。", "关于甲的事项，从其规定。", "删去乙。"]
)
def test_an_article_after_a_gap_may_begin_with_any_word(words):
    draft = read(f"第五条 甲。\n第八条　{words}\n第九条 丙。")
    assert [node.n for node in draft.articles()] == ["5", "8", "9"]


def test_an_article_after_a_line_without_an_end_is_still_one():
    draft = read("第一条 甲\n第三条　乙\n第四条 丙")
    assert [node.n for node in draft.articles()] == ["1", "3", "4"]


def test_a_heading_of_the_preamble_is_no_title():
    draft = read("示例宪法\n序言\n甲。\n第一章 总纲\n第一条 甲。", level_1=1, level_2=1, level_4=1)
    assert draft.title == "示例宪法"
    assert [(node.heading, node.children[0].text) for node in draft.preamble] == [("序言", "甲。")]


@pytest.mark.parametrize(
    ("first", "title"),
    [("××村公共厕所使用规矩", "××村公共厕所使用规矩"), ("各位村民：", ""), ("2026年1月1日", ""), ("前言", ""), ("大家商定，按此办理", "")],
)  # fmt: skip
def test_a_first_line_may_be_the_title(first, title):
    draft = read(f"{first}\n第一条 甲。\n第二条 乙。")
    assert draft.title == title
    assert bare(draft.text()) == bare(f"{first}第一条甲。第二条乙。")


def test_a_comma_after_a_bracketed_number_is_kept():
    node = read("第一条 下列：\n（一）、甲；\n（二）.乙。").articles()[0]
    assert [n.number for n in node.walk() if n.kind == "subparagraph"] == ["（一）、", "（二）."]


def test_a_later_number_and_its_text_on_the_line_below():
    draft = read("第二十条\n之一　本法另有规定。\n第二十一条 乙。")
    assert [(n.number, n.children[0].text) for n in draft.articles()][0] == ("第二十条之一", "本法另有规定。")
    assert "not_lossless" not in codes(draft)
