"""Recorded votes stand where the words they were about stand now, with the text as it was put; those on deleted articles too."""

import pytest

from deliberation.domain.roles import Role
from deliberation.services import attendance, votes
from deliberation.services import links as verbs
from deliberation.store import voted
from deliberation.store.drafts import current
from deliberation.store.links import GONE
from deliberation.store.voted import PUBLISHED, RECORDED
from tests import make, make_dossiers, make_hall, make_votes
from tests.make_versions import FIRST, MOVED, SECOND


@pytest.fixture
def one(app):
    return make.consultation(make.office(), FIRST, slug="bikes")


@pytest.fixture
def hall(one):
    panel = make_hall.panel(one.office, 3)
    meeting = make_hall.meeting(one, panel, "open", make.OPERATOR)
    attendance.arrive(make.OPERATOR, meeting, range(1, 4))
    return meeting


def counted(hall, about, kind="named"):
    vote = make_votes.opened(make_votes.on_suggestion(hall, about, kind))
    make_votes.all_cast(vote, ["for"] * 3)
    votes.close_vote(make.OPERATOR, vote)
    return vote


def at(one, version, eid, states=RECORDED):
    return [
        (found.vote.id, found.carried.to_eid if found.carried else "here")
        for found in voted.at_article(one.id, version.id, eid, states)
    ]


def test_a_vote_follows_the_article_and_not_its_number(one, hall):
    first = current(one.task_id)
    about = make_dossiers.suggestion(one, at="art_3__para_1", title="缩短服务半径", wording="不超过二百米。")
    vote = counted(hall, about)
    open_one = make_votes.opened(make_votes.on_suggestion(hall, about))
    assert at(one, first, "art_3") == [(vote.id, "here")]
    second = make.publish(one.task, SECOND)
    assert at(one, second, "art_4") == [(vote.id, "art_4__para_1")]
    assert at(one, second, "art_3") == []
    (found,) = voted.at_article(one.id, second.id, "art_4", RECORDED)
    assert (found.carried.from_eid, found.carried.changed, found.carried.from_version_id) == (
        "art_3__para_1", True, first.id,
    )  # fmt: skip
    assert found.vote.subject["wording"] == "不超过二百米。"
    assert open_one.id not in {row for row, _eid in at(one, second, "art_4")}
    third = make.publish(one.task, FIRST)
    assert at(one, third, "art_3") == [(vote.id, "art_3__para_1")]
    assert at(one, first, "art_3") == [(vote.id, "here")]


def test_a_vote_on_what_was_deleted_or_waits_is_in_the_list_of_what_stands_nowhere(one, hall):
    gone, moved = (make_dossiers.suggestion(one, at=eid, title=f"关于 {eid}") for eid in ("art_4", "art_5"))
    on_gone, on_moved = counted(hall, gone), counted(hall, moved)
    second = make.publish(one.task, SECOND)
    assert at(one, second, GONE) == [(on_gone.id, "")]
    third = make.publish(one.task, MOVED)
    assert on_moved.id in {row for row, _eid in at(one, third, GONE)}
    verbs.decide(make.member(one.office), third, "art_5", ["art_1"])
    assert at(one, third, "art_1") == [(on_moved.id, "art_1")]


def test_only_the_states_asked_for_and_with_the_sheet_that_hangs(one, hall):
    about = make_dossiers.suggestion(one, at="art_3")
    vote = counted(hall, about)
    second = make.publish(one.task, SECOND)
    assert at(one, second, "art_4", PUBLISHED) == []
    votes.confirm_vote(make.member(one.office, Role.RESPONSIBLE), vote)
    sheet = votes.publish_vote(make.OPERATOR, vote)
    (found,) = voted.at_article(one.id, second.id, "art_4", PUBLISHED)
    assert (found.vote.id, found.sheet) == (vote.id, sheet.id)


def test_a_dropped_suggestion_takes_no_vote_with_it(one, hall):
    from deliberation.services import suggestions

    about = make_dossiers.suggestion(one, at="art_3")
    vote = counted(hall, about)
    suggestions.drop_suggestion(make.OPERATOR, about)
    assert at(one, make.publish(one.task, SECOND), "art_4") == [(vote.id, "art_4")]
