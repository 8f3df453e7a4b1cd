"""Tasks registered from a letter, and the consultations offices open for them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.openings import deadlines_in_order
from deliberation.domain.phases import PHASES
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.log import origin_of
from deliberation.store import consultations, drafts
from deliberation.store.consultations import Consultation, Task
from deliberation.store.db import db
from deliberation.store.files import StoredFile
from deliberation.store.log import Log
from deliberation.store.people import Office


@dataclass(frozen=True)
class Letter:
    """What the letter says: 来文单位、文号、收文日期、报送截止、联系人、公开或定向."""

    title: str
    sender: str
    received_on: date
    report_due_at: datetime
    letter_number: str = ""
    contact: str = ""
    openness: str = "open"
    focus: str = ""


@dataclass(frozen=True)
class Terms:
    """How an office consults: both deadlines, whether guests may write, what stands above the draft."""

    public_until: datetime
    office_until: datetime
    guests: bool = False
    panel_shares: bool = False
    lede: str = ""


def register_task(actor: Actor, office: Office, letter: Letter, scan: StoredFile | None = None) -> Task:
    """Register the task a letter brought."""
    for field in ("title", "sender"):
        if not getattr(letter, field).strip():
            raise Refusal(_("请填写法规名称和来文单位。"), field=field)
    with act(actor, Act.REGISTER_TASK, on=office) as record:
        task = Task(
            office_id=office.id, title=letter.title.strip(), sender=letter.sender.strip(),
            letter_number=letter.letter_number.strip(), received_on=letter.received_on,
            report_due_at=letter.report_due_at, contact=letter.contact.strip() or None, openness=letter.openness,
            focus=letter.focus, scan_id=scan.id if scan else None, made_at=record.at,
        )  # fmt: skip
        db.session.add(task)
        db.session.flush()
        record.about("task", task.id)
        record.note(office=office.id, openness=letter.openness, letter=letter.letter_number)
    return task


def take_up(
    actor: Actor, task: Task, office: Office, terms: Terms, *, slug: str = "", sample: bool = False
) -> Consultation:
    """Open an office's consultation for a task; it gets its own address and log."""
    deadlines_in_order(terms.public_until, terms.office_until, task.report_due_at)
    if terms.guests and task.openness != "open":
        raise Refusal(_("定向征求意见不能向不登录的人开放。"), field="guests")
    with act(actor, Act.TAKE_UP_TASK, on=office) as record:
        if consultations.of_task(task.id, office.id) is not None:
            raise Conflict(_("本联系点已经承办这项任务，不用再办一次。"))
        slug = _slug(slug or f"{record.at:%Y}-{task.id}")
        log = Log(origin=origin_of(slug), size=0)
        made = Consultation(
            slug=slug, task_id=task.id, office_id=office.id, log=log, public_until=terms.public_until,
            office_until=terms.office_until, guests=terms.guests, panel_shares=terms.panel_shares, lede=terms.lede,
            sample=sample, made_at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        record.about("consultation", slug)
        record.note(task=task.id, office=office.id)
    return made


def _slug(wish: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-") or "draft"
    taken = consultations.slugs_like(stem)
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, 10_000) if f"{stem}-{n}" not in taken)


def change_terms(actor: Actor, consultation: Consultation, terms: Terms) -> None:
    """Change deadlines and openness; what was, stays in the log."""
    deadlines_in_order(terms.public_until, terms.office_until, consultation.task.report_due_at)
    if terms.guests and consultation.task.openness != "open":
        raise Refusal(_("定向征求意见不能向不登录的人开放。"), field="guests")
    with act(actor, Act.CHANGE_CONSULTATION, on=consultation) as record:
        consultation.public_until, consultation.office_until = terms.public_until, terms.office_until
        consultation.guests, consultation.panel_shares = terms.guests, terms.panel_shares
        consultation.lede = terms.lede
        record.about("consultation", consultation.slug)
        record.note(public_until=terms.public_until.isoformat(), office_until=terms.office_until.isoformat())


def move_phase(actor: Actor, consultation: Consultation, to: str) -> None:
    """Go to another phase, where the present one allows it; collecting needs a published draft."""
    with act(actor, Act.MOVE_PHASE, on=consultation) as record:
        now = PHASES[consultation.phase]
        if to not in now.then:
            raise Refusal(_("现在是“%(phase)s”阶段，不能直接转到那个阶段。"), phase=now.name)
        if to == "collecting" and drafts.current(consultation.task_id) is None:
            raise Refusal(_("还没有公布草案。请先导入草案，核对后公布，再开始征集意见。"))
        consultation.phase = to
        if to == "collecting" and consultation.opened_at is None:
            consultation.opened_at = record.at
        record.about("consultation", consultation.slug)
        record.note(phase=to, was=now.code)
        record.index("consultation", consultation.id)
