"""Referrals through the verbs: one for one form, a remark ends with it, nothing of it in search or dossier."""

from datetime import timedelta

import pytest

from deliberation.clock import local
from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import dossiers, referrals, remarks, searching
from deliberation.services.referrals import Request
from deliberation.store import referrals as rows
from deliberation.store.db import db
from tests import make

CANARY = "金丝雀家的墙根官司"


def today():
    return local(make.now()).date()


def asked(title="路灯不亮", kind="referral", **more):
    given = {"key": make.key(), "how": "telephone", "consented_on": today()} | more
    return Request(kind=kind, title=title, **given)


def walk(actor, one, *steps):
    facts = {
        "department": "街道物业科", "by_when": today() + timedelta(days=7), "taken_by": "孙科长", "taken_on": today(),
        "done_on": today(), "outcome": "换了灯", "answered_on": today(), "manner": "telephone", "answer": "灯修好了",
        "pleased": "yes", "reason": "不归我们管", "met_on": today(), "decision": "由物业科牵头",
    }  # fmt: skip
    for to in steps:
        referrals.move(actor, one, to, {name: facts[name] for name in referrals.facts_needed(one, to)})
    return one


@pytest.fixture
def office(app):
    return make.office()


@pytest.fixture
def clerk(office):
    return make.member(office, Role.CLERK)


def test_from_request_to_answer(office, clerk):
    one = referrals.take_up(clerk, office, asked(said_by="王大娘", contact="13900000000"))
    assert one.public_number.endswith("-001")
    walk(clerk, one, "dispatched", "returned", "joint", "dispatched", "accepted", "done", "answered")
    steps = rows.steps(one.id)
    assert [step.state for step in steps] == [
        "requested", "dispatched", "returned", "joint", "dispatched", "accepted", "done", "answered",
    ]  # fmt: skip
    assert steps[-1].facts["answer"] == "灯修好了"
    assert (one.department, one.state) == ("街道物业科", "answered")


def test_the_same_form_sent_twice_is_one_and_other_words_under_its_key_are_refused(office, clerk):
    request = asked()
    first = referrals.take_up(clerk, office, request)
    assert referrals.take_up(clerk, office, request).id == first.id
    with pytest.raises(Conflict):
        referrals.take_up(clerk, office, asked("别的事", key=request.key))
    assert rows.counts(office.id) == {"requested": 1}


def test_without_consent_nothing_is_kept(office, clerk):
    for kind in ("referral", "wish", "mediation"):
        with pytest.raises(Refusal):
            referrals.take_up(clerk, office, asked(kind=kind, how="", consented_on=None))
    assert rows.counts(office.id) == {}
    referrals.take_up(clerk, office, asked("井盖松动", kind="grid", how="", consented_on=None))
    assert rows.counts(office.id) == {"requested": 1}


def test_a_referred_remark_ends_there_once_and_its_words_stay(office, clerk):
    one = make.consultation(office)
    remark = make.recorded(clerk, one, "楼道灯坏了三个月")
    made = referrals.refer(clerk, remark, asked("楼道灯"))
    assert (remark.ending, remark.text) == ("referred", "楼道灯坏了三个月")
    assert made.public_number in remark.ending_reason
    with pytest.raises(Conflict):
        referrals.refer(clerk, remark, asked("再来一次"))
    assert rows.of_remark(remark.id).id == made.id


def test_a_withdrawn_remark_is_not_referred(office, clerk):
    one = make.consultation(office)
    author = make.member(office, Role.PANEL)
    remark = make.remark(one, "灯坏了", author)
    remarks.withdraw_remark(author, remark)
    with pytest.raises(Refusal):
        referrals.refer(clerk, remark, asked("灯"))
    assert rows.counts(office.id) == {}


def test_anothers_step_is_not_overrun(office, clerk):
    one = referrals.take_up(clerk, office, asked())
    walk(clerk, one, "dispatched")
    with pytest.raises(Conflict):
        referrals.move(clerk, one, "accepted", {"taken_by": "甲", "taken_on": today()}, seen="requested")
    assert one.state == "dispatched"


def test_nobody_outside_the_office(office, clerk):
    one = referrals.take_up(clerk, office, asked())
    for stranger in (make.member(make.office()), make.member(office, Role.PANEL)):
        with pytest.raises(NotAllowed):
            referrals.take_up(stranger, office, asked())
        with pytest.raises(NotAllowed):
            walk(stranger, one, "dispatched")
    assert rows.counts(office.id) == {"requested": 1}


def test_what_is_said_stays_out_of_search_and_dossier_and_lies_sealed(office, clerk, tmp_path):
    consultation = make.consultation(office)
    make.recorded(clerk, consultation, "路太窄")
    one = referrals.take_up(clerk, office, asked(CANARY, kind="mediation", detail=CANARY, said_by="秦家大叔"))
    walk(clerk, one, "dispatched")
    while searching.drain():
        pass
    assert searching.find(clerk, "金丝雀").total == 0
    dossiers.build(make.member(office), consultation, tmp_path / "d", "restricted")
    for path in (tmp_path / "d").rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path
    db.session.commit()
    sealed = db.session.connection().exec_driver_sql("SELECT title, detail, said_by FROM referral").one()
    assert all(CANARY.encode() not in bytes(value) for value in sealed)


def test_the_register_shows_what_is_due_first_and_counts_what_is_late(office, clerk):
    quiet = referrals.take_up(clerk, office, asked("不急"))
    due = walk(clerk, referrals.take_up(clerk, office, asked("急")), "dispatched")
    with make.later(days=8):
        day = today() + timedelta(days=8)
        running = ("requested", "dispatched")
        found = rows.register(office.id, rows.Sought(), running, day, 10, 0)
        assert [one.id for one in found] == [due.id, quiet.id]
        assert rows.overdue([office.id], running, day) == {office.id: 1}
        assert rows.total(office.id, rows.Sought(late=True), running, day) == 1
        assert rows.total(office.id, rows.Sought(state="open", kind="referral"), running, day) == 2
