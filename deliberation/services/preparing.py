"""Preparing a meeting: the plan counted back from the report's deadline, its steps moved and done by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.preparing import Counted, Standing, count_back, propose_meeting, warnings
from deliberation.domain.procedures import Deadline
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.calendars import calendar_of
from deliberation.services.procedures import lit
from deliberation.store import preparing as rows
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.preparing import PlanStep, Preparation

MOST_STEPS = 60


@dataclass(frozen=True)
class Wish:
    """How an office means to meet: under which procedure, on which day."""

    procedure: str
    meeting_on: date


def proposed(consultation: Consultation, today: date, procedure: str = "symposium") -> date:
    """A day for the meeting that leaves time for notice and report."""
    deadlines = _deadlines(consultation.office_id, procedure)
    return propose_meeting(calendar_of(consultation.office_id), today, report_day(consultation), deadlines)


def report_day(consultation: Consultation) -> date:
    """The day the report is due."""
    return local(consultation.task.report_due_at).date()


def _deadlines(office_id: int, procedure: str) -> Sequence[Deadline]:
    known = lit(office_id).get(procedure)
    return known.deadlines if known else ()


def plan(actor: Actor, consultation: Consultation, wish: Wish, meeting: Meeting | None = None) -> Preparation:
    """Count the plan back, or count it anew: steps done, moved or added by hand stay as they are."""
    if wish.procedure not in lit(consultation.office_id):
        raise Refusal(_("请选择本联系点在用的会议程序。"), field="procedure")
    with act(actor, Act.PLAN_STEPS, on=consultation) as record:
        if meeting is not None and meeting.consultation_id != consultation.id:
            raise Refusal(_("这次会不是为这部草案开的，请重新选择。"))
        counted = count_back(
            calendar_of(consultation.office_id), wish.meeting_on, report_day(consultation),
            _deadlines(consultation.office_id, wish.procedure),
        )  # fmt: skip
        made = rows.of_consultation(consultation.id) or Preparation(
            consultation_id=consultation.id, made_at=record.at
        )
        made.procedure, made.meeting_on = wish.procedure, wish.meeting_on
        made.meeting_id = meeting.id if meeting else made.meeting_id
        db.session.add(made)
        db.session.flush()
        _put(made, counted)
        record.about("preparation", consultation.slug)
        record.note(procedure=wish.procedure, meeting_on=wish.meeting_on.isoformat(), steps=len(counted))
    return made


def follow(actor: Actor, consultation: Consultation, meeting: Meeting) -> Preparation | None:
    """Count the plan from a meeting that was called or moved. Nothing where no plan was made: nobody is given one unasked."""
    if rows.of_consultation(consultation.id) is None or meeting.procedure not in lit(consultation.office_id):
        return None
    return plan(actor, consultation, Wish(meeting.procedure, local(meeting.starts_at).date()), meeting)


def _put(made: Preparation, counted: Sequence[Counted]) -> None:
    had = {one.key: one for one in made.steps}
    for position, one in enumerate(counted, 1):
        row = had.pop(one.key, None)
        if row is None:
            row = PlanStep(
                preparation_id=made.id, key=one.key, name=one.name, who=one.who, position=position, due_on=one.on
            )  # fmt: skip
            made.steps.append(row)
        elif row.done_at is None and not row.moved:
            row.due_on = one.on
        row.position, row.counted_on = position, one.on
    for row in had.values():
        if row.counted_on is not None and row.done_at is None:
            made.steps.remove(row)
            db.session.delete(row)
    db.session.flush()


def tick(actor: Actor, step: PlanStep, done: bool) -> None:
    """A step is done, or after all it is not."""
    with act(actor, Act.PLAN_STEPS, on=step) as record:
        if (step.done_at is not None) == done:
            record.nothing()
            return
        step.done_at = record.at if done else None
        step.done_by_id = actor.person.id if done and actor.person else None
        _noted(record, step)
        record.note(done=done)


def change_step(actor: Actor, step: PlanStep, on: date, who: str = "", name: str = "") -> None:
    """Another day, another person; a step added by hand may get another name."""
    with act(actor, Act.PLAN_STEPS, on=step) as record:
        if len(who.strip()) > 60 or len(name.strip()) > 120:
            raise Refusal(_("写得太长，请不超过 60 个字。"), field="who")
        step.due_on = on
        step.who = who.strip() or step.who
        if step.counted_on is None and name.strip():
            step.name = name.strip()
        _noted(record, step)
        record.note(on=on.isoformat())


def count_again(actor: Actor, step: PlanStep) -> None:
    """Back to the day that was counted."""
    with act(actor, Act.PLAN_STEPS, on=step) as record:
        if step.counted_on is None:
            raise Refusal(_("这一步是自己加的，没有推算的日子。"))
        step.due_on = step.counted_on
        _noted(record, step)
        record.note(on=step.due_on.isoformat())


def add_step(actor: Actor, consultation: Consultation, name: str, on: date, who: str = "") -> PlanStep:
    """One more step of the office's own."""
    if not name.strip():
        raise Refusal(_("请写这一步做什么。"), field="name")
    if len(name.strip()) > 120 or len(who.strip()) > 60:
        raise Refusal(_("写得太长，请不超过 60 个字。"), field="name")
    with act(actor, Act.PLAN_STEPS, on=consultation) as record:
        made = rows.of_consultation(consultation.id)
        if made is None:
            raise Refusal(_("请先推算会前安排，再加自己的步骤。"))
        if len(made.steps) >= MOST_STEPS:
            raise Refusal(_("步骤太多了，最多 %(most)s 步。"), most=MOST_STEPS)
        last = max((one.position for one in made.steps), default=0)
        step = PlanStep(
            preparation_id=made.id, key=f"own-{last + 1}", name=name.strip(), who=who.strip(), position=last + 1, due_on=on
        )  # fmt: skip
        made.steps.append(step)
        db.session.flush()
        _noted(record, step)
        record.note(on=on.isoformat())
    return step


def _noted(record: Record, step: PlanStep) -> None:
    record.about("preparation", step.preparation.consultation.slug)
    record.note(step=step.key)


def doubts(made: Preparation, today: date) -> tuple[Said, ...]:
    """What in the plan does not fit, one sentence each."""
    steps = [Standing(one.key, one.name, one.due_on, one.done_at is not None) for one in made.steps]
    report = report_day(made.consultation)
    return warnings(calendar_of(made.office_id), today, made.meeting_on, report, steps)
