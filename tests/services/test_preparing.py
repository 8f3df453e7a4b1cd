"""The calendar over the seeded one, procedures as an office has them, hearings and their letter, the plan, replies."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from deliberation.clock import CHINA, local
from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.procedures import LocalRule
from deliberation.domain.quorum import MAJORITY_OF_DUE, TWO_THIRDS_OF_DUE, Base, Operator, Rule, VoteRules
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import calendars, meetings, preparing, procedures, replies
from deliberation.services.calendars import Stretch, calendar_of
from deliberation.store import log as logs
from deliberation.store import meetings as sheets
from deliberation.store import preparing as rows
from deliberation.store import procedures as kept
from tests import make, make_hall

OPERATOR = make.OPERATOR


def off(office, first, last=None, works=False, actor=OPERATOR):
    calendars.set_days(actor, office, Stretch(first, last or first, works, "测试"))


@pytest.fixture
def commission(app):
    return make.office("市人大法工委", OfficeKind.COMMISSION)


@pytest.fixture
def office(commission):
    return make.office(parent=commission)


def test_the_nearest_office_that_entered_a_day_is_followed(commission, office):
    day = date(2027, 3, 3)
    assert calendar_of(office.id).works(day)
    off(commission, day, date(2027, 3, 5))
    assert not calendar_of(office.id).works(day)
    off(office, day, works=True)
    assert calendar_of(office.id).works(day)
    assert not calendar_of(commission.id).works(day)
    calendars.forget_days(OPERATOR, office, [day])
    assert not calendar_of(office.id).works(day)


def test_a_seeded_day_can_be_overruled_and_a_year_said_to_be_whole(commission, office):
    national = date(2026, 10, 1)
    off(office, national, works=True)
    assert calendar_of(office.id).works(national)
    assert not calendar_of(office.id).knows(date(2027, 1, 4))
    calendars.year_is_whole(OPERATOR, commission, 2027, True)
    assert calendar_of(office.id).knows(date(2027, 1, 4))
    calendars.year_is_whole(OPERATOR, commission, 2027, False)
    assert not calendar_of(office.id).knows(date(2027, 1, 4))


def test_days_that_stand_out_are_shown_in_stretches_with_their_names(commission, office):
    off(commission, date(2026, 10, 8))
    off(office, date(2026, 10, 3), works=True)
    shown = [one for one in calendars.standing_out(office.id, [2026]) if one.first.month == 10]
    assert [(one.first.day, one.last.day, one.works, one.name, one.by) for one in shown] == [
        (1, 2, False, "国庆节", None), (3, 3, True, "测试", office.id), (4, 7, False, "国庆节", None),
        (8, 8, False, "测试", commission.id), (10, 10, True, "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given", [(date(2027, 3, 3), date(2027, 3, 2)), (date(2027, 1, 1), date(2027, 12, 31)), (date(1999, 1, 1), date(1999, 1, 1))]
)  # fmt: skip
def test_days_that_cannot_be(office, given):
    with pytest.raises(Refusal):
        off(office, *given)


def test_a_clerk_does_not_edit_the_calendar_or_the_rules(office):
    clerk = make.member(office, Role.CLERK)
    with pytest.raises(NotAllowed):
        off(office, date(2027, 3, 3), actor=clerk)
    with pytest.raises(NotAllowed):
        procedures.switch(clerk, office, "roundtable", True)


def test_two_are_lit_until_the_office_switches(office):
    assert list(procedures.lit(office.id)) == ["symposium", "council_9x"]
    procedures.switch(OPERATOR, office, "public_meet", True)
    procedures.switch(OPERATOR, office, "symposium", False)
    assert list(procedures.lit(office.id)) == ["council_9x", "public_meet"]
    with pytest.raises(Refusal, match="没有启用"):
        make_hall.meeting(make.consultation(office))


def test_an_offices_days_and_their_basis_stand_in_the_procedure(office):
    days = procedures.Days({"notice": 12}, {"disclosure": 20}, None, "××村章程", date(2026, 1, 5), "第三条")
    procedures.set_days(OPERATOR, office, "villagers_assembly", days)
    held = procedures.held(office.id)["villagers_assembly"].procedure
    assert (held.deadlines[0].days, held.sheets[0].days) == (12, 20)
    assert str(held.basis[0].said) == "××村章程第三条（2026-01-05文本）"
    for wrong in (
        procedures.Days({"notice": 9}), procedures.Days({}, {"disclosure": 14}), procedures.Days({}, {}, 3),
        procedures.Days(basis_name="只有名称"),
    ):  # fmt: skip
        with pytest.raises(Refusal):
            procedures.set_days(OPERATOR, office, "villagers_assembly", wrong)


def test_the_review_stands_where_the_office_puts_it_but_before_the_disclosure(office):
    key = "four_deliberations_one_review"

    def names():
        return [step.name for step in procedures.held(office.id)[key].procedure.steps]

    whole = {"deadlines": {}, "sheets": {}}
    assert names().index("审核") == 2
    for place in range(1, 6):
        procedures.set_days(OPERATOR, office, key, procedures.Days(review_at=place, **whole))
        assert names().index("审核") == place - 1
        assert [name for name in names() if name != "审核"][:4] == ["提议", "商议", "审议", "决议"]
    for place in (0, 6, 9):
        with pytest.raises(Refusal, match="决议公开以前"):
            procedures.set_days(OPERATOR, office, key, procedures.Days(review_at=place, **whole))


def test_a_rule_of_the_offices_own_is_followed_and_its_forerunners_stay(office):
    def entered(carry):
        rule = LocalRule(
            "圆桌议事规则", date(2026, 1, 5), "第二条", "local", VoteRules(TWO_THIRDS_OF_DUE, carry)
        )
        procedures.enter_rule(OPERATOR, office, "roundtable", rule)
        return procedures.held(office.id)["roundtable"].procedure.way().rules

    assert entered(MAJORITY_OF_DUE) == VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE)
    stricter = Rule(Base.DUE, Operator.GE, 3, 4)
    assert entered(stricter).carry == stricter
    assert [one.ended_at is None for one in kept.all_rules(office.id, "roundtable")] == [True, False]
    procedures.end_rule(OPERATOR, office, "roundtable", "local")
    assert not procedures.held(office.id)["roundtable"].procedure.way().rules.entered


def test_a_statute_is_not_softened_and_nine_x_has_its_own_page(office):
    soft = LocalRule(
        "章程", date(2026, 1, 5), "一", "representatives", VoteRules(MAJORITY_OF_DUE, MAJORITY_OF_DUE)
    )
    with pytest.raises(Refusal, match="只能从严"):
        procedures.enter_rule(OPERATOR, office, "villagers_rep_assembly", soft)
    nine = LocalRule("规则", date(2026, 1, 5), "一", "members", VoteRules(None, MAJORITY_OF_DUE))
    with pytest.raises(Refusal, match="按议事会填写"):
        procedures.enter_rule(OPERATOR, office, "council_9x", nine)


def hearing(one, **more):
    plan = make_hall.plan(starts_at=more.pop("at", None) or make.now() + timedelta(days=30), **more)
    return meetings.call_meeting(OPERATOR, one, replace(plan, procedure="hearing"))


def test_a_hearing_needs_its_letter_and_its_twenty_days(office):
    procedures.switch(OPERATOR, office, "hearing", True)
    one = make.consultation(office)
    with pytest.raises(Refusal, match="委托函"):
        hearing(one)
    letter = procedures.keep_letter(
        OPERATOR, one, "hearing", procedures.Letter("市人大法工委", "×人常法〔2026〕9号", date(2026, 1, 5))
    )
    soon = make.now() + timedelta(days=10)
    with pytest.raises(Refusal, match="发布听证公告.*来不及"):
        hearing(one, letter_id=letter.id, at=soon)
    made = hearing(one, letter_id=letter.id, at=soon, late_reason="经法工委同意，适用简易程序")
    assert kept.terms(made.id).late_reason.endswith("简易程序")
    assert kept.terms(made.id).letter.number == "×人常法〔2026〕9号"
    assert hearing(one, letter_id=letter.id).procedure == "hearing"


def test_the_letter_of_another_draft_or_kind_does_not_serve(office):
    procedures.switch(OPERATOR, office, "hearing", True)
    one, other = make.consultation(office), make.consultation(office)
    given = procedures.Letter("市人大法工委", "1号", date(2026, 1, 5))
    for letter in (
        procedures.keep_letter(OPERATOR, other, "hearing", given),
        procedures.keep_letter(OPERATOR, one, "argumentation", given),
    ):
        with pytest.raises(Refusal, match="委托函"):
            hearing(one, letter_id=letter.id)
    with pytest.raises(Refusal, match="不需要委托函"):
        procedures.keep_letter(OPERATOR, one, "symposium", given)


def test_the_commission_holds_its_own_hearing(commission):
    procedures.switch(OPERATOR, commission, "hearing", True)
    assert hearing(make.consultation(commission)).procedure == "hearing"


def test_a_hearing_called_in_time_can_still_be_mended_but_not_brought_forward(office):
    procedures.switch(OPERATOR, office, "hearing", True)
    one = make.consultation(office)
    letter = procedures.keep_letter(
        OPERATOR, one, "hearing", procedures.Letter("法工委", "9号", date(2026, 1, 5))
    )
    made = hearing(one, letter_id=letter.id)
    procedures.switch(OPERATOR, office, "hearing", False)
    with make.later(days=20):
        again = replace(
            make_hall.plan(starts_at=made.starts_at, letter_id=letter.id, title="改了名称"),
            procedure="hearing",
        )
        meetings.change_meeting(OPERATOR, made, again)
        with pytest.raises(Refusal, match="来不及"):
            sooner = replace(again, starts_at=made.starts_at - timedelta(days=2))
            meetings.change_meeting(OPERATOR, made, sooner)
    assert made.title == "改了名称"


def test_a_matters_posting_hangs_the_offices_own_days(office):
    days = procedures.Days({"publish": 5}, {"notice": 10, "disclosure": 15})
    procedures.set_days(OPERATOR, office, "council_9x", days)
    sheets_ = procedures.held(office.id)["council_9x"].procedure.sheets
    assert [(sheet.kind.value, sheet.days) for sheet in sheets_] == [("notice", 10), ("disclosure", 15)]


def test_ten_days_of_the_law_bind_three_of_custom_do_not(office):
    procedures.switch(OPERATOR, office, "villagers_assembly", True)
    plan = make_hall.plan(agenda=("换届准备",), starts_at=make.now() + timedelta(days=5))
    with pytest.raises(Refusal, match="通知村民"):
        meetings.call_meeting(OPERATOR, office, replace(plan, procedure="villagers_assembly"))
    assert meetings.call_meeting(OPERATOR, office, plan).procedure == "symposium"


@pytest.fixture
def one(office):
    return make.consultation(office, days=15)


def planned(one, day=None):
    day = day or local(make.now()).date() + timedelta(days=10)
    return preparing.plan(OPERATOR, one, preparing.Wish("symposium", day))


def test_counting_again_keeps_what_was_done_moved_or_added(one):
    made = planned(one)
    by = {step.key: step for step in made.steps}
    preparing.tick(OPERATOR, by["scheme"], True)
    moved = by["invite"].due_on - timedelta(days=1)
    preparing.change_step(OPERATOR, by["invite"], moved, "林静")
    own = preparing.add_step(OPERATOR, one, "借投影仪", moved, "小王")
    was = by["scheme"].due_on
    again = planned(one, made.meeting_on + timedelta(days=7))
    now = {step.key: step for step in again.steps}
    assert (now["scheme"].due_on, now["invite"].due_on, now["invite"].who) == (was, moved, "林静")
    assert now[own.key].due_on == moved
    assert now["meet"].due_on == made.meeting_on
    preparing.count_again(OPERATOR, now["invite"])
    assert not now["invite"].moved
    preparing.tick(OPERATOR, now["scheme"], False)
    assert now["scheme"].done_at is None


def test_another_procedure_takes_its_steps_away_and_brings_its_own(office, one):
    procedures.switch(OPERATOR, office, "hearing", True)
    planned(one)
    made = preparing.plan(
        OPERATOR, one, preparing.Wish("hearing", local(make.now()).date() + timedelta(days=40))
    )
    keys = {step.key for step in made.steps}
    assert "d-announce" in keys
    assert "d-notice" not in keys


def test_the_next_step_of_each_plan_waits(office, one):
    made = planned(one)
    (first,) = rows.next_steps([office.id])
    assert first.key == made.steps[0].key
    preparing.tick(OPERATOR, first, True)
    assert rows.next_steps([office.id])[0].key != first.key
    assert rows.next_steps([]) == []


def test_the_plan_follows_the_meeting_that_was_called(one):
    meeting = make_hall.meeting(one, starts_at=datetime(2030, 5, 15, 9, tzinfo=CHINA))
    assert preparing.follow(OPERATOR, one, meeting) is None
    planned(one)
    made = preparing.follow(OPERATOR, one, meeting)
    assert made.meeting_id == meeting.id
    assert next(step for step in made.steps if step.key == "meet").due_on == date(2030, 5, 15)


@pytest.fixture
def meeting(one):
    return make_hall.meeting(one, make_hall.panel(one.office, 3))


def people_of(meeting):
    return {a.person.name: a.person_id for a in sheets.attendance(meeting.id)}


def test_replies_are_kept_with_channel_and_time_and_the_last_stands(meeting, one):
    clerk = make.member(one.office, Role.CLERK)
    who = people_of(meeting)["专家1"]
    replies.note_replies(clerk, meeting, {who: "unreached"}, "phone")
    replies.note_replies(clerk, meeting, {who: "comes"}, "door")
    assert [(c.channel, c.reply, c.by_id) for c in rows.contacts(meeting.id)[who]] == [
        ("phone", "unreached", clerk.person.id), ("door", "comes", clerk.person.id)
    ]  # fmt: skip
    counted = replies.counts(sheets.attendance(meeting.id))
    assert (counted.asked, counted.comes, counted.silent) == (3, 1, 2)


def test_replies_survive_a_change_of_the_notice(meeting):
    who = people_of(meeting)
    replies.note_replies(OPERATOR, meeting, {who["专家1"]: "comes", who["专家2"]: "leave"}, "wechat")
    meetings.change_meeting(OPERATOR, meeting, make_hall.plan(meeting.council, title="改了地点"))
    assert {a.person.name: a.reply for a in sheets.attendance(meeting.id)} == {
        "专家1": "comes", "专家2": "leave", "专家3": ""
    }  # fmt: skip


def test_nobody_off_the_list_and_nothing_after_the_end(meeting, one):
    stranger = make.person(one.office)
    size = logs.head(one.log_id).size
    for said, channel in (({stranger.id: "comes"}, "phone"), ({}, "phone"), ({stranger.id: "maybe"}, "phone"), ({stranger.id: "comes"}, "fax")):  # fmt: skip
        with pytest.raises(Refusal):
            replies.note_replies(OPERATOR, meeting, said, channel)
    assert logs.head(one.log_id).size == size
    meetings.open_meeting(OPERATOR, meeting)
    meetings.end_meeting(OPERATOR, meeting)
    with pytest.raises(Refusal, match="已经结束"):
        replies.note_replies(OPERATOR, meeting, {people_of(meeting)["专家1"]: "comes"}, "phone")


def test_inviting_adds_to_those_due_and_taking_off_closes_the_gap(meeting, one):
    more = [make.person(one.office, f"居民{n}", Role.INFORMATION) for n in range(2)]
    replies.invite(OPERATOR, meeting, [p.id for p in more])
    assert [(a.position, a.due) for a in sheets.attendance(meeting.id)] == [(n, True) for n in range(1, 6)]
    replies.uninvite(OPERATOR, meeting, [people_of(meeting)["专家2"]])
    assert [(a.position, a.person.name) for a in sheets.attendance(meeting.id)] == [
        (1, "专家1"), (2, "专家3"), (3, "居民0"), (4, "居民1")
    ]  # fmt: skip
    with pytest.raises(Refusal, match="先勾选"):
        replies.invite(OPERATOR, meeting, [more[0].id])
    with pytest.raises(Refusal, match="不在本联系点"):
        replies.invite(OPERATOR, meeting, [make.person(make.office()).id])


def test_a_nine_x_council_keeps_its_seats_and_takes_observers(office):
    council = make_hall.nine(office)
    matter = make_hall.matter(council, state="published")
    made = make_hall.meeting(council, council, matter=matter, agenda=("商议",))
    guest = make.person(office, "张律师")
    replies.invite(OPERATOR, made, [guest.id])
    assert [a.due for a in sheets.attendance(made.id) if a.person_id == guest.id] == [False]
    with pytest.raises(Refusal, match="都是应到"):
        replies.uninvite(OPERATOR, made, [people_of(made)["委员1"]])
    replies.uninvite(OPERATOR, made, [guest.id])


def test_who_was_asked_before_and_who_came(office):
    one = make.consultation(office)
    panel = make_hall.panel(office, 2)
    first = make_hall.meeting(one, panel, "open")
    make_hall.attendance.arrive(OPERATOR, first, [1])
    meetings.end_meeting(OPERATOR, first)
    second = make_hall.meeting(one, panel)
    who = people_of(second)
    assert rows.came(office.id, second.id) == {who["专家1"]: (1, 1), who["专家2"]: (1, 0)}
