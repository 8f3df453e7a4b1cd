"""Making, replacing, withdrawing, releasing remarks: exactly once, verbatim, with a receipt at once."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count as count_up
from typing import Any

from flask import current_app

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.fingerprints import remark_facts, remark_sha256
from deliberation.domain.leaves import canonical
from deliberation.domain.names import straight
from deliberation.domain.openings import is_late, office_may_enter
from deliberation.domain.remarks import CHANNELS, Origin, Words
from deliberation.domain.verbatim import verbatim
from deliberation.keys.receipts import code_for
from deliberation.keys.tokens import receipt_digest
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.placing import Placed, place_in
from deliberation.services.remark_endings import (
    release_remark,
    release_remarks,
    settle_remark,
    settle_remarks,
)
from deliberation.services.sessions import key as receipt_key
from deliberation.store import links, posting, remarks
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.remarks import Remark, public_number

__all__ = (
    "Receipt", "add", "make_remark", "record_remark", "release_remark", "release_remarks", "replace_remark",
    "settle_remark", "settle_remarks", "withdraw_remark",
)  # fmt: skip
LONGEST = {"category": 40, "source": 200, "said_by": 80, "contact": 60}
IMPORTED = re.compile("(id|row)-[0-9a-f]{36}")
Tallied = str | tuple[int, str]
"""A counter: the name of a tally, or an article's row and an attitude."""


@dataclass(frozen=True)
class Receipt:
    """What the author is told at once: which remark (id, address, numbers), its secret code, whether this was a repetition.

    All of it is known before the commit, so that nothing is read again after it.
    """

    id: int
    slug: str
    number: int
    code: str
    again: bool = False

    @property
    def remark(self) -> Remark:
        """The row itself, read when somebody asks for it."""
        found = remarks.get(self.id)
        assert found is not None
        return found


def make_remark(
    actor: Actor, consultation: Consultation, words: Words, *, category: str = "", show_name: bool = False,
    private: bool = False,
) -> Receipt:  # fmt: skip
    """Make one's own remark. After the public's deadline it is kept, marked late, apart from the others."""
    words = typed(words)
    straight(category, field="category", limit=40)
    with act(actor, Act.MAKE_REMARK, on=consultation) as record:
        first = first_of(record, consultation, words)
        if first is not None:
            return first
        origin = Origin(category=category, author_id=who(actor), show_name=show_name, private=private)
        given = add(record, consultation, words, origin)
        record.no_leaf_of_its_own()
    return given


def record_remark(actor: Actor, consultation: Consultation, words: Words, origin: Origin) -> Receipt:
    """Enter what somebody said or wrote elsewhere; until the office's deadline, for what came in time."""
    words = typed(words)
    sound(origin)
    for field in (
        "said_by",
        "contact",
    ):  # typed here by one person; a pasted chat or table is shown as it came
        straight(getattr(origin, field), field=field, limit=LONGEST[field])
    with act(actor, Act.RECORD_REMARK, on=consultation) as record:
        first = first_of(record, consultation, words)
        if first is not None:
            return first
        received = origin.received_at or record.at
        office_may_enter(record.at, consultation.office_until, received, consultation.public_until)
        given = add(record, consultation, words, origin)
        record.no_leaf_of_its_own()
    return given


def typed(words: Words) -> Words:
    """Checked; a key of the kind imported rows have is not taken from a form, or it would keep such a row out."""
    if IMPORTED.fullmatch(words.key):
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    return words.checked(limit())


def sound(origin: Origin) -> None:
    """Refuse an unknown channel, and what about its origin no column or paper can hold."""
    if origin.channel not in CHANNELS:
        raise Refusal(_("请选择意见是怎么来的。"), field="channel")
    for field, most in LONGEST.items():
        verbatim(getattr(origin, field), field=field, limit=most)


def limit() -> int:
    """The longest field of a remark, in characters."""
    return int(current_app.config["MAX_REMARK_CHARACTERS"])


