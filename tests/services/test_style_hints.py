"""Hints become wording remarks: once each, at the words they are about, never on a text that is not there any more."""

import pytest

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import style_hints
from deliberation.store import drafts, remarks
from tests import make

TEXT = """某市某条例（草案）

第一条　为加强管理，制定本条例。

第二条　经营者必须在15日内登陆系统备案。

有下列情形之一的，从其规定

（一）甲。

（二）乙；

第四条　本条例自2027年1月1日起施行。
"""


@pytest.fixture
def one(app):
    return make.consultation(make.office(), TEXT)


@pytest.fixture
def version(one):
    return drafts.current(one.task_id)


def test_every_kind_of_hint_becomes_a_remark_at_its_words(one, version):
    lead = make.member(one.office)
    shown = style_hints.of_version(version)
    assert len({hint.key for hint in shown}) == len(shown) >= 7
    for hint in shown:
        given = style_hints.make_remark(lead, one, version, hint.key)
        made = given.remark
        assert (made.eid, made.quote, made.wording, made.attitude) == (
            hint.eid,
            hint.quote,
            hint.wording or "",
            "amend",
        )
        assert made.text == f"体例：{hint.said}"
        assert made.author_id == lead.person.id
    assert set(style_hints.made(one, shown)) == {hint.key for hint in shown}


def test_pressed_twice_it_is_one_remark(one, version):
    lead = make.member(one.office)
    hint = style_hints.of_version(version)[0]
    first = style_hints.make_remark(lead, one, version, hint.key)
    second = style_hints.make_remark(lead, one, version, hint.key)
    assert (second.number, second.again) == (first.number, True)
    assert len(remarks.all_of(one.id)) == 1


def test_an_unknown_hint_and_a_stranger_change_nothing(one, version):
    with pytest.raises(Refusal):
        style_hints.make_remark(make.member(one.office), one, version, "hint-" + "0" * 32)
    closed = make.consultation(make.office(), TEXT, guests=False)
    stranger = make.member(make.office(), Role.PANEL)
    text = drafts.current(closed.task_id)
    with pytest.raises(NotAllowed):
        style_hints.make_remark(stranger, closed, text, style_hints.of_version(text)[0].key)
    assert not remarks.all_of(one.id)
    assert not remarks.all_of(closed.id)


def test_what_a_hint_is_known_by_cannot_be_worked_out_from_what_everybody_reads(app):
    version = drafts.current(make.consultation(make.office(), TEXT).task_id)
    before = [hint.key for hint in style_hints.of_version(version)]
    app.config["RECEIPT_KEY"] = "ab" * 32
    assert not {*before} & {hint.key for hint in style_hints.of_version(version)}
