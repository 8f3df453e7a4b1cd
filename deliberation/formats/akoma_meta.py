"""What stands in `meta` of an Akoma Ntoso document: which work, which version of it, what changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from deliberation.domain.alignment import Link
from deliberation.domain.provisions import Draft
from deliberation.formats.akoma_names import Element, child, identifier

LANGUAGE = "zho"  # ISO 639-2, as the naming convention asks
UNKNOWN_DAY = "1970-01-01"
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")

Change = Literal["renumbering", "substitution", "insertion", "repeal", "split", "join"]
CHANGES: dict[str, Change] = {
    "renumbered": "renumbering",
    "moved": "renumbering",
    "reworded": "substitution",
    "new": "insertion",
    "deleted": "repeal",
    "split": "split",
    "merged": "join",
}


@dataclass(frozen=True, slots=True)
class Modification:
    """One change against the version before: eids of that version and of this one."""

    change: Change
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AkomaMeta:
    """Names of the work and of this version; `date` is ISO 8601 (YYYY-MM-DD), `region` a code like 210000.

    `uids` and `wids` are keyed by the eids of this version. `previous` is the expression this version changes,
    e.g. /akn/cn-210000/bill/local-regulation/2026/charging/zho@2026-03-01. ValueError for a name that no
    Akoma Ntoso address can hold.
    """

    slug: str = "draft"
    date: str = UNKNOWN_DAY
    region: str = ""
    subtype: str = "draft"
    kind: Literal["bill", "debate"] = "bill"
    author: str = "standing_committee"
    author_name: str = "人大常委会"
    version: str = ""
    uids: Mapping[str, str] = field(default_factory=dict)
    wids: Mapping[str, str] = field(default_factory=dict)
    previous: str = ""
    modifications: tuple[Modification, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][\w-]*", self.subtype):
            raise ValueError(f"a subtype begins with a letter: {self.subtype!r}")
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.date):
            raise ValueError(f"a date is YYYY-MM-DD: {self.date!r}")
        if not re.fullmatch(r"[\w-]*", self.region) or not re.fullmatch(r"[^\s/]+", self.slug):
            raise ValueError(f"a region is a code and a slug one word: {self.region!r}, {self.slug!r}")

    @property
    def country(self) -> str:
        """cn, or cn-210000 for a province, city or county."""
        return f"cn-{self.region}" if self.region else "cn"

    @property
    def work(self) -> str:
        """/akn/cn-<region>/bill/<subtype>/<year>/<slug>"""
        return f"/akn/{self.country}/{self.kind}/{self.subtype}/{self.date[:4]}/{quote(self.slug)}"

    @property
    def expression(self) -> str:
        """The work in Chinese, as it stood on its day."""
        return f"{self.work}/{LANGUAGE}@{self.date}"


def meta_of(draft: Draft) -> AkomaMeta:
    """What a file alone tells: the last day named in its adoption note, else an unknown day."""
    days = _DAY.findall(draft.note or "")
    day = max((f"{int(y):04d}-{int(m):02d}-{int(d):02d}" for y, m, d in days), default=UNKNOWN_DAY)
    return AkomaMeta(date=day)


def modifications_of(links: Sequence[Link]) -> tuple[Modification, ...]:
    """The links of an alignment as changes; those of one split or one merge together."""
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for link in links:
        if link.relation == "same":
            continue
        shared = link.old if link.relation == "split" else link.new if link.relation == "merged" else None
        key = (link.relation, shared or f"{link.old}>{link.new}")
        old, new = found.setdefault(key, ([], []))
        old += [link.old] if link.old and link.old not in old else []
        new += [link.new] if link.new and link.new not in new else []
    return tuple(Modification(CHANGES[key[0]], tuple(o), tuple(n)) for key, (o, n) in found.items())


def write_meta(parent: Element, meta: AkomaMeta, part: str = "") -> Element:
    """`meta` with identification; `part` names a component such as att_1. Returns the new element."""
    made = child(parent, "meta")
    identification = child(made, "identification", source="#author")
    inside = f"/!{part}" if part else ""
    work = child(identification, "FRBRWork")
    _level(work, meta.work, inside, meta.date, "generation")
    child(work, "FRBRcountry", value=meta.country)
    child(work, "FRBRsubtype", value=meta.subtype)
    child(work, "FRBRname", value=meta.slug)
    expression = child(identification, "FRBRExpression")
    _level(expression, meta.expression, inside, meta.date, "version")
    if meta.version:
        child(expression, "FRBRversionNumber", value=meta.version)
    child(expression, "FRBRlanguage", language=LANGUAGE)
    manifestation = child(identification, "FRBRManifestation")
    _level(manifestation, f"{meta.expression}.xml", inside, meta.date, "markup")
    child(manifestation, "FRBRformat", value="application/akn+xml")
    return made


def _level(parent: Element, uri: str, inside: str, day: str, name: str) -> None:
    this = uri.removesuffix(".xml") + inside + ".xml" if uri.endswith(".xml") else uri + inside
    child(parent, "FRBRthis", value=this)
    child(parent, "FRBRuri", value=uri)
    child(parent, "FRBRdate", date=day, name=name)
    child(parent, "FRBRauthor", href="#author")


def write_history(made: Element, meta: AkomaMeta, renumbered: Mapping[str, str]) -> None:
    """Events, changes against the version before, and for every provision whose wid is not its eid a mapping."""
    events = child(made, "lifecycle", source="#author")
    kind = "amendment" if meta.previous else "generation"
    child(events, "eventRef", eId="evt_1", date=meta.date, source="#ref_1", type=kind)
    changes = meta.modifications if meta.previous else ()
    if changes or renumbered:
        analysis = child(made, "analysis", source="#author")
        _modifications(analysis, meta, changes)
        _mappings(analysis, renumbered)


def _modifications(analysis: Element, meta: AkomaMeta, changes: Sequence[Modification]) -> None:
    if not changes:
        return
    listed = child(analysis, "passiveModifications")
    for number, change in enumerate(changes, 1):
        made = child(listed, "textualMod", type=change.change, eId=f"pmod_{number}")
        child(made, "source", href="#ref_1")
        for eid in change.new:
            child(made, "destination", href=f"#{identifier(eid)}")
        if not change.new:
            child(made, "destination", href=meta.expression)
        for eid in change.old:
            child(made, "old", href=f"{meta.previous}#{identifier(eid)}")


def _mappings(analysis: Element, renumbered: Mapping[str, str]) -> None:
    if not renumbered:
        return
    listed = child(analysis, "mappings", source="#author")
    for number, (eid, wid) in enumerate(renumbered.items(), 1):
        child(
            listed,
            "mapping",
            eId=f"map_{number}",
            original=f"#{identifier(wid)}",
            current=f"#{identifier(eid)}",
            start="#evt_1",
        )


def write_references(made: Element, meta: AkomaMeta, title: str) -> Element:
    """Who speaks, and which work this is or changes. Returns the new element, for more references."""
    references = child(made, "references", source="#author")
    href = meta.previous or meta.work
    name = "passiveRef" if meta.previous else "original"
    child(references, name, eId="ref_1", href=href, showAs=title or meta.slug)
    child(
        references,
        "TLCOrganization",
        eId="author",
        href=f"/akn/ontology/organization/{meta.country}/{identifier(meta.author)}",
        showAs=meta.author_name,
    )
    return references
