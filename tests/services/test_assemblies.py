"""Assemblies: founded from a list, called under their procedure, voting by the numbers their office has, named in law."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.procedures import LocalRule, Result
from deliberation.domain.quorum import MAJORITY_OF_DUE, TWO_THIRDS_OF_DUE, Base, Operator, Rule, VoteRules
from deliberation.domain.roles import Role
from deliberation.domain.tally_words import spoken
from deliberation.domain.voting import Tally
from deliberation.services import (
    assemblies,
    attendance,
    matter_sheets,
    meetings,
    procedures,
    vote_rules,
    votes,
)
from deliberation.services import vote_corrections as corrections
from deliberation.services.assemblies import Gathering
from deliberation.services.people import Newcomer
from deliberation.store import assemblies as rows
from deliberation.store import councils as seats
from deliberation.store import meetings as meeting_rows
from deliberation.store import notices as boards
from deliberation.store.db import db
from tests import make, make_hall, make_votes

OPERATOR = make.OPERATOR
THREE_QUARTERS = Rule(Base.DUE, Operator.GE, 3, 4)
TWO_THIRDS_OF_PRESENT = Rule(Base.PRESENT, Operator.GE, 2, 3)


def gathered(office, kind="villagers_rep_assembly", people=9, name="××村村民代表会议"):
    members = tuple(Newcomer(f"代表{n + 1}", category="第一组") for n in range(people))
    return assemblies.found_assembly(OPERATOR, office, Gathering(kind, name, members=members))


def sitting(body, procedure, present, matter=None, lit=True):
    if lit:
        procedures.switch(OPERATOR, body.office, procedure, True)
    plan = meetings.Plan(
        "会议", make.now(), "村部", "村主任", "文书", procedure=procedure, council=body, matter=matter, agenda=(meetings.Point("议题"),),
        late_reason="汛期在即，临时通知",
    )  # fmt: skip
    held = meetings.call_meeting(OPERATOR, body, plan)
    meetings.open_meeting(OPERATOR, held)
    attendance.arrive(OPERATOR, held, range(1, present + 1))
    return held


def submitted(office):
    """A matter of the office's 9+X council, sent on to the assembly."""
    matter = make_hall.matter(make_hall.nine(office), state="consensus")
    matter.state = "submitted"
    db.session.commit()
    return matter


def own(name="××村村民自治章程", way="representatives", quorum=THREE_QUARTERS, carry=TWO_THIRDS_OF_PRESENT):
    return LocalRule(name, make_hall.today(), "第九条", way, VoteRules(quorum, carry))


def called(held, body, matter, **more):
    motion = votes.Motion("是否同意建充电棚？", more.pop("kind", "named"), body, matter=matter, **more)
    return votes.call_vote(OPERATOR, held, motion)


def counted(vote, for_, against=0):
    make_votes.all_cast(vote, ["for"] * for_ + ["against"] * against)
    votes.close_vote(OPERATOR, vote)
    return Tally.from_dict(vote.tally)


def test_a_vote_of_the_representatives_freezes_the_laws_numbers_and_names_them(app):
    office = make.office()
    body, matter = gathered(office), submitted(office)
    held = sitting(body, "four_deliberations", 6, matter)
    vote = called(held, body, matter)
    votes.open_vote(OPERATOR, vote)
    assert (vote.due, vote.present) == (9, 6)
    assert (vote.rule_name, vote.rule_clause, str(vote.rule_date)) == (
        "村民委员会组织法",
        "第三十条",
        "2026-01-01",
    )
    assert vote.quorum == TWO_THIRDS_OF_DUE.to_dict()
    tally = counted(vote, 4)
    assert (tally.needs_present, tally.needs_for, tally.carried) == (6, 4, True)
    words = corrections.proposed_words(vote)
    assert "《村民委员会组织法》（2026-01-01）第三十条" in "".join(words.body)
    assert "会议决定通过" in "".join(words.body)
    assert "协商意见" not in "".join(words.body)
    assert votes.is_intact(vote)


