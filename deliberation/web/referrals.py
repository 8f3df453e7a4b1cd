"""The register of referrals (转办台账): taking up, each step, and what became of it."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain import referrals as rules
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.services import referrals as verbs
from deliberation.store import referrals as rows
from deliberation.store.people import Office
from deliberation.store.referrals import Referral, Sought
from deliberation.store.remarks import Remark
from deliberation.web.forms.referrals import CHOICES, STEP_LABELS, ReferralForm, step_form
from deliberation.web.pages import page
from deliberation.web.people import office_of
from deliberation.web.remarks import remark
from deliberation.web.visitor import visitor

bp = Blueprint("referrals", __name__)
A_PAGE = 50
Answer = Response | tuple[str, int]


def referral(referral_id: int) -> Referral | None:
    """A referral by number; its office becomes the site's face."""
    found = rows.get(referral_id)
    if found is not None:
        g.office = found.office
    return found


def today() -> Any:
    """The day here."""
    return clock.local(clock.now()).date()


@page(bp, "/offices/<int:office_id>/referrals", Act.READ_REFERRALS, about=office_of)
def index(office: Office) -> str:
    """What was taken up, what is due first on top."""
    sought = _sought()
    total = rows.total(office.id, sought, rules.RUNNING, today())
    pages = max(1, -(-total // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    counts = rows.counts(office.id)
    return render_template(
        "referrals/index.html", office=office, sought=sought, total=total, page=at, pages=pages, rules=rules, today=today(),
        found=rows.register(office.id, sought, rules.RUNNING, today(), A_PAGE, (at - 1) * A_PAGE),
        all=sum(counts.values()), ended=sum(counts.get(state, 0) for state in rules.ENDED),
        late=rows.total(office.id, Sought(late=True), rules.RUNNING, today()), states=rules.COURSE.states,
        page_url=lambda n: url_for("referrals.index", **{**_kept(), "office_id": office.id, "page": n}),
    )  # fmt: skip


def _sought() -> Sought:
    args = request.args
    state, kind = args.get("state", ""), args.get("kind", "")
    return Sought(
        state if state in {*rules.COURSE.states, "open"} else "", kind if kind in rules.KINDS else "", args.get("late") == "1"
    )  # fmt: skip


def _kept() -> dict[str, Any]:
    return {name: request.args[name] for name in ("state", "kind", "late") if request.args.get(name)}


@page(
    bp,
    "/offices/<int:office_id>/referrals/new",
    Act.TAKE_UP_REFERRAL,
    about=office_of,
    methods=("GET", "POST"),
)
def new(office: Office) -> Answer:
    """Take up what came by itself."""
    form = ReferralForm()
    if form.submitted():
        return redirect(_of(verbs.take_up(visitor(), office, _request(form))))
    return render_template("referrals/new.html", form=form, office=office, remark=None), form.status


@page(bp, "/c/<slug>/remarks/<int:number>/refer", Act.REFER_REMARK, about=remark, methods=("GET", "POST"))
def refer(found: Remark) -> Answer:
    """Refer a remark that is not about the draft."""
    done = rows.of_remark(found.id)
    if done is not None and request.method == "GET":
        return redirect(_of(done))
    given = {
        "title": found.text.partition("\n")[0][:60],
        "detail": found.text,
        "said_by": found.said_by or "",
    }
    form = ReferralForm(data=given) if request.method == "GET" else ReferralForm()
    if form.submitted():
        return redirect(_of(verbs.refer(visitor(), found, _request(form))))
    office = found.consultation.office
    return render_template("referrals/new.html", form=form, office=office, remark=found), form.status


def _request(form: ReferralForm) -> verbs.Request:
    return verbs.Request(
        form.key.data or "", form.kind.data or "", form.title.data or "", form.detail.data or "", form.said_by.data or "",
        form.contact.data or "", form.place.data or "", form.how.data or "", form.consented_on.data,
    )  # fmt: skip


def _of(one: Referral) -> str:
    return url_for("referrals.show", referral_id=one.id)


@page(bp, "/referrals/<int:referral_id>", Act.READ_REFERRALS, about=referral)
def show(one: Referral) -> str:
    """One referral: what is asked, where it stands, the next steps, how it came here."""
    return render_template(
        "referrals/show.html", referral=one, office=one.office, steps=rows.steps(one.id), states=rules.COURSE.states, rules=rules,
        labels=STEP_LABELS, choices=CHOICES, late=rules.is_late(one.state, one.by_when, today()),
    )  # fmt: skip


@page(
    bp, "/referrals/<int:referral_id>/move/<to>", Act.MOVE_REFERRAL, about=referral, methods=("GET", "POST")
)
def move(one: Referral, to: str) -> Answer:
    """Take the next step, with the facts it needs."""
    state = rules.COURSE.states.get(to)
    if state is None:
        raise NotFound(_("没有这一步。"))
    needs = verbs.facts_needed(one, to)
    form = step_form(needs, today(), one.state)
    if form.submitted():
        verbs.move(visitor(), one, to, {name: form[name].data for name in needs}, seen=form["seen"].data)
        return redirect(_of(one))
    return render_template("referrals/move.html", form=form, referral=one, state=state), form.status
