"""Correcting a preview before it is published: the tree beside its source, a step at a time, every step undone again."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.correcting import Step
from deliberation.domain.errors import Refusal, _
from deliberation.services import corrections as work
from deliberation.services import proofs
from deliberation.store import corrections
from deliberation.store.drafts import Version
from deliberation.web import proof_page, scans
from deliberation.web.forms.corrections import StepForm
from deliberation.web.pages import page
from deliberation.web.versions import version_of
from deliberation.web.visitor import visitor

bp = Blueprint("corrections", __name__)


@page(bp, "/versions/<int:version_id>/correct", Act.CORRECT_DRAFT, about=version_of, methods=("GET", "POST"))
def correct(version: Version) -> Response | tuple[str, int]:
    """The blocks beside the lines; `at` opens the tools at one block, a sent form does one step there."""
    form = StepForm()
    if form.submitted():
        focus = _onward(version, _do(version, form))
        return redirect(_at(version, focus))
    return _page(version, form), form.status


def _onward(version: Version, eid: str) -> str:
    """After an article was typed in, the next one without text."""
    if not request.form.get("do", "").startswith("fill"):
        return eid
    desk = proofs.desk(version)
    here = [name for name, _entry in desk.blocks].index(eid)
    waiting = {node.eid for node in proofs.empty_articles(desk.draft)}
    return next((name for name, _entry in desk.blocks[here:] if name in waiting), eid)


def _at(version: Version, eid: str) -> str:
    return url_for(
        "corrections.correct",
        version_id=version.id,
        at=eid or None,
        only=request.args.get("only"),
        _anchor=eid or None,
    )


def _do(version: Version, form: StepForm) -> str:
    """What the pressed button says: undo, again, or a step at the block of the form."""
    do, *more = request.form.get("do", "").split(":")
    revision = int(form.revision.data or 0) if (form.revision.data or "0").isdecimal() else -1
    if do == "undo":
        return work.undo(visitor(), version, revision)
    if do == "again":
        return work.again(visitor(), version, revision)
    return work.correct(visitor(), version, _step(version, form, do, more), revision)


def _step(version: Version, form: StepForm, do: str, more: list[str]) -> Step:
    eid = form.eid.data or ""
    if do == "split":
        part, at = (
            (more[0], int(more[1]))
            if len(more) == 2 and more[1].isdecimal()
            else _place(version, eid, form.place.data or "")
        )
        return Step("split", eid, at, part)
    if do == "join":
        return Step("join", more[0] if more else eid)
    if do == "kind":
        return Step("kind", eid, kind=more[0] if more else form.kind.data or "")
    if do == "cite":
        at = int(more[0]) if more and more[0].isdecimal() else 0
        return Step("cite", eid, at=at, heading=form.heading.data or "", text=form.text.data or "")
    if do in {"number", "numbers"}:
        return Step(do, eid, number=(form.number.data or "").strip())
    if do == "words":
        return Step(
            "words", eid, number=form.label.data or "", heading=form.heading.data or "", text=_lines(form)
        )
    return Step(do, eid, text=_lines(form))


def _lines(form: StepForm) -> str:
    return (form.text.data or "").replace("\r\n", "\n")


def _place(version: Version, eid: str, words: str) -> tuple[str, int]:
    """The part and the place in it where these words begin; they have to stand there just once."""
    words = words.strip()
    if not words:
        raise Refusal(_("请写新的一段从哪几个字开始，或者点上面的一个地方。"), field="place")
    entry = dict(proofs.desk(version).blocks).get(eid)
    for part in ("text", "heading"):
        said = getattr(entry, part, None) or ""
        if said.count(words) == 1:
            return part, said.index(words)
        if said.count(words) > 1:
            raise Refusal(_("“%(words)s”在这一段里不止一处，请多写几个字。"), words=words[:20], field="place")
    raise Refusal(_("这一段里没有“%(words)s”，请照这一段的字写。"), words=words[:20], field="place")


def _page(version: Version, form: StepForm) -> str:
    desk = proofs.desk(version)
    at = (form.eid.data if form.is_submitted() else None) or _asked(desk)
    steps = corrections.steps(version.id)
    return render_template(
        "drafts/correct.html",
        version=version,
        task=version.task,
        form=form,
        desk=desk,
        doubts=desk.doubts,
        scan=scans.viewer(version) if desk.scan else None,
        here=proof_page.tools(desk, at, form, keep=form.is_submitted()),
        sheet=proof_page.sheet(desk, at, request.args),
        warnings=proof_page.warnings(desk),
        kinds=proof_page.KIND_NAMES,
        kinds_of=proof_page.kinds_of(desk),
        broken=proof_page.broken(version, desk.draft, steps),
        history=steps,
        undo=corrections.last(version.id),
        again=corrections.next_again(version.id),
        does=proof_page.DOES,
    )


def _asked(desk: proofs.Desk) -> str:
    """The block asked for by address, or by an article's number."""
    number = request.args.get("go", "").strip()
    return proof_page.numbered(desk, number) if number else request.args.get("at", "")


@page(bp, "/versions/<int:version_id>/looked", Act.CORRECT_DRAFT, about=version_of, methods=("POST",))
def looked(version: Version) -> Any:
    """Tick one warning, or all of one kind, as looked at; or take the tick away."""
    n, code = request.form.get("warning", type=int), request.form.get("code", "")
    meant = [n] if n is not None else [i for i, kept in enumerate(version.warnings) if kept["code"] == code]
    work.look(visitor(), version, meant, seen=request.form.get("seen") == "1")
    return redirect(
        url_for(
            "corrections.correct",
            version_id=version.id,
            at=request.form.get("at") or None,
            only=request.args.get("only"),
            _anchor="warnings",
        )
    )
