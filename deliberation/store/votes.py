"""Votes: the question, the roll frozen as rows, ballots, hand counts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council, Matter
from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office, Person
from deliberation.store.suggestions import Suggestion


class Vote(Row):
    """A vote on a suggestion or a matter. From its opening question, subject, rule and roll do not change.

    `subject` is what was put to the vote as it stood (a suggestion's revision, a matter's words); `tally_nine` the count
    without the X, where X voted; `counted_by` and `confirmed_by` are actors' codes as in the log; `sheet_id` the signed
    count sheet. `previous_id` is the round before.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('hands', 'named', 'paper', 'secret')", name="kind"),
        CheckConstraint("(state <> 'cancelled') OR cancelled_reason <> ''", name="cancelled"),
        CheckConstraint("(suggestion_id IS NOT NULL) OR (matter_id IS NOT NULL)", name="about"),
        CheckConstraint("tellers IN (1, 2)", name="tellers"),
        CheckConstraint("opened_at IS NULL OR roll_digest <> ''", name="frozen"),
        CheckConstraint(
            "state NOT IN ('counted', 'confirmed', 'published') OR (tally IS NOT NULL AND counted_by <> '')",
            name="counted",
        ),
        CheckConstraint(
            "state NOT IN ('confirmed', 'published') OR (confirmed_at IS NOT NULL AND (confirmed_by <> '' "
            "OR sheet_id IS NOT NULL))",
            name="confirmed",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    kind: Mapped[str] = mapped_column(String(8))
    question: Mapped[str] = mapped_column(Text)
    round: Mapped[int] = mapped_column(default=1)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("vote.id"), unique=True)
    tellers: Mapped[int] = mapped_column(default=1)
    subject: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    quorum: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    pass_rule: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    rule_name: Mapped[str] = mapped_column(String(200), default="")
    rule_date: Mapped[date | None]
    rule_clause: Mapped[str] = mapped_column(String(80), default="")
    x_votes: Mapped[bool] = mapped_column(default=True)
    recusal_shrinks: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(10), default="draft")
    roll_digest: Mapped[str] = mapped_column(String(64), default="")
    due: Mapped[int] = mapped_column(default=0)
    present: Mapped[int] = mapped_column(default=0)
    tally: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    tally_nine: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    counted_by: Mapped[str] = mapped_column(String(80), default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(String(80), default="")
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]

    office: Mapped[Office] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    council: Mapped[Council] = relationship()
    matter: Mapped[Matter | None] = relationship()
    suggestion: Mapped[Suggestion | None] = relationship()
    sheet: Mapped[StoredFile | None] = relationship()

    @property
    def log_id(self) -> int:
        return self.consultation.log_id if self.consultation else self.office.log_id


