"""What belongs to a matter through its pages: files attached, the 提请函, objections registered and answered."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.assembly_letters import letter_paper, letter_title
from deliberation.domain.errors import NotFound, Refusal
from deliberation.domain.errors import _ as mark
from deliberation.services import matter_papers as verbs
from deliberation.services import notices
from deliberation.store import matter_papers as rows
from deliberation.store import notices as boards
from deliberation.store.councils import Matter
from deliberation.store.matter_papers import MatterFile, MatterLetter
from deliberation.store.notices import Objection
from deliberation.web.councils import Answer
from deliberation.web.downloads import DOCX, attachment, stored
from deliberation.web.forms.matter_papers import AnswerForm, AttachForm, LetterForm, ObjectionForm
from deliberation.web.matters import matter
from deliberation.web.pages import page
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("matter_papers", __name__)
BOTH = ("GET", "POST")
BASIS = "村民委员会组织法（2026年1月1日起施行）第三十三条"


def _back(one: Matter) -> Response:
    return redirect(url_for("matters.show", matter_id=one.id))


@page(bp, "/matters/<int:matter_id>/files", Act.ATTACH_TO_MATTER, about=matter, methods=BOTH)
def attach(one: Matter) -> Answer:
    """Attach material, a photo, a signed paper."""
    form = AttachForm()
    if form.submitted():
        given = upload_of(form.scan)
        if given is None:
            raise Refusal(mark("请选择一个文件。"), field="scan")
        verbs.attach(
            visitor(), one, form.part.data or "", given, form.caption.data or "", shown=bool(form.shown.data)
        )
        return _back(one)
    return render_template("councils/attach.html", form=form, matter=one), form.status


def attached(file_id: int) -> MatterFile | None:
    """Something attached to a matter by number."""
    found = rows.file(file_id)
    if found is not None:
        g.office = found.matter.council.office
    return found


@page(bp, "/matters/files/<int:file_id>", Act.READ_COUNCIL, about=attached)
def file(one: MatterFile) -> Response:
    """The file as it came."""
    return stored(one.file)


@page(bp, "/matters/<int:matter_id>/letter", Act.WRITE_LETTER, about=matter, methods=BOTH)
def letter(one: Matter) -> Answer:
    """Write the 提请函, or write it anew."""
    form = LetterForm(data=_begun(one)) if request.method == "GET" else LetterForm()
    if form.submitted():
        words = verbs.LetterWords(
            form.assembly.data or "", form.addressee.data or "", form.request.data or "", form.number.data or "",
            form.basis.data or "",
        )  # fmt: skip
        verbs.write_letter(visitor(), one, words)
        return redirect(url_for("matter_papers.read_letter", matter_id=one.id))
    return render_template("councils/letter_form.html", form=form, matter=one), form.status


def _begun(one: Matter) -> dict[str, str]:
    written = rows.letters(one.id)
    if written:
        last = written[-1]
        return {name: getattr(last, name) for name in ("assembly", "addressee", "request", "number", "basis")}
    return {"request": one.title, "basis": BASIS, "assembly": "villagers_rep_assembly"}


def _last(one: Matter) -> MatterLetter:
    written = rows.letters(one.id)
    if not written:
        raise NotFound(mark("还没有写提请函。"))
    return written[-1]


@page(bp, "/matters/<int:matter_id>/letter/show", Act.READ_COUNCIL, about=matter)
def read_letter(one: Matter) -> str:
    """The 提请函 as it is printed."""
    last = _last(one)
    value = verbs.as_letter(last)
    return render_template(
        "councils/letter.html",
        matter=one,
        letter=last,
        title=letter_title(value),
        parts=list(letter_paper(value)),
    )


@page(bp, "/matters/<int:matter_id>/letter.docx", Act.READ_COUNCIL, about=matter)
def letter_docx(one: Matter) -> Response:
    """The same as a .docx."""
    last = _last(one)
    return attachment(verbs.letter_docx(last), f"{letter_title(verbs.as_letter(last))}.docx", DOCX)


@page(bp, "/matters/<int:matter_id>/objections", Act.REGISTER_OBJECTION, about=matter, methods=BOTH)
def object_(one: Matter) -> Answer:
    """Register an objection in the words it was made in."""
    form = ObjectionForm()
    if form.submitted():
        said = notices.Said(
            form.key.data or "", form.text.data or "", form.channel.data or "", form.said_by.data or "",
            form.contact.data or "", form.said_on.data,
        )  # fmt: skip
        notices.object_to(visitor(), one, said)
        return _back(one)
    return render_template("councils/objection.html", form=form, matter=one, objection=None), form.status


def objection(objection_id: int) -> Objection | None:
    """An objection by number."""
    found = boards.objection(objection_id)
    if found is not None:
        g.office = found.matter.council.office
    return found


@page(bp, "/objections/<int:objection_id>", Act.ANSWER_OBJECTION, about=objection, methods=BOTH)
def answer(one: Objection) -> Answer:
    """Answer an objection, once."""
    form = AnswerForm()
    if form.submitted():
        notices.answer(visitor(), one, form.answer.data or "", form.answered_on.data)
        return _back(one.matter)
    return render_template(
        "councils/objection.html", form=form, matter=one.matter, objection=one, channels=notices.SAID_HOW
    ), form.status
