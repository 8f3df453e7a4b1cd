"""The way up: each step of a report with its facts, notes of reviewers, and what was really sent kept beside ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from deliberation import clock
from deliberation.clock import local
from deliberation.domain import returned, way_up
from deliberation.domain.acts import Act
from deliberation.domain.comparison import Run
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.verbatim import verbatim
from deliberation.formats import READERS
from deliberation.formats.official_docx import write as write_report
from deliberation.formats.sniffing import kind_of
from deliberation.formats.wording_diff import differences as word_runs
from deliberation.services import dossiers
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.files import Upload, keep, not_secret, put_bytes, read, scan_type
from deliberation.store import editions, reports, suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.reports import Report, ReportStep, ReviewNote

MOST_FACT, MOST_NOTE = 500, 4_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Papers:
    """What comes with a step: the signed sheet of an approval; the final document and the stamped scan of a submission."""

    sheet: Upload | None = None
    final: Upload | None = None
    scan: Upload | None = None


def begin(actor: Actor, one: Consultation) -> Report:
    """Begin the first round, or a supplementary one after the last was submitted; pressed twice it is one."""
    with act(actor, Act.MOVE_REPORT, on=one) as record:
        last = reports.last(one.id)
        if last is not None and last.state != way_up.SUBMITTED:
            record.nothing()
            return last
        if one.phase not in {"consolidating", "reported"}:
            raise Refusal(_("征集结束、转入整理归并以后，才能走报送流程。"))
        if one.phase == "reported":
            one.phase = "consolidating"  # what is added for the supplement must be merged
        made = Report(
            consultation_id=one.id, round=last.round + 1 if last else 1, state=way_up.FIRST, made_at=record.at
        )
        db.session.add(made)
        db.session.flush()
        db.session.add(
            ReportStep(report_id=made.id, state=made.state, facts={}, at=record.at, by_id=who(actor))
        )
        record.about("report", made.round)
    return made


def facts_needed(report: Report, to: str) -> tuple[str, ...]:
    """What a person fills in for a step."""
    return way_up.COURSE.states[report.state].then.get(to, ())


def move(
    actor: Actor,
    report: Report,
    to: str,
    facts: Mapping[str, object],
    papers: Papers = Papers(),  # noqa: B008 - a frozen value
    *,
    seen: str | None = None,
) -> Report:
    """Take a lawful step. An approval on the screen is the responsible person's own; on paper it needs the signed sheet."""
    _sound(facts)
    sheet_type = scan_type(papers.sheet) if papers.sheet else ""
    sending = _Sending.prepared(report, papers) if to == way_up.SUBMITTED else None
    with act(actor, _act(to, facts), on=report) as record:
        if seen is not None and seen != report.state:
            raise Conflict(
                _("报告刚才已经由别人办到了“%(step)s”，请看一眼再办。"),
                step=way_up.COURSE.states[report.state].name,
            )
        given = _signed(actor, to, facts, papers)
        state = way_up.COURSE.move(report.state, to, given)
        way_up.check_dates(given, local(record.at).date())
        kept = {name: _plain(given[name]) for name in facts_needed(report, to)}
        was, report.state = report.state, state
        office = report.consultation.office
        sheet = (
            keep(record, office, papers.sheet.data, papers.sheet.name, sheet_type) if papers.sheet else None
        )
        db.session.add(
            ReportStep(
                report_id=report.id, state=state, facts=kept, sheet=sheet, at=record.at, by_id=who(actor)
            )
        )
        record.about("report", report.round)
        record.note(was=was, to=state, sheet=sheet.digest if sheet else "")
        if sending is not None:
            sending.freeze(record, report)
        _follow(report, to)
    return report


def _act(to: str, facts: Mapping[str, object]) -> Act:
    on_screen = to == way_up.APPROVED and facts.get("how") == "screen"
    return Act.APPROVE_REPORT if on_screen else Act.MOVE_REPORT


def _signed(actor: Actor, to: str, facts: Mapping[str, object], papers: Papers) -> dict[str, object]:
    """On the screen whoever presses approves; a sheet must be there where a sheet is spoken of."""
    given = dict(facts)
    if to != way_up.APPROVED:
        return given
    if given.get("how") == "screen" and actor.person is not None:
        given["approved_by"] = actor.person.name
    if given.get("how") not in way_up.HOW:
        raise Refusal(way_up.ASKS["how"], field="how")
    if given["how"] == "sheet" and papers.sheet is None:
        raise Refusal(_("请上传负责人签字的扫描件。"), field="sheet")
    return given


def _follow(report: Report, to: str) -> None:
    """What is submitted is being studied, nothing of it is changed; what came back is worked on again."""
    one = report.consultation
    if to == way_up.SUBMITTED and one.phase in {"collecting", "consolidating"}:
        one.phase = "reported"
    if to == "returned" and one.phase == "reported":
        one.phase = "consolidating"


