"""A draft as the elements of an Akoma Ntoso bill: cover page, preface, preamble, body, attachments."""

from collections.abc import Iterable

from deliberation.domain.provisions import Draft, Node
from deliberation.formats.akoma_meta import AkomaMeta, write_history, write_meta, write_references
from deliberation.formats.akoma_names import (
    ELEMENTS,
    NOTHING,
    NUMBER_VALUE,
    OTHERS,
    Element,
    blocks,
    child,
    identifier,
    paragraphs,
    printable,
    usual_value,
)


def write_bill(root: Element, draft: Draft, meta: AkomaMeta) -> None:
    """The whole bill below `root`."""
    contains = "singleVersion" if meta.previous else "originalVersion"
    bill = child(root, "bill", name=meta.kind, contains=contains)
    head = write_meta(bill, meta)
    write_history(head, meta, _renumbered(draft, meta))
    write_references(head, meta, draft.title)
    _cover(bill, draft)
    _preface(bill, draft)
    if draft.preamble:
        preamble = child(bill, "preamble")
        for node in draft.preamble:
            _container(preamble, node, meta)
    body = child(bill, "body")
    _levels(body, draft.body, meta)
    if not len(body):
        child(body, OTHERS, name=NOTHING)
    _attachments(bill, draft.attachments, meta)


def _renumbered(draft: Draft, meta: AkomaMeta) -> dict[str, str]:
    """eid → wid of every provision whose address is not the one it was first published with."""
    eids = (node.eid for node in draft.walk() if node.eid)
    return {eid: meta.wids[eid] for eid in eids if meta.wids.get(eid, eid) != eid}


def _cover(bill: Element, draft: Draft) -> None:
    if draft.notice:
        cover = child(bill, "coverPage")
        for line in draft.notice:
            child(cover, "p", line)


def _preface(bill: Element, draft: Draft) -> None:
    if not draft.title and draft.stage is None and draft.note is None:
        return
    preface = child(bill, "preface")
    if draft.title:
        child(child(preface, "p"), "docTitle", draft.title)
    if draft.stage is not None:
        child(child(preface, "p"), "docStage", draft.stage)
    if draft.note is not None:
        note = child(preface, "container", name="note")
        for line in draft.note.split("\n"):
            child(note, "p", line)


def _levels(parent: Element, nodes: Iterable[Node], meta: AkomaMeta) -> None:
    for node in nodes:
        _level(parent, node, meta)


def _level(parent: Element, node: Node, meta: AkomaMeta) -> None:
    """One level of the hierarchy: number, heading, then its text alone or as the lead-in to what stands below."""
    name = ELEMENTS.get(node.kind)
    made = child(parent, name) if name else child(parent, OTHERS, name=node.kind)
    _identify(made, node, meta)
    if node.number is not None:
        child(made, "num", node.number)
    if node.heading is not None:
        child(made, "heading", node.heading)
    if node.text:
        blocks(child(made, "intro" if node.children else "content"), node)
    _levels(made, node.children, meta)


def _identify(made: Element, node: Node, meta: AkomaMeta) -> None:
    if node.eid:
        made.set("eId", identifier(node.eid))
        wid, uid = meta.wids.get(node.eid, node.eid), meta.uids.get(node.eid)
        if wid != node.eid:
            made.set("wId", identifier(wid))
        if uid:
            made.set("GUID", identifier(uid))
    if node.n != usual_value(node.number, node.eid):
        made.set(NUMBER_VALUE, printable(node.n or ""))


def _container(parent: Element, node: Node, meta: AkomaMeta) -> None:
    """A block of the preamble, where the schema knows no hierarchy: containers inside containers."""
    made = child(parent, "container", name=node.kind)
    _identify(made, node, meta)
    if node.number is not None:
        child(made, "block", node.number, name="num")
    if node.heading is not None:
        child(made, "block", node.heading, name="heading")
    blocks(made, node)
    for below in node.children:
        _container(made, below, meta)
    if not len(made):
        child(made, "block", name=NOTHING)


def _attachments(bill: Element, nodes: tuple[Node, ...], meta: AkomaMeta) -> None:
    if not nodes:
        return
    listed = child(bill, "attachments")
    for place, node in enumerate(nodes, 1):
        made = child(listed, "attachment")
        _identify(made, node, meta)
        if node.number is not None:
            child(made, "num", node.number)
        if node.heading is not None:
            child(made, "heading", node.heading)
        doc = child(made, "doc", name="attachment")
        write_meta(doc, meta, f"att_{place}")
        body = child(doc, "mainBody")
        paragraphs(body, node.text)
        _levels(body, node.children, meta)
        if not len(body):
            child(body, "block", name=NOTHING)
