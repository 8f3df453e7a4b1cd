"""Many remarks in one act: the same rows, leaves, counters and errands as one by one, written in a few statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.domain.leaves import commitment
from deliberation.domain.remarks import Origin, Words
from deliberation.keys.tokens import new_salt
from deliberation.services.acts import Record
from deliberation.services.placing import Placed
from deliberation.services.remarks import Tallied, columns_of, content_of, count, free_digests, standing_of
from deliberation.store import many, outbox, remark_lists
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.log import Leaf, LeafContent
from deliberation.store.remarks import Remark, public_number

ALIKE = ("late", "attitude", "channel", "place")


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
    digests = free_digests(consultation.id, [one.words.key for one in ready])
    for at, (one, digest) in enumerate(zip(ready, digests, strict=True)):
        columns = columns_of(consultation, one.words, one.origin, one.placed, record, digest)
        columns["number"], columns["leaf_index"] = first + at, leaf + at
        rows.append(columns)
    count(consultation, _steps(rows, ready), taken_in=len(rows))
    db.session.flush()
    numbers = [public_number(row["received_at"], row["number"]) for row in rows]
    contents = [content_of(row, one.placed) for row, one in zip(rows, ready, strict=True)]
    _leaves(record, numbers, contents)
    many.put(Remark, rows)
    outbox.add_remarks(consultation.id, first, record.at)
    return numbers


def _steps(rows: Sequence[dict[str, Any]], ready: Sequence[Ready]) -> Counter[Tallied]:
    """What they add to the counters: those that are alike for them are counted together."""
    alike = Counter(
        (*(row[name] for name in ALIKE), one.placed.article_id) for row, one in zip(rows, ready, strict=True)
    )
    steps: Counter[Tallied] = Counter()
    for (*values, article), times in alike.items():
        for of, step in standing_of(dict(zip(ALIKE, values, strict=True)), article).items():
            steps[of] += step * times
    return steps


def _leaves(record: Record, numbers: Sequence[str], contents: Sequence[bytes]) -> None:
    """A leaf for each, as `Record.leaf` makes one."""
    head, first = record.head, record.head.size
    salts = [new_salt() for _number in numbers]
    leaves = [
        {
            "log_id": head.id, "index": first + at, "act": record.act.value, "kind": "remark", "number": number,
            "commitment": commitment(salt, content),
        }
        for at, (number, salt, content) in enumerate(zip(numbers, salts, contents, strict=True))
    ]  # fmt: skip
    many.put(Leaf, leaves)
    ids = remark_lists.leaf_ids(head.id, first)
    kept = [
        {
            "leaf_id": leaf,
            "at": record.at,
            "actor": record.actor.code,
            "facts": content.decode(),
            "salt": salt,
        }
        for leaf, salt, content in zip(ids, salts, contents, strict=True)
    ]
    many.put(LeafContent, kept)
    head.size += len(numbers)