def _sound(facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        if isinstance(value, str):
            verbatim(value, field=name, limit=MOST_FACT)
    way_up.check_copies(facts.get("copies"))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


@dataclass(frozen=True)
class _Sending:
    """What is frozen when a report is submitted, read and checked before the door is opened."""

    ours: bytes
    final: Upload | None
    scan: Upload | None
    scan_type: str

    @classmethod
    def prepared(cls, report: Report, papers: Papers) -> "_Sending":
        """Our report as it stands now; the documents that come back, checked against it."""
        ours = made_here(report.consultation)
        if papers.final:
            differences(ours, papers.final)
        return cls(ours, papers.final, papers.scan, scan_type(papers.scan) if papers.scan else "")

    def freeze(self, record: Record, report: Report) -> None:
        """Keep them all; their sums stand in the leaf."""
        office, name = report.consultation.office, f"report-{report.round}"
        ours = keep(record, office, self.ours, f"{name}.docx", DOCX)
        final = keep(record, office, self.final.data, self.final.name, DOCX) if self.final else None
        scan = keep(record, office, self.scan.data, self.scan.name, self.scan_type) if self.scan else None
        last = editions.last(report.consultation_id)
        report.ours, report.final, report.scan = ours, final, scan
        report.sent_at, report.edition = record.at, last.number if last else None
        record.note(
            ours=ours.digest, final=final.digest if final else "", scan=scan.digest if scan else "",
            edition=report.edition or 0,
        )  # fmt: skip


def made_here(one: Consultation) -> bytes:
    """report.docx as it would be made now, public edition: names of those who spoke do not travel in it."""
    made = BytesIO()
    write_report(dossiers.dossier_of(one, "public", clock.now()), made)
    return made.getvalue()


def differences(ours: bytes, final: Upload) -> returned.Comparison:
    """What was changed in a report that came back; a Refusal where it cannot be read or is another's."""
    not_secret(final.name, "final")
    try:
        if kind_of(final.data, final.name) != ".docx":
            raise Refusal(_("送出的定稿请用 .docx。WPS 里打开，另存为 .docx 再上传。"))
        theirs = _lines(final.data)
    except Refusal as refused:
        refused.field = "final"
        raise
    return returned.compare(_lines(ours), theirs)


def _lines(data: bytes) -> list[str]:
    return [line.text for line in READERS[".docx"](data).lines]


@dataclass(frozen=True)
class Compared:
    """The differences in order, each with its words marked, and how many lines are the same."""

    differences: list[tuple[returned.Difference, tuple[Run, ...]]]
    same: int


def compared(report: Report) -> Compared | None:
    """What was really sent beside what was made here; None where no final document came back."""
    if report.ours is None or report.final is None:
        return None
    found = returned.compare(_lines(read(report.ours)), _lines(read(report.final)))
    return Compared([(one, word_runs(one.ours, one.theirs)) for one in found.differences], found.same)


def bring_back(actor: Actor, report: Report, papers: Papers) -> Report:
    """The final document or the stamped scan came after the submission was registered: kept once, never exchanged."""
    if papers.final is None and papers.scan is None:
        raise Refusal(_("请选择定稿（.docx）或盖章的扫描件。"), field="final")
    kind = scan_type(papers.scan) if papers.scan else ""
    if papers.final is not None and report.ours is not None:
        differences(read(report.ours), papers.final)
    with act(actor, Act.MOVE_REPORT, on=report) as record:
        if report.state != way_up.SUBMITTED:
            raise Refusal(_("还没有办报送登记。请先登记，再传送出的文件。"))
        for name, upload, media in (("final", papers.final, DOCX), ("scan", papers.scan, kind)):
            if upload is None:
                continue
            kept = getattr(report, name)
            if kept is not None and kept.digest != put_bytes(upload.data):
                raise Conflict(_("送出的文件已经存档，不能换。有改动请作补充报送。"), field=name)
            if kept is None:
                setattr(
                    report, name, keep(record, report.consultation.office, upload.data, upload.name, media)
                )
                record.note(**{name: getattr(report, name).digest})
        record.about("report", report.round)
    return report


def say(actor: Actor, report: Report, text: str, suggestion: int | None, key: str) -> ReviewNote:
    """A reviewer's note on one suggestion, or on the whole."""
    text = verbatim(text, field="text", limit=MOST_NOTE)
    if not text.strip():
        raise Refusal(_("请写下您的核稿意见。"), field="text")
    if not 8 <= len(key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    with act(actor, Act.REVIEW_REPORT, on=report) as record:
        first = reports.note_by_key(report.id, key)
        if first is not None:
            record.nothing()
            return first
        if report.state != way_up.REVIEWING:
            raise Refusal(_("现在不在核稿，意见没有记下。请联系联络员。"))
        if suggestion is not None and suggestions.by_number(report.consultation_id, suggestion) is None:
            raise Refusal(_("没有这条建议，请重新选择。"), field="suggestion")
        made = ReviewNote(
            report_id=report.id, key=key, suggestion=suggestion, text=text, at=record.at, by_id=who(actor)
        )
        db.session.add(made)
        db.session.flush()
        record.about("report", report.round)
        record.note(review=made.id, suggestion=suggestion or 0)
    return made


def answer(actor: Actor, note: ReviewNote, text: str) -> ReviewNote:
    """Say what was made of a reviewer's note."""
    text = verbatim(text, field="answer", limit=MOST_NOTE)
    with act(actor, Act.MOVE_REPORT, on=note) as record:
        note.answer = text
        record.about("report", note.report.round)
        record.note(review=note.id, answered=bool(text.strip()))
    return note
