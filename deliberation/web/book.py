"""How a draft's rows become the contents list, the leaf and the margin of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from deliberation.domain.citation_links import placed
from deliberation.domain.remarks import CHANNELS
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Provision, TocRow
from deliberation.store.remarks import Remark
from deliberation.web.languages import category
from deliberation.web.since import Since

IN_MARGIN = 3  # of each paragraph; the rest are a page of their own
TocLine = tuple[str, str, str, int, bool]


@dataclass(frozen=True)
class Margin:
    """A remark as it stands in the margin."""

    text: str
    attitude: str
    who: str
    mine: bool
    url: str
    link_text: str
    since: Since | None = None


@dataclass(frozen=True)
class Para:
    """One 款 of an article with the remarks beside it."""

    eid: str
    label: str
    html: Markup
    says: list[Margin]
    total: int = 0


def law(html: str, slug: str) -> Markup:
    """A provision's own HTML, made by us at publication, with its citations leading to pages of this consultation."""
    if "<a href=" not in html:
        return Markup(html)  # noqa: S704 - our own HTML
    html = placed(html, *_stems(request.script_root, slug))
    if 'href="scan:"' in html:
        html = html.replace('href="scan:"', f'href="{url_for("scans.published", slug=slug)}"')
    return Markup(html)  # noqa: S704 - our own HTML


@lru_cache(maxsize=64)
def _stems(_root: str, slug: str) -> tuple[str, str]:
    return url_for("drafts.article", slug=slug, eid="x")[:-1], url_for("consultations.text", slug=slug) + "#"


def chapters(
    one: Consultation, rows: Sequence[TocRow], here: str = ""
) -> list[tuple[str | None, list[TocLine]]]:
    """Headings with the articles under them, in the shape the contents macro takes."""
    stem = url_for("drafts.article", slug=one.slug, eid="x")[:-1]
    found: list[tuple[str | None, list[TocLine]]] = []
    for row in rows:
        if row.kind in {"part", "subpart", "chapter", "section"}:
            found.append(("　".join(part for part in (row.number, row.heading) if part), []))
            continue
        if not found:
            found.append((None, []))
        label = row.number or row.heading or _("正文")
        found[-1][1].append(
            (label, row.heading if row.number else "", stem + row.eid, row.remarks, row.eid == here)
        )
    return found


def first_chapter(rows: Sequence[TocRow]) -> int:
    """The position where the first view of a draft ends: the second chapter, or ten articles where there are none."""
    headings = [row.position for row in rows if row.kind == "chapter"]
    if len(headings) > 1:
        return headings[1]
    articles = [row.position for row in rows if row.kind == "article"]
    return articles[10] if len(articles) > 10 else 1_000_000


def neighbours(
    one: Consultation, rows: Sequence[TocRow], here: str
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The article before and the one after, as (label, url)."""
    articles = [row for row in rows if row.kind not in {"part", "subpart", "chapter", "section"}]
    at = next((n for n, row in enumerate(articles) if row.eid == here), None)
    if at is None:
        return None, None

    def link(n: int) -> tuple[str, str] | None:
        if not 0 <= n < len(articles):
            return None
        row = articles[n]
        words = "　".join(part for part in (row.number, row.heading) if part)
        return words, url_for("drafts.article", slug=one.slug, eid=row.eid)

    return link(at - 1), link(at + 1)


def paras(
    article: Provision,
    inner: Sequence[Provision],
    remarks: Sequence[tuple[Remark, int]],
    viewer: int | None,
    slug: str,
    earlier: Mapping[int, Since] | None = None,
) -> tuple[list[Para], Para]:
    """The paragraphs of an article with the first remarks at each, and what was said on the article as a whole.

    `remarks` come with how many stand at their address. An article of one paragraph has all of them beside it.
    `earlier` says of those that spoke of an earlier version where they stand now.
    """
    heads = [row for row in inner if row.parent_id == article.id] or [article]
    blocks = [Para(row.eid, _label(n, len(heads)), law(row.html, slug), []) for n, row in enumerate(heads, 1)]
    whole = blocks[0] if len(blocks) == 1 else Para(article.eid, "", Markup(""), [])
    channels = {code: _(name) for code, name in CHANNELS.items()}
    counts: dict[str, dict[tuple[int, str], int]] = {}
    for remark, at_all in remarks:
        was = (earlier or {}).get(remark.id)
        eid = was.eid if was is not None and not was.lost else remark.eid if was is None else article.eid
        place = next((b for b in blocks if (eid + "__").startswith(b.eid + "__")), whole)
        counts.setdefault(place.eid, {})[remark.version_id, remark.eid] = at_all
        if len(place.says) < IN_MARGIN:
            place.says.append(margin(remark, viewer, channels, was))
    sums = {eid: sum(parts.values()) for eid, parts in counts.items()}
    return [replace(b, total=sums.get(b.eid, 0)) for b in blocks], replace(
        whole, total=sums.get(whole.eid, 0)
    )


def _label(n: int, of: int) -> str:
    return _("%(n)s款", n=n) if of > 1 else ""


def margin(
    remark: Remark, viewer: int | None, channels: Mapping[str, str], was: Since | None = None
) -> Margin:
    """A remark for the margin: nameless, by category and channel; one's own is marked and links to where it stands."""
    mine = viewer is not None and remark.author_id == viewer
    who = " · ".join(part for part in (category(remark.category), channels[remark.channel]) if part)
    url = url_for("remarks.show", slug=remark.consultation.slug, number=remark.number) if mine else ""
    return Margin(
        remark.text, remark.attitude, _("我") if mine else who, mine, url, remark.public_number, was
    )
