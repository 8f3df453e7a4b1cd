"""How a consultation's report is headed and signed: letter or red head, number, signer, copies, day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.columns import Sealed
from deliberation.store.db import Row, db


class ReportForm(Row):
    """One a consultation; until somebody sets it, the report is a letter signed by the office on the day it is made."""

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    red_head: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str] = mapped_column(String(80), default="")
    signer: Mapped[str | None] = mapped_column(Sealed("report_form.signer"))
    addressee: Mapped[str] = mapped_column(String(120), default="")
    copies: Mapped[str] = mapped_column(Text, default="")
    signed_on: Mapped[date | None]
    contact: Mapped[str | None] = mapped_column(Sealed("report_form.contact"))
    phone: Mapped[str | None] = mapped_column(Sealed("report_form.phone"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def of_consultation(consultation_id: int) -> ReportForm | None:
    """How its report is headed and signed, if somebody said."""
    return db.session.get(ReportForm, consultation_id)
