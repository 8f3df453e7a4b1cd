"""Citations: read as they are written, pointed at the right place, and those a renumbering breaks are listed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.alignment import Link, align, articles_of
from deliberation.domain.citations import mentions, typed
from deliberation.domain.citations_broken import broken
from deliberation.domain.citations_places import Found, citations, place_of
from deliberation.domain.eids import addressed
from deliberation.domain.numbering import label, to_chinese
from deliberation.domain.provisions import Draft, Node

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def seen(text: str) -> list[tuple[str, str, str | None]]:
    """Words, steps in short (a12 p2 s3-5 …, < back, = this) and the other act of every mention."""

    def short(step):
        figure = "=" if step.this else f"<{step.back}" if step.back else step.n
        return f"{step.kind[0]}{figure}" + (f"~{step.last}" if step.last else "")

    return [(text[m.start : m.end], " ".join(map(short, m.steps)), m.other) for m in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违反第十二条第二款第三项规定", [("第十二条第二款第三项", "a12 p2 s3", None)]),
        ("违反本条例第三十一条第（四）项、第（五）项的", [("第三十一条第（四）项", "a31 s4", None), ("第（五）项", "a31 s5", None)]),
        ("第十八条、第十九条、第二十九条第一款", [("第十八条", "a18", None), ("第十九条", "a19", None), ("第二十九条第一款", "a29 p1", None)]),
        ("前款第三项至第六项规定", [("前款第三项至第六项", "p<1 s3~6", None)]),
        ("本条例第十八条第一至十项规定之一", [("第十八条第一至十项", "a18 s1~10", None)]),
        ("有前两款行为", [("前两款", "p<2", None)]),
        ("依照前条规定", [("前条", "a<1", None)]),
        ("本条第一款、第二款", [("本条第一款", "a= p1", None), ("第二款", "a= p2", None)]),
        ("有第二项、第三项规定情形", [("第二项", "s2", None), ("第三项", "s3", None)]),
        ("依照刑法第一百三十三条之一的规定", [("第一百三十三条之一", "a133-1", "刑法")]),
        ("依照《中华人民共和国刑法》第二百六十条、第二百六十一条", [
            ("第二百六十条", "a260", "中华人民共和国刑法"), ("第二百六十一条", "a261", "中华人民共和国刑法")]),
        ("《物业管理条例》（国务院令第504号）第六条", [("第六条", "a6", "物业管理条例")]),
        ("依照《物业管理条例》第六条和本办法第七条", [("第六条", "a6", "物业管理条例"), ("第七条", "a7", None)]),
        ("本法第三章的规定", [("第三章", "c3", None)]),
        ("第12条第2款和第１３条", [("第12条第2款", "a12 p2", None), ("第１３条", "a13", None)]),
        ("第一条例外、第二项目、目前条件、提前款项、第三章鱼", []),
        ("生效的前提条件", []),
        ("", []),
    ],
)  # fmt: skip
def test_mentions(text, expected):
    assert seen(text) == expected


@given(st.integers(1, 999), st.integers(1, 30), st.integers(1, 30), st.booleans())
def test_what_is_written_from_numbers_is_read_as_those_numbers(article, paragraph, point, brackets):
    figure = f"（{to_chinese(point)}）" if brackets else to_chinese(point)
    words = f"第{to_chinese(article)}条第{to_chinese(paragraph)}款第{figure}项"
    ((found, short, other),) = seen(f"违反本条例{words}规定的")
    assert (found, short, other) == (words, f"a{article} p{paragraph} s{point}", None)


@given(st.text("第前本十二两条款项之一至、和《》法（）规定 甲", max_size=30))
def test_any_text_is_read_and_mentions_stand_in_order_apart(text):
    found = mentions(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def point(n: int, text: str = "某情形；") -> Node:
    return Node("subparagraph", f"（{to_chinese(n)}）", str(n), text=text)


def paragraph(text: str = "某规定。", *points: Node) -> Node:
    return Node("paragraph", text=text, children=points)


def article(n: int, *paragraphs: Node) -> Node:
    return Node("article", label(str(n)), str(n), children=paragraphs or (paragraph(),))


def draft(*articles: Node) -> Draft:
    return addressed(Draft(body=(Node("chapter", "第一章", "1", heading="总则", children=articles),)))


def listed(text: str) -> Draft:
    """Article 2 has a 款, a 款 with three 项, and then `text`; article 3 has `text` alone."""
    lead = paragraph("有下列情形之一的：", point(1), point(2), point(3))
    return draft(article(1), article(2, paragraph(), lead, paragraph(text)), article(3, paragraph(text)))


def targets(text: str, source: str) -> list[tuple[str, ...]]:
    return [c.targets for c in citations(listed(text)) if c.source == source]


IN_2, IN_3 = "art_2__para_3", "art_3__para_1"


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("依照第一条处理。", IN_3, [("art_1",)]),
        ("违反本条例第二条第二款第三项的", IN_3, [("art_2__para_2__point_3",)]),
        ("违反第二条第三项的", IN_3, [("art_2__para_2__point_3",)]),
        ("违反前款规定的", IN_2, [("art_2__para_2",)]),
        ("违反前两款规定的", IN_2, [("art_2__para_1", "art_2__para_2")]),
        ("前款第二项至第三项的", IN_2, [("art_2__para_2__point_2", "art_2__para_2__point_3")]),
        ("有第二项规定情形的", IN_2, [("art_2__para_2__point_2",)]),
        ("依照第一款处罚", IN_2, [("art_2__para_1",)]),
        ("依照本条第一款、第二款处罚", IN_2, [("art_2__para_1",), ("art_2__para_2",)]),
        ("依照前条规定", IN_3, [("art_2",)]),
        ("依照前两条规定", IN_3, [("art_1", "art_2")]),
        ("第一条至第三条", IN_3, [("art_1", "art_2", "art_3")]),
        ("违反第二条第二款第一项的罚；违反第二项的重罚", IN_3, [("art_2__para_2__point_1",), ("art_2__para_2__point_2",)]),
        ("违反本条例第九条的", IN_3, [()]),
        ("违反第二条第二款第九项的", IN_3, [()]),
        ("违反前款规定的", IN_3, [()]),
        ("第二条至第九条", IN_3, [()]),
        ("对前三项污染物", IN_3, []),
        ("依照《刑法》第一条", IN_3, [()]),
    ],
)  # fmt: skip
def test_targets(text, source, expected):
    assert targets(text, source) == expected


def test_dangling_means_this_draft_and_no_such_place():
    found = citations(listed("违反本条例第九条、《刑法》第九条，并且不符合第二条第二款第九项的"))
    told = [(c.words, c.dangling, c.nearest) for c in found if c.source == IN_3]
    assert told == [
        ("第九条", True, None),
        ("第九条", False, None),
        ("第二条第二款第九项", True, "art_2__para_2"),
    ]


def test_quoted_words_of_an_amendment_cite_nothing_here():
    quoted = Node("quoted", text="“违反本法第一条规定的，……。”")
    assert citations(draft(article(1, paragraph(), quoted))) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("第二条第二款第三项", Found("art_2__para_2__point_3", True)),
        ("本条例第二条", Found("art_2", True)),
        (" 2条2款 ", Found("art_2__para_2", True)),
        ("二条（二）项", Found("art_2__para_2__point_2", True)),
        ("第２条", Found("art_2", True)),
        ("art_2__para_1", Found("art_2__para_1", True)),
        ("第一章", Found("chp_1", True)),
        ("第二条第八款", Found("art_2", False)),
        ("第九十条", None),
        ("充电设施", None),
        ("第二款第二条", None),
        ("", None),
    ],
)
def test_a_typed_place_is_found(words, expected):
    assert place_of(listed("甲"), words) == expected


def test_a_typed_place_may_be_relative_to_where_one_stands():
    assert place_of(listed("甲"), "第二款", here="art_2__para_1") == Found("art_2__para_2", True)


def test_typed_places_bear_their_after_number():
    assert [s.n for s in typed("第17条之一第2款")] == ["17-1", "2"]


def same(old: Draft, new: Draft) -> list[Link]:
    return align(articles_of(old), articles_of(new))


ROADS = "机动车在道路上行驶应当礼让行人。"
PARKS = "公园管理机构负责绿地的日常养护。"


def cites(words: str) -> Draft:
    return draft(article(1, paragraph(ROADS)), article(2, paragraph(f"违反{words}规定的，处以罚款。")))


def with_new_first(old: Draft) -> Draft:
    """The same with a new first article: every number one higher, no word changed."""
    (chapter,) = old.body
    later = [
        replace(a, n=str(int(a.n or 0) + 1), number=label(str(int(a.n or 0) + 1))) for a in chapter.children
    ]
    return addressed(replace(old, body=(replace(chapter, children=(article(1, paragraph(PARKS)), *later)),)))


def test_an_inserted_article_breaks_the_citations_behind_it():
    old = cites("本条例第一条")
    new = with_new_first(old)
    (found,) = broken(old, new, same(old, new))
    assert (found.source, found.words, found.wording) == ("art_3__para_1", "第一条", "第二条")
    assert (found.points_at, found.meant, found.lost) == (("art_1",), ("art_2",), ())


def test_a_corrected_citation_is_not_broken():
    old, new = cites("本条例第一条"), with_new_first(cites("本条例第二条"))
    assert broken(old, new, same(old, new)) == []


def test_a_relative_citation_survives_renumbering():
    old = cites("前条")
    new = with_new_first(old)
    assert broken(old, new, same(old, new)) == []


def test_an_inserted_paragraph_breaks_the_words_before_it():
    def three(*between: Node) -> Draft:
        return draft(article(1, paragraph(ROADS), *between, paragraph("违反前款规定的，处以罚款。")))

    old, new = three(), three(paragraph(PARKS))
    (found,) = broken(old, new, same(old, new))
    assert (found.source, found.points_at, found.meant) == (
        "art_1__para_3",
        ("art_1__para_2",),
        ("art_1__para_1",),
    )
    assert found.wording == "本条第一款"


def test_a_citation_of_what_was_deleted_is_broken_without_a_wording():
    old = draft(article(1, paragraph(PARKS)), *cites("第二条").body[0].children[0:0],
                article(2, paragraph(ROADS)), article(3, paragraph("违反第二条规定的，处以罚款。")))  # fmt: skip
    new = draft(article(1, paragraph(PARKS)), article(2, paragraph("违反第二条规定的，处以罚款。")))
    (found,) = broken(old, new, same(old, new))
    assert (found.lost, found.meant, found.wording) == (("art_2",), (), None)


def test_a_bracketed_point_keeps_its_brackets():
    def with_points(*points: Node) -> Draft:
        lead = paragraph("下列行为：", *points)
        return draft(article(1, lead), article(2, paragraph("违反第一条第（一）项规定的，处以罚款。")))

    roads, parks = point(1, ROADS), point(1, PARKS)
    old = with_points(roads)
    new = with_points(parks, replace(roads, number="（二）", n="2"))
    (found,) = broken(old, new, same(old, new))
    assert found.wording == "第一条第（二）项"


def read(path: Path) -> Draft:
    from deliberation.formats.reading import read_draft

    if not path.exists():
        pytest.skip(f"the shared corpus is not beside the project: {path}")
    return read_draft(path.read_bytes(), path.name)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("公司法.2018-10-26.md", "公司法.2023-12-29.md"),
        ("反垄断法.2007-08-30.md", "反垄断法.2022-06-24.md"),
        ("道路运输条例.2022-03-29.md", "道路运输条例.2023-07-20.md"),
    ],
)
def test_promulgated_versions_break_no_citation(before, after):
    """The legislature corrected them all; a list that is not empty would be ours."""
    old, new = read(CORPUS / "pairs" / before), read(CORPUS / "pairs" / after)
    assert len(citations(new)) >= 20
    assert broken(old, new, same(old, new)) == []


@pytest.mark.corpus
def test_in_real_texts_hardly_a_citation_points_nowhere():
    if not CORPUS.exists():
        pytest.skip(f"the shared corpus is not beside the project: {CORPUS}")
    found = [c for path in sorted((CORPUS / "wide").glob("*.md")) for c in citations(read(path))]
    own = [c for c in found if c.other is None]
    assert len(own) > 700
    assert sum(c.dangling for c in own) <= len(own) // 100


@pytest.mark.corpus
def test_renumbering_a_real_text_breaks_every_absolute_citation():
    path = next(iter((CORPUS / "hard").glob("D15_*.md")), CORPUS / "hard" / "D15")
    old = read(path)
    first = Node("article", "第一条", "1", children=(paragraph(PARKS),))

    def later(node: Node) -> Node:
        if node.kind != "article":
            return replace(node, children=tuple(map(later, node.children)))
        n = str(int(node.n or 0) + 1)
        return replace(node, n=n, number=label(n))

    body = tuple(map(later, old.body))
    new = addressed(replace(old, body=(replace(body[0], children=(first, *body[0].children)), *body[1:])))
    absolute = [
        c
        for c in citations(old)
        if c.targets and c.mention.steps[0].n and c.mention.steps[0].kind == "article"
    ]
    found = broken(old, new, same(old, new))
    assert len(absolute) > 15
    assert {(f.words) for f in found} == {c.words for c in absolute}
    assert len(found) == len(absolute)
