"""What somebody might send into the hall to harm it: read as it came, kept, and nothing of another's touched or shown."""

from datetime import date, time, timedelta
from itertools import product

import pytest

from deliberation.domain.board_sheets import NOT_A_DECISION, SheetWords
from deliberation.domain.calendar import Recurrence
from deliberation.domain.errors import Conflict, Refusal
from deliberation.domain.hall_entries import Entry, read_entries
from deliberation.domain.roles import Role
from deliberation.services import attendance, hall_imports, series, votes
from deliberation.store import meetings as rows
from deliberation.store import notices as boards
from deliberation.store import syncing as asked
from deliberation.store import votes as vote_rows
from tests import make, make_hall, make_votes
from tests.services.test_hall_imports import table
from tests.services.test_syncing import entry, send

OP = make.OPERATOR


def deep(levels):
    found: object = "底"
    for _n in range(levels):
        found = [found]
    return found


ODD = [
    {"question": "\ud800", "teller": "孙\0", "present": 1, "for": 1},
    {"数": 1},
    {"more": {"数": 1}},
    {"present": 2**60},
    {"present": 1.5, "for": 1},
    {"more": deep(800)},
    {"guest": "\ud800", "target": "\udfff", "item_key": "\ud800", "name": "王\ud800五", "text": "好"},
]


def test_whatever_is_in_an_entry_the_batch_comes_in_and_what_follows_too(app):
    hall = make_hall.hall(people=2)
    device = "a" * 32
    given = [
        {"key": f"{n:032x}", "seq": n, "kind": kind, "at": make.now().isoformat(), "facts": facts}
        for n, (kind, facts) in enumerate(
            product(("hands", "line", "guest", "arrive", "mend", "odd"), ODD), 1
        )
    ]
    read = read_entries(given, device)
    last = entry(len(given) + 1)
    out = send(hall, [*read, last])
    assert [one.key for one in out.answers] == [*(one["key"] for one in given), last.key]
    assert [line.text for line in rows.lines(hall.id)][-1] == last.facts["text"]
    assert send(hall, read).answers == out.answers[:-1]


def hands(seq, vote, at, **facts):
    given = {
        "vote": vote.id,
        "teller": "监票人甲",
        "present": 5,
        "for": 3,
        "against": 1,
        "abstain": 0,
    } | facts
    return Entry(f"b{seq:031x}", "b" * 32, seq, "hands", at, given)


def test_a_count_made_before_the_recount_does_not_push_it_aside(app):
    vote = make_votes.panel_vote(kind="hands")
    early = make.now() - timedelta(minutes=10)
    make_votes.seen(vote, 2, 2, 1)
    out = send(vote.meeting, [hands(1, vote, early, **{"for": 5, "against": 0})], device="b" * 32)
    assert [one.state for one in out.answers] == ["noted"]
    assert [(one.for_, one.against) for one in vote_rows.hand_counts(vote.id)] == [(2, 2)]
    assert [one.for_ for one in asked.counts(vote.meeting_id)] == [5]


def test_counts_of_one_device_follow_one_another_in_its_own_time(app):
    vote = make_votes.panel_vote(kind="hands")
    at = make.now()
    sent = [
        hands(1, vote, at - timedelta(minutes=2)),
        hands(2, vote, at - timedelta(minutes=1), **{"for": 4}),
    ]
    out = send(vote.meeting, sent, device="b" * 32)
    assert [one.state for one in out.answers] == ["done", "done"]
    assert votes.close_vote(OP, vote).for_ == 4


def test_a_second_tellers_count_from_without_the_network_still_counts(app):
    vote = make_votes.panel_vote(kind="hands", tellers=2)
    early = make.now() - timedelta(minutes=10)
    make_votes.seen(vote, 3, 1, 0, teller="监票人乙")
    send(vote.meeting, [hands(1, vote, early)], device="b" * 32)
    assert votes.close_vote(OP, vote).for_ == 3


