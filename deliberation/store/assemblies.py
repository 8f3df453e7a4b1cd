"""Which assembly a body is, and the way of deciding a vote was called under."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db
from deliberation.store.votes import Vote


class AssemblyOf(Row):
    """The procedure whose assembly a body is: a villagers' assembly, a residents' assembly, a joint meeting."""

    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), primary_key=True)
    procedure: Mapped[str] = mapped_column(String(40))


class VoteWay(Row):
    """The procedure and the way of deciding a vote goes by, whom it counts, and what it brings forth."""

    __table_args__ = (
        CheckConstraint("result IN ('decision', 'party', 'opinion')", name="result"),
        CheckConstraint("unit IN ('person', 'household')", name="unit"),
    )
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    procedure: Mapped[str] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(10))
    result: Mapped[str] = mapped_column(String(10))


def kind_of(council_id: int) -> str:
    """The key of the procedure whose assembly a body is; empty for a panel or a council."""
    found = db.session.get(AssemblyOf, council_id)
    return found.procedure if found else ""


def way_of(vote: Vote) -> VoteWay | None:
    """The way of deciding of an assembly's vote; None for a panel's or a council's."""
    return db.session.get(VoteWay, vote.id) if vote.council.kind == "assembly" else None
