"""Round the minutes: corrections proposed with an account or by the meeting's link, settled; two revisions compared; XML."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.minutes_paper import minutes_paper, minutes_title
from deliberation.services import minutes as written
from deliberation.services import minutes_corrections as verbs
from deliberation.services import minutes_papers as papers
from deliberation.services.actors import ByLink
from deliberation.store import meetings, minutes_corrections
from deliberation.store.meetings import Meeting, Minutes
from deliberation.store.minutes_corrections import MinutesCorrection
from deliberation.web.councils import Answer
from deliberation.web.downloads import attachment
from deliberation.web.forms.base import Form
from deliberation.web.forms.votes import KeyedForm
from deliberation.web.meetings import meeting
from deliberation.web.pages import page
from deliberation.web.papers import for_staff, standing_minutes
from deliberation.web.visitor import visitor

bp = Blueprint("minutes_papers", __name__)
BOTH = ("GET", "POST")


class CorrectionForm(KeyedForm):
    """What should be put right."""

    said_by = SelectField(lazy_gettext("谁提出的"))
    line = SelectField(lazy_gettext("哪一句"), coerce=int)
    text = TextAreaField(lazy_gettext("应该是什么"), [InputRequired()])


class SettleForm(Form):
    """What became of it."""

    outcome = RadioField(
        lazy_gettext("改了没有"), [InputRequired()],
        choices=[SelectChoice(code, lazy_gettext(name)) for code, name in verbs.OUTCOMES.items()],
    )  # fmt: skip
    answer = TextAreaField(lazy_gettext("说明"))


def _form(one: Meeting, latest: Minutes) -> CorrectionForm:
    form = CorrectionForm()
    names = [row.person.name for row in meetings.attendance(one.id) if row.arrived_at]
    own = visitor().person
    if own is not None and own.name in names and not for_staff(one):
        names = [own.name]
    form.said_by.choices = [(name, name) for name in names]
    spoken = [
        (speech["line"], f"{speech['line']}　{speech['speaker']}：{speech['text'][:24]}")
        for speech in latest.body["speeches"]
    ]
    form.line.choices = [(0, gettext("不是哪一句，是别的地方")), *spoken]
    return form


def _asked(form: CorrectionForm) -> verbs.Proposal:
    return verbs.Proposal(
        form.key.data or "", form.text.data or "", form.said_by.data or "", form.line.data or None
    )


def _page(
    one: Meeting, latest: Minutes, form: CorrectionForm, crumbs: list[tuple[str, str | None]]
) -> Answer:
    paper = written.as_paper(one, latest)
    return render_template(
        "papers/correct.html", form=form, meeting=one, minutes=latest, parts=list(minutes_paper(paper)),
        corrections=minutes_corrections.of_meeting(one.id), outcomes=verbs.OUTCOMES, crumbs=crumbs,
    ), form.status  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/minutes/corrections", Act.READ_MEETING, about=meeting, methods=BOTH)
def propose(one: Meeting) -> Answer:
    """Propose a correction with one's account, or for somebody present."""
    latest = standing_minutes(one)
    form = _form(one, latest)
    if form.submitted():
        verbs.propose(visitor(), one, _asked(form))
        return redirect(url_for("papers.minutes", meeting_id=one.id))
    minutes = (gettext("纪要"), url_for("papers.minutes", meeting_id=one.id))
    return _page(one, latest, form, [(gettext("首页"), "/"), minutes, (gettext("提出更正"), None)])


def linked_to(token: str) -> Meeting | None:
    """The meeting a link leads to, while corrections are taken."""
    found = verbs.by_link(token)
    if found is not None:
        g.office = found.office
    return found


@page(bp, "/minutes/<token>", Act.VISIT, about=linked_to, methods=BOTH)
def linked(one: Meeting) -> Answer:
    """The same for somebody present who has no account: the minutes and the form, by the meeting's link."""
    latest = meetings.latest_minutes(one.id)
    assert latest is not None
    form = _form(one, latest)
    if form.submitted():
        verbs.propose(ByLink(one.id), one, _asked(form))
        return redirect(request.path)
    return _page(one, latest, form, [(gettext("首页"), "/"), (gettext("提出更正"), None)])


def correction(correction_id: int) -> MinutesCorrection | None:
    """A proposal by number."""
    found = minutes_corrections.get(correction_id)
    if found is not None:
        g.office = found.meeting.office
    return found


@page(bp, "/minutes/corrections/<int:correction_id>", Act.SETTLE_CORRECTION, about=correction, methods=BOTH)
def settle(one: MinutesCorrection) -> Answer:
    """Say what became of a proposal."""
    form = SettleForm()
    if form.submitted():
        verbs.settle(visitor(), one, form.outcome.data or "", form.answer.data or "")
        return redirect(url_for("papers.minutes", meeting_id=one.meeting_id))
    latest = meetings.latest_minutes(one.meeting_id)
    said = {speech["line"]: speech["text"] for speech in latest.body["speeches"]} if latest else {}
    return render_template(
        "papers/settle.html", form=form, row=one, meeting=one.meeting, stands=said.get(one.line, "")
    ), form.status


@page(bp, "/meetings/<int:meeting_id>/minutes/compare", Act.READ_MEETING, about=meeting)
def compare(one: Meeting) -> str:
    """Two revisions side by side, word by word: for staff."""
    if not for_staff(one):
        raise NotFound(_("没有这个页面，可能是地址抄错了。请从首页再找一找。"))
    numbers = [request.args.get(name, 0, type=int) for name in ("old", "new")]
    old, new = (papers.revision(one, number) for number in numbers)
    return render_template(
        "papers/compare.html", meeting=one, old=old, new=new, parts=papers.compare(old, new)
    )


@page(bp, "/meetings/<int:meeting_id>/minutes.akn.xml", Act.READ_MEETING, about=meeting)
def akoma(one: Meeting) -> Response:
    """The minutes as Akoma Ntoso XML."""
    found = standing_minutes(one)
    name = minutes_title(written.as_paper(one, found))
    return attachment(papers.akoma(one, found), f"{name}.akn.xml", "application/octet-stream")
