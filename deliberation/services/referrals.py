"""Taking up what is not about a draft, and bringing it step by step to its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from deliberation.clock import local
from deliberation.domain import referrals as rules
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.verbatim import verbatim
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.store import referrals, suggestions
from deliberation.store.db import db
from deliberation.store.people import Office
from deliberation.store.referrals import Referral, ReferralStep
from deliberation.store.remarks import Remark

LIMITS = {"title": 120, "detail": 4_000, "said_by": 60, "contact": 60, "place": 120}
LONGEST = {"department": 120, "taken_by": 120}
MOST_FACT = 2_000


@dataclass(frozen=True)
class Request:
    """What somebody asks for, as it was taken down. `how` and `consented_on`: that they agreed to its being passed on."""

    key: str
    kind: str
    title: str
    detail: str = ""
    said_by: str = ""
    contact: str = ""
    place: str = ""
    how: str = ""
    consented_on: date | None = None


def take_up(actor: Actor, office: Office, request: Request) -> Referral:
    """Enter a request that came by itself: a wish, a report of the grid, a quarrel to mediate, a plea."""
    _sound(request)
    with act(actor, Act.TAKE_UP_REFERRAL, on=office) as record:
        first = _first(record, office.id, request)
        return first or _put(record, office.id, request, None)


def refer(actor: Actor, remark: Remark, request: Request) -> Referral:
    """Refer a remark that is not about the draft; it ends there, and its author sees what becomes of it."""
    _sound(request)
    consultation = remark.consultation
    with act(actor, Act.REFER_REMARK, on=consultation) as record:
        db.session.refresh(remark)
        first = _first(record, consultation.office_id, request)
        if first is not None:
            return first
        _may_be_referred(remark)
        made = _put(record, consultation.office_id, request, remark.id)
        remark.ending, remark.ending_reason = "referred", "已转办，登记号 " + made.public_number
        record.about("remark", remark.public_number)
        record.note(ending="referred", referral=made.number)
        record.index("remark", remark.id)
    return made


def _may_be_referred(remark: Remark) -> None:
    if remark.state != "current":
        raise Refusal(
            _("意见 %(number)s 已经撤回或改写，不用再处理。请从清单里去掉它。"), number=remark.public_number
        )
    if merged := suggestions.numbers_of([remark.id]).get(remark.id):
        raise Refusal(
            _("意见 %(number)s 已经归入建议 %(suggestion)s。要另作处理，请先把它取出来。"),
            number=remark.public_number, suggestion=merged[0],
        )  # fmt: skip
    if referrals.of_remark(remark.id) is not None:
        raise Conflict(_("意见 %(number)s 已经登记转办了。"), number=remark.public_number)


def _sound(request: Request) -> None:
    if not 8 <= len(request.key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    for field, most in LIMITS.items():
        verbatim(getattr(request, field), field=field, limit=most)
    if not request.title.strip():
        raise Refusal(_("请用一句话写明是什么事。"), field="title")


def _first(record: Record, office_id: int, request: Request) -> Referral | None:
    """The same form sent twice is one; the same key with other words is refused."""
    rules.check_consent(request.kind, request.how, request.consented_on, local(record.at).date())
    first = referrals.by_key(office_id, request.key)
    if first is None:
        return None
    record.nothing()
    if (first.kind, first.title, first.detail) != (request.kind, request.title.strip(), request.detail):
        raise Conflict(
            _("这一页刚才已经登记过另一件事（%(number)s）。下面是您这次写的，确认后可以再提交。"),
            number=first.public_number,
        )
    return first


def _put(record: Record, office_id: int, request: Request, remark_id: int | None) -> Referral:
    agreed = request.kind in rules.CONSENTED
    made = Referral(
        office_id=office_id, number=referrals.next_number(office_id), key=request.key, kind=request.kind,
        title=request.title.strip(), detail=request.detail, said_by=request.said_by, contact=request.contact,
        place=request.place.strip(), consent=request.how if agreed else None,
        consented_on=request.consented_on if agreed else None, remark_id=remark_id, state=rules.FIRST, made_at=record.at,
        by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add(
        ReferralStep(referral_id=made.id, state=rules.FIRST, facts={}, at=record.at, by_id=who(record.actor))
    )
    record.about("referral", made.number)
    record.note(kind=made.kind)
    return made


def facts_needed(referral: Referral, to: str) -> tuple[str, ...]:
    """What a person fills in for a step."""
    return rules.COURSE.states[referral.state].then.get(to, ())


def move(
    actor: Actor, referral: Referral, to: str, facts: Mapping[str, object], *, seen: str | None = None
) -> Referral:
    """Take a lawful step with the facts it needs. `seen` is the state the person saw: another's step is not overrun."""
    with act(actor, Act.MOVE_REFERRAL, on=referral) as record:
        if seen is not None and seen != referral.state:
            raise Conflict(
                _("这件事刚才已经由别人办到了“%(step)s”，请看一眼再办。"), step=_name(referral.state)
            )
        _fits(facts)
        state = rules.COURSE.move(referral.state, to, facts)
        rules.check_dates(facts, local(record.at).date())
        kept = {name: _plain(facts[name]) for name in facts_needed(referral, to)}
        was, referral.state = referral.state, state
        if to == "dispatched":
            referral.department = str(facts["department"]).strip()
            due = facts["by_when"]
            referral.by_when = due if isinstance(due, date) else None
        db.session.add(
            ReferralStep(referral_id=referral.id, state=state, facts=kept, at=record.at, by_id=who(actor))
        )
        record.about("referral", referral.number)
        record.note(was=was, to=state)
    return referral


def _name(state: str) -> str:
    return rules.COURSE.states[state].name


def _fits(facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        if isinstance(value, str):
            verbatim(value, field=name, limit=LONGEST.get(name, MOST_FACT))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()
