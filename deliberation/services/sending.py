"""What is frozen when a report is submitted: ours as the door saw it, what was really sent, its stamped scan; compared."""

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from deliberation import clock
from deliberation.domain import returned
from deliberation.domain.comparison import Run
from deliberation.domain.errors import Refusal, _
from deliberation.formats import READERS
from deliberation.formats.limits import check_size
from deliberation.formats.official_docx import write as write_report
from deliberation.formats.sniffing import OLE, kind_of
from deliberation.formats.wording_diff import differences as word_runs
from deliberation.services import dossiers, standstill
from deliberation.services.acts import Record
from deliberation.services.files import Upload, keep, not_secret, read, scan_type
from deliberation.services.standstill import Stand
from deliberation.store import editions, people
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.reports import EarlierSending, Report

PACKED = (b"PK", OLE)  # a locked .docx and an old .doc say so themselves
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Papers:
    """What comes with a step: the signed sheet of an approval; the final document and the stamped scan of a submission."""

    sheet: Upload | None = None
    final: Upload | None = None
    scan: Upload | None = None


@dataclass(frozen=True)
class Sending:
    """What is frozen when a report is submitted, and how far the logs were when it was read."""

    stood: Stand
    ours: bytes
    final: Upload | None
    scan: Upload | None
    scan_type: str

    @classmethod
    def prepared(cls, report: Report, papers: Papers) -> "Sending":
        """Our report as it stands now; the documents that come back, checked against it."""
        kind = scan_type(papers.scan) if papers.scan else ""
        stood = standstill.stand(report.consultation)
        ours = made_here(report.consultation)
        if papers.final:
            differences(report.consultation, ours, papers.final)
        return cls(stood, ours, papers.final, papers.scan, kind)

    def freeze(self, record: Record, report: Report) -> None:
        """Keep them all; their sums stand in the leaf."""
        office, name = report.consultation.office, f"report-{report.round}"
        ours = keep(record, office, self.ours, f"{name}.docx", DOCX)
        final = keep(record, office, self.final.data, self.final.name, DOCX) if self.final else None
        scan = keep(record, office, self.scan.data, self.scan.name, self.scan_type) if self.scan else None
        _put_by(report)
        last = editions.last(report.consultation_id)
        report.ours, report.final, report.scan = ours, final, scan
        report.sent_at, report.edition = record.at, last.number if last else None
        record.note(
            ours=ours.digest, final=final.digest if final else "", scan=scan.digest if scan else "",
            edition=report.edition or 0,
        )  # fmt: skip


def _put_by(report: Report) -> None:
    """What went up before in this round and came back stays beside what goes up now."""
    if report.sent_at is not None and report.ours_id is not None:
        db.session.add(
            EarlierSending(
                report_id=report.id, sent_at=report.sent_at, edition=report.edition,
                ours_id=report.ours_id, final_id=report.final_id, scan_id=report.scan_id,
            )
        )  # fmt: skip


def made_here(one: Consultation) -> bytes:
    """report.docx as it would be made now, public edition: names of those who spoke do not travel in it."""
    made = BytesIO()
    write_report(dossiers.dossier_of(one, "public", clock.now()), made)
    return made.getvalue()


def differences(one: Consultation, ours: bytes, final: Upload) -> returned.Comparison:
    """What was changed in a report that came back; a Refusal where it cannot be read or is another's."""
    not_secret(final.name, "final")
    try:
        check_size(final.data)
        if not final.data.startswith(PACKED) or kind_of(final.data, final.name) != ".docx":
            raise Refusal(_("送出的定稿请用 .docx。WPS 里打开，另存为 .docx 再上传。"))
        theirs = _lines(final.data)
    except Refusal as refused:
        refused.field = "final"
        raise
    others = {each.name for each in people.offices()} - {one.office.name}
    return returned.compare(_lines(ours), theirs, one.office.name, others)


def _lines(data: bytes) -> list[str]:
    """Line by line, a table row by row."""
    return [row for line in READERS[".docx"](data).lines for row in line.text.split("\n")]


@dataclass(frozen=True)
class Compared:
    """The differences under their headings in order, each with its words marked; how many there are, how many lines are the
    same; `named`: what was sent has names, so that its annexes are not held against ours."""

    differences: list[tuple[returned.Difference, tuple[Run, ...]]]
    same: int
    named: bool

    def parts(self) -> list[tuple[str, list[tuple[returned.Difference, tuple[Run, ...]]]]]:
        """As they stand in the report: each heading with what differs under it."""
        return [
            (under, list(several)) for under, several in groupby(self.differences, lambda one: one[0].under)
        ]


def compared(report: Report | EarlierSending) -> Compared | None:
    """What was really sent beside what was made here; None where no final document came back."""
    if report.ours is None or report.final is None:
        return None
    found = returned.compare(_lines(read(report.ours)), _lines(read(report.final)))
    return Compared(
        [(one, word_runs(one.ours, one.theirs)) for one in found.differences], found.same, found.named
    )
