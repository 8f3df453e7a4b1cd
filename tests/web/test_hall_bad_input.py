"""What must not count, sent straight to the pages: each refused with its reason, and nothing changed."""

import re

import pytest

from deliberation.services import attendance, councils, matters
from deliberation.services import votes as verbs
from deliberation.store import councils as council_rows
from deliberation.store import log as logs
from deliberation.store import meetings as meeting_rows
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import make, make_hall, make_votes
from tests.make import OPERATOR
from tests.web.browsing import Browser
from tests.web.test_votes import clerk


def as_person(app, office, person):
    login = f"p{next(make.count)}"
    make.account(office, person, login)
    return Browser(app).sign_in(login)


def sent(b, url, form):
    """A form sent with the session's own token, as a page would send it."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', b.open("/").page.html).group(1)
    return b.post(url, {**form, "csrf_token": token})


def casts(b, vote, choice="for"):
    """The confirmation page's form, sent without having seen it."""
    form = {"choice": choice, "sure": "1", "key": make_votes.key(), "replaces": "0"}
    return sent(b, f"/votes/{vote.id}/ballot", form)


def trace(vote):
    db.session.rollback()
    found = rows.get(vote.id)
    size = len(logs.doings(found.log_id))
    return (
        found.state,
        found.question,
        found.roll_digest,
        len(rows.ballots(vote.id)),
        len(rows.hand_counts(vote.id)),
        size,
    )


def refused(answer, vote, before, *words):
    assert answer.status_code in (403, 404, 409, 422), answer.status_code
    text = answer.get_data(as_text=True)
    assert any(word in text for word in words), text[:2000]
    assert trace(vote) == before


def test_before_the_opening(app):
    _council, _matter, meeting = make_votes.nine_hall()
    vote = make_votes.on_matter(meeting)
    b = as_person(app, vote.office, meeting_rows.attendance(meeting.id)[0].person)
    before = trace(vote)
    refused(casts(b, vote), vote, before, "没有您", "没有这个页面")


def test_after_the_end_and_after_a_cancellation(app):
    for end in (lambda v: verbs.close_vote(OPERATOR, v), lambda v: verbs.cancel_vote(OPERATOR, v, "念错了")):
        vote = make_votes.nine_vote()
        b = as_person(app, vote.office, rows.roll(vote.id)[0].person)
        end(vote)
        before = trace(vote)
        refused(casts(b, vote), vote, before, "没有计入")


def test_in_somebody_elses_vote(app):
    vote, other = make_votes.nine_vote(), make_votes.nine_vote()
    b = as_person(app, other.office, rows.roll(other.id)[0].person)
    before = trace(vote)
    refused(casts(b, vote), vote, before, "没有您", "没有这个页面")
    row = rows.roll(other.id)[0]
    c = clerk(app, vote.office)
    before = trace(vote)
    sent(c, f"/votes/{vote.id}/record", {f"c-{row.id}": "for", "origin": "called", "key": make_votes.key()})
    assert trace(vote) == before
    assert rows.ballots(other.id) == []


def test_by_an_x_whose_matter_has_ended(app):
    vote = make_votes.nine_vote()
    x = next(row for row in rows.roll(vote.id) if not row.fixed)
    b = as_person(app, vote.office, x.person)
    matters.move(OPERATOR, vote.matter, "postponed", {"reason": "等规划"})
    matters.move(OPERATOR, vote.matter, "archived", {"reason": "不办了"})
    before = trace(vote)
    refused(casts(b, vote), vote, before, "不在协商")


def test_by_old_and_new_holder_of_one_seat(app):
    vote = make_votes.nine_vote()
    row = rows.roll(vote.id)[0]
    old = as_person(app, vote.office, row.person)
    seat = council_rows.seat(row.seat_id)
    councils.vacate_seat(OPERATOR, seat)
    held = councils.fill_seat(OPERATOR, seat, make_hall.Newcomer("新来的"), since=make_hall.today())
    new = as_person(app, vote.office, held.person)
    before = trace(vote)
    refused(casts(old, vote), vote, before, "换人或空缺")
    refused(casts(new, vote), vote, before, "没有您", "没有这个页面")


@pytest.mark.parametrize("numbers", [(11, 0, 0), (5, 5, 1), (-1, 0, 0)])
def test_more_hands_than_people_there_or_fewer_than_none(app, numbers):
    vote = make_votes.nine_vote("hands")
    b = clerk(app, vote.office)
    before = trace(vote)
    form = dict(zip(("for_", "against", "abstain"), map(str, numbers), strict=True))
    answer = sent(b, f"/votes/{vote.id}/hands", {**form, "teller": "甲", "key": make_votes.key()})
    refused(answer, vote, before, "请重新清点", "Number must be", "至少", "不能小于", "数字", "处要改")


def test_a_roll_and_a_question_that_change_while_it_is_open(app):
    vote = make_votes.nine_vote(present=9)
    late = as_person(app, vote.office, rows.roll(vote.id)[9].person)
    b = clerk(app, vote.office)
    before = trace(vote)
    answer = sent(
        b,
        f"/votes/{vote.id}/change",
        {"question": "别的问题", "kind": "hands", "tellers": "1", "x_votes": "y"},
    )
    refused(answer, vote, before, "不能再改")
    attendance.arrive(OPERATOR, vote.meeting, [10])
    before = trace(vote)
    refused(casts(late, vote), vote, before, "没有签到", "没有这个页面")
    answer = sent(b, f"/votes/{vote.id}/open", {})
    refused(answer, vote, before, "不能再开始")


def test_a_ballot_for_the_person_who_stands_aside(app):
    _council, _matter, meeting = make_votes.nine_hall()
    person = meeting_rows.attendance(meeting.id)[0].person
    vote = make_votes.opened(make_votes.on_matter(meeting), recused={person.id: "地在他家边上"})
    b = as_person(app, vote.office, person)
    before = trace(vote)
    refused(casts(b, vote), vote, before, "回避", "没有这个页面")
    row = rows.roll_row(vote.id, person.id)
    c = clerk(app, vote.office)
    before = trace(vote)
    form = {f"c-{row.id}": "for", "origin": "called", "key": make_votes.key()}
    refused(sent(c, f"/votes/{vote.id}/record", form), vote, before, "回避")
