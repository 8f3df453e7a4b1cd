"""An office's templates of papers: the shipped ones to download, its own to bring back."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.paper_templates import FIELDS, KINDS, LISTS
from deliberation.services import paper_templates as verbs
from deliberation.store import paper_templates as rows
from deliberation.store.people import Office
from deliberation.web.councils import Answer
from deliberation.web.downloads import DOCX, attachment, stored
from deliberation.web.forms.preparing import TemplateForm
from deliberation.web.languages import say
from deliberation.web.pages import page
from deliberation.web.people import office_of
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("templates", __name__)
AT = "/offices/<int:office_id>/templates"


@page(bp, AT, Act.READ_OFFICE, about=office_of)
def index(office: Office) -> str:
    """Every kind of paper, its template, and what can be written in one."""
    own = {kind: one for kind, one in rows.current(office.id).items() if one.file is not None}
    return render_template(
        "papers/templates.html", office=office, kinds=KINDS, own=own, fields=FIELDS, lists=LISTS
    )


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise NotFound(_("没有这种材料，请从会议页重新选。"))
    return kind


@page(bp, AT + "/<kind>.docx", Act.READ_OFFICE, about=office_of)
def shipped(office: Office, kind: str) -> Response:
    """The shipped template, with its placeholders."""
    return attachment(verbs.template(_known(kind)), f"{say(KINDS[kind])}（样式）.docx", DOCX)


@page(bp, AT + "/<kind>/own.docx", Act.READ_OFFICE, about=office_of)
def own(office: Office, kind: str) -> Response:
    """The office's own template, as it was brought."""
    found = rows.current(office.id).get(_known(kind))
    if found is None or found.file is None:
        raise NotFound(_("本联系点还没有自己的样式，用的是自带的。"))
    return stored(found.file)


@page(bp, AT + "/<kind>", Act.CHANGE_TEMPLATE, about=office_of, methods=("GET", "POST"))
def change(office: Office, kind: str) -> Answer:
    """Bring the office's own template."""
    form = TemplateForm()
    if form.submitted():
        upload = upload_of(form.file)
        if upload is None:
            raise Refusal(_("请选择改好的 .docx 文件。"), field="file")
        verbs.change_template(visitor(), office, _known(kind), upload)
        return redirect(url_for("templates.index", office_id=office.id))
    return render_template(
        "papers/template.html", form=form, office=office, kind=_known(kind), name=KINDS[kind], fields=FIELDS, lists=LISTS
    ), form.status  # fmt: skip


@page(bp, AT + "/<kind>/restore", Act.CHANGE_TEMPLATE, about=office_of, methods=("POST",))
def restore(office: Office, kind: str) -> Response:
    """Use the shipped template again."""
    verbs.restore_template(visitor(), office, _known(kind))
    return redirect(url_for("templates.index", office_id=office.id))
