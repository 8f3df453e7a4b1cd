"""What waits for the visitor on the home page: votes, tasks nobody took up yet, consultations at their next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from flask_babel import gettext as _

from deliberation import clock
from deliberation.domain.phases import PHASES
from deliberation.domain.referrals import RUNNING
from deliberation.domain.roles import LEAD, STAFF, Role
from deliberation.store import consultations, people, preparing, referrals, reports
from deliberation.store.consultations import Consultation, Task
from deliberation.store.preparing import PlanStep
from deliberation.store.votes import Vote
from deliberation.web.languages import day, days_left, moment, say
from deliberation.web.visitor import offices_as, visitor


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where, why, by when, what the button says."""

    title: str
    url: str
    why: str
    when: str
    late: bool
    act: str


def waiting(votes: Sequence[Vote], mine: Sequence[Consultation]) -> list[Waiting]:
    """Votes first, then letters to take up, then the visitor's consultations, the nearest deadline first."""
    staff = set(offices_as(STAFF))
    found = [
        Waiting(v.question, url_for("votes.ballot", vote_id=v.id), _("请您投票"), "", False, _("去投票"))
        for v in votes
    ]
    found += [_letter(task) for task in _untaken()]
    found += _overdue(staff)
    found += [_planned(one) for one in (preparing.next_steps(list(staff)) if staff else [])]
    live = [one for one in mine if one.phase not in {"reported", "archived"}]
    asked = _reviews(live)
    rest = [one for one in live if one.office_id in staff or one.id not in asked]
    return found + [*asked.values()] + [_step(one, one.office_id in staff) for one in sorted(rest, key=_due)]


def _reviews(live: Sequence[Consultation]) -> dict[int, Waiting]:
    """By consultation, reports the panel has before it: for its members until they said something, for who then approves until then."""
    panel, approving = (set(offices_as(frozenset({role}))) for role in (Role.PANEL, Role.RESPONSIBLE))
    person = visitor().person
    known = {one.id: one for one in live if one.office_id in panel | approving}
    found: dict[int, Waiting] = {}
    for step, report, spoke in reports.in_review(list(known), person.id) if person else []:
        one, until = known[report.consultation_id], date.fromisoformat(step.facts["by_when"])
        when, late = _("%(day)s前核完", day=day(until, year=False)), days_left(until) <= 1
        if one.office_id in approving:
            url, why, act = (
                url_for("reports.show", slug=one.slug),
                _("报告正在请专家团核稿，核完请您审定"),
                _("去看"),
            )
        elif not spoke:
            url, act = url_for("reports.review", slug=one.slug), _("去核稿")
            why = _("%(office)s请您核稿", office=one.office.name)
        else:
            continue
        found[one.id] = Waiting(one.title, url, why, when, late, act)
    return found


def _overdue(offices: set[int]) -> list[Waiting]:
    """Referrals that should have been done by now."""
    today = clock.local(clock.now()).date()
    late = referrals.overdue(sorted(offices), RUNNING, today) if offices else {}
    return [
        Waiting(
            _("转办事项"), url_for("referrals.index", office_id=office, late=1), _("%(count)s 件过了要求办结的日子", count=count), "",
            True, _("去催办"),
        )
        for office, count in late.items()
    ]  # fmt: skip


def _due(one: Consultation) -> tuple[object, int]:
    return (one.public_until if one.phase == "collecting" else one.office_until, one.id)


def _untaken() -> list[Task]:
    """Tasks of the offices the visitor leads and of those above that none of these offices took up yet."""
    leading = offices_as(LEAD)
    if not leading:
        return []
    reach = list(dict.fromkeys([*leading, *(above for office in leading for above in people.above(office))]))
    tasks = consultations.tasks_of(reach)
    held = consultations.by_task([task.id for task in tasks])
    return [t for t in tasks if not any(one.office_id in leading for one in held.get(t.id, []))]


def _letter(task: Task) -> Waiting:
    left = days_left(task.report_due_at)
    when = _("%(day)s前报送", day=day(task.report_due_at, year=False))
    return Waiting(
        task.title, url_for("tasks.show", task_id=task.id), _("%(sender)s来文，还没有承办", sender=task.sender),
        when, left <= 3, _("去承办"),
    )  # fmt: skip


def _planned(step: PlanStep) -> Waiting:
    """The next step of a plan that has not been done."""
    one, left = step.consultation, days_left(step.due_on)
    when = (
        _("%(day)s以前", day=day(step.due_on, year=False))
        if left > 0
        else _("今天")
        if left == 0
        else _("已过期")
    )
    return Waiting(
        say(step.name), url_for("preparing.show", slug=one.slug), _("会前安排：%(title)s", title=one.title), when,
        left <= 1, _("去办"),
    )  # fmt: skip


def _step(one: Consultation, staff: bool) -> Waiting:
    manage, show = (url_for(f"consultations.{name}", slug=one.slug) for name in ("manage", "show"))
    why = _("%(office)s　意见 %(count)s 条", office=one.office.name, count=one.remark_count)
    left = days_left(one.public_until)
    if one.phase == "collecting":
        when = _("征求意见还有 %(days)s 天", days=left) if left > 0 else _("征求意见今天截止")
        if left < 0:
            when = _("征求意见已经截止")
        act = _("打开") if staff and left >= 0 else _("开始整理") if staff else _("去提意见")
        return Waiting(one.title, manage if staff and left < 0 else show, why, when, left <= 1, act)
    if not staff:
        return Waiting(one.title, show, why, _(PHASES[one.phase].name), False, _("打开"))
    if one.phase == "preparing":
        return Waiting(one.title, manage, why, _("还没有开始征集"), False, _("去准备"))
    bench = "suggestions.index" in current_app.view_functions
    url = url_for("suggestions.index", slug=one.slug) if bench else manage
    late = days_left(one.task.report_due_at) <= 3
    return Waiting(
        one.title,
        url,
        why,
        _("%(at)s前报送", at=moment(one.task.report_due_at, year=False)),
        late,
        _("继续归并"),
    )
