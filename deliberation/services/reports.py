"""The way up: each step of a report with its facts, notes of reviewers, and what was really sent kept beside ours."""

from collections.abc import Mapping
from datetime import date

from deliberation.clock import local
from deliberation.domain import way_up
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.names import straight
from deliberation.domain.verbatim import verbatim
from deliberation.services import standstill
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.files import keep, put_bytes, read, scan_type
from deliberation.services.sending import DOCX, Papers, Sending, differences
from deliberation.store import reports, suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.reports import Report, ReportStep, ReviewNote

MOST_FACT, MOST_NOTE = 500, 4_000
TRIES = 2  # times our report is read before the door; after that inside it
FROZEN = _("报告已经报送，这条核稿意见和怎么处理的随报告存档，不能再改。有新的改动，请作补充报送。")


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
    if to == way_up.SUBMITTED:
        for _attempt in range(TRIES):
            sending = Sending.prepared(report, papers)
            if _step(actor, report, to, facts, papers, seen, sending):
                return report
    _step(actor, report, to, facts, papers, seen)
    return report


def _step(
    actor: Actor, report: Report, to: str, facts: Mapping[str, object], papers: Papers, seen: str | None,
    sending: Sending | None = None,
) -> bool:  # fmt: skip
    """Pass the door; False, and nothing changed, where our report was read before something moved.

    Where it was not read before, it is read inside, so that one who submits never waits for others to stop working.
    """
    sheet_type = scan_type(papers.sheet) if papers.sheet else ""
    with act(actor, _act(to, facts), on=report) as record:
        if seen is not None and seen != report.state:
            raise Conflict(
                _("报告刚才已经由别人办到了“%(step)s”，请看一眼再办。"),
                step=way_up.COURSE.states[report.state].name,
            )
        given = _signed(actor, to, facts, papers)
        state = way_up.COURSE.move(report.state, to, given)
        way_up.check_dates(given, local(record.at).date())
        if sending is not None and standstill.moved(sending.stood):
            record.nothing()
            return False
        kept = {name: _plain(given[name]) for name in facts_needed(report, to)}
        if state == way_up.SUBMITTED:
            (sending or Sending.prepared(report, papers)).freeze(record, report)
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
        _follow(report, to)
    return True


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
            straight(value, field=name, limit=MOST_FACT)
    way_up.check_copies(facts.get("copies"))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def bring_back(actor: Actor, report: Report, papers: Papers) -> Report:
    """The final document or the stamped scan came after the submission was registered: kept once, never exchanged."""
    if papers.final is None and papers.scan is None:
        raise Refusal(_("请选择定稿（.docx）或盖章的扫描件。"), field="final")
    kind = scan_type(papers.scan) if papers.scan else ""
    if papers.final is not None and report.ours is not None:
        differences(report.consultation, read(report.ours), papers.final)
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


def frozen(note: ReviewNote) -> bool:
    """What was said before a submission went up with it and is kept as it was, answer and all, also when it comes back."""
    return note.report.sent_at is not None and note.at <= note.report.sent_at


def answer(actor: Actor, note: ReviewNote, text: str) -> ReviewNote:
    """Say what was made of a reviewer's note."""
    text = verbatim(text, field="answer", limit=MOST_NOTE)
    with act(actor, Act.MOVE_REPORT, on=note) as record:
        if frozen(note):
            raise Refusal(FROZEN)
        note.answer = text
        record.about("report", note.report.round)
        record.note(review=note.id, answered=bool(text.strip()))
    return note
