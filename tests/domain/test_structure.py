"""Lines → tree: every level, every dirty kind, and nothing lost."""

import pytest

from deliberation.domain.structure import Line, Source, parse, secrecy_mark
from deliberation.domain.structure.lines import bare


def read(text, **levels):
    """The draft in a text; `level_3=1` makes line 3 a heading of depth 1."""
    lines = [
        Line(line, no, levels.get(f"level_{no}", 0))
        for no, line in enumerate(text.strip("\n").split("\n"), 1)
    ]
    return parse(Source(tuple(lines)))


def codes(draft):
    return [caution.code for caution in draft.warnings]


def articles(draft):
    return [(node.number, node.n, [child.text for child in node.children]) for node in draft.articles()]


def test_every_level():
    draft = read("""
××市示例条例
第一编　总则
第一分编　一般规定
第一章　目的
第一节　依据
第一条　为了示例，制定本条例。
有下列情形之一的，依照本条例办理：
（一）第一项：
1.第一目；
2.第二目；
（二）第二项。
第二款之后的一款。
第二条　本条例自公布之日起施行。
""")
    assert draft.title == "××市示例条例"
    kinds = [(node.kind, node.eid) for node in draft.walk()]
    assert kinds == [
        ("part", "book_1"), ("subpart", "book_1__part_1"), ("chapter", "book_1__part_1__chp_1"),
        ("section", "book_1__part_1__chp_1__sec_1"),
        ("article", "art_1"), ("paragraph", "art_1__para_1"), ("paragraph", "art_1__para_2"),
        ("subparagraph", "art_1__para_2__point_1"),
        ("item", "art_1__para_2__point_1__indent_1"), ("item", "art_1__para_2__point_1__indent_2"),
        ("subparagraph", "art_1__para_2__point_2"), ("paragraph", "art_1__para_3"),
        ("article", "art_2"), ("paragraph", "art_2__para_1"),
    ]  # fmt: skip
    assert codes(draft) == []


@pytest.mark.parametrize(
    "start",
    ["第一条 为了", "第一条　为了", "第一条　　为了", "第一条\u00a0为了", "第一条为了", "第1条 为了", "第１条　为了", "第 一 条 为了",
     "\u200b第一条 为了", "\ufeff第一条 为了", "第一条：为了", "第一条、为了"],
)  # fmt: skip
def test_separators_and_figures(start):
    draft = read(f"{start}示例，制定本条例。\n第二条 本条例自公布之日起施行。")
    assert [node.n for node in draft.articles()] == ["1", "2"]
    assert draft.articles()[0].children[0].text == "为了示例，制定本条例。"


def test_number_on_a_line_of_its_own():
    draft = read(
        "第一百三十三条\n之一\n【危险驾驶罪】在道路上驾驶机动车的，处拘役。\n有前款行为的，从重处罚。"
    )
    node = draft.articles()[0]
    assert (node.number, node.n, node.eid) == ("第一百三十三条之一", "133-1", "art_133-1")
    assert node.heading == "【危险驾驶罪】"
    assert node.caption == "危险驾驶罪"
    assert [child.text for child in node.children] == [
        "在道路上驾驶机动车的，处拘役。",
        "有前款行为的，从重处罚。",
    ]


@pytest.mark.parametrize("brackets", ["【】", "〖〗", "（）", "()", "[]"])
def test_captions(brackets):
    left, right = brackets
    draft = read(f"第一条{left}目的依据{right}为了示例。\n第二条 {left}适用范围{right}\n本市适用。")
    assert [node.heading for node in draft.articles()] == [f"{left}目的依据{right}", f"{left}适用范围{right}"]
    assert [node.caption for node in draft.articles()] == ["目的依据", "适用范围"]
    assert [child.text for node in draft.articles() for child in node.children] == [
        "为了示例。",
        "本市适用。",
    ]


def test_a_point_is_no_caption():
    node = read("第一条（一）甲；\n（二）乙。").articles()[0]
    assert node.heading is None


