"""Making, replacing, withdrawing, releasing remarks: exactly once, verbatim, with a receipt at once."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.fingerprints import remark_content, remark_facts, remark_sha256
from deliberation.domain.openings import is_late, office_may_enter
from deliberation.domain.remarks import CHANNELS, ENDINGS, Origin, Words
from deliberation.keys.receipts import code_for
from deliberation.keys.tokens import receipt_digest
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.placing import Placed, place_in
from deliberation.services.sessions import key as receipt_key
from deliberation.store import drafts, remarks
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import ArticleCount
from deliberation.store.remarks import Remark


@dataclass(frozen=True)
class Receipt:
    """What the author is told at once: the remark, its secret code, whether this was a repetition."""

    remark: Remark
    code: str
    again: bool = False


def make_remark(
    actor: Actor, consultation: Consultation, words: Words, *, category: str = "", show_name: bool = False
) -> Receipt:
    """Make one's own remark. After the public's deadline it is kept, marked late, apart from the others."""
    words = words.checked(limit())
    with act(actor, Act.MAKE_REMARK, on=consultation) as record:
        first = _first(record, consultation, words)
        if first is not None:
            return first
        origin = Origin(category=category, author_id=who(actor), show_name=show_name)
        remark = add(record, consultation, words, origin)
        record.no_leaf_of_its_own()
    return Receipt(remark, _code(consultation, words.key))


def record_remark(actor: Actor, consultation: Consultation, words: Words, origin: Origin) -> Receipt:
    """Enter what somebody said or wrote elsewhere; until the office's deadline, for what came in time."""
    words = words.checked(limit())
    if origin.channel not in CHANNELS:
        raise Refusal(_("请选择意见是怎么来的。"), field="channel")
    with act(actor, Act.RECORD_REMARK, on=consultation) as record:
        first = _first(record, consultation, words)
        if first is not None:
            return first
        received = origin.received_at or record.at
        office_may_enter(record.at, consultation.office_until, received, consultation.public_until)
        remark = add(record, consultation, words, origin)
        record.no_leaf_of_its_own()
    return Receipt(remark, _code(consultation, words.key))


def limit() -> int:
    """The longest field of a remark, in characters."""
    return int(current_app.config["MAX_REMARK_CHARACTERS"])


def _code(consultation: Consultation, key: str) -> str:
    return code_for(receipt_key(), consultation.id, key)


def _first(record: Record, consultation: Consultation, words: Words) -> Receipt | None:
    """A key that was used: the same words get the first answer, other words a Conflict."""
    first = remarks.by_key(consultation.id, words.key)
    if first is None:
        return None
    record.nothing()
    said = (first.text, first.wording, first.reason, first.attitude, first.quote)
    if said != (words.text, words.wording, words.reason, words.attitude, words.quote):
        raise Conflict(_("这一页刚才已经提交过另一条意见（编号 %(number)s）。下面是您这次写的，确认后可以作为新的一条再提交。"),
                       number=first.public_number, first=first)  # fmt: skip
    return Receipt(first, _code(consultation, words.key), again=True)


def add(
    record: Record, consultation: Consultation, words: Words, origin: Origin, placed: Placed | None = None
) -> Remark:
    """The row, its counters and its leaf, inside an act. `words` are checked already."""
    placed = placed or place_in(consultation, words)
    consultation.remark_serial += 1
    consultation.remark_count += 1
    received = origin.received_at or record.at
    remark = Remark(
        consultation_id=consultation.id, consultation=consultation, number=consultation.remark_serial, key=words.key,
        version_id=placed.version_id, place=words.place, uid=placed.uid, eid=placed.eid,
        article_eid=placed.article_eid, quote=words.quote, quote_prefix=placed.prefix, quote_suffix=placed.suffix,
        stood=placed.stood, attitude=words.attitude, text=words.text, wording=words.wording, reason=words.reason,
        sha256=remark_sha256(words.text), channel=origin.channel, origin=origin.source, category=origin.category,
        author_id=origin.author_id, said_by=origin.said_by or None, contact=origin.contact or None,
        typed_by_id=who(record.actor) if origin.author_id != who(record.actor) else None, show_name=origin.show_name,
        made_at=received, received_at=received, late=is_late(received, consultation.public_until),
        receipt_digest=receipt_digest(_code(consultation, words.key), receipt_key()), meeting_id=origin.meeting_id,
        leaf_index=0,
    )  # fmt: skip
    content = remark_content(_facts(remark, placed.version_digest))
    remark.leaf_index = record.leaf(record.act, "remark", remark.public_number, content=content)
    db.session.add(remark)
    _count(consultation, placed.article_id, words.attitude, 1)
    db.session.flush()
    record.index("remark", remark.id)
    return remark


def _facts(remark: Remark, version_digest: str) -> dict[str, str | None]:
    return remark_facts(
        version_digest=version_digest, eid=remark.eid, attitude=remark.attitude, text=remark.text,
        quote=remark.quote, wording=remark.wording, reason=remark.reason,
    )  # fmt: skip


def _count(consultation: Consultation, article_id: int | None, attitude: str, step: int) -> None:
    """Counters are kept when a remark comes or goes, never counted at reading."""
    if article_id is None:
        return
    row = drafts.counts(consultation.id, article_id)
    if row is None:
        row = ArticleCount(
            consultation_id=consultation.id,
            provision_id=article_id,
            remarks=0,
            support=0,
            amend=0,
            oppose=0,
            no_view=0,
        )
        db.session.add(row)
    row.remarks += step
    setattr(row, attitude, getattr(row, attitude) + step)


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
    words = words.checked(limit())
    consultation = remark.consultation
    with act(actor, Act.REPLACE_REMARK, on=remark) as record:
        first = _first(record, consultation, words)
        if first is not None:
            return first
        _before_deadline(record.at, consultation)
        _end(record, remark, "replaced")
        origin = Origin(category=remark.category, author_id=remark.author_id, show_name=remark.show_name)
        made = add(record, consultation, words, origin)
        made.replaces_id = remark.id
        record.about("remark", remark.public_number)
        record.note(by=made.public_number)
    return Receipt(made, _code(consultation, words.key))


def _end(record: Record, remark: Remark, state: str) -> None:
    if remark.state != "current":
        raise Refusal(_("这条意见已经撤回或改写过了。"))
    remark.state, remark.ended_at = state, record.at
    article = drafts.at(remark.version_id, remark.article_eid) if remark.article_eid else None
    remark.consultation.remark_count -= 1
    _count(remark.consultation, article.id if article else None, remark.attitude, -1)
    record.index("remark", remark.id)


def release_remark(actor: Actor, remark: Remark, *, show: bool) -> None:
    """Let everyone who may read the consultation see this remark, nameless; or take that back."""
    with act(actor, Act.RELEASE_REMARK, on=remark) as record:
        remark.released_at = record.at if show else None
        record.about("remark", remark.public_number)
        record.note(released=show)
        record.index("remark", remark.id)


def settle_remark(actor: Actor, remark: Remark, ending: str | None, reason: str = "") -> None:
    """Say what becomes of a remark that is not merged: annexed verbatim, unrelated or referred (with reason)."""
    if ending is not None and ending not in ENDINGS:
        raise Refusal(_("请选择这条意见怎么处理。"), field="ending")
    if ending in {"unrelated", "referred"} and not reason.strip():
        raise Refusal(_("请写明理由：为什么与草案无关，或者转给哪个部门。"), field="reason")
    with act(actor, Act.SETTLE_REMARK, on=remark) as record:
        remark.ending, remark.ending_reason = ending, reason
        record.about("remark", remark.public_number)
        record.note(ending=ending or "")
