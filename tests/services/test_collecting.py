"""What comes in beyond meetings: questionnaires and chats end as remarks with their channel, each once, all or none."""

import pytest

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.remarks import Origin
from deliberation.domain.roles import Role
from deliberation.services import chats, questions
from deliberation.services.questions import Answer
from deliberation.store import questions as rows
from deliberation.store import remarks, sources
from tests import make


@pytest.fixture
def one(app):
    return make.consultation(make.office())


@pytest.fixture
def clerk(one):
    return make.member(one.office, Role.CLERK)


@pytest.fixture
def asked(one, clerk):
    texts = (("三百米远不远？", "art_3__para_1"), ("收费合不合理？", ""), ("还缺什么？", "art_2"))
    return [questions.ask(clerk, one, text, eid, make.key()) for text, eid in texts]


def test_a_sheet_is_one_remark_for_each_answered_question(one, asked):
    given = questions.answer(
        make.GUEST,
        one,
        make.key(),
        [Answer(asked[0], "oppose", "太远"), Answer(asked[1]), Answer(asked[2], text="缺消防")],
    )
    found = remarks.all_of(one.id)
    assert [(r.channel, r.eid, r.text, r.attitude) for r in found] == [
        ("questionnaire", "art_3__para_1", "太远", "oppose"),
        ("questionnaire", "art_2", "缺消防", "no_view"),
    ]
    assert len({receipt.code for receipt in given}) == 2
    assert rows.attitudes(one.id) == {asked[0].id: {"oppose": 1}, asked[2].id: {"no_view": 1}}


def test_a_sheet_sent_again_adds_only_what_was_not_in_it(one, asked):
    key = make.key()
    first = questions.answer(make.GUEST, one, key, [Answer(asked[0], "oppose", "太远")])
    again = questions.answer(
        make.GUEST, one, key, [Answer(asked[0], "oppose", "太远"), Answer(asked[1], "support")]
    )
    assert (again[0].number, again[0].code, again[0].again) == (first[0].number, first[0].code, True)
    assert not again[1].again
    assert len(remarks.all_of(one.id)) == 2
    third = questions.answer(make.GUEST, one, key, [Answer(asked[1], "support")])
    assert third[0].again
    assert len(remarks.all_of(one.id)) == 2
    assert sum(sum(each.values()) for each in rows.attitudes(one.id).values()) == 2


def test_an_empty_sheet_changes_nothing(one, asked, clerk):
    with pytest.raises(Refusal):
        questions.answer(make.GUEST, one, make.key(), [Answer(each) for each in asked])
    with pytest.raises(Refusal):
        questions.record_sheet(
            clerk, one, make.key(), [Answer(asked[0], text="有\x00零")], Origin(channel="questionnaire")
        )
    assert not remarks.all_of(one.id)


def test_a_paper_sheet_keeps_who_spoke_and_who_typed(one, asked, clerk):
    origin = Origin(channel="questionnaire", said_by="王大娘", category="居民", source="东湖社区")
    questions.record_sheet(clerk, one, make.key(), [Answer(asked[0], text="太远")], origin)
    made = remarks.all_of(one.id)[0]
    assert (made.said_by, made.typed_by_id, made.author_id) == ("王大娘", clerk.person.id, None)


def test_a_question_asked_is_asked_once_and_taken_off_keeps_its_answers(one, clerk):
    key = make.key()
    first = questions.ask(clerk, one, "远不远？", "", key)
    assert questions.ask(clerk, one, "远不远？", "", key).id == first.id
    questions.answer(make.GUEST, one, make.key(), [Answer(first, "support")])
    questions.take_off(clerk, first)
    assert rows.standing(one.id) == []
    assert rows.attitudes(one.id) == {first.id: {"support": 1}}
    for wrong in ({"text": " "}, {"text": "问", "eid": "art_99"}, {"text": "问" * 401}):
        with pytest.raises(Refusal):
            questions.ask(clerk, one, wrong["text"], wrong.get("eid", ""), make.key())
    with pytest.raises(NotAllowed):
        questions.ask(make.member(make.office()), one, "问", "", make.key())


def taken(n, text, **more):
    return chats.Taken(f"chat-{n:032d}", "张三", text, **more)


def test_a_chat_is_taken_in_once_in_the_speakers_words(one, clerk):
    first = chats.take_in(clerk, one, [taken(1, "三百米太远", eid="art_3"), taken(2, "同意收费")], "东湖群")
    assert (len(first.added), first.there) == (2, 0)
    again = chats.take_in(clerk, one, [taken(1, "三百米太远", eid="art_3"), taken(3, "缺消防")], "东湖群")
    assert (len(again.added), again.there) == (1, 1)
    found = remarks.all_of(one.id)
    assert [(r.channel, r.said_by, r.text, r.origin) for r in found] == [
        ("chat", "张三", "三百米太远", "东湖群"), ("chat", "张三", "同意收费", "东湖群"), ("chat", "张三", "缺消防", "东湖群"),
    ]  # fmt: skip


def test_one_bad_message_and_nothing_is_taken_in(one, clerk):
    with pytest.raises(Refusal):
        chats.take_in(clerk, one, [taken(1, "好的意见"), taken(2, "不存在的一条", eid="art_99")])
    with pytest.raises(Refusal):
        chats.take_in(clerk, one, [])
    with pytest.raises(NotAllowed):
        chats.take_in(make.GUEST, one, [taken(1, "好的意见")])
    assert not remarks.all_of(one.id)


def test_the_ledger_counts_each_channel_and_source(one, clerk):
    chats.take_in(clerk, one, [taken(1, "三百米太远"), taken(2, "同意收费")], "东湖群")
    make.recorded(clerk, one, "灯坏了", channel="visit")
    make.remark(one, "网上说一句")
    found = {(line.channel, line.source): (line.count, line.late) for line in sources.came(one.id)}
    assert found == {("chat", "东湖群"): (2, 0), ("visit", ""): (1, 0), ("online", ""): (1, 0)}
