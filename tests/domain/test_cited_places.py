"""Places as people cite them, sought among addresses; the citations of a draft as stretches of its text."""

import pytest

from deliberation.domain.citation_links import leads, placed
from deliberation.domain.citations_places import Found
from deliberation.domain.cited_places import deepest, named_in, wanted
from deliberation.formats.law_html import article_html
from deliberation.formats.reading import read_text

THERE = {
    "art_3", "art_3__para_1", "art_3__para_2", "art_3__para_2__point_1", "art_3__para_2__point_3", "art_3__para_10",
    "art_3__para_10__point_9", "art_17-1", "art_17-1__para_1", "art_17-1__para_1__point_2__indent_1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "eid", "exact"),
    [
        ("第三条", "art_3", True),
        ("本条例第三条第二款第三项", "art_3__para_2__point_3", True),
        ("3条2款", "art_3__para_2", True),
        ("第三条第三项", "art_3__para_2__point_3", True),
        ("第三条第九项", "art_3__para_10__point_9", True),
        ("第三条第二款第八项", "art_3__para_2", False),
        ("第三条第七款", "art_3", False),
        ("第十七条之一第二项第1目", "art_17-1__para_1__point_2__indent_1", False),
        ("第 十七 条之一", "art_17-1", True),
    ],
)
def test_a_typed_place_is_found_or_the_nearest_above_it(words, eid, exact):
    there = THERE | ({"art_17-1__para_1__point_2"} if "第1目" in words else set())
    exact = exact or "第1目" in words
    assert deepest(wanted(words), there) == Found(eid, exact)


@pytest.mark.parametrize("words", ["充电", "", "第三条怎么样", "前款", "第二款"])
def test_what_is_no_place_of_its_own_is_none(words):
    assert wanted(words) is None


def test_an_article_that_is_not_there_is_none():
    assert deepest(wanted("第九条"), THERE) is None
    assert wanted("第二章").kind == "chapter"


def test_a_remark_names_places_once_and_its_own_from_where_it_stands():
    text = "第三条第二款和第三条第二款重复，第二款太宽，依照《刑法》第五条不妥，前款也是"
    assert [words for words, _place in named_in(text)] == ["第三条第二款"]
    named = named_in("建议删去第二款第三项", "art_3__para_1")
    assert [deepest(place, THERE) for _words, place in named] == [Found("art_3__para_2__point_3", True)]


DRAFT = """某条例（草案）

第一章　总则

第一条　依照第二条第二款第一项处罚；依照《刑法》第二条；依照本条例第二章的规定。

第二章　罚则

第二条　甲<b>。

有下列行为的：

（一）乙；

（二）有前项行为的。

第三条　违反第二条至第九条的。
"""


def test_citations_lead_from_their_own_characters():
    draft = read_text(DRAFT)
    found = leads(draft)
    texts = {node.eid: node.text for node in draft.walk()}
    said = {
        eid: [(texts[eid][one.start : one.end], one.eid, one.page) for one in several]
        for eid, several in found.items()
    }
    assert said["art_1__para_1"] == [
        ("第二条第二款第一项", "art_2__para_2__point_1", "art_2"),
        ("本条例第二章"[3:], "chp_2", ""),
    ]
    assert said["art_2__para_2__point_2"] == [("前项", "art_2__para_2__point_1", "art_2")]
    assert "art_3__para_1" not in found  # its range ends nowhere


def test_the_html_carries_them_and_escapes_the_rest():
    draft = read_text(DRAFT)
    articles = {node.eid: node for node in draft.walk() if node.kind == "article"}
    one = placed(article_html(articles["art_1"], leads(draft)), "/c/x/at/", "/c/x/text#")
    assert '<a href="/c/x/at/art_2#art_2__para_2__point_1">第二条第二款第一项</a>' in one
    assert '<a href="/c/x/text#chp_2">第二章</a>' in one
    assert "《刑法》第二条；" in one
    assert "甲&lt;b&gt;。" in article_html(articles["art_2"], leads(draft))
