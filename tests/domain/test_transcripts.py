"""Transcripts and copied chats split by speaker; what was said stays as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.transcripts import speakers, split

TWO = [("张三", "三百米太远。"), ("李四", "我同意。\n再说一句：要有灯。")]


@pytest.mark.parametrize(
    ("pasted", "pieces"),
    [
        ("张三：三百米太远。\n李四：我同意。\n再说一句：要有灯。", [*TWO[:1], ("李四", "我同意。"), ("再说一句", "要有灯。")]),
        ("张三: 三百米太远。\r\n李四: 我同意。", [("张三", "三百米太远。"), ("李四", "我同意。")]),
        ("说话人1 00:03:12\n三百米太远。\n\n说话人2 00:03:20\n我同意。\n\n", [("说话人1", "三百米太远。"), ("说话人2", "我同意。")]),
        ("发言人 1  00:03\n三百米太远。\n灯也暗。", [("发言人 1", "三百米太远。\n灯也暗。")]),
        ("张三 2026/11/20 10:22\n三百米太远。\n李四 2026/11/20 10:23\n我同意。", [("张三", "三百米太远。"), ("李四", "我同意。")]),
        ("—————  2026-11-20  —————\n\n张三  10:22\n\n三百米太远。", [("张三", "三百米太远。")]),
        ("张三 上午 10:22\n好", [("张三", "好")]),
        ("开场先说两句\n张三：好", [("", "开场先说两句"), ("张三", "好")]),
        ("张三：第十二条：三百米。\n第十二条：电动自行车应当停放。", [("张三", "第十二条：三百米。\n第十二条：电动自行车应当停放。")]),
        ("张三：我九点到的，\n10:30 才散会。", [("张三", "我九点到的，\n10:30 才散会。")]),
        ("张三：他说，“不行：太远”。\n我记得，他说：可以。", [("张三", "他说，“不行：太远”。\n我记得，他说：可以。")]),
    ],
)  # fmt: skip
def test_pieces(pasted, pieces):
    assert [(one.speaker, one.text) for one in split(pasted)] == pieces


def test_times_and_lines_are_kept():
    found = split("说话人1 00:03:12\n好\n\n说话人2 00:03:20\n行")
    assert [(one.at, one.line) for one in found] == [("00:03:12", 1), ("00:03:20", 4)]


def test_everybody_once_in_the_order_they_speak():
    assert speakers(split("甲：一\n乙：二\n甲：三")) == ("甲", "乙")


@pytest.mark.parametrize("nothing", ["", " \n　\n", "张三：\n李四：", "————— 2026-11-20 —————"])
def test_nothing_said_is_refused(nothing):
    with pytest.raises(Refusal):
        split(nothing)


names = st.sampled_from(["赵一", "钱二", "孙三", "说话人1"])
words = st.text("走不动了这里写明白，。也行灯 ", min_size=1).map(lambda text: "嗯" + text + "啊")


@given(st.lists(st.tuples(names, words), min_size=1, max_size=30))
def test_what_was_said_comes_back_in_order(said):
    pasted = "\n".join(f"{who}：{text}" for who, text in said)
    assert [(one.speaker, one.text) for one in split(pasted)] == said


@given(st.text())
def test_any_text_is_split_or_refused(pasted):
    try:
        found = split(pasted)
    except Refusal:
        return
    assert all(one.text.strip() for one in found)


def test_a_word_that_is_no_speaker_stays_in_what_was_said():
    found = split("李四：我同意。\n再说一句：要有灯。", frozenset({"再说一句"}))
    assert [(one.speaker, one.text) for one in found] == [("李四", "我同意。\n再说一句：要有灯。")]
