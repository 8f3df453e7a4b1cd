"""Comparing what was typed in with the paper it came from: one types, another confirms, or the signed paper is attached."""

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.services import files
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.files import Upload
from deliberation.store import paper_checks
from deliberation.store.db import db
from deliberation.store.paper_checks import PaperCheck
from deliberation.store.remarks import Remark


def check(actor: Actor, remark: Remark, scan: Upload | None = None) -> PaperCheck:
    """Confirm that a remark says what its paper says. Who typed it needs the signed paper; anybody else compares."""
    media_type = files.scan_type(scan) if scan else ""
    if scan is not None:
        files.put_bytes(scan.data)
    with act(actor, Act.CHECK_PAPER, on=remark) as record:
        if remark.channel != "paper":
            raise Refusal(_("这条意见不是从纸上录入的，没有纸质原件要核对。"))
        if paper_checks.of_remark(remark.id) is not None:
            raise Conflict(_("这条意见已经核对过了。"))
        if scan is None and (remark.typed_by_id is None or remark.typed_by_id == who(actor)):
            raise Refusal(_("是您自己录入的，请另一个人核对，或附上填表人签了字的原件。"), field="scan")
        kept = (
            files.keep(record, remark.consultation.office, scan.data, scan.name, media_type) if scan else None
        )
        row = PaperCheck(
            remark_id=remark.id, kind="scan" if kept else "person", file=kept, at=record.at, by_id=who(actor)
        )
        db.session.add(row)
        db.session.flush()
        record.about("remark", remark.number)
        record.note(kind=row.kind, digest=kept.digest if kept else None)
    return row
