"""My last steps at the workbench, and taking one back."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.services import undoing
from deliberation.services.actors import who
from deliberation.store import steps
from deliberation.store.consultations import Consultation
from deliberation.store.steps import BenchStep
from deliberation.web.bench import article_name
from deliberation.web.consultations import consultation
from deliberation.web.forms.suggestions import UndoForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("steps", __name__)
SHOWN = 20


def said(step: BenchStep) -> str:
    """A step in words: what the button takes back."""
    about = step.about
    n = {"n": about.get("suggestion", 0), "count": len(about.get("remarks", ()))}
    words = {
        "make": _("新写建议 %(n)s", **n),
        "merge": _("归入建议 %(n)s（%(count)s 条意见）", **n),
        "unmerge": _("从建议 %(n)s 取出（%(count)s 条意见）", **n),
        "reword": _("改写建议 %(n)s", **n),
        "order": _("调整建议次序"),
        "drop": _("去掉建议 %(n)s", **n),
        "split": _("给意见分点"),
        "apart": _("记下意见不相同（%(count)s 条）", **n),
    }
    return words[step.what]


def last(one: Consultation) -> BenchStep | None:
    """The visitor's last step that can be taken back, if they are somebody."""
    person = who(visitor())
    return steps.last(one.id, person) if person is not None else None


@page(bp, "/c/<slug>/suggestions/steps", Act.UNDO_STEP, about=consultation, methods=("GET", "POST"))
def mine(one: Consultation) -> Response | tuple[str, int]:
    """The last steps of one's own; each can be taken back while nobody went on from there."""
    form = UndoForm()
    if form.submitted():
        step = steps.get(int(form.step.data or 0)) if (form.step.data or "").isdecimal() else None
        if step is None:
            raise NotFound(mark("没有找到这一步。只能撤销您自己做的。"))
        undoing.undo_step(visitor(), one, step)
        if request.form.get("back") == "bench":
            return redirect(url_for("suggestions.article", slug=one.slug, eid=step.article_eid or "whole"))
        return redirect(url_for("steps.mine", slug=one.slug))
    person = who(visitor())
    found = steps.latest(one.id, person, SHOWN) if person is not None else []
    return render_template(
        "suggestions/steps.html", form=form, consultation=one, steps=found, said=said, name=article_name
    ), form.status  # fmt: skip
