"""Remarks typed in from paper, compared with the paper: the list of those that wait, one beside its original."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.services import paper_checks as verbs
from deliberation.services.actors import who
from deliberation.store import paper_checks
from deliberation.store.consultations import Consultation
from deliberation.store.remarks import Remark
from deliberation.web.consultations import consultation
from deliberation.web.councils import Answer
from deliberation.web.downloads import stored
from deliberation.web.forms.base import Form
from deliberation.web.pages import page
from deliberation.web.remarks import remark
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("paper_checks", __name__)


class CheckForm(Form):
    """The signed paper, where one person is alone."""

    scan = FileField(_("签了字的原件（照片或扫描件）"))


@page(bp, "/c/<slug>/paper", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """What was typed in from paper and waits to be compared."""
    typed, checked = paper_checks.counts(one.id)
    return render_template(
        "remarks/paper.html",
        consultation=one,
        waiting=paper_checks.unchecked(one.id),
        typed=typed,
        checked=checked,
    )


@page(bp, "/c/<slug>/remarks/<int:number>/paper", Act.CHECK_PAPER, about=remark, methods=("GET", "POST"))
def check(found: Remark) -> Answer:
    """Compare one with its paper."""
    form = CheckForm()
    slug = found.consultation.slug
    if form.submitted():
        verbs.check(visitor(), found, upload_of(form.scan))
        return redirect(url_for("paper_checks.index", slug=slug))
    own = found.typed_by_id is None or found.typed_by_id == who(visitor())
    return render_template(
        "remarks/check_paper.html", form=form, remark=found, consultation=found.consultation, own=own
    ), form.status


@page(bp, "/c/<slug>/remarks/<int:number>/paper/scan", Act.CHECK_PAPER, about=remark)
def scan(found: Remark) -> Response:
    """The signed paper as it was attached."""
    row = paper_checks.of_remark(found.id)
    if row is None or row.file is None:
        raise NotFound(mark("这条意见没有附纸质原件。"))
    return stored(row.file)
