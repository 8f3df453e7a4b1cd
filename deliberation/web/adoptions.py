"""疑似采纳: the suggestions beside the promulgated text with the words marked; what a person found; for staff only."""

from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.place_words import place_words
from deliberation.services import adoptions as verbs
from deliberation.services.adoptions import Compared
from deliberation.store import adoptions as rows
from deliberation.store import drafts
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.suggestions import Suggestion
from deliberation.web.consultations import consultation
from deliberation.web.forms.adoptions import FindingForm
from deliberation.web.languages import say
from deliberation.web.pages import page
from deliberation.web.suggestions import suggestion
from deliberation.web.texts import name
from deliberation.web.visitor import visitor

bp = Blueprint("adoptions", __name__)


@page(bp, "/c/<slug>/adoptions/", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """The likely ones first; then the rest; what was judged last."""
    version = verbs.promulgated(one)
    found = verbs.compared(one, version) if version is not None else []
    return render_template(
        "adoptions/index.html", consultation=one, version=version, name=name, marked=_marked, words=verbs.FINDINGS,
        likely=[c for c in found if c.likely and c.finding is None],
        rest=[c for c in found if not c.likely and c.finding is None],
        judged=[c for c in found if c.finding is not None], where=_where,
    )  # fmt: skip


def _where(compared: Compared) -> str:
    return say(place_words("article", compared.eid)) if compared.eid else ""


def _marked(compared: Compared) -> Markup:
    """The new text with the proposed words that stand in it marked."""
    out, at = Markup(""), 0
    for start, end in compared.found.words:
        out += (
            escape(compared.new[at:start])
            + Markup("<mark>")
            + escape(compared.new[start:end])
            + Markup("</mark>")
        )
        at = end
    return out + escape(compared.new[at:])


def _promulgated(one: Consultation) -> Version:
    version = verbs.promulgated(one)
    if version is None:
        raise NotFound(_("公布文本还没有导入。请先在任务的“草案各稿”里导入，稿次选“公布文本”。"))
    return version


@page(
    bp, "/c/<slug>/adoptions/<int:number>", Act.FIND_ADOPTION, about=suggestion, methods=("GET", "POST")
)  # fmt: skip
def find(found: Suggestion) -> Response | tuple[str, int]:
    """One suggestion: draft, wording, promulgated text; what it became."""
    one = found.consultation
    version = _promulgated(one)
    shown = next((c for c in verbs.compared(one, version) if c.suggestion.id == found.id), None)
    if shown is None:
        raise NotFound(_("这条建议就是对公布文本提的，没有可以对照的。"))
    form = FindingForm()
    articles = [row for row in drafts.contents(version.id, one.id) if row.kind == "article"]
    form.offer([(row.eid, "　".join(part for part in (row.number, row.heading) if part)) for row in articles])
    if not form.is_submitted():
        form.eid.data = shown.finding.eid if shown.finding else shown.eid.split("__")[0]
        form.outcome.data = shown.finding.outcome if shown.finding else "adopted" if shown.likely else None
        form.note.data = shown.finding.note if shown.finding else ""
    if form.submitted():
        verbs.find(
            visitor(), found, version, form.outcome.data or "", eid=form.eid.data or "", score=shown.found.score,
            note=form.note.data or "",
        )  # fmt: skip
        return redirect(url_for("adoptions.index", slug=one.slug))
    return render_template(
        "adoptions/find.html", form=form, consultation=one, version=version, one=shown, name=name, marked=_marked,
        where=_where(shown), history=rows.of(found.id), words=verbs.FINDINGS, place=place_words(found.place, found.eid),
    ), form.status  # fmt: skip
