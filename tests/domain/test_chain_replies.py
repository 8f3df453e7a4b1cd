"""A pasted 接龙: every way people write it, and nobody ticked who was not meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.chain_replies import read, settle

INVITED = {
    1: "张三",
    2: "李四",
    3: "王建国",
    4: "欧阳春花",
    5: "阿依古丽·买买提",
    6: "王建",
    7: "赵强",
    8: "赵强",
}
PLAIN = """#接龙
12月5日（周六）下午2点座谈会，请接龙
例 姓名+来或请假

1. 张三
2. 李四 参加
3. 王建国 请假，去住院
"""


def answers(text, invited=None):
    found = settle(read(text), invited or INVITED)
    ticked = {person: one.reply for one in found for person in one.people}
    return ticked, [one for one in found if not one.people]


def test_a_plain_chain():
    assert answers(PLAIN) == ({1: "comes", 2: "comes", 3: "leave"}, [])


@pytest.mark.parametrize(
    "line",
    ["1.张三", "1、张三", "1. 张三", "１．张三", "1）张三", "(1) 张三", "①张三", "1 张三", "1张三", "1. 🌹张三🌹👍", "1. 张 三",
     "1. 张三[强]", "1. 【张三】收到", "1. 退休人员张三，来", "1.\u2005张三", "  1 .  张三", "1: 张三 √", "12.张三（晚到10分钟）"],
)  # fmt: skip
def test_ways_of_writing_one_line(line):
    assert answers(f"#接龙\n请接龙\n{line}") == ({1: "comes"}, [])


@pytest.mark.parametrize(
    "words", ["请假", "来不了", "有事，不来", "不参加", "去不了了", "❌", "×", "出差", "没空"]
)
def test_ways_of_staying_away(words):
    assert answers(f"1. 李四 {words}")[0] == {2: "leave"}


@pytest.mark.parametrize("words", ["待定", "尽量来", "可能来", "来？", "看情况", "儿子代", "由女儿替他"])
def test_what_is_not_sure_is_asked(words):
    ticked, open_ = answers(f"1. 李四（{words}）")
    assert ticked == {}
    assert [one.likely for one in open_] == [(2,)]


def test_a_deputy_of_the_congress_is_no_substitute():
    assert answers("1. 人大代表李四 来")[0] == {2: "comes"}


def test_the_longer_name_is_meant_and_two_can_stand_in_one_line():
    assert answers("1. 王建国")[0] == {3: "comes"}
    assert answers("1. 王建")[0] == {6: "comes"}
    assert answers("1. 张三、李四都来")[0] == {1: "comes", 2: "comes"}
    assert answers("1. 阿依古丽•买买提 来")[0] == {5: "comes"}


def test_namesakes_and_nicknames_are_left_to_a_person():
    ticked, open_ = answers("1. 赵强\n2. 老张\n3. 幸福花园")
    assert ticked == {}
    assert [(one.entry.text, one.likely) for one in open_] == [
        ("赵强", (7, 8)),
        ("老张", (1,)),
        ("幸福花园", ()),
    ]


def test_the_last_word_stands_and_a_chain_posted_again_changes_nothing():
    assert answers(PLAIN + PLAIN) == answers(PLAIN)
    assert answers("1. 张三 来\n2. 李四\n3. 张三 来不了")[0] == {1: "leave", 2: "comes"}


def test_without_numbers_every_line_counts_but_not_the_heading():
    assert answers("#接龙\n张三\n李四 请假")[0] == {1: "comes", 2: "leave"}


def test_an_invitation_with_dates_and_times_is_no_line():
    text = "#接龙\n12月5日下午2点在3楼开会，张三主持\n2点半开始\n\n1. 李四"
    assert answers(text)[0] == {2: "comes"}


@pytest.mark.parametrize("text", ["", "#接龙", "\n\n", "1.", "1.  \n2. "])
def test_nothing_there(text):
    assert answers(text) == ({}, [])


@given(st.text(max_size=300))
def test_whatever_is_pasted_ticks_only_names_that_stand_there(text):
    ticked, _open = answers(text)
    squeezed = "".join(text.split())
    assert all(INVITED[person] in squeezed or person == 5 for person in ticked) or any(
        ord(c) > 0xFF00 for c in text
    )


@given(
    st.lists(st.sampled_from(list(INVITED.values())[:4]), unique=True),
    st.sampled_from(["", "🌹", " 来", "，收到"]),
)
def test_every_name_in_a_chain_is_ticked(names, tail):
    text = "#接龙\n请接龙\n" + "\n".join(f"{n}. {name}{tail}" for n, name in enumerate(names, 1))
    assert {INVITED[person] for person in answers(text)[0]} == set(names)
