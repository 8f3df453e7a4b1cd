"""Sixteen processes at once: one key makes one remark, sixteen keys make sixteen; what is closed takes nothing more."""

from collections import Counter

import pytest
from sqlalchemy import inspect

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import consultations, invitations, people, remarks
from deliberation.services.actors import GUEST, Member
from deliberation.store import consultations as held
from deliberation.store import drafts, log
from deliberation.store import people as persons
from deliberation.store import remarks as rows
from deliberation.store.db import db
from tests import make
from tests.racing import race

MANY = 16


@pytest.fixture
def one(app):
    return make.consultation(make.office())


@pytest.fixture
def racing(database_url, tmp_path):
    """Run a job in many processes at once on the test's own database."""

    def run(job, many=MANY):
        answers = race(database_url, tmp_path, many, job)
        db.session.rollback()
        return answers

    return run


def sound(one):
    """What must hold of a consultation whatever happened to it: serials, leaves and counters agree with the rows."""
    one = held.get(inspect(one).identity[0])
    found = rows.all_of(one.id)
    assert [r.number for r in found] == list(range(1, len(found) + 1))
    assert one.remark_serial == len(found)
    leaves = log.leaves(one.log_id)
    assert [leaf.index for leaf in leaves] == list(range(len(leaves)))
    assert log.head(one.log_id).size == len(leaves)
    by_index = {leaf.index: leaf for leaf in leaves}
    assert len({r.leaf_index for r in found}) == len(found)
    assert all(by_index[r.leaf_index].number == r.public_number for r in found)
    standing = [r for r in found if r.state == "current" and not r.late]
    assert one.remark_count == len(standing)
    recount(one, standing)
    db.session.rollback()
    return found


def recount(one, standing):
    version = drafts.current(one.task_id)
    for eid in {r.article_eid for r in rows.all_of(one.id)}:
        _row, count = drafts.at_with_counts(version.id, eid, one.id)
        here = Counter(r.attitude for r in standing if r.article_eid == eid)
        assert count.remarks == sum(here.values())
        assert {a: getattr(count, a) for a in ("support", "amend", "oppose", "no_view")} == {
            a: here[a] for a in ("support", "amend", "oppose", "no_view")
        }


def test_the_same_key_from_many_processes_is_one_remark(one, racing):
    one_id, words = one.id, make.words("一次，只有一次")

    def say(_n):
        given = remarks.make_remark(GUEST, held.get(one_id), words)
        return given.remark.number, given.code, given.again

    answers = racing(say)
    assert {(number, code) for number, code, _again in answers} == {answers[0][:2]}, answers
    assert sum(not again for _number, _code, again in answers) == 1
    assert [r.text for r in sound(one)] == ["一次，只有一次"]


def test_different_keys_are_all_there_once(one, racing):
    one_id, each = one.id, 4

    def say(n):
        mine = []
        for k in range(each):
            words = make.words(f"第{n}人第{k}句", key=f"race-{n:03d}-{k:03d}", eid=f"art_{1 + (n + k) % 4}")
            given = remarks.make_remark(GUEST, held.get(one_id), words)
            mine.append((given.remark.number, given.code))
        return mine

    answers = racing(say)
    assert all(isinstance(a, list) for a in answers), answers
    found = sound(one)
    assert sorted(number for mine in answers for number, _code in mine) == list(range(1, MANY * each + 1))
    assert len({code for mine in answers for _number, code in mine}) == MANY * each
    assert Counter(r.text for r in found) == Counter(
        f"第{n}人第{k}句" for n in range(MANY) for k in range(each)
    )


def test_withdrawing_and_replacing_one_remark_at_once_one_of_them_is_done(one, racing):
    author = make.member(one.office, Role.PANEL)
    made = make.remark(one, "原来的", author)
    person_id, remark_id = author.person.id, made.id

    def end(n):
        me, found = Member(persons.get(person_id)), rows.get(remark_id)
        try:
            if n % 2:
                remarks.withdraw_remark(me, found)
                return "withdrawn"
            remarks.replace_remark(me, found, make.words(f"改写{n}", key=f"replace-{n:03d}"))
        except Refusal:
            return "refused"
        return "replaced"

    answers = racing(end)
    done = [a for a in answers if a != "refused"]
    assert len(done) == 1, answers
    found = sound(one)
    assert found[0].state == done[0]
    assert len(found) == (2 if done == ["replaced"] else 1)


def test_nothing_is_taken_after_the_leaf_that_closed(one, racing):
    lead = make.member(one.office)
    person_id, one_id = lead.person.id, one.id

    def act(n):
        consultation = held.get(one_id)
        if n == 0:
            me = Member(persons.get(person_id))
            consultations.move_phase(me, consultation, "consolidating")
            consultations.move_phase(me, held.get(one_id), "reported")
            return ["closed"]
        said = []
        for k in range(6):
            try:
                words = make.words(f"{n}-{k}", key=f"closing-{n:03d}-{k:03d}")
                said.append(remarks.make_remark(GUEST, held.get(one_id), words).remark.number)
            except NotAllowed:
                said.append(None)
        return said

    answers = racing(act, 8)
    assert answers[0] == ["closed"], answers
    assert all(isinstance(a, list) for a in answers), answers
    found = sound(one)
    moves = [leaf.index for leaf in log.leaves(one.log_id) if leaf.act == "move-phase"]
    assert all(r.leaf_index < moves[-1] for r in found)
    assert len(found) == sum(number is not None for a in answers[1:] for number in a)


def test_one_invitation_taken_up_by_many_at_once_lets_one_in(app, racing):
    office = make.office()
    lead = make.member(office)
    _made, token = invitations.invite(lead, office, people.Newcomer("周新人", role=Role.PANEL))
    before = len(persons.members(office.id))

    def take(n):
        try:
            found = invitations.invitation_by_token(token)
            return invitations.answer_invitation(found, f"newcomer{n}", "a long enough secret").id
        except Refusal:
            return None

    answers = racing(take, 8)
    assert sum(a is not None for a in answers) == 1, answers
    assert all(a is None or isinstance(a, int) for a in answers), answers
    assert len(persons.members(office.id)) == before + 1


def test_the_very_first_acts_of_an_installation_share_one_log(app, racing):
    from deliberation.services import sessions

    office = make.office()
    somebody = make.person(office)
    make.account(office, somebody, "first")

    def enter(_n):
        return len(sessions.sign_in("first", "correct horse battery"))

    answers = racing(enter, 6)
    assert answers == [43] * 6
