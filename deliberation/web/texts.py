"""The texts of a draft in the order they came out: the current one, and older ones at addresses that stay their own."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.citation_links import placed
from deliberation.domain.errors import NotFound, _
from deliberation.domain.lineage_words import version_name
from deliberation.domain.remarks import CHANNELS
from deliberation.services.exchange import akoma_of
from deliberation.store import drafts, links, margin
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.web.book import margin as beside
from deliberation.web.caching import conditional
from deliberation.web.consultations import consultation
from deliberation.web.downloads import attachment
from deliberation.web.languages import say
from deliberation.web.pages import page
from deliberation.web.seeing import seeing
from deliberation.web.since import since_of
from deliberation.web.visitor import visitor
from deliberation.web.voted import votes_at

bp = Blueprint("texts", __name__)
A_PAGE = 50


@page(bp, "/c/<slug>/versions", Act.READ_CONSULTATION, about=consultation)
def index(one: Consultation) -> Any:
    """Every published text, the newest first: which one holds, what changed from one to the next."""
    every = links.published(one.task_id)
    return conditional(
        render_template(
            "texts/index.html",
            consultation=one,
            every=every[::-1],
            name=name,
            before=dict(zip(every[1:], every, strict=False)),
        )
    )


def name(version: Version) -> str:
    """What a version is called on a page."""
    return say(version_name(version.serial, version.stage))


def _edition(one: Consultation, serial: int) -> tuple[Version, Version]:
    """A published version, and the current one."""
    found, current = links.by_serial(one.task_id, serial), drafts.current(one.task_id)
    if found is None or current is None:
        raise NotFound(_("没有这一稿。请从“草案各稿”里再找一找。"))
    return found, current


@page(bp, "/c/<slug>/v/<int:serial>/", Act.READ_CONSULTATION, about=consultation)
def text(one: Consultation, serial: int) -> Any:
    """The whole of one text, however old."""
    version, current = _edition(one, serial)
    rows = drafts.whole_text(version.id, one.id)
    return conditional(
        render_template(
            "texts/text.html",
            consultation=one,
            version=version,
            current=current,
            rows=rows,
            name=name,
            law=lambda html: _law(one, version, html),
        )  # fmt: skip
    )


@page(bp, "/c/<slug>/v/<int:serial>/text.akn.xml", Act.READ_CONSULTATION, about=consultation)
def exchange(one: Consultation, serial: int) -> Response:
    """The text for other systems, with what changed since the one before."""
    version, _current = _edition(one, serial)
    return attachment(akoma_of(version), f"{one.slug}-{serial}.akn.xml", "application/akn+xml")


def _law(one: Consultation, version: Version, html: str) -> Markup:
    """A provision's own HTML; its citations lead to the same text."""
    stem = url_for("texts.article", slug=one.slug, serial=version.serial, eid="x")[:-1]
    whole = url_for("texts.text", slug=one.slug, serial=version.serial) + "#"
    scan = url_for("scans.published", slug=one.slug, serial=version.serial)
    return Markup(placed(html, stem, whole).replace('href="scan:"', f'href="{scan}"'))  # noqa: S704 - our own HTML


@page(bp, "/c/<slug>/v/<int:serial>/at/<eid>", Act.READ_CONSULTATION, about=consultation)
def article(one: Consultation, serial: int, eid: str) -> Any:
    """One article as it stood, what was said of it then, and where it stands now."""
    version, current = _edition(one, serial)
    row = drafts.at(version.id, eid)
    if row is None or row.article_id is not None:
        raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
    if version.id == current.id:
        return redirect(url_for("drafts.article", slug=one.slug, eid=eid))
    now = links.of(current.id, [(version.id, row.uid)]).get((version.id, row.uid))
    asked = seeing(links.standing_at(one.id, version.id, eid), one)
    person, at = visitor().person, max(1, request.args.get("page", 1, int))
    found = margin.one_page(asked, at, A_PAGE)
    more = len(found) == A_PAGE and bool(margin.one_page(asked, at * A_PAGE + 1, 1))
    channels = {code: say(words) for code, words in CHANNELS.items()}
    return render_template(
        "texts/article.html", consultation=one, version=version, current=current, article=row, name=name,
        now=since_of(one, now) if now is not None else None, law=_law(one, version, row.html),
        says=[beside(remark, person.id if person else None, channels) for remark in found],
        page=at, more=more, voted=votes_at(one, version, eid),
    )  # fmt: skip