def _codes(consultation_id: int, key: str, secret: bytes | None = None) -> Iterator[tuple[str, bytes]]:
    """The codes a remark could have been given, in order, each with its digest."""
    secret = secret or receipt_key()
    for attempt in count_up():
        code = code_for(secret, consultation_id, key, attempt)
        yield code, receipt_digest(code, secret)


def _code(remark: Remark) -> str:
    return next(
        code for code, digest in _codes(remark.consultation_id, remark.key) if digest == remark.receipt_digest
    )


def _free(consultation_id: int, key: str) -> tuple[str, bytes]:
    """The first code that nobody has been given, and its digest: codes are short, among very many two may be equal."""
    return next(found for found in _codes(consultation_id, key) if not posting.receipt_given(found[1]))


def free_digests(consultation_id: int, keys: Sequence[str]) -> list[bytes]:
    """The same for many at once, none twice."""
    secret = receipt_key()
    found = [receipt_digest(code_for(secret, consultation_id, key), secret) for key in keys]
    taken = remarks.receipts_given(found)
    for at, key in enumerate(keys):
        if found[at] in taken:
            free = (d for _c, d in _codes(consultation_id, key, secret) if d not in taken)
            found[at] = next(d for d in free if not remarks.receipts_given([d]))
        taken.add(found[at])
    return found


def first_of(record: Record, consultation: Consultation, words: Words) -> Receipt | None:
    """A key that was used: the same words get the first answer, other words a Conflict."""
    if not posting.key_used(consultation.id, words.key):
        return None
    first = remarks.by_key(consultation.id, words.key)
    assert first is not None
    record.nothing()
    said = (first.text, first.wording, first.reason, first.attitude, first.quote, first.place, first.eid)
    eid = "title" if words.place == "title" else words.eid
    if said != (words.text, words.wording, words.reason, words.attitude, words.quote, words.place, eid):
        raise Conflict(_("这一页刚才已经提交过另一条意见（编号 %(number)s）。下面是您这次写的，确认后可以作为新的一条再提交。"),
                       number=first.public_number, first=first)  # fmt: skip
    return Receipt(first.id, consultation.slug, first.number, _code(first), again=True)


def add(
    record: Record,
    consultation: Consultation,
    words: Words,
    origin: Origin,
    placed: Placed | None = None,
    replaces: int | None = None,
) -> Receipt:
    """The row, its counters and its leaf, inside an act. `words` are checked already; `replaces` is a remark's id."""
    placed = placed or place_in(consultation, words)
    number = consultation.remark_serial + 1
    code, digest = _free(consultation.id, words.key)
    columns = columns_of(consultation, words, origin, placed, record, digest)
    leaf = record.leaf(
        record.act,
        "remark",
        public_number(columns["received_at"], number),
        content=content_of(columns, placed),
    )
    db.session.flush()
    made = posting.put({**columns, "number": number, "leaf_index": leaf, "replaces_id": replaces})
    count(consultation, standing_of(columns, placed.article_id), taken_in=1)
    record.index("remark", made)
    return Receipt(made, consultation.slug, number, code)


def columns_of(
    consultation: Consultation,
    words: Words,
    origin: Origin,
    placed: Placed,
    record: Record,
    digest: bytes,
) -> dict[str, Any]:
    """Every column of a new remark but its number and its leaf; `digest` of its receipt code."""
    received = origin.received_at or record.at
    actor = who(record.actor)
    return {
        "consultation_id": consultation.id, "key": words.key, "version_id": placed.version_id, "place": words.place,
        "uid": placed.uid, "eid": placed.eid, "article_eid": placed.article_eid, "quote": words.quote,
        "quote_prefix": placed.prefix, "quote_suffix": placed.suffix, "stood": placed.stood,
        "attitude": words.attitude, "text": words.text, "wording": words.wording, "reason": words.reason,
        "sha256": remark_sha256(words.text), "channel": origin.channel, "origin": origin.source,
        "category": origin.category, "author_id": origin.author_id, "said_by": origin.said_by or None,
        "contact": origin.contact or None, "typed_by_id": actor if origin.author_id != actor else None,
        "show_name": origin.show_name, "private": origin.private, "made_at": received, "received_at": received,
        "late": is_late(received, consultation.public_until), "state": "current",
        "receipt_digest": digest, "meeting_id": origin.meeting_id,
    }  # fmt: skip


