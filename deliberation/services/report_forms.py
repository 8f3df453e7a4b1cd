"""How the report is headed and signed: 便函 or 红头, 主送, 发文字号, 签发人, 抄送, 成文日期, 联系人. No seal is ever drawn."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.dossier import Person, Signature
from deliberation.domain.errors import Refusal, _
from deliberation.domain.names import straight
from deliberation.services import files
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.store import report_forms
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.report_forms import ReportForm

LONGEST = {"number": 80, "signer": 40, "addressee": 120, "copies": 1_000, "contact": 40, "phone": 40}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a person may set; all of it may be empty."""

    red_head: bool = False
    number: str = ""
    signer: str = ""
    addressee: str = ""
    copies: str = ""
    signed_on: date | None = None
    contact: str = ""
    phone: str = ""


def heading(one: Consultation) -> Heading:
    """As it is set now."""
    row = report_forms.of_consultation(one.id)
    if row is None:
        return Heading()
    return Heading(
        row.red_head, row.number, row.signer or "", row.addressee, row.copies, row.signed_on, row.contact or "",
        row.phone or "",
    )  # fmt: skip


def arrange(actor: Actor, one: Consultation, wanted: Heading) -> None:
    """Set it; a red head needs its number (GB/T 9704-2012, 7.2.5)."""
    for field, most in LONGEST.items():
        straight(getattr(wanted, field), field=field, limit=most)
        files.not_secret(getattr(wanted, field), field)
    if wanted.red_head and not wanted.number.strip():
        raise Refusal(_("红头文件要有发文字号，例如“×街联〔2026〕3号”。"), field="number")
    with act(actor, Act.ARRANGE_REPORT, on=one) as record:
        row = report_forms.of_consultation(one.id)
        if row is None:
            row = ReportForm(consultation_id=one.id, at=record.at)
            db.session.add(row)
        row.red_head, row.number = wanted.red_head, _numbered(wanted.number)
        row.signer, row.contact = wanted.signer.strip() or None, wanted.contact.strip() or None
        row.phone, row.addressee = wanted.phone.strip() or None, wanted.addressee.strip()
        row.copies, row.signed_on = wanted.copies.strip(), wanted.signed_on
        row.at, row.by_id = record.at, who(actor)
        record.about("report", one.slug)
        record.note(red_head=row.red_head, number=row.number, signed_on=str(row.signed_on or ""))


def _numbered(number: str) -> str:
    """The year in its own brackets 〔〕, whichever were typed (GB/T 9704-2012, 7.2.5)."""
    return re.sub(r"[\[【（(〔［]\s*(\d{4})\s*[\]】）)〕］]", r"〔\1〕", number.strip())


def signature(one: Consultation, at: datetime) -> tuple[str, Signature]:
    """Whom the report goes to, and how it ends."""
    set_ = heading(one)
    contact = Person("联系人", name=set_.contact or None, phone=set_.phone or None) if set_.contact else None
    copies = tuple(part.strip() for part in re.split(r"[，、；;,\n]", set_.copies) if part.strip())
    made = Signature(
        on=set_.signed_on or local(at).date(), number=set_.number, signer=set_.signer, contact=contact,
        red_head=set_.red_head, copies_to=copies,
    )  # fmt: skip
    return set_.addressee or one.task.sender, made
