"""Days, instantss, titles, and the counts of a dossier."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.dossier import MeetingRow
from deliberation.domain.dossier_counts import count_up
from deliberation.domain.dossier_words import ATTITUDES, chinese, day, local_day, minute, speak, word
from deliberation.domain.errors import Said
from deliberation.domain.title_lines import MOST, title_lines, width
from tests.formats.sample_dossier import remark


def test_days_have_no_leading_nought_and_instants_are_beijing_time():
    assert day(date(2026, 6, 8)) == "2026年6月8日"
    assert day(None) == minute(None) == local_day(None) == ""
    late = datetime(2026, 6, 8, 16, 5, tzinfo=UTC)
    assert (local_day(late), minute(late)) == ("2026年6月9日", "2026年6月9日00:05")


def test_an_unknown_code_is_shown_as_it_is():
    assert (word(ATTITUDES, "amend"), word(ATTITUDES, "elsewhere"), word(ATTITUDES, None)) == (
        "建议修改",
        "elsewhere",
        "",
    )


def test_sentences_inside_sentences_are_said_in_the_same_language():
    english = {"%(who)s到会": "%(who)s came", "居民": "residents", "、": ", "}
    said = Said("%(who)s到会", who=(Said("居民"), "林某"))
    assert speak(said, chinese) == "居民、林某到会"
    assert speak(said, lambda msgid: english[msgid]) == "residents, 林某 came"


TITLES = [
    ("意见原文", ["意见原文"]),
    (
        "关于《示例市电动自行车充电安全管理条例（草案征求意见稿）》征求意见情况的报告",
        ["关于《示例市电动自行车充电安全管理条例", "（草案征求意见稿）》征求意见情况的报告"],
    ),
    ("关于《示例市养犬条例》征求意见情况的报告", ["关于《示例市养犬条例》征求意见情况的报告"]),
]


@pytest.mark.parametrize(("title", "lines"), TITLES)
def test_titles(title, lines):
    assert title_lines(title) == lines


@given(st.text(alphabet="关于《示例市条例（草案）》征求意见情况的报告abc12", max_size=90))
def test_title_lines_lose_nothing_and_fit(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    if all(width(line) <= MOST for line in lines):
        assert not [line for line in lines[1:] if line[0] in "）》"]
        assert not [line for line in lines[:-1] if line[-1] in "（《"]


def test_counts_come_from_the_rows():
    rows = [remark(n) for n in range(1, 41)]
    counts = count_up(
        rows,
        suggestions=9,
        meetings=(MeetingRow("甲", due=35, present=31), MeetingRow("乙", due=20, present=20)),
    )
    assert (counts.remarks, counts.suggestions, counts.articles, counts.due, counts.present) == (
        40,
        9,
        7,
        55,
        51,
    )
    for tallies in (counts.by_channel, counts.by_category, counts.by_attitude, counts.by_end):
        assert sum(tally.count for tally in tallies) == 40
    assert [(t.code, t.count) for t in counts.by_end] == [("merged", 30), ("none", 10)]


def test_a_meeting_without_a_figure_leaves_the_sum_open():
    meetings = (MeetingRow("甲", due=35, present=31), MeetingRow("乙", due=20))
    counts = count_up([], meetings=meetings)
    assert (counts.due, counts.present) == (55, None)
    assert count_up([]).due is None


def test_codes_of_another_installation_are_counted_too():
    counts = count_up([remark(1, channel="telegram"), remark(2, category=None, author=remark(2).author)])
    assert ("telegram", 1) in [(t.code, t.count) for t in counts.by_channel]


def test_a_vote_in_the_dossier_names_its_rule_and_is_never_called_passed():
    from deliberation.domain.dossier import VoteRow
    from deliberation.domain.summary_table import vote_row

    cells = vote_row(
        VoteRow("是否上报", carried=True, words="应到9，赞成6", basis="《村规》（2026-01-01）第八条")
    )
    assert cells[-1] == "应到9，赞成6。达到规则要求的赞成数（《村规》（2026-01-01）第八条）"
    assert "通过" not in "".join(vote_row(VoteRow("是否上报", carried=False)))
