"""Meetings: called with agenda and sheet, opened, signed in, ended; what does not fit is refused and changes nothing."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import attendance, consultations, councils, meetings
from deliberation.services.people import Newcomer
from deliberation.store import councils as seats
from deliberation.store import log
from deliberation.store import meetings as rows
from tests import make, make_hall


@pytest.fixture
def one(app):
    return make.consultation(make.office())


@pytest.fixture
def panel(one):
    return make_hall.panel(one.office)


def heads(meeting):
    found = attendance.heads(rows.attendance(meeting.id))
    return found.due, found.came, found.here


def test_a_meeting_has_its_agenda_by_article_and_its_sheet_by_number(one, panel):
    made = make_hall.meeting(one, panel, agenda=("art_3", "art_2", "其他"))
    assert [(item.title, item.eid, bool(item.uid)) for item in made.agenda] == [
        ("第三条", "art_3", True), ("第二条", "art_2", True), ("其他", "", False),
    ]  # fmt: skip
    assert [(row.position, row.person.name, row.due) for row in rows.attendance(made.id)] == [
        (n, f"专家{n}", True) for n in range(1, 6)
    ]
    assert heads(made) == (5, 0, 0)


def test_only_those_ticked_are_due_and_observers_stand_beside(one, panel):
    held = seats.holders(panel.id)
    guest = make.person(one.office, "法工委老苗", Role.CLERK)
    made = make_hall.meeting(
        one, panel, invited=(held[0].person_id, held[3].person_id), observers=(guest.id,)
    )
    assert [(r.person.name, r.due) for r in rows.attendance(made.id)] == [
        ("专家1", True), ("专家4", True), ("法工委老苗", False),
    ]  # fmt: skip
    assert heads(made) == (2, 0, 0)


def test_a_9x_sitting_is_due_to_all_members_and_the_matters_x(one):
    council = make_hall.nine(one.office, filled=8)
    matter = make_hall.matter(council, state="published", x=["冯老六"])
    made = make_hall.meeting(council, council, agenda=("选址",), matter=matter, invited=())
    sheet = rows.attendance(made.id)
    assert len(sheet) == 9
    assert [(r.person.name, r.fixed, r.category) for r in sheet][-1] == ("冯老六", False, "coopted")
    assert made.consultation_id is None


def test_a_9x_sitting_opens_only_when_matter_and_names_are_published(one):
    council = make_hall.nine(one.office)
    matter = make_hall.matter(council, state="studied")
    made = make_hall.meeting(council, council, agenda=("选址",), matter=matter)
    with pytest.raises(Refusal, match="还没有公布"):
        meetings.open_meeting(make_hall.OPERATOR, made)
    assert made.state == "planned"


def test_who_was_seated_since_the_notice_stands_on_the_sheet(one):
    council = make_hall.nine(one.office, filled=8)
    matter = make_hall.matter(council, state="studied")
    made = make_hall.meeting(council, council, agenda=("选址",), matter=matter)
    make_hall.co_opted(matter)
    councils.vacate_seat(make_hall.OPERATOR, seats.seats(council.id)[0])
    matter = make_hall.matters.move(
        make_hall.OPERATOR,
        matter,
        "published",
        {"published_on": make_hall.today(), "coopted_published": True},
    )
    meetings.open_meeting(make_hall.OPERATOR, made)
    assert [(r.person.name, r.due) for r in rows.attendance(made.id)][0] == ("委员1", False)
    assert heads(made)[0] == 8, "eight sat, one left, one X came"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"procedure": "hearing"}, "procedure"),
        ({"procedure": "council_9x"}, "council"),
        ({"agenda": (meetings.Point(eid="art_99"),)}, "agenda"),
        ({"agenda": (meetings.Point(),)}, "agenda"),
        ({"invited": (10_000,)}, "invited"),
        ({"planned_end": make.now() - timedelta(days=1)}, "planned_end"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(one, panel, wrong, field):
    from dataclasses import replace

    before = len(log.leaves(one.log_id))
    with pytest.raises(Refusal) as caught:
        meetings.call_meeting(make_hall.OPERATOR, one, replace(make_hall.plan(panel), **wrong))
    assert caught.value.field == field
    assert not rows.of_consultation(one.id)
    assert len(log.leaves(one.log_id)) == before


def test_what_was_called_is_put_anew_until_it_opens(one, panel):
    made = make_hall.meeting(one, panel, agenda=("art_3", "art_2"))
    meetings.change_meeting(make_hall.OPERATOR, made, make_hall.plan(panel, ("art_4",), title="改期的座谈会"))
    assert (made.title, [item.eid for item in made.agenda]) == ("改期的座谈会", ["art_4"])
    assert heads(made) == (5, 0, 0)
    meetings.open_meeting(make_hall.OPERATOR, made)
    with pytest.raises(Refusal):
        meetings.change_meeting(make_hall.OPERATOR, made, make_hall.plan(panel))
    meetings.add_point(make_hall.OPERATOR, made, meetings.Point("临时加的一项"))
    assert [(i.position, i.title) for i in made.agenda] == [(1, "第四条"), (2, "临时加的一项")]


def test_signing_in_counts_and_nobody_signs_in_twice(one, panel):
    made = make_hall.meeting(one, panel, "open")
    attendance.arrive(make_hall.OPERATOR, made, [1, 2, 3])
    assert heads(made) == (5, 3, 3)
    with pytest.raises(Conflict, match="3 号 专家3 已经签到"):
        attendance.arrive(make_hall.OPERATOR, made, [4, 3])
    assert heads(made) == (5, 3, 3), "one of them was wrong and nobody was signed in"
    with pytest.raises(Refusal, match="没有 9 号"):
        attendance.arrive(make_hall.OPERATOR, made, [9])


def test_leaving_coming_back_and_taking_back(one, panel):
    made = make_hall.meeting(one, panel, "open")
    attendance.arrive(make_hall.OPERATOR, made, [1, 2])
    came = rows.attendance(made.id)[0].arrived_at
    attendance.leave(make_hall.OPERATOR, made, [1])
    assert heads(made) == (5, 2, 1)
    attendance.arrive(make_hall.OPERATOR, made, [1])
    assert heads(made) == (5, 2, 2)
    assert rows.attendance(made.id)[0].arrived_at == came, "the first arrival stands"
    attendance.take_back(make_hall.OPERATOR, made, 2)
    assert heads(made) == (5, 1, 1)
    with pytest.raises(Refusal):
        attendance.leave(make_hall.OPERATOR, made, [2])


def test_before_the_opening_nobody_signs_in_and_replies_are_noted(one, panel):
    made = make_hall.meeting(one, panel)
    with pytest.raises(Refusal, match="还没有开始"):
        attendance.arrive(make_hall.OPERATOR, made, [1])
    attendance.reply(make_hall.OPERATOR, made, 5, "leave")
    assert rows.attendance(made.id)[4].reply == "leave"
    with pytest.raises(Refusal):
        attendance.reply(make_hall.OPERATOR, made, 5, "perhaps")


def test_times_of_arrival_are_of_that_day_and_not_ahead(one, panel):
    made = make_hall.meeting(one, panel, "open")
    for at in (make.now() + timedelta(hours=1), make.now() - timedelta(days=2)):
        with pytest.raises(Refusal):
            attendance.arrive(make_hall.OPERATOR, made, [1], at)
    assert heads(made) == (5, 0, 0)


def test_somebody_nobody_listed_comes_beside_those_due(one, panel):
    made = make_hall.meeting(one, panel, "open")
    row = attendance.add(make_hall.OPERATOR, made, Newcomer("路过的老李", category="居民"))
    attendance.arrive(make_hall.OPERATOR, made, [row.position])
    assert row.position == 6
    assert heads(made) == (5, 0, 0)
    assert attendance.heads(rows.attendance(made.id)).others == 1


def test_ending_lets_everybody_go_and_happens_once(one, panel):
    made = make_hall.meeting(one, panel, "open")
    attendance.arrive(make_hall.OPERATOR, made, [1, 2])
    meetings.end_meeting(make_hall.OPERATOR, made)
    assert [r.left_at is not None for r in rows.attendance(made.id)] == [True, True, False, False, False]
    for verb in (meetings.end_meeting, meetings.open_meeting):
        with pytest.raises(Refusal):
            verb(make_hall.OPERATOR, made)
    assert made.state == "ended"


def test_another_offices_clerk_calls_no_meeting_here_and_a_member_neither(one, panel):
    for somebody in (make.member(make.office(), Role.CLERK), make.member(one.office, Role.PANEL)):
        with pytest.raises(NotAllowed):
            meetings.call_meeting(somebody, one, make_hall.plan(panel))
    meetings.call_meeting(make.member(one.office, Role.CLERK), one, make_hall.plan(panel))
    assert len(rows.of_consultation(one.id)) == 1


def test_a_directed_consultation_meets_too(app):
    one = make.consultation(make.office(), openness="directed")
    made = make_hall.meeting(one, make_hall.panel(one.office), "open")
    attendance.arrive(make_hall.OPERATOR, made, [1])
    assert heads(made) == (5, 1, 1)


def test_once_reported_the_hall_is_closed(one, panel):
    consultations.move_phase(make_hall.OPERATOR, one, "consolidating")
    consultations.move_phase(make_hall.OPERATOR, one, "reported")
    with pytest.raises(NotAllowed, match="阶段"):
        make_hall.meeting(one, panel)
