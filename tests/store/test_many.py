"""Rows put in by the thousand are the rows that are put in one by one: same values, same defaults, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import insert

from deliberation.store import many
from deliberation.store.db import db
from deliberation.store.remarks import Remark
from tests import make

CHINA = timezone(timedelta(hours=8))
GIVEN = ("consultation_id", "version_id", "place", "attitude", "text", "sha256", "channel")


def fresh(like, number, **more):
    at = datetime(2026, 3, 5, 8, 0, 1, 250, tzinfo=CHINA)
    return {
        **{name: getattr(like, name) for name in GIVEN}, "number": number, "key": f"key-{number:08d}", "leaf_index": 900 + number,
        "receipt_digest": number.to_bytes(32, "big"), "made_at": at, "received_at": at + timedelta(number), **more,
    }  # fmt: skip


def columns(number):
    row = db.session.query(Remark).filter_by(number=number).one()
    return {c.key: getattr(row, c.key) for c in Remark.__table__.columns}


def test_many_at_once_are_what_one_is(app):
    like = make.remark(make.consultation(make.office()), "一句")
    more = {"said_by": "王大娘", "private": True, "author_id": None}
    db.session.execute(insert(Remark), fresh(like, 7, **more))
    many.put(Remark, [fresh(like, 8, **more), fresh(like, 9, **more)])
    first, second, third = columns(7), columns(8), columns(9)
    own = {"id", "number", "key", "leaf_index", "receipt_digest", "received_at"}
    assert {name for name in first if first[name] != second[name]} == own
    assert {name for name in second if second[name] != third[name]} == own
    assert second["received_at"] == datetime(2026, 3, 13, 0, 0, 1, 250, tzinfo=UTC)
    assert (second["said_by"], second["state"], second["private"]) == ("王大娘", "current", True)


def test_none_is_nothing(app):
    many.put(Remark, [])
    assert db.session.query(Remark).count() == 0