class RollRow(Row):
    """One person on the roll, as they stood when the vote opened; a vacant seat where the rule counts seats.

    `votes` false: an X who only speaks. `recusal` is the reason of one who declared an interest. `may_vote` follows
    from these and `present`.
    """

    __table_args__ = (
        UniqueConstraint("vote_id", "person_id"),
        UniqueConstraint("vote_id", "key"),
        CheckConstraint(
            "NOT may_vote OR (present AND votes AND recusal = '' AND person_id IS NOT NULL)", name="may_vote"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    category: Mapped[str] = mapped_column(String(40))
    fixed: Mapped[bool] = mapped_column(default=True)
    present: Mapped[bool] = mapped_column(default=False)
    votes: Mapped[bool] = mapped_column(default=True)
    recusal: Mapped[str] = mapped_column(Text, default="")
    may_vote: Mapped[bool] = mapped_column(default=True)

    vote: Mapped[Vote] = relationship()
    person: Mapped[Person | None] = relationship()


class Ballot(Row):
    """A choice; a change is a new revision, the last one counts. `origin`: one's own page, a paper, called by name."""

    __table_args__ = (
        UniqueConstraint("roll_id", "revision"),
        UniqueConstraint("roll_id", "key"),
        CheckConstraint("revision > 0", name="revision"),
        CheckConstraint("origin IN ('page', 'paper', 'called')", name="origin"),
        CheckConstraint("choice IN ('for', 'against', 'abstain')", name="choice"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    roll_id: Mapped[int] = mapped_column(ForeignKey("roll_row.id"))
    revision: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    choice: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str] = mapped_column(String(8), default="page")
    cast_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    roll: Mapped[RollRow] = relationship()


class HandCount(Row):
    """One teller's count of a show of hands; a recount is a new row. `present` is how many had a vote."""

    __table_args__ = (UniqueConstraint("vote_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    teller: Mapped[str] = mapped_column(Sealed("hand_count.teller"))
    present: Mapped[int]
    for_: Mapped[int] = mapped_column("for_count")
    against: Mapped[int]
    abstain: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def get(vote_id: int) -> Vote | None:
    """A vote by id, with what its pages name: office, meeting, council, what it is about."""
    return db.session.scalars(
        select(Vote)
        .where(Vote.id == vote_id)
        .options(
            joinedload(Vote.office).joinedload(Office.parent),
            joinedload(Vote.consultation).joinedload(Consultation.task),
            joinedload(Vote.meeting),
            joinedload(Vote.council),
            joinedload(Vote.matter),
        )
    ).one_or_none()


def after(vote_id: int) -> Vote | None:
    """The round that followed, if there is one."""
    return db.session.scalars(select(Vote).where(Vote.previous_id == vote_id)).one_or_none()


def of_office(office_id: int) -> Sequence[Vote]:
    """The votes of an office, newest first."""
    return db.session.scalars(select(Vote).where(Vote.office_id == office_id).order_by(Vote.id.desc())).all()


def of_consultation(consultation_id: int) -> Sequence[Vote]:
    """The votes of a consultation in order."""
    return db.session.scalars(
        select(Vote).where(Vote.consultation_id == consultation_id).order_by(Vote.id)
    ).all()


def of_meeting(meeting_id: int) -> Sequence[Vote]:
    """The votes of a meeting in order."""
    return db.session.scalars(select(Vote).where(Vote.meeting_id == meeting_id).order_by(Vote.id)).all()


def of_matter(matter_id: int) -> Sequence[Vote]:
    """The votes on a matter in order."""
    return db.session.scalars(select(Vote).where(Vote.matter_id == matter_id).order_by(Vote.id)).all()


def roll(vote_id: int) -> Sequence[RollRow]:
    """The frozen roll in order, with persons."""
    return db.session.scalars(
        select(RollRow)
        .where(RollRow.vote_id == vote_id)
        .order_by(RollRow.position)
        .options(joinedload(RollRow.person))
    ).all()


def roll_row_by_id(roll_id: int) -> RollRow | None:
    """A row of a roll by id."""
    return db.session.get(RollRow, roll_id)


def roll_row(vote_id: int, person_id: int) -> RollRow | None:
    """A person's row on a roll."""
    return db.session.scalars(
        select(RollRow).where(RollRow.vote_id == vote_id, RollRow.person_id == person_id)
    ).one_or_none()


def ballots(vote_id: int) -> Sequence[Ballot]:
    """Every ballot of a vote, all revisions, in order."""
    return db.session.scalars(
        select(Ballot)
        .join(RollRow)
        .where(RollRow.vote_id == vote_id)
        .order_by(Ballot.roll_id, Ballot.revision)
    ).all()


def ballots_of(roll_id: int) -> Sequence[Ballot]:
    """One row's ballots, oldest first."""
    return db.session.scalars(select(Ballot).where(Ballot.roll_id == roll_id).order_by(Ballot.revision)).all()


def hand_counts(vote_id: int) -> Sequence[HandCount]:
    """The tellers' counts in order."""
    return db.session.scalars(
        select(HandCount).where(HandCount.vote_id == vote_id).order_by(HandCount.id)
    ).all()


def turnout(vote_id: int) -> int:
    """How many rows of the roll have cast."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(Ballot.roll_id))).join(RollRow).where(RollRow.vote_id == vote_id)
        )
        or 0
    )


def waiting_for(person_id: int) -> Sequence[Vote]:
    """Open named votes on whose roll a person stands and has not cast."""
    cast = select(Ballot.roll_id)
    return db.session.scalars(
        select(Vote)
        .join(RollRow, RollRow.vote_id == Vote.id)
        .where(Vote.state == "open", Vote.kind == "named", RollRow.person_id == person_id, RollRow.may_vote)
        .where(RollRow.id.not_in(cast))
        .order_by(Vote.id)
    ).all()
