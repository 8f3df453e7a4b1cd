"""What is found: words of one and two characters, only what the person may see, in step with what happens."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import links, remarks, searching, suggestions
from deliberation.services.actors import GUEST
from tests import make, make_dossiers
from tests.make_versions import FIRST, MOVED, SECOND


@pytest.fixture
def one(app):
    parent = make.office(kind=OfficeKind.COMMISSION)
    return make.consultation(make.office(parent=parent), slug="bikes")


def drained():
    while searching.drain():
        pass


def ids(actor, words, kind="remark"):
    drained()
    return [h.entry.title for h in searching.find(actor, words, kinds=[kind]).hits]


def test_articles_are_found_by_anyone_by_one_character(one):
    assert ids(GUEST, "桩", "article") == []
    assert ids(GUEST, "径", "article") == ["第三条"]
    assert ids(GUEST, "三百米", "article") == ["第三条"]
    assert ids(GUEST, "消防 自动", "article") == ["第三条"]


def test_a_remark_is_found_by_its_author_the_office_and_those_above_only(one):
    author, other = make.member(one.office, Role.PANEL), make.member(one.office, Role.PANEL)
    clerk, stranger = make.member(one.office, Role.CLERK), make.member(make.office(), Role.CLERK)
    above = make.member(one.office.parent, Role.COMMISSION)
    made = make.remark(one, "夜里充电嗡嗡响", author)
    for actor in (author, clerk, above):
        assert ids(actor, "嗡嗡") == [made.public_number]
    for actor in (other, stranger, GUEST):
        assert ids(actor, "嗡嗡") == []


def test_released_is_found_by_all_and_withheld_again_by_none(one):
    clerk = make.member(one.office, Role.CLERK)
    made = make.remark(one, "公开给大家看")
    remarks.release_remark(clerk, made, show=True)
    assert ids(GUEST, "大家") == [made.public_number]
    remarks.release_remark(clerk, made, show=False)
    assert ids(GUEST, "大家") == []


def test_withdrawn_is_not_found_any_more(one):
    author = make.member(one.office, Role.PANEL)
    made = make.remark(one, "收回的话", author)
    assert ids(author, "收回") == [made.public_number]
    remarks.withdraw_remark(author, made)
    assert ids(author, "收回") == []


def test_a_directed_consultation_is_not_found_by_strangers(app):
    one = make.consultation(make.office(), openness="directed", text=make.DRAFT.replace("消防", "涉密桥梁"))
    assert ids(GUEST, "桥梁", "article") == []
    assert ids(make.member(one.office, Role.PANEL), "桥梁", "article") == ["第三条"]


def test_a_new_version_takes_the_place_of_the_old_one(one):
    make.publish(one.task, make.DRAFT.replace("三百米", "二百米"))
    assert ids(GUEST, "三百米", "article") == []
    assert ids(GUEST, "二百米", "article") == ["第三条"]


def test_rebuilding_finds_the_same(one):
    clerk = make.member(one.office, Role.CLERK)
    made = make.recorded(clerk, one, "重建以后还在")
    drained()
    assert searching.rebuild() == 5
    assert ids(clerk, "还在") == [made.public_number]


@pytest.mark.parametrize("words", ["", "  ", "长" * 61])
def test_nothing_or_too_much_is_refused(one, words):
    with pytest.raises(Refusal):
        searching.find(GUEST, words)


def places(actor, words):
    drained()
    return [h.entry.parts[1] for h in searching.find(actor, words, kinds=["suggestion"]).hits]


def test_a_suggestion_reworded_later_is_found_by_its_new_words_at_its_new_place(app):
    one = make.consultation(make.office(), FIRST, slug="bikes")
    lead = make.member(one.office)
    about = make_dossiers.suggestion(one, at="art_5", title="推迟施行", wording="自明年起施行。")
    assert places(lead, "推迟") == ["art_5"]
    moved = make.publish(one.task, MOVED)
    suggestions.reword_suggestion(
        lead, about, make_dossiers.proposal("提前实施", wording="自公布之日起施行。"), 1
    )
    assert (places(lead, "推迟"), places(lead, "提前实施")) == ([], ["gone"])
    links.decide(lead, moved, "art_5", ["art_1"])
    assert places(lead, "提前实施") == ["art_1"]
    links.take_back(lead, moved, "art_5")
    assert places(lead, "提前实施") == ["gone"]


def test_a_remark_replaced_later_is_found_by_its_new_words_only(app):
    one = make.consultation(make.office(), FIRST, slug="bikes")
    author = make.member(one.office, Role.PANEL)
    made = make.remark(one, "三百米太远", author, eid="art_3__para_1")
    make.publish(one.task, SECOND)
    assert ids(author, "太远") == [made.public_number]
    remarks.replace_remark(author, made, make.words("一百米就够", eid="art_4__para_1"))
    assert ids(author, "太远") == []
    (found,) = ids(author, "就够")
    assert found != made.public_number
