"""Papers printed for a meeting: 会议通知, 签到表, 意见表, as values and as .docx."""

from collections.abc import Callable

from deliberation.clock import local
from deliberation.domain.dossier import MeetingRow
from deliberation.domain.dossier import Person as Shown
from deliberation.domain.printed_papers import FocusArticle, Notice, OpinionSheet, PrintedPaper, SignInSheet
from deliberation.formats import papers_docx
from deliberation.services import attendance as sheets
from deliberation.services.councils import label
from deliberation.services.minutes import KINDS
from deliberation.services.placing import full_text
from deliberation.store import drafts, meetings
from deliberation.store.meetings import Meeting

PAPERS = ("notice", "sign-in", "opinions")


def compose(meeting: Meeting, which: str) -> PrintedPaper:
    """One of PAPERS for a meeting; a KeyError for any other word."""
    makers: dict[str, Callable[[Meeting], PrintedPaper]] = {
        "notice": _notice,
        "sign-in": _sign_in,
        "opinions": _opinions,
    }
    return makers[which](meeting)


def docx(meeting: Meeting, which: str) -> bytes:
    """The same as a .docx."""
    sample = meeting.consultation.sample if meeting.consultation else meeting.office.sample
    return papers_docx.write(compose(meeting, which), made_at=meeting.made_at, mark="示例" if sample else "")


def _row(meeting: Meeting) -> MeetingRow:
    return MeetingRow(
        title=meeting.title,
        kind=KINDS.get(meeting.procedure, "other"),
        place=meeting.place,
        starts_at=meeting.starts_at,
        convenor=Shown(name=meeting.convenor),
        scribe=Shown(name=meeting.scribe),
        due=sheets.heads(meetings.attendance(meeting.id)).due,
    )


def _contact(meeting: Meeting) -> Shown:
    return Shown(name=meeting.scribe, phone=meeting.office.hotline or None)


def _notice(meeting: Meeting) -> Notice:
    return Notice(
        meeting.office.name,
        _row(meeting),
        draft=meeting.consultation.title if meeting.consultation else "",
        agenda=tuple(one.title for one in meeting.agenda),
        contact=_contact(meeting),
        on=local(meeting.made_at).date(),
    )


def _sign_in(meeting: Meeting) -> SignInSheet:
    roll = tuple(
        Shown(label=label(one.category), category=label(one.category), name=one.person.name)
        for one in meetings.attendance(meeting.id)
    )
    return SignInSheet(meeting.office.name, _row(meeting), roll)


def _opinions(meeting: Meeting) -> OpinionSheet:
    consultation = meeting.consultation
    version = drafts.current(consultation.task_id) if consultation else None
    articles = []
    for item in meeting.agenda:
        found = drafts.at(version.id, item.eid) if version and item.eid else None
        if found is not None:
            articles.append(FocusArticle(found.number or item.title, full_text(found), found.plain))
    return OpinionSheet(
        meeting.office.name,
        consultation.title if consultation else meeting.title,
        tuple(articles),
        until=consultation.public_until if consultation else None,
        contact=_contact(meeting),
    )
