"""What a later edition says of the one before is true: each kind of change is told, and that nothing changed only when nothing did."""

from dataclasses import replace

import pytest

from deliberation.domain.dossier import Backing, View
from deliberation.domain.edition_changes import changes
from tests.formats.sample_dossier import dossier, suggestion

NOTHING = "都没有变化"
SECRET = "没有公开的原话"


def told(**more):
    """What is told where only this differs in the first suggestion, from an edition of two."""
    before = replace(dossier(3, 2), edition_number=1)
    first = before.suggestions[0]
    now = replace(before, edition_number=2, suggestions=(replace(first, **more), *before.suggestions[1:]))
    return " ".join(changes(before, now, 10**6))


def test_nothing_is_said_to_have_changed_only_where_nothing_did():
    assert NOTHING in told()
    assert NOTHING in told(order=9)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "deletion"}, "类型由"),
        ({"place": "第四十条"}, "变为第四十条"),
        ({"remarks": ("甲-1", "甲-2"), "backing": Backing(2)}, "变为2条"),
        ({"others": (View(SECRET, Backing(2), ("甲-1", "甲-2")),)}, "不同意见由"),
        ({"forwarded": False}, "变为“不作重点报送”"),
        ({"office_view": "赞成"}, "联系点意见、采纳情况或者备注有改动"),
        ({"wording": "另一种写法"}, "现为“另一种写法”"),
    ],
)
def test_each_change_of_a_suggestion_is_told(more, words):
    text = told(**more)
    assert words in text
    assert NOTHING not in text
    assert SECRET not in text


def test_another_views_words_are_told_without_quoting_them():
    row = replace(suggestion(1), others=(View("写法一"),))
    before = replace(dossier(0, 0), edition_number=1, suggestions=(row,))
    now = replace(before, edition_number=2, suggestions=(replace(row, others=(View(SECRET),)),))
    text = " ".join(changes(before, now, 0))
    assert "不同意见的写法有改动" in text
    assert SECRET not in text


def test_of_a_long_text_the_part_that_differs_is_shown():
    row = replace(suggestion(1), reasons="很长的理由" * 60 + "甲" + "后文" * 90)
    before = replace(dossier(0, 0), edition_number=1, suggestions=(row,))
    other = replace(row, reasons=row.reasons.replace("甲", "乙"))
    text = " ".join(changes(before, replace(before, edition_number=2, suggestions=(other,)), 0))
    assert "理由甲后文" in text
    assert "理由乙后文" in text
    spaced = replace(row, reasons=row.reasons + "\n")
    text = " ".join(changes(before, replace(before, edition_number=2, suggestions=(spaced,)), 0))
    assert "理由：只改了换行或者空格" in text


def test_a_corrected_vote_other_minutes_another_text_are_told():
    before = replace(dossier(3, 2), edition_number=1, version_digest="a")
    vote, minutes = before.votes[0], before.minutes[0]
    now = replace(
        before, edition_number=2, version_digest="b",
        votes=(replace(vote, in_favour=vote.in_favour + 1), *before.votes[1:]),
        minutes=(replace(minutes, agreed=(*minutes.agreed, "再加一项")), *before.minutes[1:]),
    )  # fmt: skip
    text = " ".join(changes(before, now, 10**6))
    assert f"现为赞成{vote.in_favour + 1}、" in text
    assert f"会议纪要有改动1份：{minutes.meeting.title}" in text
    assert "草案文本换了一稿" in text
    assert "再加一项" not in text
    assert NOTHING not in text
