"""Places, attitudes and channels in the words offices use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.attitudes import Attitude
from deliberation.domain.numbering import to_chinese
from deliberation.domain.places import ATTITUDE_WORDS, CHANNEL_WORDS, Place, attitude, channel, recognise
from deliberation.domain.remarks import ATTITUDES, CHANNELS, PLACES


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("", ("whole", "")), ("总体意见", ("whole", "")), (" 总 体 ", ("whole", "")), ("全文", ("whole", "")), ("whole", ("whole", "")),
        ("标题", ("title", "title")), ("法规名称", ("title", "title")), ("目录", ("article", "toc")), ("附件", ("article", "att_1")),
        ("第十二条", ("article", "art_12")), ("第12条", ("article", "art_12")), ("12", ("article", "art_12")), ("１２条", ("article", "art_12")),
        ("十二", ("article", "art_12")), ("第 十二 条", ("article", "art_12")), ("art_12", ("article", "art_12")), ("ART_12", ("article", "art_12")),
        ("第十七条之一", ("article", "art_17-1")), ("17-1", ("article", "art_17-1")), ("第一百零一条", ("article", "art_101")),
        ("草案第十二条", ("article", "art_12")), ("《××市条例》第十二条", ("article", "art_12")), ("关于第十二条", ("article", "art_12")),
        ("第十二条（充电设施）", ("article", "art_12")), ("第十二条 充电设施的管理", ("article", "art_12")), ("第十二条：", ("article", "art_12")),
        ("第十二条第二款", ("paragraph", "art_12__para_2")), ("12条2款", ("paragraph", "art_12__para_2")),
        ("第十二条第二款第三项", ("paragraph", "art_12__para_2__point_3")), ("第十二条第二款第（三）项", ("paragraph", "art_12__para_2__point_3")),
        ("第十二条第三项", ("paragraph", "art_12__para_1__point_3")), ("第十二条第（三）项第2目", ("paragraph", "art_12__para_1__point_3__indent_2")),
        ("art_12__para_2__point_3", ("paragraph", "art_12__para_2__point_3")), ("第十七条之一第二款", ("paragraph", "art_17-1__para_2")),
        ("第二章", ("article", "chp_2")), ("第二章 充电设施", ("article", "chp_2")), ("第一编第二章第三节", ("article", "book_1__chp_2__sec_3")),
        ("第一分编", ("article", "part_1")), ("第二章第十二条", ("article", "art_12")), ("第二章第十二条第一款", ("paragraph", "art_12__para_1")),
        ("在第八条后增加一条", ("after", "art_8")), ("第八条之后新增一条", ("after", "art_8")), ("建议在第8条后面增加一条", ("after", "art_8")),
        ("新增（第八条后）", ("after", "art_8")), ("第十七条之一后增加一条", ("after", "art_17-1")), ("新增条", ("after", "")), ("建议增加一条", ("after", "")),
    ],
)  # fmt: skip
def test_understood(word, place):
    assert recognise(word) == Place(*place)


def test_quoted_words_within_an_article():
    assert recognise("第十二条第二款“一个月”") == Place("quote", "art_12__para_2", "一个月")
    assert recognise("第十二条中的「可以」") == Place("quote", "art_12", "可以")


@pytest.mark.parametrize(
    "word",
    [
        "第十二条、第十三条", "第十二条和第十三条", "第三条至第五条", "5、6", "物业公司应当", "同上", "第条", "第〇条", "0", "art_", "art_12__",
        "第十二条第二款和第十三条", "<script>", "2026-03-05", "2026-03", "12 楼的意见", "12.5", "在第八条和第九条后增加一条", "在合适的地方增加一条", "art_12; DROP", "=1+1",
    ],
)  # fmt: skip
def test_not_understood_is_never_guessed(word):
    assert recognise(word) is None


@given(st.integers(1, 9999), st.integers(1, 60), st.integers(1, 40))
def test_every_number(article, paragraph, point):
    chinese = f"第{to_chinese(article)}条第{to_chinese(paragraph)}款第{to_chinese(point)}项"
    assert recognise(chinese) == Place("paragraph", f"art_{article}__para_{paragraph}__point_{point}")
    assert recognise(f"第{article}条") == Place("article", f"art_{article}")
    assert recognise(f"在第{to_chinese(article)}条后增加一条") == Place("after", f"art_{article}")


@given(st.text(max_size=40))
def test_any_text_is_understood_or_not(text):
    found = recognise(text)
    assert found is None or found.kind in PLACES


def test_words_and_codes_agree_with_the_house():
    assert set(ATTITUDE_WORDS) == set(ATTITUDES) == {each.value for each in Attitude}
    assert set(CHANNEL_WORDS) == set(CHANNELS)
    for code, label in ATTITUDES.items():
        assert attitude(label) == attitude(code) == attitude(f" {label} 。") == code
    for code, label in CHANNELS.items():
        assert channel(label) == channel(code) == code
    for words in (ATTITUDE_WORDS, CHANNEL_WORDS):
        flat = " ".join(words.values()).split()
        assert len(flat) == len(set(flat))


@pytest.mark.parametrize("word", ["基本同意", "看情况", "", "同意不同意"])
def test_an_attitude_that_could_be_two_is_none(word):
    assert attitude(word) is None
    assert channel(word) is None