def test_article_of_a_later_insertion():
    draft = read("第十七条 甲。\n第十七条之一 乙。\n第十七条之二 丙。\n第十八条 丁。")
    assert [node.eid for node in draft.articles()] == ["art_17", "art_17-1", "art_17-2", "art_18"]
    assert codes(draft) == ["number_start"]


def test_contents_are_left_out():
    draft = read("""
××市示例条例
目　录
第一章　总　则
第二章　规 范
　第一节　甲
第三章　附则
第一章　总　则
第一条　为了示例。
第二章　规 范
第一节　甲
第二条　应当。
第三章　附则
第三条　本条例自公布之日起施行。
""")
    assert draft.counts()["chapter"] == 3
    assert "目" not in draft.text()
    assert codes(draft) == []


@pytest.mark.parametrize(
    "contents",
    ["目录\n第一章 总则……1\n第二章 附则……2", "***目录***\n第一章 总则\n第二章 附则", "目 次\n第一章 总则\t1\n第二章 附则\t2",
     "第一章 总则\n第二章 甲\n第三章 乙\n第四章 附则"],
)  # fmt: skip
def test_contents_in_other_dress(contents):
    draft = read(f"××条例\n{contents}\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。")
    assert draft.counts()["chapter"] == 2
    assert codes(draft) == []


def test_a_contents_label_before_the_only_headings():
    draft = read("目录\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。")
    assert draft.counts()["chapter"] == 2


def test_supplementary_without_a_number():
    draft = read("第一章 总则\n第一条 甲。\n附　则\n第二条 乙。")
    assert [(node.kind, node.number, node.heading) for node in draft.body] == [
        ("chapter", "第一章", "总则"),
        ("chapter", None, "附　则"),
    ]
    assert draft.body[1].eid == "chp_2"
    assert draft.counts()["chapter"] == 1


def test_heading_on_two_lines():
    draft = read("第一章\n总　则\n第一条 甲。")
    assert (draft.body[0].number, draft.body[0].heading) == ("第一章", "总　则")


def test_article_in_mid_line():
    draft = read("第一章 总则 第一条 甲。 第二条乙，依照本条例第一条的规定。第三条 丙。\n第四条 丁。")
    assert [node.n for node in draft.articles()] == ["1", "2", "3", "4"]
    assert draft.articles()[1].children[0].text == "乙，依照本条例第一条的规定。"
    assert codes(draft) == ["start_in_line"] * 3


def test_a_citation_in_mid_line_is_no_article():
    draft = read("第一条 甲。第二条规定的情形除外。\n第二条 乙。")
    assert [node.n for node in draft.articles()] == ["1", "2"]


def test_a_citation_at_the_beginning_of_a_line_is_no_article():
    draft = read("第一条 甲。\n第二条 乙。\n第一条规定的情形，由市人民政府另行规定。\n第三条 丙。")
    assert [node.n for node in draft.articles()] == ["1", "2", "3"]
    assert len(draft.articles()[1].children) == 2


def test_hard_line_breaks():
    draft = read("第一条 为了加强和规范无人驾驶航空器安全管理，保障\n公共安全，制定本规定。\n第二款另起。")
    assert [child.text for child in draft.articles()[0].children] == [
        "为了加强和规范无人驾驶航空器安全管理，保障公共安全，制定本规定。",
        "第二款另起。",
    ]
    assert codes(draft) == ["line_joined"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("第五条 甲。\n第六条 乙。", "number_start", "第一条至第四条"),
        ("第一条 甲。\n第三条 乙。", "number_gap", "第二条"),
        ("第一条 甲。\n第二条 乙。\n第二条 丙。", "number_repeats", "第二条"),
    ],
)
def test_numbering_is_warned_of_never_repaired(text, code, words):
    draft = read(text)
    assert codes(draft) == [code]
    assert words in draft.warnings[0].message
    assert "\n".join(draft.lines()) == text.replace(" ", "　")


