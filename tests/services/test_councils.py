"""Panels and 9+X councils: founding, vacancies beside 应到, history of seats, the office's own rule."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.domain.seats import DueBy, Fixed
from deliberation.services import councils
from deliberation.services.people import Newcomer
from deliberation.store import councils as rows
from deliberation.store import log, people
from tests import make, make_hall


@pytest.fixture
def office(app):
    return make.office()


def test_a_panel_seats_the_offices_panel_members_each_once(office):
    panel = make_hall.panel(office, 7)
    assert [one.person.name for one in rows.holders(panel.id)] == [f"专家{n}" for n in range(1, 8)]
    assert councils.sitting(panel, None, make_hall.today()).due == 7


def test_a_9x_council_has_its_nine_categories_and_as_many_seats_as_asked(office):
    council = make_hall.nine(office, {"villager_rep": 4}, filled=False)
    found = [seat.category for seat in rows.seats(council.id)]
    assert list(dict.fromkeys(found)) == [one.value for one in Fixed]
    assert found.count("villager_rep") == 4
    assert len(found) == 12


@pytest.mark.parametrize("number", [0, -1, 201])
def test_each_of_the_nine_has_at_least_one_seat(office, number):
    with pytest.raises(Refusal, match="至少一席"):
        councils.found(
            make_hall.OPERATOR, office, councils.Founding("council_9x", "议事会", seats={"deputy": number})
        )
    assert not rows.of_office(office.id)


def test_two_bodies_of_one_name_are_refused(office):
    make_hall.panel(office, 1)
    with pytest.raises(Conflict):
        councils.found(make_hall.OPERATOR, office, councils.Founding("panel", " 专家团 "))
    assert len(rows.of_office(office.id)) == 1


def test_vacancies_stand_beside_those_due_and_are_not_counted_in(office):
    council = make_hall.nine(office, {"villager_rep": 3}, filled=8)
    due = councils.sitting(council, None, make_hall.today())
    assert due.due == 8
    assert dict(due.vacancies) == {"veteran_cadre": 1, "social_organization": 1, "local_worthy": 1}


def test_a_rule_may_count_seats_instead(office):
    council = make_hall.rule(make_hall.nine(office, filled=5), due_by=DueBy.SEATS)
    assert councils.sitting(council, None, make_hall.today()).due == 9


def test_a_seat_holds_one_person_and_its_history_stays(office):
    council = make_hall.nine(office)
    seat = rows.seats(council.id)[0]
    with pytest.raises(Conflict, match="一席只能坐一个人"):
        councils.fill_seat(make_hall.OPERATOR, seat, Newcomer("又一位"))
    assert [one.person.name for one in seat.holdings] == ["委员1"]
    councils.vacate_seat(make_hall.OPERATOR, seat, "换届")
    councils.fill_seat(make_hall.OPERATOR, seat, Newcomer("新支书"))
    kept = [(one.person.name, one.until is None, one.ended_for) for one in seat.holdings]
    assert kept == [("委员1", False, "换届"), ("新支书", True, "")]
    assert councils.sitting(council, None, make_hall.today()).due == 9


def test_vacating_twice_and_terms_that_overlap_are_refused(office):
    council = make_hall.nine(office)
    seat = rows.seats(council.id)[0]
    councils.vacate_seat(make_hall.OPERATOR, seat)
    with pytest.raises(Refusal, match="没有人"):
        councils.vacate_seat(make_hall.OPERATOR, seat)
    with pytest.raises(Refusal, match="早于前任"):
        councils.fill_seat(
            make_hall.OPERATOR, seat, Newcomer("早来的"), since=make_hall.today() - timedelta(days=9)
        )
    assert rows.holding_now(seat.id) is None


def test_one_person_on_two_seats_is_one_member_with_one_vote(office):
    council = make_hall.nine(office, filled=8)
    somebody = rows.holding_now(rows.seats(council.id)[0].id).person
    councils.fill_seat(make_hall.OPERATOR, rows.seats(council.id)[8], somebody)
    due = councils.sitting(council, None, make_hall.today())
    assert (due.due, len(due.members)) == (8, 8)


def test_somebody_new_becomes_known_to_the_office_and_may_read(office):
    council = make_hall.nine(office, filled=False)
    councils.fill_seat(make_hall.OPERATOR, rows.seats(council.id)[3], Newcomer("孙代表", phone="13900000001"))
    held = people.members(office.id, Role.COUNCIL.value)
    assert [(one.person.name, one.category) for one in held] == [("孙代表", "villager_rep")]
    again = make_hall.nine(office, filled=False, name="另一个议事会")
    councils.fill_seat(make_hall.OPERATOR, rows.seats(again.id)[0], Newcomer("孙代表", phone="13900000001"))
    assert len(people.members(office.id, Role.COUNCIL.value)) == 1, (
        "the same name and telephone is the same person"
    )


def test_without_its_own_rule_a_council_has_none(office):
    council = make_hall.nine(office)
    assert not council.has_rule
    make_hall.rule(council)
    assert council.has_rule
    assert council.quorum == {"base": "due", "operator": "ge", "numerator": 2, "denominator": 3}


def test_a_rule_needs_name_clause_and_a_date_that_has_been(office):
    council = make_hall.nine(office)
    ahead = make_hall.today() + timedelta(days=1)
    for name, dated, clause in (
        ("", make_hall.today(), "第一条"),
        ("规则", make_hall.today(), " "),
        ("规则", ahead, "第一条"),
    ):
        with pytest.raises(Refusal):
            councils.enter_rule(
                make_hall.OPERATOR, council, councils.OwnRule(name, dated, clause, None, make_hall.MAJORITY)
            )
    assert not council.has_rule


def test_only_those_who_lead_the_office_found_and_fill(office):
    clerk, lead = make.member(office, Role.CLERK), make.member(office, Role.LIAISON)
    stranger = make.member(make.office(), Role.LIAISON)
    for somebody in (clerk, stranger):
        with pytest.raises(NotAllowed):
            councils.found(somebody, office, councils.Founding("panel", "团"))
    made = councils.found(lead, office, councils.Founding("council_9x", "会"))
    with pytest.raises(NotAllowed):
        councils.fill_seat(clerk, rows.seats(made.id)[0], Newcomer("某"))
    assert rows.holding_now(rows.seats(made.id)[0].id) is None


def test_every_change_has_its_leaf_and_a_refused_one_has_none(office):
    council = make_hall.nine(office, filled=False)
    before = len(log.leaves(office.log_id))
    seat = rows.seats(council.id)[0]
    councils.fill_seat(make_hall.OPERATOR, seat, Newcomer("某"))
    with pytest.raises(Conflict):
        councils.fill_seat(make_hall.OPERATOR, seat, Newcomer("某二"))
    councils.vacate_seat(make_hall.OPERATOR, seat)
    assert [leaf.act for leaf in log.leaves(office.log_id)][before:] == ["fill-seat", "vacate-seat"]
