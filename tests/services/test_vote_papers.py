"""Paper votes: the count sheet whose sums must agree, the round that is void, recounts, errata by two, the board."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.domain.tally_words import spoken
from deliberation.domain.voting import Tally
from deliberation.services import matters, notices, votes
from deliberation.store import log as logs
from deliberation.store import notices as boards
from deliberation.store import vote_counts as counts
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import make, make_hall, make_votes
from tests.make import OPERATOR

SHEET = {"due": 10, "present": 10, "issued": 10, "collected": 9, "valid": 8, "invalid": 1, "for_": 6, "against": 1, "abstain": 1}  # fmt: skip


def paper(**more):
    return make_votes.nine_vote("paper", **more)


def typed(vote, actor=OPERATOR, **changed):
    return votes.record_paper(actor, vote, SHEET | changed, make_votes.key())


def kept(vote):
    db.session.rollback()
    found = rows.get(vote.id)
    return found.state, found.tally, len(counts.paper_counts(vote.id)), len(logs.doings(vote.log_id))


def counted(**changed):
    vote = paper()
    typed(vote, **changed)
    votes.close_vote(OPERATOR, vote)
    return vote


def confirmed(kind="paper", **more):
    vote = make_votes.nine_vote(kind, **more)
    if kind == "paper":
        typed(vote)
    else:
        make_votes.all_cast(vote, ["for"] * 6 + ["against"] * 4)
    votes.close_vote(make.member(vote.office, Role.CLERK), vote)
    votes.confirm_vote(OPERATOR, vote)
    return vote


def test_a_paper_vote_is_counted_whole_from_its_sheet(app):
    vote = paper()
    with pytest.raises(Refusal, match="还没有填计票单"):
        votes.close_vote(OPERATOR, vote)
    typed(vote)
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.for_, tally.counted.invalid, tally.not_voted, tally.carried) == (6, 1, 1, True)
    assert tally.categories == ()
    assert tally.fixed is None
    assert "无效1" in spoken(tally)
    assert vote.state == "counted"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"valid": 7}, "不等于收回"),
        ({"for_": 7}, "不等于有效"),
        ({"due": 11}, "和计票单不一样"),
        ({"present": 9}, "发出 10 张多于实到 9 人|和计票单不一样"),
        ({"issued": 11, "collected": 9}, "多于实到"),
        ({"invalid": None}, "没有记录不等于零"),
        ({"against": -1, "for_": 8}, "不能小于零"),
    ],
)
def test_a_sheet_that_does_not_add_up_changes_nothing(app, changed, words):
    vote = paper()
    before = kept(vote)
    with pytest.raises(Refusal, match=words):
        typed(vote, **changed)
    assert kept(vote) == before


def test_no_more_papers_go_out_than_people_may_vote(app):
    vote = paper(x_votes=False)
    before = kept(vote)
    with pytest.raises(Refusal, match="多于可以投票的 9 人"):
        typed(vote)
    assert kept(vote) == before
    typed(vote, issued=9)


def test_more_papers_back_than_out_void_the_round_and_the_next_is_held(app):
    vote = paper()
    row = typed(vote, issued=8)
    assert (row.void, vote.state) == (True, "cancelled")
    assert "本轮作废" in vote.cancelled_reason
    with pytest.raises(Refusal):
        votes.close_vote(OPERATOR, vote)
    again = make_votes.opened(votes.next_round(OPERATOR, vote))
    assert (again.round, again.kind) == (2, "paper")
    typed(again)
    assert votes.close_vote(OPERATOR, again).carried is True


def test_a_sheet_sent_twice_is_one_and_other_numbers_under_its_key_are_refused(app):
    vote, key = paper(), make_votes.key()
    first = votes.record_paper(OPERATOR, vote, SHEET, key)
    assert votes.record_paper(OPERATOR, vote, SHEET, key).id == first.id
    with pytest.raises(Conflict):
        votes.record_paper(OPERATOR, vote, SHEET | {"for_": 5, "against": 2}, key)
    typed(vote, for_=5, against=2)
    assert [(one.for_, one.against) for one in counts.paper_counts(vote.id)] == [(6, 1), (5, 2)]
    assert votes.close_vote(OPERATOR, vote).for_ == 5


def test_no_sheet_before_the_opening_after_the_end_or_for_an_ended_matter(app):
    _council, _matter, meeting = make_votes.nine_hall()
    ready = make_votes.on_matter(meeting, "paper")
    with pytest.raises(Refusal, match="还没有开始"):
        typed(ready)
    vote = make_votes.opened(ready)
    with pytest.raises(Refusal, match="不逐人记票"):
        votes.record_ballot(
            OPERATOR, vote, rows.roll(vote.id)[0], votes.Cast("for", make_votes.key()), "paper"
        )
    with pytest.raises(Refusal, match="纸质票"):
        make_votes.cast(vote, rows.roll(vote.id)[0])
    matters.move(OPERATOR, vote.matter, "postponed", {"reason": "等规划"})
    with pytest.raises(Refusal, match="不在协商"):
        typed(vote)
    votes.cancel_vote(OPERATOR, vote, "不议了")
    with pytest.raises(Refusal, match="没有计入"):
        typed(vote)
    assert counts.paper_counts(vote.id) == []


def test_electronic_secret_voting_has_its_place_and_is_off(app):
    _council, _matter, meeting = make_votes.nine_hall()
    with pytest.raises(Refusal, match="没有开启"):
        make_votes.on_matter(meeting, "secret")


def test_a_recount_stands_keeps_what_was_and_needs_another_to_confirm(app):
    vote = counted()
    other = make.member(vote.office, Role.RESPONSIBLE, name="赵主任")
    row = votes.recount(other, vote, SHEET | {"for_": 5, "against": 2}, "第 7 张念错了")
    assert (vote.state, vote.tally["counted"]["for_"], vote.tally["carried"]) == ("counted", 5, False)
    assert (row.before["tally"]["carried"], row.after["tally"]["carried"]) == (True, False)
    with pytest.raises(Refusal, match="另一个人"):
        votes.confirm_vote(other, vote)
    votes.confirm_vote(OPERATOR, vote)
    assert vote.tally["counted"]["for_"] == 5
    with pytest.raises(Refusal, match="请办更正"):
        votes.recount(other, vote, SHEET, "再数一遍")


def test_a_recount_that_changes_nothing_does_not_add_up_or_says_no_reason_is_refused(app):
    vote = counted()
    before = kept(vote)
    for change, why, words in (
        (SHEET, "又数", "一样"),
        (SHEET | {"for_": 7}, "又数", "不等于有效"),
        (SHEET | {"collected": 11}, "又数", "本轮作废"),
        (SHEET | {"for_": 5, "against": 2}, " ", "为什么要改"),
    ):
        with pytest.raises(Refusal, match=words):
            votes.recount(OPERATOR, vote, change, why)
    assert kept(vote) == before
    assert counts.corrections(vote.id) == []


def test_an_erratum_needs_two_persons_and_puts_the_board_right(app):
    vote = confirmed()
    hung = votes.publish_vote(OPERATOR, vote)
    assert vote.state == "published"
    one, two = (make.member(vote.office, Role.RESPONSIBLE, name=name) for name in ("赵主任", "钱主任"))
    row = votes.propose_erratum(one, vote, SHEET | {"for_": 5, "against": 2}, "录错了一栏")
    assert vote.tally["counted"]["for_"] == 6, "until a second person agrees the old count stands"
    with pytest.raises(Refusal, match="另一个人"):
        votes.settle_erratum(one, row, True)
    with pytest.raises(Conflict):
        votes.propose_erratum(two, vote, SHEET | {"for_": 4, "against": 3}, "还有一处")
    right = votes.settle_erratum(two, row, True)
    assert (vote.tally["counted"]["for_"], vote.state) == (5, "published")
    assert (right.about, right.kind) == ("erratum", "announcement")
    assert f"第{hung.number}号" in right.body[0]
    assert "赞成6" in right.body[2]
    assert "赞成5" in right.body[3]
    assert "赞成6" in boards.get(hung.id).body[2], "what hung does not change"
    with pytest.raises(Conflict):
        votes.settle_erratum(two, row, False)


def test_no_erratum_hangs_for_a_sheet_that_was_taken_down(app):
    vote = confirmed()
    votes.publish_vote(OPERATOR, vote)
    one, two = (make.member(vote.office, Role.RESPONSIBLE, name=name) for name in ("赵主任", "钱主任"))
    row = votes.propose_erratum(one, vote, SHEET | {"for_": 5, "against": 2}, "录错了一栏")
    notices.take_down(OPERATOR, boards.of_vote(vote.id)[-1], "贴错了地方")
    assert votes.settle_erratum(two, row, True) is None
    assert [sheet.about for sheet in boards.of_vote(vote.id)] == ["vote"]


def test_an_erratum_turned_down_changes_nothing_and_one_alone_has_the_signed_statement(app):
    vote = confirmed()
    one = make.member(vote.office, Role.LIAISON)
    row = votes.propose_erratum(one, vote, SHEET | {"for_": 5, "against": 2}, "录错了一栏")
    assert votes.settle_erratum(OPERATOR, row, False) is None
    assert (vote.tally["counted"]["for_"], row.accepted) == (6, False)
    row = votes.propose_erratum(one, vote, SHEET | {"for_": 5, "against": 2}, "确实录错了")
    votes.settle_erratum(one, row, True, votes.Sheet(b"signed", "更正.jpg", "image/jpeg"))
    assert (vote.tally["counted"]["for_"], row.sheet.name) == (5, "更正.jpg")


def test_one_vote_of_a_named_count_is_put_right_and_both_tallies_follow(app):
    vote = confirmed("named")
    wrong = rows.roll(vote.id)[9]
    assert not wrong.fixed
    row = votes.propose_erratum(OPERATOR, vote, {"choices": {wrong.key: "for"}}, "把冯老六记反了")
    votes.settle_erratum(make.member(vote.office, Role.RESPONSIBLE), row, True)
    assert (vote.tally["counted"]["for_"], vote.tally["counted"]["against"]) == (7, 3)
    assert vote.tally["coopted"]["for_"] == 1
    assert (vote.tally_nine["counted"]["for_"], vote.tally_nine["counted"]["against"]) == (6, 3)
    assert [b.choice for b in rows.ballots_of(wrong.id)] == ["against"], (
        "the ballot itself stays as it was cast"
    )
    for change in ({"choices": {"nobody": "for"}}, {"choices": {}}, {"choices": {wrong.key: "maybe"}}):
        with pytest.raises(Refusal):
            votes.propose_erratum(OPERATOR, vote, change, "又错了")


def test_only_a_checked_count_is_published_and_its_sheet_names_nobody(app):
    vote = counted()
    with pytest.raises(Refusal, match="已经核对"):
        votes.publish_vote(OPERATOR, vote)
    votes.confirm_vote(make.member(vote.office, Role.RESPONSIBLE), vote)
    hung = votes.publish_vote(OPERATOR, vote)
    text = "\n".join([hung.title, *hung.body])
    assert "应到10，实到10，赞成6；需超过5，即至少6" in text
    assert "这是协商意见，不是村民会议或者村民代表会议的决定" in text
    assert not any(word in text for word in ("通过", "否决", "法定人数"))
    assert not any(row.person.name in text for row in rows.roll(vote.id))
    assert (hung.until - hung.since).days + 1 >= 15
    assert hung.picture["line"] == 5.0
    with pytest.raises(Refusal):
        votes.publish_vote(OPERATOR, vote)


def test_nobody_but_the_offices_leads_corrects_or_publishes(app):
    vote = confirmed()
    for actor in (make.member(vote.office, Role.CLERK), make.member(make.office(), Role.LIAISON), make.GUEST):
        with pytest.raises(NotAllowed):
            votes.publish_vote(actor, vote)
        with pytest.raises(NotAllowed):
            votes.propose_erratum(actor, vote, SHEET | {"for_": 5, "against": 2}, "改")
    assert vote.state == "confirmed"


def test_a_restricted_result_hangs_nowhere(app):
    from deliberation.domain.board_sheets import SheetWords

    one, _panel, meeting = make_votes.panel_hall(rule=True, openness="directed")
    vote = make_votes.all_cast(
        make_votes.opened(make_votes.on_suggestion(meeting, make_votes.suggestion(one))), ["for"] * 5
    )
    votes.close_vote(OPERATOR, vote)
    votes.confirm_vote(make.member(vote.office, Role.RESPONSIBLE), vote)
    assert not one.is_public
    with pytest.raises(Refusal, match="定向征询"):
        votes.publish_vote(OPERATOR, vote, SheetWords("题目", ("正文",), signed="联系点", days=15))
    assert boards.of_office(one.office_id) == []


def test_the_rule_on_recusal_shrinks_the_base_where_the_office_says_so(app):
    for shrinks, due, needs in ((False, 10, 6), (True, 9, 5)):
        council, _matter, meeting = make_votes.nine_hall(rule=False)
        make_hall.rule(council, recusal_shrinks=shrinks)
        person = rows_of(meeting)[0].person_id
        vote = make_votes.opened(make_votes.on_matter(meeting), recused={person: "地在他家边上"})
        make_votes.all_cast(vote, ["for"] * 5 + ["against"] * 4)
        tally = votes.close_vote(OPERATOR, vote)
        assert (tally.due, tally.hall.for_carry.due, tally.needs_for) == (10, due, needs)
        assert tally.carried is shrinks
        assert votes.is_intact(vote)


def rows_of(meeting):
    from deliberation.store import meetings

    return meetings.attendance(meeting.id)


def test_a_sheet_taken_down_stays_at_its_address_with_the_reason(app):
    vote = confirmed()
    hung = votes.publish_vote(OPERATOR, vote)
    today = make_hall.today()
    assert hung in boards.hanging(today)
    with pytest.raises(Refusal):
        notices.take_down(OPERATOR, hung, " ")
    notices.take_down(OPERATOR, hung, "数字录错，重新公布")
    assert hung not in boards.hanging(today)
    assert boards.get(hung.id).down_reason == "数字录错，重新公布"
    with pytest.raises(Conflict):
        notices.take_down(OPERATOR, hung, "再撤一次")


def test_the_count_is_always_what_the_rows_say(app):
    vote = confirmed()
    assert Tally.from_dict(vote.tally).to_dict() == votes.counted(vote)[0].to_dict()