def test_repeated_numbers_have_addresses_of_their_own():
    eids = [node.eid for node in read("第一条 甲。\n第二条 乙。\n第二条 丙。").walk()]
    assert len(eids) == len(set(eids))
    assert "art_2_2" in eids


def test_clauses_instead_of_articles():
    draft = read(
        "关于示例的决定\n会议决定：\n一、废止《甲条例》。\n（一）甲；\n（二）乙。\n二、废止《乙条例》。\n本决定自公布之日起施行。"
    )
    assert draft.title == "关于示例的决定"
    assert [(node.kind, node.eid) for node in draft.body] == [
        ("clause", "cl_1"),
        ("clause", "cl_2"),
        ("paragraph", "para_1"),
    ]
    assert [child.eid for child in draft.body[0].children[0].children] == [
        "cl_1__para_1__point_1",
        "cl_1__para_1__point_2",
    ]
    assert codes(draft) == []


def test_quoted_articles_are_not_structure():
    draft = read("""
××条例修正案
一、将第十七条修改为：“第十七条　已满十六周岁的人。
“第二款。
第二十条　引文中没有引号的一行。
第七节　监察委员会”
二、增加一条，作为第十八条：
“第十八条　甲。”
三、删去第二十条。
本修正案自公布之日起施行。
""")
    assert draft.counts().get("article", 0) == 0
    assert draft.counts()["clause"] == 3
    assert [node.text for node in draft.body[0].children if node.kind == "quoted"] == [
        "“第十七条　已满十六周岁的人。", "“第二款。", "第二十条　引文中没有引号的一行。", "第七节　监察委员会”",
    ]  # fmt: skip
    assert [node.kind for node in draft.body[1].children] == ["paragraph", "quoted"]
    assert "not_lossless" not in codes(draft)


def test_a_forgotten_closing_mark_does_not_swallow_the_rest():
    draft = read("修正案\n一、将第一条修改为：“甲。\n二、将第二条修改为：“乙。”\n三、删去第三条。")
    assert draft.counts()["clause"] == 3


def test_an_ordinary_quotation_stays_in_its_paragraph():
    draft = read("第一条 本条例所称“甲”，是指“乙”。\n“丙”是指丁。\n第二条 戊。")
    assert [child.kind for child in draft.articles()[0].children] == ["paragraph", "paragraph"]


def test_attachments():
    draft = read("""
第一条 甲。
附件1
清单
一、设备
1.甲
（1）乙
附表二：税目表
第一条 附件里的条。
""")
    assert [(node.eid, node.number, node.heading) for node in draft.attachments] == [
        ("att_1", "附件1", None), ("att_2", "附表二：", "税目表"),
    ]  # fmt: skip
    assert draft.attachments[1].children[0].eid == "att_2__art_1"
    assert draft.body[-1].eid == "art_1"
    assert codes(draft) == []


def test_a_sentence_about_an_annex_is_no_attachment():
    draft = read("第一条 甲。\n附件所列目录由市人民政府公布。\n第二条 乙。")
    assert draft.attachments == ()


def test_tables_stand_where_they_stood():
    lines = (Line("第一条 标准如下：", 1), Line("甲\t1\n乙\t2", 2, table=True), Line("前款标准每年调整。", 3))
    node = parse(Source(lines)).articles()[0]
    assert [(child.kind, child.eid) for child in node.children] == [
        ("paragraph", "art_1__para_1"), ("table", "art_1__table_1"), ("paragraph", "art_1__para_2"),
    ]  # fmt: skip


def test_public_notice_title_stage():
    draft = read("""
关于《××市电动自行车条例（草案）》公开征求意见的公告
现将草案全文公布，征求意见截止日期为2026年12月1日。
一、来信请寄：示例路1号。
二、电子邮箱：draft@example.org
××市人大常委会法制工作委员会
××市电动自行车条例
（草案修改二稿征求意见稿）
目录
第一章 总则
第二章 附则
第一章 总则
第一条【目的依据】为了示例。
第二章 附则
第二条〖施行日期〗本条例自公布之日起施行。
""")
    assert draft.title == "××市电动自行车条例"
    assert draft.stage == "（草案修改二稿征求意见稿）"
    assert len(draft.notice) == 5
    assert draft.preamble == ()
    assert draft.counts() == {"chapter": 2, "article": 2, "paragraph": 2}
    assert codes(draft) == []


