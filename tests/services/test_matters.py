"""Matters: the Party's study first, names published before people meet, X that ends with its matter."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, Refusal
from deliberation.services import councils, matters
from deliberation.services.people import Newcomer
from deliberation.store import councils as rows
from deliberation.store import people
from tests import make, make_hall


@pytest.fixture
def council(app):
    return make_hall.nine(make.office())


def move(matter, to, **facts):
    return matters.move(make_hall.OPERATOR, matter, to, facts)


def test_a_matter_needs_the_partys_study_with_date_and_number(council):
    matter = make_hall.matter(council)
    for facts, field in (
        ({}, "studied_on"),
        ({"studied_on": make_hall.today(), "study_number": " "}, "study_number"),
    ):
        with pytest.raises(Refusal) as caught:
            move(matter, "studied", **facts)
        assert caught.value.field == field
    assert matter.state == "proposed"
    move(matter, "studied", studied_on=make_hall.today(), study_number="村支〔2026〕12号")
    assert (matter.state, matter.party_record) == ("studied", "村支〔2026〕12号")


def test_steps_are_kept_with_their_facts(council):
    matter = make_hall.matter(council, state="consensus")
    assert [step.state for step in rows.steps(matter.id)] == [
        "proposed", "studied", "published", "deliberating", "consensus",
    ]  # fmt: skip
    assert rows.steps(matter.id)[1].facts["studied_on"] == make_hall.today().isoformat()
    assert matter.result.startswith("同意")


def test_no_step_is_skipped_and_no_date_lies_ahead(council):
    matter = make_hall.matter(council)
    with pytest.raises(Refusal):
        move(matter, "deliberating", met_on=make_hall.today())
    with pytest.raises(Refusal, match="将来"):
        move(matter, "studied", studied_on=make_hall.today() + timedelta(days=1), study_number="1")
    assert matter.state == "proposed"
    assert len(rows.steps(matter.id)) == 1


@pytest.mark.parametrize("blank", ["reason", "nominator", "confirmer"])
def test_an_x_needs_reason_nominator_and_confirmer(council, blank):
    matter = make_hall.matter(council)
    with pytest.raises(Refusal) as caught:
        make_hall.co_opted(matter, **{blank: " "})
    assert caught.value.field == blank
    assert not rows.coopted_seats(matter.id)


def test_an_x_does_not_confirm_itself_and_comes_once(council):
    matter = make_hall.matter(council)
    with pytest.raises(Refusal):
        make_hall.co_opted(matter, "冯老六", confirmer="冯老六")
    seat = make_hall.co_opted(matter, "冯老六")
    person = rows.holding_now(seat.id).person
    x = matters.Stakeholder(person, "再来", "甲", "乙")
    with pytest.raises(Conflict):
        matters.co_opt(make_hall.OPERATOR, matter, x)
    assert len(rows.coopted_seats(matter.id)) == 1


def test_an_x_counts_for_its_own_matter_only(council):
    mine, other = make_hall.matter(council, x=["冯老六"]), make_hall.matter(council, "修路")
    assert councils.sitting(council, mine.id, make_hall.today()).due == 10
    assert councils.sitting(council, other.id, make_hall.today()).due == 9
    assert councils.sitting(council, None, make_hall.today()).due == 9


def test_once_names_are_published_nobody_is_added_until_they_are_published_anew(council):
    matter = make_hall.matter(council, state="published", x=["冯老六"])
    with pytest.raises(Refusal, match="已经公布"):
        make_hall.co_opted(matter, "迟来的")
    move(matter, "postponed", reason="还有一户没请到")
    make_hall.co_opted(matter, "迟来的")
    move(matter, "published", published_on=make_hall.today(), coopted_published=True)
    assert [one.name for one in matters.coopted(matter)] == ["冯老六", "迟来的"]


def test_x_ends_with_its_matter_and_the_role_with_it(council):
    matter = make_hall.matter(council, x=["冯老六"])
    seat = rows.coopted_seats(matter.id)[0]
    assert any(one.person.name == "冯老六" for one in people.members(council.office_id, "council"))
    move(matter, "declined", studied_on=make_hall.today(), study_number="13", reason="不属村里的事")
    move(matter, "archived")
    assert matter.ended_at is not None
    assert rows.holding_now(seat.id) is None
    assert seat.holdings[0].until == make_hall.today()
    assert all(one.person.name != "冯老六" for one in people.members(council.office_id, "council"))
    with pytest.raises(Refusal, match="办结"):
        make_hall.co_opted(matter, "又一位")
    assert councils.sitting(council, matter.id, make_hall.today()).due == 9


def test_a_member_who_was_also_x_keeps_their_seat_and_role(council):
    matter = make_hall.matter(council)
    member = rows.holding_now(rows.seats(council.id)[2].id).person
    matters.co_opt(make_hall.OPERATOR, matter, matters.Stakeholder(member, "邻户", "甲", "乙"))
    assert councils.sitting(council, matter.id, make_hall.today()).due == 9, "one person one vote"
    move(matter, "declined", studied_on=make_hall.today(), study_number="13", reason="不议了")
    assert any(one.person_id == member.id for one in people.members(council.office_id, "council"))
    assert rows.holding_now(rows.seats(council.id)[2].id).person_id == member.id


def test_the_posting_hangs_its_days_before_anything_follows(council):
    matter = make_hall.matter(council, state="consensus")
    move(matter, "posted", posted_on=make_hall.today())
    facts = {
        "objections_answered": True,
        "responsible": "村委会",
        "by_when": make_hall.today() + timedelta(days=60),
    }
    with pytest.raises(Refusal, match="公示期还没有满"):
        move(matter, "implementing", **facts)
    with make.later(days=8):
        move(matter, "implementing", **facts)
    assert matter.state == "implementing"


def test_names_of_nominators_lie_sealed(council):
    from sqlalchemy import text

    from deliberation.store.db import db

    make_hall.matter(council, x=["冯老六"])
    stored = db.session.execute(
        text("SELECT nominated_by FROM seat WHERE matter_id IS NOT NULL")
    ).scalar_one()
    assert "郑委员".encode() not in bytes(stored)
    assert rows.seats(council.id)[-1].nominated_by == "郑委员"


def test_a_newcomer_without_a_name_is_nobody(council):
    matter = make_hall.matter(council)
    with pytest.raises(Refusal):
        matters.co_opt(make_hall.OPERATOR, matter, matters.Stakeholder(Newcomer(" "), "邻户", "甲", "乙"))
    assert not rows.coopted_seats(matter.id)
