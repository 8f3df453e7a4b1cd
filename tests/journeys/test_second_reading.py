"""A real law and its next version, with every number shifted: what was said of each article stands where its words stand."""

import pytest

from deliberation.domain.alignment_similarity import normalise
from deliberation.domain.lineage import likeness, units
from deliberation.domain.suggestions import Proposal, Spot
from deliberation.services import lineage, suggestions
from deliberation.services import links as verbs
from deliberation.store import drafts as rows
from deliberation.store import links, quotes, remarks
from tests import make
from tests.make_people import staff

pytestmark = pytest.mark.corpus
LAW = ("反垄断法.2007-08-30.md", "反垄断法.2022-06-24.md")


@pytest.fixture
def texts(shared):
    return [(shared / "corpus" / "pairs" / name).read_text("utf-8") for name in LAW]


@pytest.fixture
def one(app, texts):
    made = make.consultation(make.office(), texts[0], slug="law")
    articles = [row for row in rows.provisions(rows.current(made.task_id).id) if row.kind == "article"]
    for row in articles[::2]:
        make.remark(made, f"说的是{row.number}", eid=row.eid)
    return made


def articles(version):
    return {unit.key: unit for unit in units(lineage.draft_of(version))["article"]}


def test_each_remark_stands_where_its_words_are_and_none_by_its_number(one, texts):
    first = rows.current(one.task_id)
    suggestion = suggestions.make_suggestion(
        make.member(one.office),
        one,
        Spot("article", "art_20"),
        Proposal("改一改", "wording", "改"),
        key=make.key(),
    )
    second = make.publish(one.task, texts[1])
    before, after = articles(first), articles(second)
    words: dict[str, list[str]] = {}
    for eid, unit in after.items():
        words.setdefault(normalise(unit.text), []).append(eid)
    shifted = placed = 0
    for said in remarks.all_of(one.id):
        row = links.of(second.id, [(first.id, said.uid)])[first.id, said.uid]
        twins = words.get(normalise(before[said.eid].text), [])
        if len(twins) == 1:
            assert row.to_eid == twins[0]
            shifted += row.to_eid != said.eid
        if row.to_eid:
            placed += 1
            assert likeness(before[said.eid], after[row.to_eid]) >= 0.5
    assert shifted >= 10
    lost = remarks.total(quotes.orphans(one.id, second.id))
    assert placed + lost == len(remarks.all_of(one.id))
    counted = {row.eid: row.remarks for row in rows.contents(second.id, one.id) if row.remarks}
    assert sum(counted.values()) == placed
    row = links.of(second.id, [(first.id, suggestion.uid)])[first.id, suggestion.uid]
    assert row.to_eid != "art_20"
    assert likeness(before["art_20"], after[row.to_eid]) >= 0.5


def test_through_the_pages_import_review_publish_read(app, one, texts):
    lead = staff(app, one.office)
    lead.open(f"/tasks/{one.task_id}/drafts/new").submit(having="pasted", pasted=texts[1], stage="二审稿")
    version = rows.versions(one.task_id)[1]
    review = f"/versions/{version.id}/links"
    waits = lineage.lineage(version).waiting
    lead.open(review)
    lead.open(f"{review}/{waits[0]}").submit(having="choice", choice="deleted")
    assert waits[0] not in lineage.lineage(version).waiting
    lead.open(f"/versions/{version.id}").submit(
        having="title", to=f"/versions/{version.id}/publish", title="反垄断法", stage="二审稿", sure="y"
    )
    assert rows.current(one.task_id).id == version.id
    for old in lineage.lineage(version).waiting:
        verbs.decide(make.member(one.office), version, old, [])
    assert lead.open(review).says("没有要核对的了")
    moved = next(
        row for row in links.to(version.id)
        if row.from_eid == row.from_article_eid and row.to_eid not in {"", row.from_eid}
        and int(row.from_eid.split("_")[1]) % 2
    )  # fmt: skip
    said = f"说的是{rows.at(moved.from_version_id, moved.from_eid).number}"
    assert lead.open(f"/c/law/at/{moved.to_eid}").says(said)
    assert lead.open(f"/c/law/v/1/at/{moved.from_eid}").says("说的是")
    assert lead.open("/c/law/compare?only=changed").says("逐条对照")
