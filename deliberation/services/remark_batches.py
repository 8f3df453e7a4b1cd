"""Many remarks in one act: the same rows, leaves, counters and errands as one by one, written in a few statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Insert, Table, insert

from deliberation.clock import local
from deliberation.domain.leaves import commitment
from deliberation.domain.remarks import Origin, Words
from deliberation.keys.tokens import new_salt
from deliberation.services.acts import Record
from deliberation.services.placing import Placed
from deliberation.services.remarks import Tallied, columns_of, content_of, count, free_digests, standing_of
from deliberation.store import remark_lists, remarks
from deliberation.store.consultations import Consultation
from deliberation.store.db import Row, db
from deliberation.store.log import Leaf, LeafContent
from deliberation.store.outbox import Outbox
from deliberation.store.remarks import Remark


@dataclass(frozen=True, slots=True)
class Ready:
    """A remark checked and placed, ready to be taken in."""

    words: Words
    origin: Origin
    placed: Placed


def take_in(record: Record, consultation: Consultation, ready: Sequence[Ready]) -> list[str]:
    """Write them inside an act, in this order; returns their public numbers. Their keys are known to be new."""
    first, leaf = consultation.remark_serial + 1, record.head.size
    rows: list[dict[str, Any]] = []
    contents: list[bytes] = []
    steps: Counter[Tallied] = Counter()
    digests = free_digests(consultation.id, [one.words.key for one in ready])
    for at, (one, digest) in enumerate(zip(ready, digests, strict=True)):
        columns = columns_of(consultation, one.words, one.origin, one.placed, record, digest)
        rows.append({**columns, "number": first + at, "leaf_index": leaf + at})
        contents.append(content_of(columns, one.placed))
        steps.update(standing_of(columns, one.placed.article_id))
    numbers = [f"{local(row['received_at']):%Y-%m}-{row['number']:04d}" for row in rows]
    count(consultation, steps, taken_in=len(rows))
    db.session.flush()
    _leaves(record, numbers, contents)
    db.session.execute(_into(Remark), rows)
    ids = remarks.ids_from(consultation.id, first)
    db.session.execute(
        _into(Outbox), [{"kind": "remark", "ref": str(found), "at": record.at} for found in ids]
    )
    return numbers


def _into(row: type[Row]) -> Insert:
    """Into the table itself: no objects are made of rows nobody looks at now."""
    return insert(cast(Table, row.__table__))


def _leaves(record: Record, numbers: Sequence[str], contents: Sequence[bytes]) -> None:
    """A leaf for each, as `Record.leaf` makes one."""
    head, first = record.head, record.head.size
    salts = [new_salt() for _number in numbers]
    db.session.execute(
        _into(Leaf),
        [
            {
                "log_id": head.id, "index": first + at, "act": record.act.value, "kind": "remark", "number": number,
                "commitment": commitment(salt, content),
            }
            for at, (number, salt, content) in enumerate(zip(numbers, salts, contents, strict=True))
        ],
    )  # fmt: skip
    ids = remark_lists.leaf_ids(head.id, first)
    db.session.execute(
        _into(LeafContent),
        [
            {"leaf_id": leaf, "at": record.at, "actor": record.actor.code, "facts": content.decode(), "salt": salt}
            for leaf, salt, content in zip(ids, salts, contents, strict=True)
        ],
    )  # fmt: skip
    head.size += len(numbers)