def content_of(columns: dict[str, Any], placed: Placed) -> bytes:
    """The bytes the remark's leaf commits to."""
    said = ("eid", "attitude", "text", "quote", "wording", "reason")
    return canonical(
        remark_facts(version_digest=placed.version_digest, **{name: columns[name] for name in said})
    )


def standing_of(columns: Mapping[str, Any], article_id: int | None) -> Counter[Tallied]:
    """What a remark adds to the counters: late ones are counted apart, by nothing but that."""
    if columns["late"]:
        return Counter(["late"])
    found: Counter[Tallied] = Counter(
        ["standing", f"attitude.{columns['attitude']}", f"channel.{columns['channel']}"]
    )
    if columns["place"] in {"whole", "title"}:
        found[f"place.{columns['place']}"] += 1
    if article_id is not None:
        found[article_id, columns["attitude"]] += 1
    return found


def count(consultation: Consultation, steps: Mapping[Tallied, int], *, taken_in: int = 0) -> None:
    """Counters are kept when a remark comes or goes, never counted at reading: of the whole, and of each article.

    `taken_in` numbers were given out.
    """
    posting.advance(consultation, serial=taken_in, standing=steps.get("standing", 0))
    posting.tally(consultation.id, {of: step for of, step in steps.items() if isinstance(of, str)})
    posting.count_articles(consultation.id, {of: step for of, step in steps.items() if isinstance(of, tuple)})


def _before_deadline(at: datetime, consultation: Consultation) -> None:
    if is_late(at, consultation.public_until):
        raise Refusal(_("本次征求意见已经截止，意见已经留存，不能再改或撤回。如有不妥，请联系联络员。"))


def withdraw_remark(actor: Actor, remark: Remark) -> None:
    """Take one's remark back before the deadline: hidden and not counted, the original and its leaf stay."""
    with act(actor, Act.WITHDRAW_REMARK, on=remark) as record:
        _before_deadline(record.at, remark.consultation)
        _end(record, remark, "withdrawn")
        record.about("remark", remark.public_number)


def replace_remark(actor: Actor, remark: Remark, words: Words) -> Receipt:
    """Say it anew before the deadline: a new remark names the one it replaces, both are kept."""
    words = typed(words)
    consultation = remark.consultation
    with act(actor, Act.REPLACE_REMARK, on=remark) as record:
        first = first_of(record, consultation, words)
        if first is not None:
            return first
        _before_deadline(record.at, consultation)
        _end(record, remark, "replaced")
        origin = Origin(
            category=remark.category, author_id=remark.author_id, show_name=remark.show_name, private=remark.private
        )  # fmt: skip
        given = add(record, consultation, words, origin, replaces=remark.id)
        record.about("remark", remark.public_number)
        record.note(by=public_number(record.at, given.number))
    return given


def _end(record: Record, remark: Remark, state: str) -> None:
    if remark.state != "current":
        raise Refusal(_("这条意见已经撤回或改写过了。"))
    remark.state, remark.ended_at, remark.released_at = state, record.at, None
    own, *later = links.articles_of(remark.version_id, remark.uid) or (None,)
    facts = {name: getattr(remark, name) for name in ("late", "attitude", "channel", "place")}
    steps = Counter({of: -n for of, n in standing_of(facts, own).items()})
    if not remark.late:
        steps.update({(article, remark.attitude): -1 for article in later if article is not None})
    steps["ended"] += 1
    count(remark.consultation, steps)
    record.index("remark", remark.id)
