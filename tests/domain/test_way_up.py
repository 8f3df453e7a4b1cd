"""The way up of a report as data, and a returned report beside the one that was made."""

from datetime import date, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import way_up
from deliberation.domain.errors import Refusal
from deliberation.domain.returned import compare

TODAY = date(2026, 11, 28)
OURS = [
    "关于《××条例（草案）》征求意见情况的报告", "××市人大常委会法工委：", "一、基本情况", "共收到意见三十条。", "三、具体修改意见",
    "（一）关于第三条", "1.有的意见提出，服务半径三百米太远。", "建议修改为：“服务半径一般不超过二百米。”",
    "2.有的意见提出，应当增加消防通道的规定。", "（二）关于第八条", "有的意见提出，收费标准应当公示。", "四、其他建议", "无。",
]  # fmt: skip


def test_nothing_is_submitted_before_somebody_approved_it():
    seen, more = set(), {"drafting"}
    without = {code: set(state.then) - {"approved"} for code, state in way_up.COURSE.states.items()}
    while more:
        seen |= more
        more = set().union(*(without[code] for code in more)) - seen
    assert "submitted" not in seen


def test_what_comes_back_goes_the_whole_way_again():
    assert way_up.COURSE.may_follow("submitted") == ("returned",)
    assert way_up.COURSE.may_follow("returned") == ("drafting",)


def test_dates_and_copies_that_cannot_be():
    for facts in ({"approved_on": TODAY + timedelta(days=1)}, {"by_when": TODAY - timedelta(days=1)}):
        with pytest.raises(Refusal):
            way_up.check_dates(facts, TODAY)
    for copies in ("0", "两份", "1000", "-1", "1.5"):
        with pytest.raises(Refusal):
            way_up.check_copies(copies)
    for copies in ("1", "999", "", None):
        way_up.check_copies(copies)


def test_equal_but_for_white_space_is_no_difference():
    found = compare(OURS, [f"　　{line} " for line in OURS] + ["", "  "])
    assert found.differences == ()
    assert found.same == len(OURS)


def test_each_difference_stands_under_its_heading_with_the_number_of_its_suggestion():
    theirs = list(OURS)
    theirs[7] = "建议修改为：“服务半径一般不超过一百五十米。”"
    del theirs[8]
    theirs.insert(theirs.index("四、其他建议"), "有的意见提出，夜间也应当有人值守。")
    found = compare(OURS, theirs)
    assert [(one.kind, one.under) for one in found.differences] == [
        ("changed", "（一）关于第三条　1"), ("gone", "（一）关于第三条　2"), ("added", "（二）关于第八条"),
    ]  # fmt: skip
    assert found.differences[0].theirs == theirs[7]


def test_another_document_is_refused():
    with pytest.raises(Refusal):
        compare(OURS, ["关于召开会议的通知", "各村委会：", "定于明天上午开会，请按时参加。"])


@given(st.lists(st.sampled_from(OURS), max_size=30), st.lists(st.sampled_from(OURS), max_size=30))
def test_every_line_is_accounted_for(ours, theirs):
    try:
        found = compare(ours, theirs)
    except Refusal:
        return
    kinds = [one.kind for one in found.differences]
    assert found.same + kinds.count("gone") + kinds.count("changed") == len(ours)
    assert found.same + kinds.count("added") + kinds.count("changed") == len(theirs)


def scrambled(n, first):
    return [f"{chr(first + k % 5_000)}{k}甲乙丙丁戊己庚辛" for k in range(n)]


def test_lines_that_repeat_without_end_are_answered_or_refused_soon():
    """One short line between all others, on both sides: matching line by line would take minutes."""
    ours = [line for one in scrambled(1_500, 0x4E00) for line in (one, "是")]
    theirs = [line for one in scrambled(1_500, 0x6E00) for line in (one[::-1] * 3, "是")]
    begun = monotonic()
    for given_ in (theirs, ["是"] * 20_000, ["是"] * 3_000):
        with pytest.raises(Refusal):
            compare(ours, given_)
    assert monotonic() - begun < 10


