"""体例检查: what the drafting rules would write differently, for staff; each turned into a wording remark by one press."""

from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.place_words import Cited, cited
from deliberation.services import style_hints as work
from deliberation.services.style_hints import Shown
from deliberation.store import drafts
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.web.consultations import consultation
from deliberation.web.pages import page
from deliberation.web.remarks import remember
from deliberation.web.versions import version_of
from deliberation.web.visitor import visitor

bp = Blueprint("hints", __name__)
Group = tuple[str, Cited, list[Shown]]


@page(bp, "/c/<slug>/hints", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """The hints on the text that is being consulted on, by article, each with the remark that was made of it."""
    version = drafts.current(one.task_id)
    if version is None:
        raise NotFound(_("草案还没有公布，暂时不能做体例检查。"))
    shown = work.of_version(version)
    return render_template(
        "drafts/hints.html", consultation=one, version=version, groups=_groups(shown), total=len(shown), made=work.made(one, shown)
    )  # fmt: skip


@page(bp, "/c/<slug>/hints/remark", Act.MAKE_REMARK, about=consultation, methods=("POST",))
def remark(one: Consultation) -> Response:
    """One press: the hint becomes the person's own wording remark."""
    version = drafts.current(one.task_id)
    if version is None:
        raise Refusal(_("草案还没有公布，暂时不能做体例检查。"))
    key = request.form.get("key", "")
    remember(work.make_remark(visitor(), one, version, key))
    return redirect(url_for("hints.index", slug=one.slug) + f"#{key}")


@page(bp, "/versions/<int:version_id>/hints", Act.READ_TASK, about=version_of)
def of_version(version: Version) -> str:
    """The same on any version of a task, before it is published as well: to look at only."""
    shown = work.of_version(version)
    return render_template(
        "drafts/hints.html",
        consultation=None,
        version=version,
        groups=_groups(shown),
        total=len(shown),
        made={},
    )


def _groups(shown: list[Shown]) -> list[Group]:
    by_article = groupby(shown, key=lambda hint: hint.article)
    return [(eid, Cited(cited(eid)), list(several)) for eid, several in by_article]
