"""Papers of a meeting: 通知, 议程, 主持词, 签到表, 意见表, 席卡, 纪要: pages to print, .docx to change, pictures to send."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.minutes_paper import minutes_paper, minutes_title
from deliberation.domain.paper_templates import KINDS
from deliberation.domain.roles import STAFF
from deliberation.services import minutes as verbs
from deliberation.services import minutes_corrections as proposals
from deliberation.services import paper_templates as templates
from deliberation.services import receipts
from deliberation.store import meetings, minutes_corrections
from deliberation.store.meetings import Meeting, Minutes
from deliberation.web.councils import Answer
from deliberation.web.downloads import DOCX, attachment
from deliberation.web.forms.meetings import ActForm, MinutesForm
from deliberation.web.meetings import meeting, to
from deliberation.web.pages import page, stands
from deliberation.web.safe import outside
from deliberation.web.visitor import visitor

bp = Blueprint("papers", __name__)
OPEN_PAPERS = frozenset({"notice", "agenda", "opinions"})
OPEN_TO_ALL_PRESENT = frozenset({"correction", "final"})


@page(bp, "/meetings/<int:meeting_id>/papers/<which>", Act.READ_MEETING, about=meeting)
def show(one: Meeting, which: str) -> str:
    """A paper as it will look; printed alone, copied as text, saved as a picture."""
    paper = templates.paper(one, _known(one, which))
    say = (
        outside("remarks.say", slug=one.consultation.slug)
        if one.consultation and one.consultation.is_public
        else ""
    )
    return render_template(
        "papers/show.html", meeting=one, which=which, title=paper.title, parts=paper.parts, text=paper.text, own=paper.own,
        qr=receipts.qr(say) if say and which == "opinions" else None, kinds=KINDS,
    )  # fmt: skip


def _known(one: Meeting, which: str) -> str:
    """A paper there is; the plan, the words for the chair and the list of names are for staff."""
    where = stands(one)
    staff = bool((where.roles | where.above) & STAFF) or where.operator
    if which not in KINDS or not (staff or which in OPEN_PAPERS):
        raise NotFound(_("没有这种材料，请从会议页重新选。"))
    return which


@page(bp, "/meetings/<int:meeting_id>/papers/<which>.docx", Act.READ_MEETING, about=meeting)
def docx(one: Meeting, which: str) -> Response:
    """The same as a .docx."""
    name = templates.paper(one, _known(one, which)).title
    return _file(templates.docx(one, which), name)


@page(bp, "/meetings/<int:meeting_id>/papers/<which>.png", Act.READ_MEETING, about=meeting)
def png(one: Meeting, which: str) -> Response:
    """The same as one picture, for a chat group."""
    name = templates.paper(one, _known(one, which)).title
    return attachment(templates.png(one, which), f"{name}.png", "image/png")


def _file(data: bytes, name: str) -> Response:
    return attachment(data, f"{name}.docx", DOCX)


def for_staff(one: Meeting) -> bool:
    """Whether the visitor works on the meeting's minutes, or in an office above."""
    where = stands(one)
    return bool((where.roles | where.above) & STAFF) or where.operator


def around(one: Meeting) -> dict[str, object]:
    """What stands beside the minutes: proposals, whether more are taken, the link for those present."""
    mine = for_staff(one)
    taking = proposals.is_open(one)
    return {
        "corrections": minutes_corrections.of_meeting(one.id), "taking": taking, "outcomes": proposals.OUTCOMES, "mine": mine,
        "link_to": outside("minutes_papers.linked", token=proposals.link_of(one)) if taking and mine else "",
    }  # fmt: skip


def standing_minutes(one: Meeting) -> Minutes:
    """The minutes the visitor may see: staff always, those who attended once they may correct them."""
    found = meetings.latest_minutes(one.id)
    if found is None or not (for_staff(one) or found.state in OPEN_TO_ALL_PRESENT):
        raise NotFound(_("纪要还没有出来，请过些时候再看。"))
    return found


@page(bp, "/meetings/<int:meeting_id>/minutes", Act.READ_MEETING, about=meeting)
def minutes(one: Meeting) -> str:
    """The minutes as they stand, and every revision."""
    found = standing_minutes(one)
    paper = verbs.as_paper(one, found)
    return render_template(
        "papers/minutes.html", meeting=one, minutes=found, title=minutes_title(paper), parts=list(minutes_paper(paper)),
        revisions=meetings.minutes(one.id), states=verbs.STATES, step=verbs.NEXT[found.state], **around(one),
    )  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/minutes.docx", Act.READ_MEETING, about=meeting)
def minutes_docx(one: Meeting) -> Response:
    """The 纪要 as a .docx."""
    found = standing_minutes(one)
    return _file(verbs.docx(one, found), minutes_title(verbs.as_paper(one, found)))


@page(
    bp, "/meetings/<int:meeting_id>/minutes/draw", Act.WRITE_MINUTES, about=meeting, methods=("GET", "POST")
)
def draw(one: Meeting) -> Answer:
    """Draw up the minutes from what was recorded, or draw a draft up anew."""
    form = ActForm()
    if form.submitted():
        verbs.draft_minutes(visitor(), one)
        return to(one, "papers.edit")
    again = meetings.latest_minutes(one.id)
    return render_template("papers/draw.html", form=form, meeting=one, again=again), form.status


@page(
    bp, "/meetings/<int:meeting_id>/minutes/edit", Act.WRITE_MINUTES, about=meeting, methods=("GET", "POST")
)
def edit(one: Meeting) -> Answer:
    """Edit the minutes; a save by somebody else in between is shown beside one's own words."""
    latest = meetings.latest_minutes(one.id)
    if latest is None:
        raise NotFound(_("还没有纪要，请先起草。"))
    form = MinutesForm(data=_as_it_stands(latest)) if request.method == "GET" else MinutesForm()
    form.offer(verbs.NEXT[latest.state] or ("final",))
    if form.submitted():
        verbs.save_minutes(visitor(), one, int(form.base.data or 0), _edited(form), form.to.data)
        return to(one, "papers.minutes")
    form.base.data = str(latest.revision)
    spoken = {line.position: line for line in meetings.lines(one.id)}
    return render_template(
        "papers/edit.html", form=form, meeting=one, minutes=latest, lines=spoken, given=request.form, states=verbs.STATES,
        corrections=minutes_corrections.of_meeting(one.id), outcomes=proposals.OUTCOMES,
    ), form.status  # fmt: skip


def _as_it_stands(latest: Minutes) -> dict[str, object]:
    return {"number": latest.body["number"], "agreed": "\n".join(latest.body["agreed"])}


def _edited(form: MinutesForm) -> verbs.Edited:
    texts = {name[7:]: text for name, text in request.form.items() if name.startswith("speech-")}
    return verbs.Edited(
        number=form.number.data or "", agreed=tuple((form.agreed.data or "").splitlines()),
        speeches={int(n): text for n, text in texts.items() if n.isdecimal()}, correct_until=form.correct_until.data,
        all_agree=bool(form.all_agree.data),
    )  # fmt: skip
