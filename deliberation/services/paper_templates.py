"""A meeting's papers from templates: the office's own or the shipped one, as .docx, as text and as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.dossier_words import day, minute
from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Item, Para
from deliberation.domain.paper_templates import KINDS, TITLES, Values, as_text, fill_parts, filled, shipped
from deliberation.domain.printed_papers import paper_parts, paper_title, unmarked, weekday
from deliberation.domain.procedures import Result
from deliberation.domain.report import book_marked
from deliberation.formats import paper_template_docx, papers_docx
from deliberation.services import attendance as sheets
from deliberation.services import files, papers
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.councils import label
from deliberation.services.files import Upload, keep
from deliberation.services.placing import full_text
from deliberation.services.procedures import named
from deliberation.store import drafts, meetings, preparing
from deliberation.store import paper_templates as rows
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.paper_templates import PaperTemplate
from deliberation.store.people import Office

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NATURE: Mapping[Result, str] = {
    Result.VIEWS: "今天的会只听取意见，不作表决。",
    Result.OPINION: "今天的会是协商，形成的是协商意见，不是会议决定。",
}


@dataclass(frozen=True)
class Paper:
    """A paper as it will look: its title, its parts, and whether the office's own template made it."""

    title: str
    parts: Sequence[Item]
    own: bool

    @property
    def text(self) -> str:
        """The same as lines to be copied."""
        return as_text(self.parts)


def known(kind: str) -> str:
    """A kind of paper; a KeyError for any other word."""
    if kind not in KINDS:
        raise KeyError(kind)
    return kind


def paper(meeting: Meeting, kind: str) -> Paper:
    """One of KINDS for a meeting: from the office's own template where there is one."""
    own = own_template(meeting.office_id, known(kind))
    if own is not None:
        parts: Sequence[Item] = paper_template_docx.read_parts(paper_template_docx.fill(own, values(meeting)))
        first = next(
            (part.text for part in parts if isinstance(part, Para) and part.text.strip()), KINDS[kind]
        )
        return Paper(first[:80], parts, own=True)
    if kind in papers.PAPERS:
        composed = papers.compose(meeting, kind)
        return Paper(paper_title(composed), list(paper_parts(composed)), own=False)
    given = values(meeting)
    return Paper(filled(TITLES[kind], given), list(fill_parts(shipped(kind), given)), own=False)


def docx(meeting: Meeting, kind: str) -> bytes:
    """The paper as a .docx."""
    own = own_template(meeting.office_id, known(kind))
    if own is not None:
        return paper_template_docx.fill(own, values(meeting))
    if kind in papers.PAPERS:
        return papers.docx(meeting, kind)
    if kind == "cards":
        return paper_template_docx.fill(papers_docx.write_template(kind, mark=mark(meeting)), values(meeting))
    made = paper(meeting, kind)
    return papers_docx.write_parts(made.title, made.parts, made_at=meeting.made_at, mark=mark(meeting))


def png(meeting: Meeting, kind: str) -> bytes:
    """The paper as one picture for a chat group; a Refusal names the fonts that are missing."""
    from deliberation.formats import papers_png

    made = paper(meeting, kind)
    return papers_png.write(made.title, made.parts, mark=mark(meeting))


def mark(meeting: Meeting) -> str:
    """What stands at the head of every paper of the sample."""
    sample = meeting.consultation.sample if meeting.consultation else meeting.office.sample
    return "示例" if sample else ""


def own_template(office_id: int, kind: str) -> bytes | None:
    """The office's own template of a kind."""
    found = rows.current(office_id).get(kind)
    return files.read(found.file) if found is not None and found.file is not None else None


def values(meeting: Meeting) -> Values:
    """What a meeting puts into the placeholders."""
    one = meeting.consultation
    task = one.task if one else None
    procedure = named(meeting.procedure)
    about = book_marked(one.title) if one else meeting.matter.title if meeting.matter else ""
    sheet = meetings.attendance(meeting.id)
    fields = {
        "单位": meeting.office.name, "会议名称": meeting.title, "会议种类": procedure.name, "议题": about,
        "会议性质": NATURE.get(procedure.result, ""), "时间": weekday(meeting.starts_at), "地点": meeting.place,
        "召集人": meeting.convenor, "记录人": meeting.scribe, "法规名称": one.title if one else "",
        "来文单位": task.sender if task else "", "文号": task.letter_number if task else "",
        "报送截止": minute(task.report_due_at) if task else "", "意见截止": minute(one.public_until) if one else "",
        "应到人数": str(sheets.heads(sheet).due), "联系人": meeting.scribe, "电话": meeting.office.hotline,
        "通知日期": day(local(meeting.made_at).date()),
    }  # fmt: skip
    return Values(fields, _lists(meeting, sheet))


def _lists(meeting: Meeting, sheet: Sequence[meetings.Attendance]) -> dict[str, Sequence[Mapping[str, str]]]:
    made = preparing.of_consultation(meeting.consultation_id) if meeting.consultation_id else None
    return {
        "名单": [
            {"序号": str(n), "姓名": one.person.name, "身份": label(one.category)} for n, one in enumerate(sheet, 1)
        ],
        "议程": [{"序号": str(n), "事项": one.title} for n, one in enumerate(meeting.agenda, 1)],
        "条款": _articles(meeting),
        "安排": [
            {"步骤": one.name, "日期": day(one.due_on), "谁来做": one.who} for one in (made.steps if made else ())
        ],
    }  # fmt: skip


def _articles(meeting: Meeting) -> list[dict[str, str]]:
    version = drafts.current(meeting.consultation.task_id) if meeting.consultation else None
    found = [(item, drafts.at(version.id, item.eid)) for item in meeting.agenda if version and item.eid]
    return [
        {
            "条": row.number or item.title,
            "原文": full_text(row),
            "白话": unmarked(row.plain) if row.plain else "",
        }
        for item, row in found
        if row is not None
    ]


def change_template(actor: Actor, office: Office, kind: str, upload: Upload) -> PaperTemplate:
    """Take an office's own template: harmless, every placeholder known, and filled once to see that it can be."""
    _is_kind(kind)
    paper_template_docx.check(upload.data)
    paper_template_docx.read_parts(paper_template_docx.fill(upload.data, Values({})))
    with act(actor, Act.CHANGE_TEMPLATE, on=office) as record:
        kept = keep(record, office, upload.data, upload.name, DOCX)
        made = PaperTemplate(office_id=office.id, kind=kind, file_id=kept.id, at=record.at)
        db.session.add(made)
        db.session.flush()
        record.about("template", kind)
        record.note(office=office.id, digest=kept.digest)
    return made


def restore_template(actor: Actor, office: Office, kind: str) -> None:
    """Use the shipped template again; the office's own stays on record."""
    _is_kind(kind)
    with act(actor, Act.CHANGE_TEMPLATE, on=office) as record:
        found = rows.current(office.id).get(kind)
        if found is None or found.file_id is None:
            record.nothing()
            return
        db.session.add(PaperTemplate(office_id=office.id, kind=kind, at=record.at))
        record.about("template", kind)
        record.note(office=office.id, shipped=True)


def _is_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refusal(_("没有这种材料，请从会议页重新选。"))


def template(kind: str) -> bytes:
    """The shipped template of a kind as a .docx."""
    return papers_docx.write_template(known(kind))
