"""A show of hands counted in the hall is made a vote through its page."""

from deliberation.store import votes as rows
from tests import make_votes
from tests.services.test_vote_of_hands import counted
from tests.web.test_votes import clerk


def test_from_what_came_home_to_a_counted_vote(app):
    _council, matter, meeting = make_votes.nine_hall()
    count = counted(meeting)
    page = f"/meetings/{meeting.id}/counts/{count.id}/vote"
    b = clerk(app, meeting.office).open(f"/meetings/{meeting.id}/brought")
    assert page in b.page.links
    b.open(page)
    assert b.says("是否同意在村东头建？")
    b.submit(status=422, having="question", question="")
    assert not rows.of_meeting(meeting.id)
    b.open(page).submit(having="question", about=f"m{matter.id}")
    (vote,) = rows.of_meeting(meeting.id)
    assert (vote.state, vote.question, vote.matter_id) == ("counted", "是否同意在村东头建？", matter.id)
    assert b.says("7")
    b.open(f"/meetings/{meeting.id}/brought")
    assert page not in b.page.links


def test_another_meetings_count_is_not_found_here(app):
    _council, _matter, meeting = make_votes.nine_hall()
    _council, _matter, other = make_votes.nine_hall()
    count = counted(other)
    clerk(app, meeting.office).open(f"/meetings/{meeting.id}/counts/{count.id}/vote", status=404)
