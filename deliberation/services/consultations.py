"""Tasks registered from a letter, and the consultations offices open for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, NotFound, Refusal, _
from deliberation.domain.names import straight
from deliberation.domain.openings import deadlines_in_order
from deliberation.domain.phases import PHASES
from deliberation.domain.verbatim import verbatim
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.files import Upload, keep, not_secret, scan_type
from deliberation.services.log import origin_of
from deliberation.store import bench, consultations, drafts, people, rosters
from deliberation.store.consultations import Consultation, Task
from deliberation.store.db import db
from deliberation.store.files import StoredFile
from deliberation.store.log import Log
from deliberation.store.people import Office

LONGEST = {"title": 300, "sender": 120, "letter_number": 80, "contact": 200, "focus": 10_000}
MOST_LEDE = 2_000


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


def register_task(
    actor: Actor,
    office: Office,
    letter: Letter,
    scan: StoredFile | None = None,
    *,
    scanned: Upload | None = None,
) -> Task:
    """Register the task a letter brought, with the scan of the letter kept as it came."""
    _sound(letter)
    media_type = scan_type(scanned) if scanned else ""
    with act(actor, Act.REGISTER_TASK, on=office) as record:
        if scanned:
            scan = keep(record, office, scanned.data, scanned.name, media_type)
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


def _sound(letter: Letter) -> None:
    """Refuse a letter without title and sender, too long for its columns, out of order, or marked secret."""
    for field in ("title", "sender"):
        if not getattr(letter, field).strip():
            raise Refusal(_("请填写法规名称和来文单位。"), field=field)
    for field, most in LONGEST.items():
        check = verbatim if field == "focus" else straight
        check(getattr(letter, field), field=field, limit=most)
        not_secret(getattr(letter, field), field)
    if letter.openness not in {"open", "directed"}:
        raise Refusal(_("请选公开或者定向。"), field="openness")
    if letter.report_due_at.date() < letter.received_on - timedelta(days=1):
        raise Refusal(_("报送截止早于收文日期，请核对两个日期。"), field="report_due_at")


def change_task(actor: Actor, task: Task, letter: Letter, *, scanned: Upload | None = None) -> None:
    """Correct what was registered; an earlier scan is kept, the newer one is shown."""
    _sound(letter)
    media_type = scan_type(scanned) if scanned else ""
    with act(actor, Act.CHANGE_TASK, on=task) as record:
        _keeps_promises(task, letter)
        was = {name: str(getattr(task, name)) for name in ("report_due_at", "openness", "letter_number")}
        task.title, task.sender = letter.title.strip(), letter.sender.strip()
        task.letter_number, task.contact = letter.letter_number.strip(), letter.contact.strip() or None
        task.received_on, task.report_due_at = letter.received_on, letter.report_due_at
        task.openness, task.focus = letter.openness, letter.focus
        _keep_scan(record, task, scanned, media_type)
        record.about("task", task.id)
        record.note(was=was, openness=letter.openness, due=letter.report_due_at.isoformat())


def _keep_scan(record: Record, task: Task, scanned: Upload | None, media_type: str) -> None:
    if scanned is not None:
        task.scan_id = keep(record, task.office, scanned.data, scanned.name, media_type).id


def _keeps_promises(task: Task, letter: Letter) -> None:
    """What consultations already rest on stays: nobody is let in or shut out afterwards, no deadline is passed by."""
    held = consultations.for_task(task.id)
    if task.openness != letter.openness and any(one.opened_at is not None for one in held):
        raise Refusal(_("已经开始征集意见，不能再改公开或定向。"), field="openness")
    if task.openness != letter.openness and letter.openness == "directed" and any(one.guests for one in held):
        raise Refusal(_("有联系点已设为不登录也可以提意见，请先在那里改掉，再改成定向。"), field="openness")
    latest = max((one.office_until for one in held), default=None)
    if latest is not None and letter.report_due_at < latest:
        raise Refusal(
            _("报送截止早于联系点的录入期限（%(at)s），请先改录入期限。"), at=latest, field="report_due_at"
        )


def takers(task: Task, office_ids: Sequence[int], held: Sequence[Consultation] | None = None) -> list[Office]:
    """Those of these offices that may still take up a task: its own office or one below it, once each.

    `held` are the consultations it has already, where they are known.
    """
    taken = {one.office_id for one in (consultations.for_task(task.id) if held is None else held)}
    free = [office_id for office_id in office_ids if office_id not in taken]
    reach = {task.office_id, *rosters.below(task.office_id)} if free else set()
    wanted = [office_id for office_id in free if office_id in reach]
    return [office for office_id in wanted if (office := people.office(office_id)) is not None]


def take_up(
    actor: Actor, task: Task, office: Office, terms: Terms, *, slug: str = "", sample: bool = False
) -> Consultation:
    """Open an office's consultation for a task of its own or of an office above; it gets its own address and log."""
    _agree(task, terms)
    with act(actor, Act.TAKE_UP_TASK, on=office) as record:
        if task.office_id != office.id and task.office_id not in people.above(office.id):
            raise NotFound(_("没有这项任务，或者不是交给本单位办的。"))
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


def _agree(task: Task, terms: Terms) -> None:
    """Refuse deadlines out of order, guests in a directed consultation, too long a lede."""
    deadlines_in_order(terms.public_until, terms.office_until, task.report_due_at)
    if terms.guests and task.openness != "open":
        raise Refusal(_("定向征求意见不能向不登录的人开放。"), field="guests")
    verbatim(terms.lede, field="lede", limit=MOST_LEDE)


def _slug(wish: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-") or "draft"
    taken = consultations.slugs_like(stem)
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, 10_000) if f"{stem}-{n}" not in taken)


def change_terms(actor: Actor, consultation: Consultation, terms: Terms) -> None:
    """Change deadlines and openness; what was, stays in the log."""
    _agree(consultation.task, terms)
    with act(actor, Act.CHANGE_CONSULTATION, on=consultation) as record:
        consultation.public_until, consultation.office_until = terms.public_until, terms.office_until
        consultation.guests, consultation.panel_shares = terms.guests, terms.panel_shares
        consultation.lede = terms.lede
        record.about("consultation", consultation.slug)
        record.note(public_until=terms.public_until.isoformat(), office_until=terms.office_until.isoformat())


def _all_have_an_end(consultation: Consultation) -> None:
    """Only archiving waits for the last remark; reporting never does."""
    still = sum(desk.waiting for desk in bench.desk(consultation.id).values())
    if still:
        raise Refusal(
            _("还有 %(n)s 条意见没有去处，不能归档。请先归并，或者选照附、与草案无关、转办。"), n=still
        )


def move_phase(actor: Actor, consultation: Consultation, to: str) -> None:
    """Go to another phase, where the present one allows it; collecting needs a published draft."""
    with act(actor, Act.MOVE_PHASE, on=consultation) as record:
        now = PHASES[consultation.phase]
        if to not in now.then:
            raise Refusal(_("现在是“%(phase)s”阶段，不能直接转到那个阶段。"), phase=now.name)
        if to == "collecting" and drafts.current(consultation.task_id) is None:
            raise Refusal(_("还没有公布草案。请先导入草案，核对后公布，再开始征集意见。"))
        if to == "archived":
            _all_have_an_end(consultation)
        consultation.phase = to
        if to == "collecting" and consultation.opened_at is None:
            consultation.opened_at = record.at
        record.about("consultation", consultation.slug)
        record.note(phase=to, was=now.code)
        record.index("consultation", consultation.id)