def test_the_offices_own_stricter_rule_reaches_the_vote_and_a_later_change_does_not(app):
    office = make.office()
    body, matter = gathered(office), submitted(office)
    procedures.enter_rule(OPERATOR, office, "four_deliberations", own())
    held = sitting(body, "four_deliberations", 7, matter)
    vote = called(held, body, matter)
    votes.open_vote(OPERATOR, vote)
    assert (vote.rule_name, vote.rule_date, vote.rule_clause) == (
        "××村村民自治章程",
        make_hall.today(),
        "第九条",
    )
    assert (vote.quorum, vote.pass_rule) == (THREE_QUARTERS.to_dict(), TWO_THIRDS_OF_PRESENT.to_dict())
    procedures.end_rule(OPERATOR, office, "four_deliberations", "representatives")
    tally = counted(vote, 4)
    assert (tally.needs_present, tally.needs_for, tally.carried) == (7, 5, False)
    assert "第九条" in "".join(corrections.proposed_words(vote).body)


def test_too_few_of_the_offices_own_quorum_decide_nothing(app):
    office = make.office()
    body, matter = gathered(office), submitted(office)
    procedures.enter_rule(OPERATOR, office, "four_deliberations", own())
    vote = called(sitting(body, "four_deliberations", 6, matter), body, matter)
    votes.open_vote(OPERATOR, vote)
    votes.close_vote(OPERATOR, vote)
    assert vote.state == "no_quorum"


def test_residents_and_households_are_two_ways_and_a_vote_takes_one(app):
    office = make.office()
    body = gathered(office, "residents_assembly", 5, "××社区居民会议")
    matter = make_hall.matter(body, state="deliberating")
    held = sitting(body, "residents_assembly", 3, matter)
    assert [way.key for way in vote_rules.ways(body, held)] == ["residents", "households"]
    vote = called(held, body, matter, way="households")
    with pytest.raises(Refusal, match="按人计票"):
        called(held, body, matter, way="representatives")
    votes.open_vote(OPERATOR, vote)
    assert (vote.rule_name, vote.rule_clause) == ("城市居民委员会组织法", "第二十七条")
    tally = counted(vote, 2, 1)
    assert tally.carried
    assert tally.rules.quorum.base is Base.HOUSEHOLD
    assert "共5户" in spoken(tally)
    assert rows.way_of(vote).result == Result.DECISION.value


def test_a_joint_meeting_has_numbers_only_until_its_office_enters_a_rule(app):
    office = make.office()
    body, matter = gathered(office, "joint_meeting", 4, "联席会议"), submitted(office)
    held = sitting(body, "joint_meeting", 4, matter)
    first = called(held, body, matter, kind="hands")
    votes.open_vote(OPERATOR, first)
    make_votes.seen(first, 4)
    votes.close_vote(OPERATOR, first)
    assert first.rule_name == ""
    assert Tally.from_dict(first.tally).carried is None
    rule = LocalRule(
        "联席会议制度", make_hall.today(), "第三条", "local", VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE)
    )
    procedures.enter_rule(OPERATOR, office, "joint_meeting", rule)
    second = votes.next_round(OPERATOR, first)
    votes.open_vote(OPERATOR, second)
    tally = counted_hands(second, 4)
    assert (second.rule_name, tally.carried) == ("联席会议制度", True)
    words = "".join(corrections.proposed_words(second).body)
    assert "形成协商意见" in words
    assert "不是村民会议" in words
    assert "联席会议制度" in words


def counted_hands(vote, for_):
    make_votes.seen(vote, for_)
    votes.close_vote(OPERATOR, vote)
    return Tally.from_dict(vote.tally)


def test_who_does_not_decide_at_a_meeting_does_not_vote_there(app):
    office = make.office()
    body, panel = gathered(office), make_hall.panel(office)
    matter = submitted(office)
    with pytest.raises(Refusal, match="不是开这种会的"):
        sitting(body, "residents_assembly", 0)
    procedures.switch(OPERATOR, office, "joint_meeting", True)
    plan = meetings.Plan(
        "联席",
        make.now(),
        "街道",
        "主任",
        "文书",
        procedure="joint_meeting",
        agenda=(meetings.Point("议"),),
        invited=(),
    )
    held = meetings.call_meeting(OPERATOR, office, plan)
    for other in (body, panel):
        with pytest.raises(Refusal):
            called(held, other, matter if other is body else None, suggestion=None)
    one = make.consultation(office)
    joint = meetings.call_meeting(OPERATOR, one, plan)
    with pytest.raises(Refusal, match="自己的成员表决"):
        votes.call_vote(
            OPERATOR, joint, votes.Motion("是否上报？", "hands", panel, suggestion=make_votes.suggestion(one))
        )


