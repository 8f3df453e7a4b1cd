"""People: only in one's own office, roles given by those who may, lists all or nothing, invitations once."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, NotFound, Refusal
from deliberation.domain.roles import Duty, OfficeKind, Role
from deliberation.services import invitations, people, rosters, sessions
from deliberation.services.actors import GUEST, Member
from deliberation.services.people import Newcomer
from deliberation.store import people as rows
from tests import make
from tests.make_people import names

PASSWORD = "a sentence of mine"


@pytest.fixture
def office(app):
    return make.office()


def listed(text, role=Role.PANEL):
    table = rosters.read_list(text)
    return rosters.lines(table, rosters.likely(table), role)


def test_thirty_five_members_come_in_at_once_without_accounts(office):
    text = "序号\t姓名\t联系电话\t身份类别\n" + "".join(
        f"{n}\t成员{n}\t139000000{n:02d}\t居民\n" for n in range(1, 36)
    )
    lead = make.member(office)
    assert people.import_people(lead, office, rosters.sound(listed(text))) == (35, 0)
    panel = rows.members(office.id, "panel")
    assert [m.person.name for m in panel] == [f"成员{n}" for n in range(1, 36)]
    assert {m.category for m in panel} == {"居民"}
    assert all(m.person.account is None for m in panel)
    assert people.import_people(lead, office, rosters.sound(listed(text))) == (0, 35)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三\n李四\n王五", ["张三", "李四", "王五"]),
        ("张三\t13900000001\n李四\t13900000002", ["张三", "李四"]),
        ("1. 张三\n2. 李四\n3. 王五", ["张三", "李四", "王五"]),
        ("代表姓名,职务\n张三,主任\n李四,", ["张三", "李四"]),
        ("1\t张三\t13900000001\n2\t李四\t13900000002", ["张三", "李四"]),
    ],
)
def test_lists_as_people_paste_them(text, expected):
    assert [line.new.name for line in listed(text)] == expected


def test_one_bad_row_and_nothing_is_added(office):
    lines = listed("姓名\t电话\n张三\t1\n\t2\n李四\t3\n")
    assert [bool(line.problems) for line in lines] == [False, True, False]
    with pytest.raises(Refusal, match="第 3 行"):
        rosters.sound(lines)
    with pytest.raises(Refusal):
        people.import_people(make.member(office, name="联络"), office, [line.new for line in lines])
    assert names(office) == ["联络"]


def test_a_column_for_the_name_is_needed_and_identity_numbers_stay_out():
    table = rosters.read_list("姓名\t身份证号\n张三\t220102199001011234\n")
    assert [str(c) for c in table.cautions]
    assert set(rosters.likely(table)) == {"name"}
    with pytest.raises(Refusal) as caught:
        rosters.lines(table, {"phone": 1}, Role.PANEL)
    assert caught.value.field == "name"


def test_people_act_only_in_their_own_office(office):
    other = make.office()
    stranger = make.member(other)
    mine = make.member(office, Role.PANEL)
    membership = rows.members(office.id)[0]
    for refused in (
        lambda: people.add_person(stranger, office, Newcomer("甲")),
        lambda: people.import_people(stranger, office, [Newcomer("甲")]),
        lambda: people.end_role(stranger, membership),
        lambda: people.give_role(stranger, office, mine.person, Role.CLERK),
        lambda: invitations.invite(stranger, office, Newcomer("甲")),
        lambda: people.change_office(stranger, office, hotline="1", complaint=""),
        lambda: people.add_person(mine, office, Newcomer("甲")),
        lambda: people.add_person(GUEST, office, Newcomer("甲")),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert len(rows.members(office.id)) == 1


@pytest.mark.parametrize("role", [Role.LIAISON, Role.RESPONSIBLE, Role.CLERK, Role.INFORMATION])
def test_a_clerk_gives_nobody_a_role_of_staff_not_even_to_the_clerk(office, role):
    me = Member(make.person(office, "钱记录", Role.CLERK, phone="13900000009"))
    for sneaky in (
        lambda: people.add_person(me, office, Newcomer("钱记录", "13900000009", role)),
        lambda: people.import_people(me, office, [Newcomer("钱记录", "13900000009", role)]),
        lambda: people.give_role(me, office, me.person, role),
        lambda: invitations.invite(me, office, Newcomer("别人", role=role)),
    ):
        with pytest.raises(NotAllowed):
            sneaky()
    people.add_person(me, office, Newcomer("新成员"))
    assert [m.role for m in rows.members(office.id)] == ["clerk", "panel"]


def test_a_person_of_another_office_is_not_brought_in_by_number(office):
    lead, stranger = make.member(office), make.person(make.office())
    with pytest.raises(NotFound):
        people.give_role(lead, office, stranger, Role.CLERK)
    with pytest.raises(NotFound):
        invitations.invite(lead, office, Newcomer("甲"), stranger)


def test_commission_staff_exist_only_in_commissions(office):
    with pytest.raises(Refusal):
        people.add_person(make.member(office), office, Newcomer("甲", role=Role.COMMISSION))
    above = make.office(kind=OfficeKind.COMMISSION)
    assert people.add_person(make.OPERATOR, above, Newcomer("甲", role=Role.COMMISSION)).role == "commission"


def test_a_role_ends_and_stays_as_history_and_the_last_lead_stays(office):
    lead, second = make.member(office), make.member(office, Role.RESPONSIBLE)
    mine, theirs = rows.members(office.id)
    people.end_role(second, mine)
    assert rows.membership(mine.id).until is not None
    with pytest.raises(NotAllowed):
        people.add_person(lead, office, Newcomer("甲"))
    with pytest.raises(Refusal, match="只剩"):
        people.end_role(second, theirs)
    assert [m.id for m in rows.members(office.id)] == [theirs.id]


def test_the_same_role_is_not_given_twice(office):
    lead = make.member(office)
    people.give_role(lead, office, lead.person, Role.PANEL, "居民")
    with pytest.raises(Conflict):
        people.give_role(lead, office, lead.person, Role.PANEL)


def test_no_person_holds_two_duties(office):
    somebody = make.person(office)
    people.give_duty(make.OPERATOR, somebody, Duty.SYSTEM)
    with pytest.raises(Refusal):
        people.give_duty(make.OPERATOR, somebody, Duty.AUDIT)
    with pytest.raises(NotAllowed):
        people.give_duty(Member(somebody), make.person(office), Duty.SECURITY)
    assert rows.duties(somebody.id) == ["system"]


def test_an_invitation_works_once_and_for_a_fortnight(office):
    lead = make.member(office)
    _made, token = invitations.invite(lead, office, Newcomer("孙某", role=Role.CLERK))
    with make.later(days=14, minutes=1), pytest.raises(Refusal, match="过期"):
        invitations.invitation_by_token(token)
    found = invitations.invitation_by_token(token)
    invitations.answer_invitation(found, "sun", PASSWORD)
    assert rows.roles(people_of("sun").id) == [(office.id, None, "clerk")]
    with pytest.raises(Refusal, match="用过"):
        invitations.answer_invitation(found, "sun2", PASSWORD)
    with pytest.raises(NotFound):
        invitations.invitation_by_token("made-up")


def people_of(login):
    return rows.by_login(login).person


def test_a_login_taken_leaves_the_invitation_usable(office):
    make.account(office, make.person(office), "sun")
    made, token = invitations.invite(make.member(office), office, Newcomer("孙某"))
    with pytest.raises(Conflict):
        invitations.answer_invitation(made, "sun", PASSWORD)
    with pytest.raises(Refusal):
        invitations.answer_invitation(made, "sun2", "short")
    assert invitations.invitation_by_token(token).used_at is None
    assert names(office).count("孙某") == 0


def test_a_revoked_invitation_opens_nothing_and_only_ours_may_revoke(office):
    made, token = invitations.invite(make.member(office), office, Newcomer("孙某"))
    with pytest.raises(NotAllowed):
        invitations.revoke(make.member(make.office()), made)
    invitations.revoke(make.member(office), made)
    with pytest.raises(Refusal, match="收回"):
        invitations.invitation_by_token(token)
    with pytest.raises(Refusal):
        invitations.answer_invitation(made, "sun", PASSWORD)


def test_an_invitation_resets_a_password_and_ends_the_sessions(office):
    lead, somebody = make.member(office), make.person(office, "周某")
    make.account(office, somebody, "zhou")
    token = sessions.sign_in("zhou", "correct horse battery")
    first, _token = invitations.invite(lead, office, Newcomer("周某"), somebody)
    second, _token = invitations.invite(lead, office, Newcomer("周某"), somebody)
    with pytest.raises(Refusal):
        invitations.answer_invitation(first, "", PASSWORD)
    invitations.answer_invitation(second, "", PASSWORD)
    assert rows.signed_in(sessions.digest_of(token)) is None
    assert sessions.sign_in("zhou", PASSWORD)
    assert len(rows.roles(somebody.id)) == 1


def test_an_invitation_never_takes_over_an_account_that_may_do_more_elsewhere(office):
    lead, other = make.member(office), make.office()
    shared = make.person(office, "吴某")
    people.give_role(make.OPERATOR, other, shared, Role.RESPONSIBLE)
    keeper = make.person(office, "郑某")
    people.give_duty(make.OPERATOR, keeper, Duty.SYSTEM)
    for person in (shared, keeper):
        with pytest.raises(Refusal, match="系统管理员"):
            invitations.invite(lead, office, Newcomer(person.name), person)
    assert invitations.invite(make.OPERATOR, office, Newcomer("吴某"), shared)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (Newcomer(" "), "name"), (Newcomer("长" * 61), "name"), (Newcomer("甲\n乙"), "name"),
        (Newcomer("甲", "1" * 61), "phone"), (Newcomer("甲", category="\x00"), "category"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_field(office, new, field):
    with pytest.raises(Refusal) as caught:
        people.add_person(make.member(office, name="联络"), office, new)
    assert caught.value.field == field
    assert names(office) == ["联络"]


def test_roles_and_duties_are_asked_in_one_statement(office):
    somebody = make.person(office, role=Role.LIAISON)
    people.give_duty(make.OPERATOR, somebody, Duty.SYSTEM)
    both = rows.roles_and_duties(somebody.id)
    assert both == (rows.roles(somebody.id), rows.duties(somebody.id))
    assert both == ([(office.id, office.parent_id, "liaison")], ["system"])
    assert rows.roles_and_duties(make.person(make.office(), role=Role.PANEL).id)[1] == []
