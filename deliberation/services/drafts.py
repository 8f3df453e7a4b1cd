"""Importing a draft for a task, looking at it before it is published, publishing it; plain-language notes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from deliberation.domain.acts import Act
from deliberation.domain.citation_links import leads
from deliberation.domain.errors import Conflict, NotAllowed, NotFound, Refusal, _
from deliberation.domain.provisions import Caution, Draft, Node
from deliberation.domain.structure import Source, secrecy_mark
from deliberation.domain.verbatim import verbatim
from deliberation.formats.draft_json import draft_from_dict
from deliberation.formats.law_html import Citing, article_html, block_html, paragraph_html
from deliberation.formats.plain_words import markdown_html
from deliberation.formats.reading import read_text, read_with_lines, source_of_text
from deliberation.services import lineage
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.draft_places import place_of
from deliberation.services.files import keep, not_secret
from deliberation.services.proofs import is_scan, remember, revision_of, says
from deliberation.store import drafts
from deliberation.store.consultations import Consultation, Task
from deliberation.store.db import db
from deliberation.store.drafts import Provision, Version

MOST_TITLE, MOST_STAGE, MOST_PLAIN = 300, 60, 4_000
SEE_SCAN = '（<a href="scan:">见扫描件</a>）'  # a page puts the scan's address in
HEADINGS = frozenset({"part", "subpart", "chapter", "section"})
_IN_ARTICLE = re.compile(r'href="(?:at:[^"#]*#|text:)')  # in a preview everything stands on one page


@dataclass(frozen=True)
class Brought:
    """A file as it was brought, or pasted text (name is then empty)."""

    data: bytes = b""
    name: str = ""
    media_type: str = "application/octet-stream"
    pasted: str = ""


def read(brought: Brought) -> Draft:
    """Read what was brought; refuse what is secret or is no draft."""
    return read_whole(brought)[0]


def read_whole(brought: Brought) -> tuple[Draft, Source | None]:
    """What was brought, and the lines it was read from; refused like `read`."""
    if not brought.pasted.strip() and not brought.data:
        raise Refusal(_("请选择草案文件，或者把草案全文粘贴进来。"), field="file")
    not_secret(brought.name, "file")
    draft, source = _draft_in(brought)
    mark = secrecy_mark(list(draft.lines())[:40])
    if mark:
        raise Refusal(
            _("文件标有“%(mark)s”。涉密文件不得上网，请按保密规定处理。什么也没有保存。"),
            mark=mark,
            field="file",
        )
    kinds = draft.counts()
    if not kinds.get("article") and not kinds.get("clause"):
        raise Refusal(
            _("没有找到“第×条”或“一、”这样的条文，不能作为草案导入。请核对文件，或把文字复制后粘贴进来。"),
            field="file",
        )
    return draft, source


def _draft_in(brought: Brought) -> tuple[Draft, Source | None]:
    """A file wins over pasted text; a refusal of the reader stands at its field."""
    try:
        if brought.data:
            return read_with_lines(brought.data, brought.name)
        return read_text(brought.pasted), source_of_text(brought.pasted)
    except Refusal as refused:
        refused.field = "file" if brought.data else "pasted"
        raise


def import_draft(actor: Actor, task: Task, brought: Brought, stage: str = "") -> Version:
    """Read a file or pasted text into a preview, with what the reader was unsure of. Nothing is published yet."""
    draft, lines = read_whole(brought)
    kept = _warnings(draft, lines)
    with act(actor, Act.IMPORT_DRAFT, on=task) as record:
        source = None
        if brought.data:
            source = keep(record, task.office, brought.data, brought.name, brought.media_type)
        version = Version(
            task_id=task.id, serial=drafts.next_serial(task.id), stage=(stage or draft.stage or "")[:MOST_STAGE],
            title=(draft.title or task.title)[:MOST_TITLE], note=draft.note or "", notice="\n".join(draft.notice), text=draft.text(),
            digest=draft.digest(), tree=draft.as_dict(), warnings=kept,
            source=source, made_at=record.at,
        )  # fmt: skip
        db.session.add(version)
        db.session.flush()
        remember(version, draft, lines)
        record.about("version", f"{task.id}.{version.serial}")
        record.note(
            task=task.id,
            serial=version.serial,
            digest=version.digest,
            articles=draft.counts().get("article", 0),
        )
    return version


def _warnings(draft: Draft, source: Source | None) -> list[dict[str, object]]:
    """The warnings as they are kept with the preview, each with its place in the tree."""
    if not draft.warnings:
        return []
    lines = {line.no: line.text for line in source.lines if line.text.strip()} if source else {}
    return [
        _kept(w) | dict(zip(("eid", "words"), place_of(w, draft, lines), strict=True)) for w in draft.warnings
    ]


def _kept(caution: Caution) -> dict[str, object]:
    said = caution.said
    params = {name: str(value) for name, value in said.params.items()} if said else {}
    return {
        "code": caution.code,
        "line": caution.line,
        "msgid": said.msgid if said else caution.message,
        "params": params,
    }


def publish_draft(
    actor: Actor, version: Version, *, title: str = "", stage: str | None = None, revision: int | None = None
) -> Version:
    """Publish a preview: its provisions become rows with uid, eid, wid and their HTML. From now on it does not change.

    Title and stage may be set right at this moment; an empty title keeps the one that was read. With a `revision`
    it is published only as it was corrected up to there: what somebody confirmed is what comes out.
    """
    title = title.strip()
    if len(title) > MOST_TITLE or len(stage or "") > MOST_STAGE:
        raise Refusal(_("标题请不超过 300 个字，稿次请不超过 60 个字。"), field="title")
    not_secret(title, "title")
    if version.state != "published":
        lineage.lineage(version)  # the long part: done before the door, kept for a moment
    with act(actor, Act.PUBLISH_DRAFT, on=version) as record:
        _may_publish(version)
        if revision is not None and revision != revision_of(version):
            raise Conflict(_("您核对以后，这一稿又改过了，还没有公布。请再看一遍，再公布。"))
        found = lineage.lineage(version)
        version.title = title or version.title
        version.stage = version.stage if stage is None else stage.strip()
        db.session.add_all(_rows(version, lineage.names(version, found)))
        db.session.flush()
        _tie(version)
        version.state, version.published_at = "published", record.at
        db.session.flush()
        record.about("version", f"{version.task_id}.{version.serial}")
        record.note(digest=version.digest)
        lineage.keep(record, version, found)
        record.index("version", version.id)
    return version


def _may_publish(version: Version) -> None:
    if version.state == "published":
        raise Refusal(_("这一稿已经公布了。要改动，请导入新的一稿。"))
    newest = drafts.current(version.task_id)
    if newest is not None and newest.serial > version.serial:
        raise Refusal(_("比它新的一稿已经公布了，这一稿不能再公布。请重新导入，作为最新的一稿。"))


def preview(version: Version) -> list[tuple[str, str, str, str, str]]:
    """The tree as a page shows it: (eid, kind, number, heading, html) for headings, articles and what stands outside."""
    found, inside = [], set[str]()
    draft = draft_from_dict(version.tree)
    citing = leads(draft)
    for node in draft.walk():
        if node.eid in inside:
            continue
        if node.kind not in HEADINGS:
            inside |= {below.eid for below in node.walk()} - {node.eid}
        html = _html(node, "", citing) or (
            _html(replace(node, kind="clause"), "", citing) if node.kind not in HEADINGS else ""
        )
        found.append((node.eid, node.kind, node.number or "", node.caption, _IN_ARTICLE.sub('href="#', html)))
    return found


def _rows(version: Version, names: Mapping[str, tuple[str, str]]) -> list[Provision]:
    draft = draft_from_dict(version.tree)
    citing, rows, scan = leads(draft), list[Provision](), is_scan(version)
    for node, chapter, number in _flat(draft):
        html = _html(node, number, citing)
        if scan and node.kind in {"article", "paragraph"} and not says(node):
            html = html.replace("</p>", SEE_SCAN + "</p>", 1)
        rows.append(
            Provision(
                version_id=version.id,
                uid=names[node.eid][0],
                eid=node.eid,
                wid=names[node.eid][1],
                kind=node.kind,
                number=node.number or "",
                n=node.n or "",
                heading=node.caption or "",
                text=node.text,
                chapter=chapter,
                position=len(rows),
                html=html,
            )  # fmt: skip
        )
    return rows


def _flat(draft: Draft) -> Iterator[tuple[Node, str, str]]:
    """Every node in order, with the heading it stands under and, for an article's first paragraph, the article's number."""
    chapter = ""
    first: dict[str, str] = {}
    for node in draft.walk():
        if node.kind in HEADINGS:
            chapter = "　".join(part for part in (node.number, node.heading) if part)
        if node.kind == "article" and node.children and not node.text:
            first[node.children[0].eid] = node.number or ""
        yield node, chapter, first.get(node.eid, "")


def _html(node: Node, number: str, citing: Citing) -> str:
    if node.kind == "article":
        return article_html(node, citing)
    if node.kind == "paragraph":
        return paragraph_html(node, number, citing)
    if node.kind in {"clause", "quoted", "attachment", "table"}:
        return block_html(node, citing)
    return ""


def _tie(version: Version) -> None:
    """Parents and the article each block stands in, known once the rows have ids."""
    by_eid = {row.eid: row for row in drafts.provisions(version.id)}

    def tie(node: Node, parent: Provision | None, article: Provision | None) -> None:
        row = by_eid[node.eid]
        row.parent_id = parent.id if parent else None
        row.article_id = article.id if article else None
        inner = article or (None if node.kind in HEADINGS else row)
        for child in node.children:
            tie(child, row, inner)

    draft = draft_from_dict(version.tree)
    for node in (*draft.preamble, *draft.body, *draft.attachments):
        tie(node, None, None)


def explain(actor: Actor, consultation: Consultation, provision: Provision, words: str) -> None:
    """Write the plain-language note of an article, in Markdown; an empty one takes it away."""
    words = verbatim(words, field="plain", limit=MOST_PLAIN)
    with act(actor, Act.EXPLAIN_ARTICLE, on=consultation) as record:
        db.session.refresh(provision)
        if provision.version.task_id != consultation.task_id:
            raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
        if consultation.task.office_id != consultation.office_id:
            raise NotAllowed(
                _("这部草案由%(office)s登记，白话说明由他们统一写。"), office=consultation.task.office.name
            )
        provision.plain = words
        provision.plain_html = markdown_html(words) if words.strip() else ""
        record.about("article", provision.eid)
        record.note(eid=provision.eid, version=provision.version_id)
        record.index("article", f"{consultation.id}:{provision.id}")


def plain_html(words: str) -> str:
    """How a plain-language note will look; nothing is kept."""
    return markdown_html(verbatim(words, field="plain", limit=MOST_PLAIN))
