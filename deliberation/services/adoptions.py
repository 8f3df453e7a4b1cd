"""疑似采纳: each suggestion's wording beside the promulgated text, at the article it is linked to; a person says what it is."""

from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.alignment_adoption import Adoption, adoption
from deliberation.domain.errors import Refusal, _
from deliberation.domain.lineage_words import is_promulgated
from deliberation.domain.verbatim import verbatim
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.placing import full_text
from deliberation.services.suggestions import stood
from deliberation.store import adoptions, drafts, links, suggestions
from deliberation.store.adoptions import AdoptionFinding
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import Provision, Version
from deliberation.store.suggestions import Suggestion

SOURCE = "公布文本对照"
FINDINGS = {
    "adopted": _("采纳"),
    "partly": _("部分采纳"),
    "not": _("未采纳"),
    "pending": _("看不出来，以后再说"),
}
MOST_NOTE = 1_000
NONE = Adoption(0.0, ())


@dataclass(frozen=True)
class Compared:
    """A suggestion beside the later text: where it is linked to, the text there, how much of the proposed change is in it.

    `eid` is "" where it stands nowhere any more, or speaks of the whole. `gone`: what it wanted deleted is not there.
    """

    suggestion: Suggestion
    eid: str
    old: str
    new: str
    found: Adoption
    gone: bool = False
    finding: AdoptionFinding | None = None

    @property
    def likely(self) -> bool:
        """疑似采纳: worth showing first."""
        return self.gone or self.found.likely


def promulgated(one: Consultation) -> Version | None:
    """The promulgated text of a consultation's draft, where it has come in."""
    return next((v for v in reversed(links.published(one.task_id)) if is_promulgated(v.stage)), None)


def compared(one: Consultation, version: Version) -> list[Compared]:
    """Every suggestion that stands, the likely ones first, those that were judged last."""
    known = adoptions.newest(one.id)
    every = suggestions.of_consultation(one.id)
    earlier = [s for s in every if s.version_id != version.id]
    carried = links.of(version.id, ((s.version_id, s.uid) for s in earlier if s.uid))
    fresh = _new_articles(version)
    found = []
    for suggestion in earlier:
        row = carried.get((suggestion.version_id, suggestion.uid))
        eid = row.to_eid if row is not None else ""
        gone = suggestion.kind == "deletion" and row is not None and not row.to_eid and row.sure
        made = _compared(suggestion, version, eid, fresh, gone=gone)
        found.append(Compared(*made, gone, known.get(suggestion.id)))
    return sorted(found, key=lambda c: (c.finding is not None, not c.likely, -c.found.score))


def _new_articles(version: Version) -> list[Provision]:
    """The articles of a version to which none of the earlier ones is linked: where an addition may have gone."""
    met = {row.to_article_eid for row in links.to(version.id)}
    return [
        row
        for row in drafts.provisions(version.id)
        if row.article_id is None and row.kind == "article" and row.eid not in met
    ]


def _compared(
    suggestion: Suggestion, version: Version, eid: str, fresh: list[Provision], *, gone: bool
) -> tuple[Suggestion, str, str, str, Adoption]:
    """(suggestion, where, old text, new text, how much of it is there)."""
    old = stood(suggestion)
    row = drafts.at(version.id, eid) if eid else None
    there = full_text(row) if row is not None else ""
    if gone or (not suggestion.wording and suggestion.kind != "deletion"):
        return suggestion, eid, old, there, NONE
    best = (suggestion, eid, old, there, adoption(old, there, suggestion.wording) if there else NONE)
    if suggestion.place == "after" or suggestion.kind == "addition":
        for article in fresh:
            text = full_text(article)
            added = adoption("", text, suggestion.wording)
            if added.score > best[4].score:
                best = (suggestion, article.eid, "", text, added)
    return best


def find(
    actor: Actor, suggestion: Suggestion, version: Version, outcome: str, *, eid: str = "", score: float = 0.0, note: str = ""
) -> None:  # fmt: skip
    """What a person found on comparing. The newest finding holds; it is internal until it is released."""
    note = verbatim(note, field="note", limit=MOST_NOTE).strip()
    if outcome not in FINDINGS:
        raise Refusal(_("请选一个结果。"), field="outcome")
    if outcome == "not" and not note:
        raise Refusal(_("未采纳的，请写理由或者出处。"), field="note")
    with act(actor, Act.FIND_ADOPTION, on=suggestion) as record:
        if version.task_id != suggestion.consultation.task_id or version.state != "published":
            raise Refusal(_("这一稿不是这部法规已公布的文本，请刷新页面。"))
        if eid and drafts.at(version.id, eid) is None:
            raise Refusal(_("公布文本里没有这一条，请重新选择。"), field="eid")
        last = adoptions.newest(suggestion.consultation_id).get(suggestion.id)
        if last is not None and (last.version_id, last.outcome, last.eid, last.note) == (
            version.id,
            outcome,
            eid,
            note,
        ):
            record.nothing()
            return
        db.session.add(
            AdoptionFinding(
                suggestion_id=suggestion.id, version_id=version.id, eid=eid, outcome=outcome, score=score, source=SOURCE,
                note=note, by_id=who(record.actor), at=record.at,
            )
        )  # fmt: skip
        suggestion.outcome = outcome
        record.about("suggestion", suggestion.number)
        record.note(outcome=outcome, version=version.serial, eid=eid, source=SOURCE)