def test_long_lines_that_are_all_different_are_answered_or_refused_soon():
    ours, theirs = ([chr(first + k) * 3_000 for k in range(400)] for first in (0x4E00, 0x6E00))
    begun = monotonic()
    with pytest.raises(Refusal):
        compare(ours, theirs)
    assert monotonic() - begun < 10


def test_a_word_that_stands_in_every_suggestion_hides_no_difference():
    ours = [line for n in range(900) for line in (f"{n}.有的意见提出，第{n}处的收费应当公示。", "理由：")]
    theirs = list(ours)
    theirs[800] = "400.有的意见提出，第400处的收费必须公示。"
    del theirs[1200:1202]
    found = compare(ours, theirs)
    assert [(one.kind, one.ours, one.theirs) for one in found.differences] == [
        ("changed", ours[800], theirs[800]), ("gone", ours[1200], ""), ("gone", "理由：", ""),
    ]  # fmt: skip
    assert found.same == len(ours) - 3


LEDGER = [
    "关于《三门峡市白天鹅条例》征求意见情况的报告", "一、基本情况", "共收到意见60条。", "三、具体修改意见",
    "（一）关于第五条", "1.有的意见（1条）提出，写明经费。", "2.有的意见（2条）提出，写明期限。", "依据：《野生动物保护法》第七条。",
    "（二）关于第八条", "有的意见（5条）提出，罚款提高到一千元。", "建议修改为：“罚款一千元。”",
    "（三）关于第十条", "有的意见（3条）提出，由管理机构统一投喂。", "四、其他建议", "无。", "附件：1. 意见原文", "××街道", "2026年11月29日",
    "附件1", "意见原文", "（此条内容不在本版公开：未同意公开）", "（此条内容不在本版公开：未同意公开）",
    "附件2", "意见数量和完整性说明", "87", "U+92DrNJYN2aR7LYCWOfnepmLSuYzN5JFT4PAp753yY=", "— key-c64 " + "A" * 60,
]  # fmt: skip


def told(found):
    return [(one.kind, one.under, one.ours, one.theirs) for one in found.differences]


def test_a_place_that_was_moved_is_held_against_itself():
    new = [line.replace("一千元", "八百元") for line in LEDGER[8:11]]
    new[0], five = "（一）关于第八条", ["（二）关于第五条", *LEDGER[5:7]]
    theirs = [
        *LEDGER[:4],
        *new,
        *five,
        "另据了解，外市已有先例。",
        *LEDGER[11:24],
        "91",
        "x" * 43 + "=",
        "— key-c64 " + "B" * 60,
    ]
    assert told(compare(LEDGER, theirs)) == [  # the log's head, another each time, is none
        ("moved", "（一）关于第五条", "（一）关于第五条", "（二）关于第五条"),
        ("gone", "（一）关于第五条　2", LEDGER[7], ""),
        ("added", "（一）关于第五条　2", "", "另据了解，外市已有先例。"),
        ("changed", "（二）关于第八条", LEDGER[9], new[1]),
        ("changed", "（二）关于第八条", LEDGER[10], new[2]),
    ]


def test_only_new_numbers_are_no_difference_and_a_new_place_has_its_own_heading():
    theirs = [*LEDGER[:4], "（一）关于第一条", "有的意见提出，立法目的要写清。", "（二）关于第五条", "1.有的意见（2条）提出，写明期限。", *LEDGER[7:8],
              "（三）关于第八条", *LEDGER[9:11], "（四）关于第十条", *LEDGER[12:]]  # fmt: skip
    assert told(compare(LEDGER, theirs)) == [
        ("added", "（一）关于第一条", "", "（一）关于第一条"),
        ("added", "（一）关于第一条", "", "有的意见提出，立法目的要写清。"),
        ("gone", "（一）关于第五条　1", LEDGER[5], ""),
    ]


def test_of_the_edition_with_names_only_the_report_is_held_against_ours():
    theirs = [
        *LEDGER[:20],
        "罚款太轻",
        "住户05　13800000005",
        "罚款太重",
        "住户06　13800000006",
        *LEDGER[22:],
    ]
    theirs[2] = "共收到意见六十条。"
    found = compare(LEDGER, theirs)
    assert found.named
    assert told(found) == [("changed", "一、基本情况", LEDGER[2], theirs[2])]
