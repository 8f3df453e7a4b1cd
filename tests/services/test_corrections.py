"""Correcting a preview: steps kept and undone exactly, two people, nothing after publishing, doubts counted."""

import pytest

from deliberation.domain.correcting import Step
from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import corrections, drafts, proofs
from deliberation.store import corrections as kept
from deliberation.store import drafts as rows
from deliberation.store import log as logs
from tests import make

MISREAD = """某市养犬条例（草案）

第一条　为了规范养犬，制定本条例，第二条　本条例适用于本市。

第三条　犬只应当免疫。

第四条　本条例自公布之日起施行。
"""


@pytest.fixture
def task(app):
    return make.task(make.office())


@pytest.fixture
def lead(task):
    return make.member(task.office, name="林静")


@pytest.fixture
def version(task, lead):
    return drafts.import_draft(lead, task, drafts.Brought(pasted=MISREAD))


def articles(version):
    return [node.number for node in proofs.desk(version).draft.articles()]


def split(version, words="第二条　"):
    text = rows.get(version.id).tree["body"][0]["children"][0]["text"]
    return Step("split", "art_1__para_1", text.index(words))


def test_a_step_changes_text_tree_digest_and_the_places_of_warnings(version, lead):
    before = version.digest
    assert [w["code"] for w in version.warnings] == ["number_gap"]
    assert corrections.correct(lead, version, split(version), 0) == "art_2"
    assert articles(version) == ["第一条", "第二条", "第三条", "第四条"]
    assert version.text.split("\n")[3] == "第二条　本条例适用于本市。"
    assert version.digest != before
    assert version.warnings[0]["eid"] == "art_3"
    assert proofs.desk(version).doubts == proofs.Doubts(1, 0, 0)


def test_undo_and_again_any_number_of_times(version, lead):
    tree, text = version.tree, version.text
    corrections.correct(lead, version, split(version), 0)
    corrections.correct(lead, version, Step("kind", "art_3", kind="quoted"), 1)
    after = version.tree
    for revision in (2, 3):
        corrections.undo(lead, version, revision)
    assert (version.tree, version.text) == (tree, text)
    with pytest.raises(Refusal, match="没有可以撤销"):
        corrections.undo(lead, version, 4)
    for revision in (4, 5):
        corrections.again(lead, version, revision)
    assert version.tree == after
    corrections.undo(lead, version, 6)
    corrections.correct(lead, version, Step("kind", "art_3", kind="clause"), 7)
    with pytest.raises(Refusal, match="没有可以重做"):
        corrections.again(lead, version, 8)
    assert [(row.do, row.undone) for row in kept.steps(version.id)] == [
        ("split", False), ("kind", True), ("kind", False),
    ]  # fmt: skip
    assert kept.steps(version.id)[0].by.name == "林静"


def test_two_people_never_overwrite_one_another(version, lead, task):
    other = make.member(task.office, name="王伟")
    corrections.correct(lead, version, split(version), 0)
    with pytest.raises(Conflict, match="林静刚刚改过"):
        corrections.correct(other, version, Step("kind", "art_3", kind="quoted"), 0)
    with pytest.raises(Conflict):
        corrections.undo(other, version, 0)
    assert proofs.revision_of(version) == 1


def test_a_step_sent_twice_is_done_once(version, lead):
    step = split(version)
    assert (
        corrections.correct(lead, version, step, 0) == corrections.correct(lead, version, step, 0) == "art_2"
    )
    assert len(kept.steps(version.id)) == 1


def test_nothing_is_corrected_after_publishing(version, lead):
    drafts.publish_draft(lead, version)
    for tried in (
        lambda: corrections.correct(lead, version, split(version), 0),
        lambda: corrections.undo(lead, version, 0),
        lambda: corrections.look(lead, version, [0], seen=True),
    ):
        with pytest.raises(Refusal, match="已经公布"):
            tried()


def test_only_who_may_import_may_correct(version, task):
    for actor in (
        make.member(task.office, Role.CLERK),
        make.member(make.office()),
        make.member(task.office, Role.PANEL),
    ):
        with pytest.raises(NotAllowed):
            corrections.correct(actor, version, split(version), 0)
    assert kept.steps(version.id) == []


def test_a_refused_step_leaves_no_trace(version, lead):
    size = logs.head(lead.person.office.log_id).size if hasattr(lead.person, "office") else None
    with pytest.raises(Refusal):
        corrections.correct(lead, version, Step("number", "art_3", number="几"), 0)
    assert (kept.steps(version.id), proofs.revision_of(version)) == ([], 0)
    assert size is None or logs.head(lead.person.office.log_id).size == size


def test_ticks_stay_and_are_counted(version, lead):
    corrections.look(lead, version, [0], seen=True)
    corrections.look(lead, version, [0], seen=True)
    assert not proofs.desk(version).doubts.any
    corrections.look(lead, version, [0], seen=False)
    assert proofs.desk(version).doubts.open == 1
    with pytest.raises(Refusal):
        corrections.look(lead, version, [7], seen=True)


def test_a_mended_title_is_the_versions_title_and_may_not_be_secret(version, lead):
    corrections.correct(lead, version, Step("words", "front_1", text="某市文明养犬条例"), 0)
    assert version.title == "某市文明养犬条例"
    assert proofs.desk(version).doubts.different == 1
    with pytest.raises(Refusal, match="涉密"):
        corrections.correct(lead, version, Step("words", "front_1", text="机密 某条例"), 1)


def test_what_was_corrected_is_what_is_published(version, lead):
    corrections.correct(lead, version, split(version), 0)
    drafts.publish_draft(lead, version)
    assert [r.number for r in rows.provisions(version.id) if r.kind == "article"] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
    ]


def test_a_preview_from_before_there_were_proofs_can_be_corrected(version, lead, app):
    from deliberation.store.db import db

    db.session.delete(kept.proof(version.id))
    db.session.commit()
    assert proofs.desk(version).doubts.different == 0
    corrections.correct(lead, version, split(version), 0)
    assert proofs.desk(version).doubts.different == 0
    assert kept.proof(version.id).lines[0][1] == "某市养犬条例"