def test_stage_in_the_title_line():
    draft = read("××市示例条例（草案征求意见稿）\n第一条 甲。")
    assert (draft.title, draft.stage) == ("××市示例条例", "（草案征求意见稿）")


def test_adoption_note_over_several_lines():
    draft = read("""
××市示例条例
（2021年6月24日××市第十五届人大常委会第二十六次会议通过
2021年7月30日××省第十三届人大常委会第二十六次会议批准　根据
2023年1月1日《关于修改〈××市示例条例〉
的决定》修正）
为了示例，制定本条例。
第一条 甲。
""")
    assert draft.note.count("\n") == 3
    assert draft.note.endswith("修正）")
    assert [node.text for node in draft.preamble] == ["为了示例，制定本条例。"]


def test_no_articles_is_said():
    draft = read("会议纪要\n大家谈了很多。\n散会。")
    assert codes(draft) == ["no_articles"]
    assert draft.counts() == {"paragraph": 3}


def test_inline_points():
    node = read("第一条 有下列情形之一的：（一）甲；（二）乙；（三）丙。").articles()[0]
    assert [point.number for point in node.children[0].children] == ["（一）", "（二）", "（三）"]


def test_half_width_points_beside_full_width_ones():
    node = read("第一条 有下列情形之一的：\n(一) 甲；\n（二）乙；\n（三)丙。").articles()[0]
    assert [point.n for point in node.children[0].children] == ["1", "2", "3"]


def test_numbering_starts_late_in_a_book_of_a_code():
    draft = read("第二百零五条 甲。\n第二百零六条 乙。")
    assert [node.eid for node in draft.articles()] == ["art_205", "art_206"]


def test_clause_headings_over_articles_are_chapters():
    draft = read("一、一般规定\n第一条 甲。\n二、特别规定\n第二条 乙。")
    assert [(node.kind, node.number, node.heading) for node in draft.body] == [
        ("chapter", "一、", "一般规定"), ("chapter", "二、", "特别规定"),
    ]  # fmt: skip


def test_json_shape():
    told = read("××条例\n第一条【甲】乙。").as_dict()
    assert set(told) == {
        "title", "stage", "note", "notice", "preamble", "body", "attachments", "warnings", "counts", "digest",
    }  # fmt: skip
    assert told["body"][0] == {
        "kind": "article", "number": "第一条", "n": "1", "eid": "art_1", "heading": "【甲】", "text": "",
        "children": [{"kind": "paragraph", "number": None, "n": None, "eid": "art_1__para_1", "heading": None,
                      "text": "乙。", "children": []}],
    }  # fmt: skip
    assert len(told["digest"]) == 64


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["机密★1年"], "机密★1年"), (["", "绝密", "标题"], "绝密"), (["秘密★长期  特急", "标题"], "秘密★长期"),
        (["密级：机密"], "机密"), (["000001", "机 密 ★ 10 年"], "机 密 ★ 10 年"), (["保守国家秘密法"], None),
        (["第一条 涉及国家秘密的，从其规定。"], None), (["甲"] * 40 + ["机密★1年"], None),
    ],
)  # fmt: skip
def test_secrecy_mark(lines, mark):
    assert secrecy_mark(lines) == mark


def test_lost_words_are_reported_with_their_place(monkeypatch):
    from deliberation.domain import structure

    monkeypatch.setattr(structure, "nest", lambda blocks: ())
    draft = read("××条例\n第一条 甲。")
    assert [(c.code, c.line) for c in draft.warnings if c.code == "not_lossless"] == [("not_lossless", 2)]


def test_unseen_characters_are_white_space():
    assert bare("\ufeff第\u200b一 条\u3000\u00a0甲\n") == "第一条甲"
