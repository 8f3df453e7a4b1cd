"""Votes: lists, calling one, where it stands, its result, the roll, the wall; attitudes to the articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.attitudes import ATTITUDE_LABELS
from deliberation.domain.ballots import CHOICE_LABELS, Choice
from deliberation.domain.matters import is_over
from deliberation.domain.permissions import allows
from deliberation.domain.vote_codes import spoken_code
from deliberation.domain.vote_states import VOTE
from deliberation.services import vote_attitudes
from deliberation.services import votes as verbs
from deliberation.services.councils import label
from deliberation.store import councils, drafts, meetings, suggestions, votes
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council, Matter
from deliberation.store.meetings import Meeting
from deliberation.store.suggestions import Suggestion
from deliberation.store.votes import Vote
from deliberation.web.calling import before
from deliberation.web.consultations import consultation
from deliberation.web.forms.votes import MotionForm
from deliberation.web.meetings import meeting
from deliberation.web.pages import may, page, stands
from deliberation.web.visitor import visitor
from deliberation.web.vote_results import Shown, history, shown

bp = Blueprint("votes", __name__)
Answer = Response | tuple[str, int]
COUNTED = frozenset({"counted", "confirmed", "published", "no_quorum"})
DOINGS = (
    Act.CALL_VOTE, Act.OPEN_VOTE, Act.RECORD_BALLOT, Act.RECORD_HANDS, Act.RECORD_COUNT, Act.CLOSE_VOTE,
    Act.CONFIRM_VOTE, Act.CANCEL_VOTE, Act.CAST_BALLOT, Act.CORRECT_VOTE, Act.PUBLISH_VOTE,
)  # fmt: skip


def vote(vote_id: int) -> Vote | None:
    """A vote by number; its office becomes the site's face."""
    found = votes.get(vote_id)
    if found is not None:
        g.office = found.office
    return found


def can(one: Vote) -> dict[str, bool]:
    """What the visitor may do with a vote now, asked once: act code with underscores → whether."""
    where = stands(one)
    return {act.value.replace("-", "_"): allows(act, where) for act in DOINGS}


def above(one: Vote) -> list[tuple[str, str | None]]:
    """The way to a vote."""
    home = (_("首页"), url_for("consultations.home"))
    if one.consultation is not None and may(Act.READ_STAFF, one.consultation):
        return [home, (_("表决与态度"), url_for("votes.index", slug=one.consultation.slug))]
    if one.meeting is not None and may(Act.READ_MEETING, one.meeting):
        return [home, (one.meeting.title, url_for("votes.of_meeting", meeting_id=one.meeting_id))]
    return [home]


