"""Remarks: exactly once, verbatim, with a receipt; kept when late; replaced and withdrawn with both kept."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.remarks import Origin
from deliberation.domain.roles import Role
from deliberation.services import consultations, receipts, remarks
from deliberation.services.actors import GUEST
from deliberation.store import drafts
from deliberation.store import remarks as rows
from tests import make


@pytest.fixture
def one(app):
    return make.consultation(make.office())


def counters(one, eid="art_3"):
    version = drafts.current(one.task_id)
    found = drafts.at_with_counts(version.id, eid, one.id)
    return (found[1].remarks, found[1].amend, found[1].oppose) if found and found[1] else (0, 0, 0)


def test_a_remark_is_what_its_author_saw_in_the_box(one):
    text = "  第一行\r\n第二行\t有制表符\r末行 ＝1＋1 é é 　"
    made = make.remark(one, text)
    assert rows.get(made.id).text == "  第一行\n第二行\t有制表符\n末行 ＝1＋1 é é 　"


def test_number_receipt_and_counters_at_once(one):
    given = remarks.make_remark(GUEST, one, make.words("太远了"))
    assert given.remark.public_number.endswith("-0001")
    assert receipts.find(given.code).id == given.remark.id
    assert counters(one) == (1, 1, 0)
    assert one.remark_count == 1


def test_the_same_key_gets_the_first_answer(one):
    words = make.words("一次")
    first = remarks.make_remark(GUEST, one, words)
    again = remarks.make_remark(GUEST, one, words)
    assert (again.remark.id, again.code, again.again) == (first.remark.id, first.code, True)
    assert len(rows.all_of(one.id)) == 1
    assert counters(one) == (1, 1, 0)


def test_the_same_key_with_another_text_is_a_conflict_that_shows_the_first(one):
    words = make.words("一次")
    first = remarks.make_remark(GUEST, one, words)
    with pytest.raises(Conflict) as caught:
        remarks.make_remark(GUEST, one, make.words("另一条", key=words.key))
    assert caught.value.first.id == first.remark.id
    assert [r.text for r in rows.all_of(one.id)] == ["一次"]


def test_after_the_publics_deadline_it_is_kept_apart(one):
    with make.later(days=11):
        late = make.remark(one, "来晚了")
    assert late.late
    assert not make.remark(one, "没晚").late


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": "有\x00零"}, "text"),
        ({"text": "长" * 10_001}, "text"),
        ({"text": "", "attitude": "no_view"}, "text"),
        ({"attitude": "maybe"}, "attitude"),
        ({"eid": "art_99"}, "eid"),
        ({"quote": "草案里没有的话"}, "quote"),
        ({"place": "moon"}, "eid"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(one, words, field):
    size = len(rows.all_of(one.id))
    with pytest.raises(Refusal) as caught:
        remarks.make_remark(GUEST, one, make.words(**{"text": "好", **words}))
    assert caught.value.field == field
    assert len(rows.all_of(one.id)) == size


def test_a_quote_keeps_its_surroundings_and_the_text_as_it_stood(one):
    made = make.remark(one, quote="服务半径一般不超过三百米", place="quote", eid="art_3__para_1")
    assert made.article_eid == "art_3"
    assert made.quote_prefix.endswith("集中充电设施，")
    assert made.stood.startswith("住宅小区应当设置")


def test_withdrawing_hides_and_keeps(one):
    author = make.member(one.office, Role.PANEL)
    made = make.remark(one, "收回去", author, attitude="oppose")
    assert counters(one) == (1, 0, 1)
    remarks.withdraw_remark(author, made)
    assert counters(one) == (0, 0, 0)
    assert rows.get(made.id).text == "收回去"
    assert rows.get(made.id).state == "withdrawn"
    with pytest.raises(Refusal):
        remarks.withdraw_remark(author, made)


def test_replacing_keeps_both(one):
    author = make.member(one.office, Role.PANEL)
    old = make.remark(one, "先这么说", author)
    given = remarks.replace_remark(author, old, make.words("再想想"))
    assert given.remark.replaces_id == old.id
    assert [(r.text, r.state) for r in rows.all_of(one.id)] == [
        ("先这么说", "replaced"),
        ("再想想", "current"),
    ]
    assert counters(one) == (1, 1, 0)


def test_only_the_author_replaces_or_withdraws_and_only_before_the_deadline(one):
    author, other = make.member(one.office, Role.PANEL), make.member(one.office, Role.PANEL)
    made = make.remark(one, "我的", author)
    for somebody in (other, GUEST):
        with pytest.raises(NotAllowed):
            remarks.withdraw_remark(somebody, made)
    with make.later(days=11), pytest.raises(Refusal):
        remarks.withdraw_remark(author, made)


def test_a_clerk_enters_for_somebody_else(one):
    clerk = make.member(one.office, Role.CLERK)
    made = make.recorded(clerk, one, "我不会打字", said_by="王大娘")
    assert (made.said_by, made.typed_by_id, made.author_id) == ("王大娘", clerk.person.id, None)
    with pytest.raises(NotAllowed):
        make.recorded(make.member(make.office(), Role.CLERK), one)
    with pytest.raises(NotAllowed):
        make.recorded(GUEST, one)


def test_the_offices_deadline_closes_the_register_for_what_came_in_time(one):
    clerk = make.member(one.office, Role.CLERK)
    received = make.now()
    with make.later(days=11):
        remarks.record_remark(
            clerk, one, make.words("在期限内收到的"), Origin(channel="paper", received_at=received)
        )
    with make.later(days=13), pytest.raises(Refusal):
        remarks.record_remark(clerk, one, make.words("太晚录"), Origin(channel="paper", received_at=received))


def test_a_phase_that_is_not_open_refuses(one):
    lead = make.member(one.office)
    consultations.move_phase(lead, one, "consolidating")
    consultations.move_phase(lead, one, "reported")
    with pytest.raises(NotAllowed):
        make.remark(one)


def test_where_guests_are_not_welcome_an_account_is_needed(app):
    one = make.consultation(make.office(), guests=False)
    with pytest.raises(NotAllowed):
        make.remark(one)
    assert make.remark(one, actor=make.member(one.office, Role.PANEL)).number == 1


def test_a_directed_consultation_is_closed_to_others(app):
    one = make.consultation(make.office(), openness="directed")
    with pytest.raises(NotAllowed):
        make.remark(one, actor=make.member(make.office(), Role.PANEL))
    with pytest.raises(NotAllowed):
        make.remark(one, actor=GUEST)


def test_a_remark_that_is_sent_nowhere_needs_its_reason(one):
    clerk = make.member(one.office, Role.CLERK)
    made = make.remark(one)
    with pytest.raises(Refusal):
        remarks.settle_remark(clerk, made, "unrelated", " ")
    remarks.settle_remark(clerk, made, "referred", "转街道物业科")
    assert rows.get(made.id).ending == "referred"
