"""A place in words, and back again by domain/places.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.place_words import cited, in_english, place_words
from deliberation.domain.places import recognise


@pytest.mark.parametrize(
    ("eid", "words"),
    [
        ("", ""),
        ("art_12", "第十二条"),
        ("art_17-1", "第十七条之一"),
        ("art_12__para_2", "第十二条第二款"),
        ("art_12__para_2__point_3__indent_1", "第十二条第二款第三项第一目"),
        ("book_1__chp_2__sec_1", "第一编第二章第一节"),
        ("art_1260", "第一千二百六十条"),
        ("att_1", "附件1"),
        ("title", "标题"),
        ("preamble__para_1", "序言第一款"),
    ],
)
def test_an_address_as_people_read_it(eid, words):
    assert cited(eid) == words


@pytest.mark.parametrize(
    ("place", "eid", "words"),
    [
        ("whole", "", "总体意见"),
        ("title", "", "标题"),
        ("title", "title", "标题"),
        ("article", "art_3", "第三条"),
        ("paragraph", "art_3__para_2", "第三条第二款"),
        ("quote", "art_3__para_2", "第三条第二款"),
        ("after", "art_8", "在第八条后增加一条"),
        ("after", "", "建议增加一条"),
    ],
)
def test_where_a_remark_stands(place, eid, words):
    assert str(place_words(place, eid)) == words


@given(st.integers(1, 9999), st.integers(0, 40), st.integers(0, 40), st.integers(0, 9))
def test_what_is_said_is_read_back(article, paragraph, point, of):
    eid = f"art_{article}" + (f"-{of}" if of else "")
    eid += f"__para_{paragraph}" if paragraph else ""
    eid += f"__point_{point}" if paragraph and point else ""
    assert recognise(cited(eid)).eid == eid


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("第十二条", "Article 12"),
        ("第十二条第二款", "Article 12, paragraph 2"),
        ("第三条第一款第二项", "Article 3, paragraph 1, item 2"),
        ("第十七条之一", "Article 17-1"),
        ("第二章第一节", "Chapter 2, section 1"),
        ("附件1", "Annex 1"),
        ("附件", "Annex"),
        ("决定第三项", "Item 3"),
        ("总体意见", "The whole draft"),
        ("", ""),
        ("小区增设", "小区增设"),
        ("第十二条　小区增设", "第十二条　小区增设"),
    ],
)
def test_a_place_in_english(words, english):
    assert in_english(words) == english
