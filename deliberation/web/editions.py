"""Sealing an edition (定稿归档): what it means, doing it, how far it is; and stopping what is being made."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.services import editions, sealing, shelf
from deliberation.store import editions as rows
from deliberation.store.consultations import Consultation
from deliberation.web.consultations import consultation
from deliberation.web.forms.dossiers import BuildForm, PressForm, SealForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("editions", __name__)


@page(bp, "/c/<slug>/dossier/seal", Act.SEAL_DOSSIER, about=consultation, methods=("GET", "POST"))
def seal(one: Consultation) -> Response | tuple[str, int]:
    """Look at what will be sealed and confirm; a large one is sealed beside the request."""
    form = SealForm(number=str(rows.next_number(one.id)))
    if form.submitted():
        sealing.order(visitor(), one, form.looked_at)
        return redirect(url_for("dossiers.show", slug=one.slug, _anchor="h-seal"))
    return render_template(
        "dossiers/seal.html", consultation=one, form=form, waiting=editions.waiting(one), left=editions.left(one), last=rows.last(one.id),
        far=sealing.far(one, clock.now()),
    ), form.status  # fmt: skip


@page(bp, "/c/<slug>/dossier/seal/cancel", Act.SEAL_DOSSIER, about=consultation, methods=("POST",))
def stop_sealing(one: Consultation) -> Response:
    """Stop sealing; nothing is sealed then."""
    if PressForm().submitted():
        sealing.cancel(one)
    return redirect(url_for("dossiers.show", slug=one.slug, _anchor="h-seal"))


@page(bp, "/c/<slug>/dossier/sealed/<int:number>", Act.BUILD_DOSSIER, about=consultation, methods=("POST",))
def again(one: Consultation, number: int) -> Response:
    """Build a sealed edition again, for fetching."""
    form = BuildForm()
    if editions.number_of(one, number) is None:
        raise NotFound(_("没有这一版，请回到报告页看一看。"))
    if form.submitted():
        shelf.order(visitor(), one, form.edition.data or "", number)
    return redirect(url_for("dossiers.show", slug=one.slug, _anchor="h-dl"))


@page(
    bp, "/c/<slug>/dossier/<int:number>/<edition>/cancel", Act.BUILD_DOSSIER, about=consultation, methods=("POST",)
)  # fmt: skip
def stop(one: Consultation, number: int, edition: str) -> Response:
    """Stop a build that is being made."""
    if PressForm().submitted():
        shelf.cancel(visitor(), one, number, edition)
    return redirect(url_for("dossiers.show", slug=one.slug, _anchor="h-dl"))
