"""What the database itself refuses, on both: doubled numbers, keys, leaves and roles, impossible states, naive instants."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from deliberation.domain.roles import Role
from deliberation.store import log
from deliberation.store import people as persons
from deliberation.store.db import Moment, db
from deliberation.store.people import Membership
from deliberation.store.remarks import Remark
from tests import make


@pytest.fixture
def made(app):
    one = make.consultation(make.office())
    return make.remark(one, "一句")


def refused(statement, **values):
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement), values)
    db.session.rollback()


@pytest.mark.parametrize(
    "change",
    ["attitude = 'maybe'", "state = 'deleted'", "ending = 'unrelated', ending_reason = ''", "private = true, released_at = made_at", "consultation_id = 0", "version_id = 0", "receipt_digest = NULL"],
)  # fmt: skip
def test_a_remark_cannot_be_what_no_remark_is(made, change):
    refused(f"UPDATE remark SET {change} WHERE id = :id", id=made.id)
    assert db.session.get(Remark, made.id).text == "一句"


@pytest.mark.parametrize("same", ["number", "key", "receipt_digest"])
def test_no_two_remarks_share_number_key_or_receipt(made, same):
    other = make.remark(made.consultation, "另一句")
    refused(
        f"UPDATE remark SET {same} = (SELECT {same} FROM remark WHERE id = :a) WHERE id = :b",
        a=made.id,
        b=other.id,
    )


def test_originals_and_their_roots_cannot_be_deleted(made):
    one = made.consultation
    for table, row in (
        ("consultation", one.id),
        ("version", made.version_id),
        ("task", one.task_id),
        ("office", one.office_id),
        ("log", one.log_id),
    ):
        refused(f"DELETE FROM {table} WHERE id = :id", id=row)
    assert db.session.get(Remark, made.id) is not None


def test_two_leaves_cannot_stand_at_one_place(made):
    first, second = log.leaves(made.log_id)[:2]
    refused('UPDATE leaf SET "index" = :i WHERE id = :id', i=first.index, id=second.id)


def test_a_role_is_held_once_at_a_time_and_may_be_held_again(app):
    office = make.office()
    somebody = make.person(office, role=Role.PANEL)
    held = persons.members(office.id)[0]

    def again(until=None):
        return Membership(
            office_id=office.id, person_id=somebody.id, role="panel", since=held.since, until=until
        )

    db.session.add(again())
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    db.session.add_all([again(until=held.since), again(until=held.since)])
    db.session.flush()
    db.session.rollback()


def test_a_moment_needs_its_zone_and_comes_back_in_utc(made):
    with pytest.raises(ValueError):
        Moment().process_bind_param(datetime(2026, 3, 5, 10), None)  # noqa: DTZ001
    made.made_at = datetime(2026, 3, 5, 10)  # noqa: DTZ001
    with pytest.raises(StatementError):
        db.session.flush()
    db.session.rollback()
    made.made_at = datetime.fromisoformat("2026-03-05T10:00:00+08:00")
    db.session.flush()
    db.session.expire(made)
    assert made.made_at == datetime(2026, 3, 5, 2, tzinfo=UTC)
    db.session.rollback()


def test_the_head_is_read_anew_whatever_was_known_before(made):
    known = db.session.get(log.Log, made.log_id)
    size = known.size
    db.session.execute(text("UPDATE log SET size = size + 5 WHERE id = :id"), {"id": made.log_id})
    assert log.head(made.log_id).size == size + 5
    db.session.rollback()
