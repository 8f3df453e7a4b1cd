"""The one door: what passes leaves a leaf, what is refused leaves no trace."""

import pytest

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotAllowed
from deliberation.domain.leaves import Leaf
from deliberation.domain.roles import Role
from deliberation.services.actors import GUEST
from deliberation.services.acts import act
from deliberation.store import log
from deliberation.store.db import db
from deliberation.store.people import Office
from tests import make


def test_an_act_appends_one_leaf_without_gaps(app):
    office = make.office()
    one = make.consultation(office)
    make.remark(one)
    leaves = log.leaves(one.log_id)
    assert [leaf.index for leaf in leaves] == list(range(len(leaves)))
    assert log.head(one.log_id).size == len(leaves)
    assert leaves[-1].act == "make-remark"
    assert leaves[-1].number.endswith("-0001")


def test_each_leaf_commits_to_its_content(app):
    one = make.consultation(make.office())
    make.remark(one, "一字不改 \n 原样")
    for leaf, content in log.doings(one.log_id):
        value = Leaf(leaf.index, leaf.act, leaf.kind, leaf.number, leaf.commitment)
        assert value.commits_to(content.salt, content.facts.encode())
        assert not value.commits_to(content.salt, content.facts.encode() + b" ")


def test_a_refused_act_changes_nothing(app):
    office = make.office(name="原名")
    clerk = make.member(office, Role.CLERK)
    size = log.head(office.log_id).size
    with pytest.raises(NotAllowed), act(clerk, Act.CHANGE_OFFICE, on=office):
        office.name = "改了"
    db.session.expire_all()
    assert office.name == "原名"
    assert log.head(office.log_id).size == size


def test_a_failing_verb_changes_nothing(app):
    office = make.office(name="原名")
    lead = make.member(office)
    with pytest.raises(ZeroDivisionError), act(lead, Act.CHANGE_OFFICE, on=office):
        office.name = "改了"
        db.session.flush()
        raise ZeroDivisionError
    assert db.session.get(Office, office.id).name == "原名"


def test_jobs_run_after_the_commit_and_not_after_a_failure(app):
    office = make.office()
    lead = make.member(office)
    done = []
    with act(lead, Act.CHANGE_OFFICE, on=office) as record:
        record.then(lambda: done.append("ran"))
        assert done == []
    assert done == ["ran"]
    with pytest.raises(KeyError), act(lead, Act.CHANGE_OFFICE, on=office) as record:
        record.then(lambda: done.append("never"))
        raise KeyError
    assert done == ["ran"]


def test_the_door_refuses_to_nest_and_rows_made_before(app):
    office = make.office()
    lead = make.member(office)
    with (
        act(lead, Act.CHANGE_OFFICE, on=office),
        pytest.raises(RuntimeError),
        act(lead, Act.CHANGE_OFFICE, on=office),
    ):
        pass
    office.name = "早改了"
    with pytest.raises(RuntimeError), act(lead, Act.CHANGE_OFFICE, on=office):
        pass
    db.session.rollback()


def test_a_person_acts_only_in_their_own_office(app):
    here, there = make.office(), make.office()
    lead = make.member(here)
    with pytest.raises(NotAllowed), act(lead, Act.CHANGE_OFFICE, on=there):
        pass


def test_a_guest_may_not_lead(app):
    with pytest.raises(NotAllowed), act(GUEST, Act.CHANGE_OFFICE, on=make.office()):
        pass
