"""换届: a council's term ends, everybody's seat with it; who sat and under what name stays as history."""

from datetime import date

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.store import council_terms, councils
from deliberation.store.council_terms import CouncilTerm
from deliberation.store.councils import Council
from deliberation.store.db import db


def new_term(actor: Actor, council: Council, name: str, until: date | None = None) -> CouncilTerm:
    """End the term on a day: fixed seats become vacant and are filled anew. X stay with their matter."""
    if not name.strip() or len(name) > 60:
        raise Refusal(_("请填写新一届的名称，例如“第七届”，不超过 60 个字。"), field="name")
    with act(actor, Act.CHANGE_COUNCIL, on=council) as record:
        today = local(record.at).date()
        day = until or today
        if day > today:
            raise Refusal(_("日期在将来，请核对。"), field="until")
        if name.strip() == council.term:
            raise Refusal(_("新一届的名称和这一届一样，请核对。"), field="name")
        voting = [one for one in councils.matters(council.id) if one.state == "deliberating"]
        if voting:
            raise Refusal(
                _("“%(title)s”正在协商，请先办完或者暂缓，再换届。"), title=voting[0].title, field="name"
            )
        held = [one for one in councils.holders(council.id) if one.seat.fixed]
        if any(one.since > day for one in held):
            raise Refusal(_("有人的任期从这一天以后才开始，请核对日期。"), field="until")
        for one in held:
            one.until, one.ended_for = day, "换届"
        row = CouncilTerm(
            council_id=council.id, name=council.term or "上一届", until=day, sat=len(held), at=record.at, by_id=who(actor)
        )  # fmt: skip
        db.session.add(row)
        council.term = name.strip()
        db.session.flush()
        record.about("council", council.id)
        record.note(ended=len(held), until=day.isoformat())
    return row


def past(council: Council) -> list[CouncilTerm]:
    """The terms that are over, newest first."""
    return list(reversed(council_terms.of_council(council.id)))
