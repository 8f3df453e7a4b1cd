"""What a procedure asks before a meeting may be called: that the office uses it, the letter, the days before it."""

from dataclasses import dataclass
from datetime import datetime

from deliberation.clock import local
from deliberation.domain.calendar import before
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.preparing import late
from deliberation.domain.procedures import Procedure
from deliberation.domain.roles import OfficeKind
from deliberation.services.calendars import calendar_of
from deliberation.services.procedures import held
from deliberation.store import people
from deliberation.store import procedures as rows
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office
from deliberation.store.procedures import MeetingTerms

LONGEST = 500


@dataclass(frozen=True)
class Asked:
    """What is asked for: a procedure, a time, the letter behind it, why a deadline cannot be kept."""

    procedure: str
    starts_at: datetime
    letter_id: int | None = None
    late_reason: str = ""


def hold_to(
    about: Consultation | Council | Office, asked: Asked, at: datetime, was: Meeting | None = None
) -> None:
    """Refuse what the office does not use, a hearing without its letter, binding days that have gone by unexplained.

    A meeting called already keeps its procedure though it was switched off since; days kept when it was called stay
    kept unless it is moved forward.
    """
    known = held(about.office_id).get(asked.procedure)
    if was is not None and was.procedure == asked.procedure:
        at = was.made_at if asked.starts_at >= was.starts_at else at
    elif known is not None and not known.lit:
        known = None
    procedure = known.procedure if known else None
    if procedure is None:
        raise Refusal(
            _("本联系点没有启用这种会议程序，请换一种，或者请联络员到“会议程序”里启用。"), field="procedure"
        )
    if procedure.letter_needed:
        _letter(about, asked)
    if len(asked.late_reason) > LONGEST:
        raise Refusal(_("写得太长，请不超过 500 个字。"), field="late_reason")
    gone = missed(about.office_id, procedure, asked.starts_at, at, binding=True)
    if gone and not asked.late_reason.strip():
        raise Refusal(
            _("%(gone)s。请把开会时间改晚，或者写明原因。"), gone=Said(gone[0].msgid, **gone[0].params), field="late_reason"
        )  # fmt: skip


def missed(
    office_id: int, procedure: Procedure, starts_at: datetime, at: datetime, *, binding: bool
) -> tuple[Said, ...]:
    """The deadlines before a meeting that can no longer be kept; `binding`: only those of a statute or a hearing."""
    calendar, day = calendar_of(office_id), local(starts_at).date()
    asked = [one for one in procedure.deadlines if not binding or one.statutory or procedure.letter_needed]
    return tuple(
        Said(
            _("“%(name)s”应在%(by)s以前办，已经来不及"),
            name=Said(one.name), by=before(calendar, day, one.days, one.unit),
        )
        for one in late(calendar, local(at).date(), day, asked)
    )  # fmt: skip


def _letter(about: Consultation | Council | Office, asked: Asked) -> None:
    office = people.office(about.office_id)
    if office is not None and office.kind == OfficeKind.COMMISSION.value:
        return
    kept = rows.letters(about.id) if isinstance(about, Consultation) else ()
    if not any(one.id == asked.letter_id and one.procedure == asked.procedure for one in kept):
        raise Refusal(
            _("听证会、论证会由立法机关举行，联系点要凭委托函才能协助举行。请先登记委托函，再选上它。"), field="letter"
        )  # fmt: skip


def keep_terms(meeting: Meeting, asked: Asked) -> None:
    """Keep the letter and the reason beside the meeting, inside an act; nothing is kept where there is neither."""
    found = rows.terms(meeting.id)
    if found is None:
        if asked.letter_id is None and not asked.late_reason.strip():
            return
        found = MeetingTerms(meeting_id=meeting.id)
        db.session.add(found)
    found.letter_id, found.late_reason = asked.letter_id, asked.late_reason.strip()
    db.session.flush()