def test_a_count_the_page_took_under_the_same_key_is_that_count(app):
    vote = make_votes.panel_vote(kind="hands")
    one = hands(1, vote, make.now())
    make_votes.seen(vote, 3, 1, 0, key=one.key)
    assert [each.state for each in send(vote.meeting, [one, entry(2, device="b" * 32)], device="b" * 32).answers] == ["done", "done"]  # fmt: skip
    assert len(vote_rows.hand_counts(vote.id)) == 1


def signed(meeting, *people):
    rows_ = [[str(n), f"专家{n}", "", f"9:0{n}", ""] for n in people]
    return table(meeting, code="", 签到=rows_)


def test_two_meetings_with_the_same_people_each_take_their_own_blank_table(app):
    one = make.consultation(make.office())
    panel = make_hall.panel(one.office, 2)
    first, second = (make_hall.meeting(one, panel, "open") for _n in range(2))
    hall_imports.bring(OP, first, signed(first, 1), sure=True)
    assert hall_imports.bring(OP, second, signed(second, 1, 2), sure=True).new == 2
    with pytest.raises(Refusal, match="已经导入到"):
        hall_imports.bring(OP, second, signed(first, 1), sure=True)


def test_another_offices_meeting_is_not_named(app):
    there, here = (make_hall.hall(people=2) for _n in range(2))
    hall_imports.bring(OP, there, signed(there, 1), sure=True)
    assert hall_imports.bring(OP, here, signed(here, 1), sure=True).new == 1


def test_a_series_takes_no_other_councils_matter(app):
    council, other = make_hall.nine(make.office()), make_hall.nine(make.office())
    foreign = make_hall.matter(other, "别村的事", state="published")
    wanted = series.Arranged(
        "council_9x", "议事会", "村部", Recurrence(weekday=4), time(9), 60, date(2030, 1, 1), "书记", "林静", council=council
    )  # fmt: skip
    one = series.arrange(OP, council.office, wanted)
    with pytest.raises(Refusal, match="不是这个议事会的"):
        series.make_next(OP, one, date(2030, 1, 4), foreign)
    assert rows.of_office(council.office_id) == []


def test_a_series_makes_no_meeting_on_a_day_left_out_or_after_its_last(app):
    council = make_hall.nine(make.office())
    matter = make_hall.matter(council, state="published")
    wanted = series.Arranged(
        "council_9x", "议事会", "村部", Recurrence(weekday=4), time(9), 60, date(2030, 1, 1), "书记", "林静",
        until=date(2030, 2, 28), council=council,
    )  # fmt: skip
    one = series.arrange(OP, council.office, wanted)
    series.leave_out(OP, one, date(2030, 1, 4))
    for day in (date(2030, 1, 4), date(2030, 3, 1)):
        with pytest.raises(Conflict):
            series.make_next(OP, one, day, matter)
    assert rows.of_office(council.office_id) == []


def test_a_councils_vote_about_a_restricted_draft_hangs_nowhere(app):
    one = make.consultation(make.office(), openness="directed")
    council = make_hall.rule(make_hall.nine(one.office))
    matter = make_hall.matter(council, "议定向征询的草案", consultation=one, state="deliberating")
    meeting = make_hall.meeting(council, council, "open", matter=matter, agenda=("草案",))
    attendance.arrive(OP, meeting, range(1, 10))
    vote = make_votes.all_cast(make_votes.opened(make_votes.on_matter(meeting)), ["for"] * 9)
    votes.close_vote(OP, vote)
    votes.confirm_vote(make.member(vote.office, Role.RESPONSIBLE), vote)
    with pytest.raises(Refusal, match="定向征询"):
        votes.publish_vote(OP, vote)
    assert boards.of_office(one.office_id) == []


def test_whoever_words_the_sheet_of_a_councils_vote_it_says_that_it_is_no_decision(app):
    vote = make_votes.all_cast(make_votes.nine_vote(), ["for"] * 10)
    votes.close_vote(OP, vote)
    votes.confirm_vote(make.member(vote.office, Role.RESPONSIBLE), vote)
    sheet = votes.publish_vote(OP, vote, SheetWords("结果", ("大家都同意了。",), signed="村委会", days=15))
    assert sheet.body == ["大家都同意了。", NOT_A_DECISION]