@page(bp, "/c/<slug>/votes", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """The votes of a consultation, the meetings where one can be called, and the attitudes."""
    sittings = [m for m in meetings.of_consultation(one.id) if m.state != "ended"]
    return render_template(
        "votes/index.html", consultation=one, votes=votes.of_consultation(one.id), meetings=sittings,
        states=VOTE.states, kinds=verbs.KINDS,
    )  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/votes", Act.READ_MEETING, about=meeting)
def of_meeting(one: Meeting) -> str:
    """The votes of a meeting."""
    sittings = [one] if one.state != "ended" else []
    return render_template(
        "votes/index.html", consultation=None, meeting=one, votes=votes.of_meeting(one.id), meetings=sittings,
        states=VOTE.states, kinds=verbs.KINDS,
    )  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/votes/call", Act.CALL_VOTE, about=meeting, methods=("GET", "POST"))
def call(one: Meeting) -> Answer:
    """Call a vote at a meeting: on a suggestion or on a matter."""
    form = MotionForm()
    things = offer(form, one)
    if form.submitted():
        return _to(verbs.call_vote(visitor(), one, motion(form, things)))
    return render_template("votes/call.html", form=form, meeting=one, things=things, vote=None), form.status


def offer(form: MotionForm, one: Meeting) -> dict[str, tuple[str, Suggestion | Matter]]:
    """Put in what there is to choose from at a meeting; what can be put to the vote, by code."""
    things = _things(one)
    bodies = [one.council] if one.council else list(councils.of_office(one.office_id))
    form.about.choices = [(code, name) for code, (name, _thing) in things.items()]
    form.council.choices = [(body.id, body.name) for body in bodies]
    form.way.choices = ways(one, bodies)
    if request.method == "GET" and len(things) == 1:
        form.about.data = next(iter(things))
    return things


def ways(one: Meeting, bodies: Sequence[Council]) -> list[tuple[str, str]]:
    """The ways of deciding to choose from, with what each asks for; none for a panel or a 9+X council."""
    return [(way.key, gettext(way.name)) for body in bodies for way in verbs.ways(body, one)]


def _things(one: Meeting) -> dict[str, tuple[str, Suggestion | Matter]]:
    """What can be put to the vote at a meeting: code → (name, thing)."""
    found: dict[str, tuple[str, Suggestion | Matter]] = {}
    for about in suggestions.of_consultation(one.consultation_id) if one.consultation_id else ():
        found[f"s{about.id}"] = (
            _("建议 %(number)s　%(title)s", number=about.number, title=about.title),
            about,
        )
    for body in [one.council] if one.council else councils.of_office(one.office_id):
        for matter in before(body):
            if not is_over(matter.state) and matter.id == (one.matter_id or matter.id):
                found[f"m{matter.id}"] = (_("事项：%(title)s", title=matter.title), matter)
    return found


def motion(form: MotionForm, things: Mapping[str, tuple[str, Suggestion | Matter]]) -> verbs.Motion:
    """The motion as filled in."""
    about = things[form.about.data][1]
    chosen = councils.get(form.council.data)
    matter = about if isinstance(about, Matter) else None
    body = matter.council if matter is not None and (chosen is None or chosen.kind != "assembly") else chosen
    assert body is not None
    return verbs.Motion(
        question=(form.question.data or "").strip() or _asked(about),
        kind=form.kind.data or "" if "kind" in form else "hands",
        council=body,
        suggestion=about if isinstance(about, Suggestion) else None,
        matter=matter,
        tellers=form.tellers.data or 1 if "tellers" in form else 1,
        x_votes=bool(form.x_votes.data),
        way=form.way.data or "",
    )


def _asked(about: Suggestion | Matter) -> str:
    """The question where the clerk wrote none; it is kept as it was put, in Chinese."""
    if isinstance(about, Suggestion):
        return f"是否同意把建议 {about.number}（{about.title}）上报？"
    return f"是否同意：{about.title}？"


def _to(one: Vote) -> Response:
    return redirect(url_for("votes.show", vote_id=one.id))


@page(bp, "/votes/<int:vote_id>/change", Act.CALL_VOTE, about=vote, methods=("GET", "POST"))
def change(one: Vote) -> Answer:
    """Mend question and kind, before the opening."""
    form = MotionForm(obj=one, way=verbs.motion_of(one).way) if request.method == "GET" else MotionForm()
    form.way.choices = ways(one.meeting, [one.council]) if one.meeting else []
    del form.about, form.council
    if form.submitted():
        verbs.change_vote(
            visitor(), one, form.question.data or "", form.kind.data or "", form.tellers.data or 1, bool(form.x_votes.data),
            form.way.data or "",
        )  # fmt: skip
        return _to(one)
    return render_template(
        "votes/call.html", form=form, meeting=one.meeting, things={}, vote=one
    ), form.status


@page(bp, "/votes/<int:vote_id>", Act.READ_VOTE, about=vote)
def show(one: Vote) -> str:
    """Where a vote stands; once it is counted, its result."""
    crumbs = [*above(one), (_("表决"), None)]
    may = can(one)
    if one.state in COUNTED:
        return render_template(
            "votes/result.html", vote=one, crumbs=crumbs, can=may, states=VOTE.states, kinds=verbs.KINDS,
            shown=shown(one), after=votes.after(one.id), label=label, origins=verbs.ORIGINS, **history(one),
        )  # fmt: skip
    return render_template(
        "votes/show.html", vote=one, rule=verbs.under(one), crumbs=crumbs, can=may, states=VOTE.states, kinds=verbs.KINDS, **_turnout(one),
        after=votes.after(one.id) if one.state == "cancelled" else None, code=spoken_code,
    )  # fmt: skip


def _turnout(one: Vote) -> dict[str, Any]:
    if one.state != "open":
        return {"voters": 0, "cast": 0, "hands": None, "sheet": None}
    return {
        "voters": verbs.voters(one),
        "cast": votes.turnout(one.id) if one.kind == "named" else 0,
        "hands": verbs.hands(one) if one.kind == "hands" else None,
        "sheet": verbs.last_count(one) if one.kind == "paper" else None,
    }


@page(bp, "/votes/<int:vote_id>/wall", Act.READ_VOTE, about=vote)
def wall(one: Vote) -> Response | str:
    """For the projector: the question, turnout while it is open, the result afterwards; looks again by itself."""
    result = shown(one) if one.state in COUNTED else None
    html = render_template(
        "votes/wall.html", vote=one, crumbs=[*above(one), (_("投影"), None)], shown=result, states=VOTE.states,
        kinds=verbs.KINDS, **_turnout(one),
    )  # fmt: skip
    if one.state != "open":
        return html
    return Response(html, mimetype="text/html", headers={"Refresh": "10"})


@dataclass(frozen=True)
class Listed:
    """One row of the roll with what was cast: (choice msgid, origin msgid, at, revision), oldest first."""

    row: votes.RollRow
    ballots: list[tuple[str, str, Any, int]]


@page(bp, "/votes/<int:vote_id>/roll", Act.READ_VOTE, about=vote)
def roll(one: Vote) -> str:
    """The frozen roll; each ballot with its changes once the vote is counted, never before."""
    cast: dict[int, list[tuple[str, str, Any, int]]] = {}
    for ballot in votes.ballots(one.id) if one.state in COUNTED else ():
        words = (
            CHOICE_LABELS[Choice(ballot.choice)],
            verbs.ORIGINS[ballot.origin],
            ballot.cast_at,
            ballot.revision,
        )
        cast.setdefault(ballot.roll_id, []).append(words)
    listed = [Listed(row, cast.get(row.id, [])) for row in votes.roll(one.id)]
    return render_template(
        "votes/roll.html", vote=one, crumbs=[*above(one), (_("名册"), None)], listed=listed, label=label,
        counted=one.state in COUNTED, hands=votes.hand_counts(one.id) if one.state in COUNTED else [],
    )  # fmt: skip


@page(bp, "/c/<slug>/attitudes", Act.READ_STAFF, about=consultation)
def attitudes(one: Consultation) -> str:
    """What people think of each article, whole and by category: gathered, not voted."""
    version = drafts.current(one.task_id)
    counts = vote_attitudes.by_article(one)
    rows = drafts.contents(version.id, one.id) if version else []
    return render_template(
        "votes/attitudes.html", consultation=one, labels=list(ATTITUDE_LABELS.values()), label=label,
        articles=[(row, counts[row.eid]) for row in rows if row.eid in counts],
    )  # fmt: skip


__all__ = ("Shown", "above", "bp", "can", "vote")
