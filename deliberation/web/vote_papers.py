"""A paper vote's own pages: ballots and count sheet to print, the count sheet typed in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.services import vote_papers as papers
from deliberation.services import votes as verbs
from deliberation.store.votes import Vote
from deliberation.web.downloads import DOCX, attachment
from deliberation.web.forms.vote_papers import NUMBERS, CountSheetForm, numbers_of
from deliberation.web.pages import page
from deliberation.web.visitor import visitor
from deliberation.web.vote_acts import BOTH, way
from deliberation.web.votes import Answer, vote

bp = Blueprint("vote_papers", __name__)


def _known(which: str) -> str:
    if which not in papers.PAPERS:
        raise NotFound(mark("没有这种材料，请从表决页重新选。"))
    return which


@page(bp, "/votes/<int:vote_id>/papers/<which>", Act.CALL_VOTE, about=vote)
def paper(one: Vote, which: str) -> str:
    """The ballots to be cut apart, or the count sheet, as they are printed."""
    parts = list(papers.parts(one, _known(which)))
    return render_template(
        "votes/paper.html", vote=one, which=which, parts=parts, title=papers.title(one, which),
        crumbs=way(one, _("表决票") if which == "ballots" else _("计票单")),
    )  # fmt: skip


@page(bp, "/votes/<int:vote_id>/papers/<which>.docx", Act.CALL_VOTE, about=vote)
def paper_docx(one: Vote, which: str) -> Response:
    """The same as a .docx."""
    return attachment(papers.docx(one, _known(which)), f"{papers.title(one, which)}.docx", DOCX)


@page(bp, "/votes/<int:vote_id>/count", Act.RECORD_COUNT, about=vote, methods=BOTH)
def count(one: Vote) -> Answer:
    """Type in the count sheet; its sums are checked, and more papers back than out void the round."""
    form = CountSheetForm(data=_begun(one)) if request.method == "GET" else CountSheetForm()
    if form.submitted():
        verbs.record_paper(visitor(), one, numbers_of(form, NUMBERS), form.key.data or "")
        return redirect(url_for("votes.show", vote_id=one.id))
    return render_template(
        "votes/count.html", form=form, vote=one, voters=verbs.voters(one), last=verbs.last_count(one),
        crumbs=way(one, _("填计票单")),
    ), form.status  # fmt: skip


def _begun(one: Vote) -> dict[str, int]:
    """What the frozen roll knows is filled in; the rest is empty: not counted is not 0."""
    return {"due": one.due, "present": one.present}
