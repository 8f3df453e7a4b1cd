"""The marks stand where the words are, and nothing of the text is lost or changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.grams import LONGEST_WORD, MOST_WORDS, grams, grams_of_word, plain, words
from deliberation.search.words import excerpt, marked


@pytest.mark.parametrize(
    ("text", "sought", "shown"),
    [
        ("不得在楼道充电。", ["楼道"], "不得在[楼道]充电。"),
        ("充电充电桩", ["充电"], "[充电充电]桩"),
        ("充电充电桩", ["充电桩", "电充"], "充[电充电桩]"),
        ("ＡＰＰ扫码", ["app"], "[ＡＰＰ]扫码"),
        ("面积 20㎡ 以上", ["m2"], "面积 20[㎡] 以上"),
        ("e\u0301lan", ["elan"], "[e\u0301lan]"),
        ("<b>楼道</b>", ["楼道"], "<b>[楼道]</b>"),
        ("没有", ["楼道"], "没有"),
        ("", ["楼道"], ""),
    ],
)
def test_marked(text, sought, shown):
    assert "".join(f"[{p.text}]" if p.found else p.text for p in marked(text, sought)) == shown


def test_an_excerpt_is_cut_about_the_first_finding():
    text = "前" * 500 + "楼道充电" + "后" * 500
    pieces = excerpt(text, ["楼道"])
    assert [p.text for p in pieces if p.found] == ["楼道"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert "".join(p.text for p in pieces[1:-1]) in text
    assert 100 < sum(len(p.text) for p in pieces) < 160


def test_an_excerpt_without_a_finding_is_the_beginning():
    assert "".join(p.text for p in excerpt("甲" * 400, ["乙"])) == "甲" * 150 + "…"
    assert "".join(p.text for p in excerpt("短", ["乙"])) == "短"


def test_a_long_word_is_shown_whole():
    text = "前" * 100 + "长" * 200 + "后"
    assert [p.text for p in excerpt(text, ["长" * 200]) if p.found] == ["长" * 200]


@given(st.text(), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_loses_nothing(text, asked):
    sought = words(" ".join(asked))
    pieces = marked(text, sought)
    assert "".join(p.text for p in pieces) == text
    for piece in pieces:
        if piece.found:
            assert any(word in plain(piece.text) for word in sought)
    for word in sought:
        if word in plain(text):
            assert any(p.found for p in pieces)


@given(st.text(), st.text())
def test_plain_works_character_by_character(a, b):
    assert plain(a + b) == plain(a) + plain(b)


@given(st.text(max_size=30), st.data())
def test_a_text_holds_the_grams_of_each_of_its_words(text, data):
    level = plain(text)
    start = data.draw(st.integers(0, max(len(level) - 1, 0)))
    for word in words(level[start : start + 6]):
        assert set(grams_of_word(word)) <= grams(text)


def test_a_query_is_bounded():
    assert len(words(" ".join(str(n) for n in range(1000, 9000)))) == MOST_WORDS
    assert words("电" * 5000) == ["电" * LONGEST_WORD]
    assert words("充电 充电 充电桩 电") == ["充电桩"]
