"""Cited places as links: what was typed into the search box, what a remark names."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from deliberation.domain.cited_places import Wanted, deepest, named_in, wanted
from deliberation.domain.errors import Refusal, _
from deliberation.domain.numbering import value
from deliberation.domain.place_words import Cited, cited
from deliberation.domain.roles import MEMBERS, STAFF, Role
from deliberation.store import cited as rows
from deliberation.store import consultations
from deliberation.store.consultations import Consultation
from deliberation.web.visitor import held, offices_as

MOST = 20  # consultations in which a place is looked for


@dataclass(frozen=True)
class Place:
    """A place that was found: where it leads, its words, whether it is the place itself or the nearest above it."""

    url: str
    place: Cited
    exact: bool
    title: str = ""
    text: str = ""


def sought(words: str, slug: str) -> list[Place]:
    """The places a citation in the search box means, in the consultations the visitor may read (or the one named)."""
    place = wanted(words)
    if place is None:
        return []
    readable = [one for one in _readable() if not slug or one.slug == slug][:MOST]
    return _headings(readable, place) if place.kind else _articles(readable, place)


def _readable() -> Sequence[Consultation]:
    own = consultations.of_offices(offices_as(STAFF | MEMBERS | {Role.COMMISSION})) if held() else []
    return list({one.id: one for one in (*own, *consultations.open_to_public())}.values())


def _headings(readable: Sequence[Consultation], place: Wanted) -> list[Place]:
    found = rows.headings([one.task_id for one in readable], place.kind, place.n)
    return [
        Place(
            f"{url_for('consultations.text', slug=one.slug)}#{eid}", Cited(number), True, one.title, heading
        )
        for one in readable
        for task_id, eid, number, heading in found
        if task_id == one.task_id
    ]


def _articles(readable: Sequence[Consultation], place: Wanted) -> list[Place]:
    tasks = [one.task_id for one in readable]
    there = rows.addresses(tasks, [place.article])
    found = [(one, deepest(place, there.get(one.task_id, ()))) for one in readable]
    texts = rows.texts(tasks, list({each.eid for _one, each in found if each}))
    return [
        Place(_at(one.slug, each.eid), Cited(cited(each.eid)), each.exact, one.title, texts.get((one.task_id, each.eid), ""))
        for one, each in found
        if each is not None
    ]  # fmt: skip


def named(one: Consultation, text: str, here: str = "") -> list[Place]:
    """The places of the draft that a remark names, as far as they are there."""
    wishes = named_in(text, here)
    if not wishes:
        return []
    there = rows.addresses([one.task_id], list({wish.article for _words, wish in wishes})).get(
        one.task_id, set()
    )
    found = {each.eid: each for _words, wish in wishes if (each := deepest(wish, there)) is not None}
    return [Place(_at(one.slug, each.eid), Cited(cited(each.eid)), each.exact) for each in found.values()]


def eid_of(one: Consultation, words: str) -> str:
    """The address of a place typed by hand: 12, 第十二条, 第十二条第二款第三项. A Refusal names what is wrong with it."""
    place = wanted(f"第{words}条" if "条" not in words and value(words) else words)
    if place is None or place.kind:
        raise Refusal(
            _("看不懂条款位置“%(word)s”，请写条号，例如 12、第十二条第二款。对整部草案说就空着。"), word=words, field="at"
        )  # fmt: skip
    found = deepest(place, rows.addresses([one.task_id], [place.article]).get(one.task_id, ()))
    if found is None or not found.exact:
        raise Refusal(_("草案里没有“%(word)s”，请对照目录再写一遍。"), word=words, field="at")
    return found.eid


def _at(slug: str, eid: str) -> str:
    article, inside, _rest = eid.partition("__")
    return url_for("drafts.article", slug=slug, eid=article) + (f"#{eid}" if inside else "")
