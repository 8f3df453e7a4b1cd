"""The sender's own table: bring it, say which column is what, see it filled; and how the report is headed and signed."""

import re
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.sender_table import FIELDS
from deliberation.services import dossiers, files, report_forms, sender_tables
from deliberation.services.files import Upload
from deliberation.services.sender_tables import Offered
from deliberation.store.consultations import Consultation
from deliberation.web.consultations import consultation
from deliberation.web.downloads import attachment
from deliberation.web.forms.dossiers import ColumnForm, HeadingForm, PressForm, SenderForm, column_form
from deliberation.web.pages import page
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("sender_tables", __name__)
PLACE = "/c/<slug>/dossier/table"
DAY = 24 * 3600


@page(bp, PLACE, Act.KEEP_TEMPLATE, about=consultation, methods=("GET", "POST"))
def bring(one: Consultation) -> Response | tuple[str, int]:
    """What is in use, and bringing another: its columns are shown to be confirmed."""
    form = SenderForm()
    if form.submitted():
        upload = upload_of(form.file)
        found = sender_tables.offered(one, upload)
        assert upload is not None
        token = _signer().dumps([sender_tables.keep_brought(upload), upload.name[:200], one.id])
        return _columns(one, found, 0, token, None)
    return render_template(
        "dossiers/sender.html", consultation=one, form=form, used=sender_tables.in_use(one), FIELDS=FIELDS
    ), form.status


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="sender table")


@page(bp, PLACE + "/columns", Act.KEEP_TEMPLATE, about=consultation, methods=("GET", "POST"))
def columns(one: Consultation) -> Response | tuple[str, int]:
    """Confirm which column takes what; the table is filled once to see that it can be."""
    if request.method == "GET":
        return redirect(url_for("sender_tables.bring", slug=one.slug))
    token = request.form.get("token", "")
    upload = _brought(one, token)
    found = sender_tables.offered(one, upload)
    at = request.form.get("which", 0, type=int)
    at = at if 0 <= at < len(found) else 0
    form = column_form(found[at].header, found[at].columns)
    if form.submitted() and "look" not in request.form:
        made = dossiers.dossier_of(one, "public", clock.now())
        sender_tables.confirm(visitor(), one, upload, found[at], form.chosen(), made)
        return redirect(url_for("sender_tables.bring", slug=one.slug))
    return _columns(one, found, at, token, form if "look" not in request.form else None)


def _brought(one: Consultation, token: str) -> Upload:
    """The file laid aside, to the one who brought it here."""
    try:
        digest, name, whose = _signer().loads(token, max_age=DAY)
    except BadSignature:
        digest, name, whose = "", "", 0
    path = files.path_of(digest) if digest else None
    if path is None or whose != one.id or not path.exists():
        raise NotFound(_("这个表已经不在了（只留一天）。请重新上传一次。"))
    return Upload(path.read_bytes(), name)


def _columns(
    one: Consultation, found: list[Offered], at: int, token: str, form: ColumnForm | None
) -> tuple[str, int]:
    shown: Any = form or column_form(found[at].header, found[at].columns, formdata=None)
    return render_template(
        "dossiers/sender_columns.html", consultation=one, form=shown, tables=found, at=at, table=found[at], token=token
    ), form.status if form is not None else 200  # fmt: skip


@page(bp, PLACE + "/end", Act.KEEP_TEMPLATE, about=consultation, methods=("POST",))
def end(one: Consultation) -> Response:
    """Use it no longer."""
    if PressForm().submitted():
        sender_tables.end(visitor(), one)
    return redirect(url_for("sender_tables.bring", slug=one.slug))


@page(bp, PLACE + "/filled", Act.BUILD_DOSSIER, about=consultation)
def filled(one: Consultation) -> Response:
    """The sender's table with the suggestions in it, as they are now."""
    made = dossiers.dossier_of(one, "public", clock.now())
    if made.sender_table is None:
        raise NotFound(_("还没有上传来文单位的表格。请先上传，核对各列。"))
    kind = made.sender_table.kind
    stem = re.sub(r"\.(xlsx|docx)$", "", made.sender_table.name, flags=re.I)
    return attachment(sender_tables.filled(made), f"{stem}-已填.{kind}", sender_tables.TYPES[kind])


@page(bp, "/c/<slug>/dossier/form", Act.ARRANGE_REPORT, about=consultation, methods=("GET", "POST"))
def heading(one: Consultation) -> Response | tuple[str, int]:
    """Letter or red head, to whom, number, signer, copies, day, contact."""
    form = HeadingForm(obj=report_forms.heading(one))
    if form.submitted():
        report_forms.arrange(visitor(), one, form.wanted())
        return redirect(url_for("dossiers.show", slug=one.slug, _anchor="h-pre"))
    return render_template("dossiers/heading.html", consultation=one, form=form), form.status