def test_an_assembly_decides_what_was_submitted_and_a_council_decides_nothing(app):
    office = make.office()
    body = gathered(office)
    council = make_hall.nine(office)
    matter = make_hall.matter(council, state="deliberating")
    held = sitting(body, "villagers_rep_assembly", 9, matter)
    vote = called(held, body, matter)
    with pytest.raises(Refusal, match="没有提请"):
        votes.open_vote(OPERATOR, vote)
    facts = {"decided_on": make_hall.today(), "decision": "同意"}
    with pytest.raises(Refusal, match="不能这样走"):
        make_hall.matters.move(OPERATOR, matter, "decided", facts)
    affair = make_hall.matter(body, "修水渠", state="deliberating")
    with pytest.raises(Refusal, match="不能这样走"):
        make_hall.matters.move(OPERATOR, affair, "consensus", {"opinion": "同意"})
    make_hall.matters.move(OPERATOR, affair, "decided", facts)
    assert affair.state == "decided"


def test_a_list_of_members_is_read_as_people_write_it(app):
    found = assemblies.listed("王　五\t第一组 13800000000\n\n李大妈,妇女代表\n赵六")
    assert [(one.name, one.category, one.phone) for one in found] == [
        ("王五", "第一组", "13800000000"), ("李大妈", "妇女代表", ""), ("赵六", "", "")
    ]  # fmt: skip
    office = make.office()
    with pytest.raises(Refusal, match="出现了两次"):
        assemblies.found_assembly(
            OPERATOR, office, Gathering("residents_assembly", "会", members=[found[2], found[2]])
        )
    with pytest.raises(Refusal, match="哪一种会议"):
        assemblies.found_assembly(OPERATOR, office, Gathering("symposium", "会"))
    body = assemblies.found_assembly(OPERATOR, office, Gathering("residents_assembly", "会", members=found))
    assert [one.person.name for one in seats.holders(body.id)] == ["王五", "李大妈", "赵六"]
    with pytest.raises(Conflict):
        gathered(office, name="会")
    with pytest.raises(NotAllowed):
        assemblies.found_assembly(
            make.member(make.office()), office, Gathering("residents_assembly", "别家的会")
        )


def test_everybody_on_the_list_is_due_and_founding_puts_the_procedure_in_use(app):
    office = make.office()
    body = gathered(office, "residents_assembly", 4, "居民会议")
    assert "residents_assembly" in procedures.lit(office.id)
    planned = meetings.Plan(
        "会", make.now(), "社区", "居委会", "文书", procedure="residents_assembly", council=body, invited=(),
        agenda=(meetings.Point("议题"),), late_reason="急",
    )  # fmt: skip
    held = meetings.call_meeting(OPERATOR, body, planned)
    assert [row.due for row in meeting_rows.attendance(held.id)] == [True] * 4


def test_an_assemblys_own_decision_is_announced_in_its_own_name_with_what_it_voted(app):
    body = gathered(make.office(), "residents_assembly", 5, "××社区居民会议")
    matter = make_hall.matter(body, "小区装充电桩", state="deliberating")
    vote = called(sitting(body, "residents_assembly", 4, matter), body, matter)
    votes.open_vote(OPERATOR, vote)
    counted(vote, 3, 1)
    assert matter_sheets.decided_in(matter) is None, "not before a second person checked it"
    votes.confirm_vote(make.member(body.office, Role.RESPONSIBLE), vote)
    said = matter_sheets.decision_said(matter_sheets.decided_in(matter))
    assert "赞成3" in said
    assert "会议决定通过" in said
    make_hall.matters.move(OPERATOR, matter, "decided", {"decided_on": make_hall.today(), "decision": said})
    sheet = boards.of_matter(matter.id)[-1]
    assert "××社区居民会议" in "".join(sheet.body)
    assert "村民" not in "".join([sheet.title, *sheet.body])
