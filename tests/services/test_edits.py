"""A version made from the one before on the platform: steps as rows, links from them, nothing guessed."""

import pytest

from deliberation.domain.draft_edits import Step
from deliberation.domain.errors import NotAllowed, NotFound, Refusal
from deliberation.domain.roles import Role
from deliberation.services import drafts, edits, lineage
from deliberation.store import drafts as rows
from deliberation.store import edits as kept
from deliberation.store import links
from tests import make
from tests.make_versions import FIRST


@pytest.fixture
def one(app):
    return make.consultation(make.office(), FIRST, slug="bikes")


@pytest.fixture
def lead(one):
    return make.member(one.office)


def handle(version, eid):
    _base, done, _steps = edits.desk(version)
    return {address: name for name, address in done.eids.items()}[eid]


def counts(version, one):
    return {row.eid: row.remarks for row in rows.contents(version.id, one.id) if row.remarks}


def test_edits_say_where_everything_went(one, lead):
    first = rows.current(one.task_id)
    make.remark(one, "施行得太急", eid="art_5")
    make.remark(one, "不得占用通道", eid="art_3__para_2__point_1")
    make.remark(one, "平台不用建", eid="art_4")
    version = edits.begin(lead, first)
    edits.do(lead, version, Step("move", on=handle(version, "art_5"), after="first"))
    edits.do(lead, version, Step("delete", on=handle(version, "art_5")))
    edits.do(
        lead, version, Step("insert", after=handle(version, "art_1"), first="换上完全不同的一段新文字。")
    )
    edits.do(
        lead, version, Step("reword", on=handle(version, "art_3"), first="全部换成别的说法，一个字也不留下。")
    )
    found = lineage.lineage(version)
    assert found.by_edits
    assert found.waiting == found.likely == []
    drafts.publish_draft(lead, version, stage="二审稿")
    assert {row.decided for row in links.into(version.id)} == {"edit"}
    assert counts(version, one) == {"art_1": 1, "art_5": 1}
    assert rows.at(version.id, "art_1__para_1").text == "本条例自2027年1月1日起施行。"
    uid = {row.eid: row.uid for row in rows.provisions(version.id)}
    assert uid["art_1"] == rows.at(first.id, "art_5").uid
    assert uid["art_3"] == rows.at(first.id, "art_1").uid
    assert uid["art_4"] == rows.at(first.id, "art_2").uid


def test_a_step_is_taken_back_and_stays_in_the_record(one, lead):
    first = rows.current(one.task_id)
    version = edits.begin(lead, first)
    edits.do(lead, version, Step("delete", on=handle(version, "art_4")))
    assert version.digest != first.digest
    edits.undo(lead, version)
    assert version.digest == first.digest
    assert [row.kind for row in kept.steps(version.id)] == ["begin", "delete", "undo"]
    with pytest.raises(Refusal, match="没有可以撤销"):
        edits.undo(lead, version)


def test_begun_once_and_only_from_the_text_that_holds(one, lead):
    first = rows.current(one.task_id)
    version = edits.begin(lead, first)
    assert edits.begin(lead, first).id == version.id
    drafts.publish_draft(lead, version, stage="二审稿")
    with pytest.raises(Refusal, match="现行稿"):
        edits.begin(lead, first)
    with pytest.raises(Refusal, match="已经公布"):
        edits.do(lead, version, Step("delete", on="x"))


def test_others_do_not_edit_and_a_refused_step_leaves_no_trace(one, lead):
    first = rows.current(one.task_id)
    for actor in (make.member(one.office, Role.CLERK), make.member(make.office())):
        with pytest.raises(NotAllowed):
            edits.begin(actor, first)
    version = edits.begin(lead, first)
    with pytest.raises(Refusal):
        edits.do(lead, version, Step("reword", on=handle(version, "art_1"), first=""))
    assert len(kept.steps(version.id)) == 1
    imported = drafts.import_draft(lead, one.task, drafts.Brought(pasted=FIRST))
    with pytest.raises(NotFound):
        edits.desk(imported)
