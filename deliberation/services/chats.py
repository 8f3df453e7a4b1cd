"""Messages of a chat group taken in as remarks, in the speakers' own words, all of one paste in one act, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.openings import office_may_enter
from deliberation.domain.remarks import Origin, Words
from deliberation.services import remarks as work
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.store.consultations import Consultation

MOST = 200


@dataclass(frozen=True)
class Taken:
    """One message a person chose: its key, who said it, the words, where they stand, the attitude."""

    key: str
    said_by: str
    text: str
    eid: str = ""
    attitude: str = "no_view"


@dataclass(frozen=True)
class Result:
    """What came of a paste: the receipts of those taken in now, and how many were there already."""

    added: list[work.Receipt]
    there: int


def take_in(
    actor: Actor,
    one: Consultation,
    chosen: Sequence[Taken],
    source: str = "",
    received_at: datetime | None = None,
) -> Result:
    """Take the chosen messages in as remarks by chat. A message pasted again is the same one."""
    if not chosen:
        raise Refusal(_("还没有勾选消息。请勾选算作意见的那些。"))
    if len(chosen) > MOST:
        raise Refusal(_("一次最多收 %(most)s 条，请分几次粘贴。"), most=MOST)
    sheet = [(each, _words(each), _origin(each, source, received_at)) for each in chosen]
    with act(actor, Act.RECORD_REMARK, on=one) as record:
        office_may_enter(record.at, one.office_until, received_at or record.at, one.public_until)
        record.no_leaf_of_its_own()
        there = {words.key: work.first_of(record, one, words) for _each, words, _from in sheet}
        new = [(words, origin) for _each, words, origin in sheet if there[words.key] is None]
        added = [work.add(record, one, words, origin) for words, origin in new]
    return Result(added, len(sheet) - len(added))


def _words(each: Taken) -> Words:
    place = "paragraph" if "__" in each.eid else "article" if each.eid else "whole"
    return work.typed(Words(each.key, each.text, each.attitude, place, each.eid))


def _origin(each: Taken, source: str, received_at: datetime | None) -> Origin:
    origin = Origin(channel="chat", said_by=each.said_by, source=source, received_at=received_at)
    work.sound(origin)
    return origin
