"""Decisions about links: they hold, they can be taken back, the newest wins; remarks and counters follow at once."""

import pytest

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import drafts, lineage
from deliberation.services import links as verbs
from deliberation.store import drafts as rows
from deliberation.store import links, quotes, remarks
from tests import make
from tests.make_versions import FIRST, MOVED, SECOND


@pytest.fixture
def one(app):
    return make.consultation(make.office(), FIRST, slug="bikes")


@pytest.fixture
def lead(one):
    return make.member(one.office)


def counts(version, one):
    return {row.eid: row.remarks for row in rows.contents(version.id, one.id) if row.remarks}


def orphans(version, one):
    return [r.text for r in remarks.answer(quotes.orphans(one.id, version.id))]


def test_a_move_waits_until_a_person_has_looked(one, lead):
    make.remark(one, "施行得太急", eid="art_5")
    version = make.publish(one.task, MOVED)
    found = lineage.lineage(version)
    assert "art_5" in found.waiting
    assert orphans(version, one) == ["施行得太急"]
    verbs.decide(lead, version, "art_5", ["art_1"])
    assert counts(version, one) == {"art_1": 1}
    assert orphans(version, one) == []
    after = lineage.lineage(version)
    assert "art_5" not in after.waiting
    assert [(k.relation, k.sure) for k in after.of("art_5")] == [("moved", True)]


def test_a_decision_is_taken_back_by_a_newer_one_and_none_is_erased(one, lead):
    make.remark(one, "施行得太急", eid="art_5")
    version = make.publish(one.task, MOVED)
    verbs.decide(lead, version, "art_5", [])
    assert counts(version, one) == {}
    verbs.decide(lead, version, "art_5", ["art_2"])
    assert counts(version, one) == {"art_2": 1}
    verbs.take_back(lead, version, "art_5")
    assert counts(version, one) == {}
    mine = [row for row in links.into(version.id) if row.batch]
    assert [row.decided for row in mine] == ["person"] * 3
    assert len({row.batch for row in mine}) == 3


def test_the_same_decision_twice_is_one(one, lead):
    version = make.publish(one.task, MOVED)
    for _time in range(2):
        verbs.decide(lead, version, "art_5", ["art_1"])
    assert len([row for row in links.into(version.id) if row.batch]) == 1


def test_what_is_decided_on_a_preview_holds_when_it_is_published(one, lead):
    make.remark(one, "施行得太急", eid="art_5")
    version = drafts.import_draft(lead, one.task, drafts.Brought(pasted=MOVED))
    assert "art_5" in lineage.lineage(version).waiting
    verbs.decide(lead, version, "art_5", ["art_1"])
    assert "art_5" not in lineage.lineage(version).waiting
    drafts.publish_draft(lead, version)
    assert counts(version, one) == {"art_1": 1}
    first = links.published(one.task_id)[0]
    assert rows.at(version.id, "art_1").uid == rows.at(first.id, "art_5").uid


def test_a_split_carries_each_paragraph_to_where_its_words_are(one, lead):
    split = SECOND.replace("\n充电设施应当符合下列要求", "\n第五条　充电设施应当符合下列要求").replace(
        "第五条　本条例", "第六条　本条例"
    )
    make.remark(one, "三百米太远", eid="art_3__para_1")
    make.remark(one, "断电装置好", eid="art_3__para_2__point_2")
    version = make.publish(one.task, split)
    verbs.decide(lead, version, "art_3", ["art_4", "art_5"])
    assert counts(version, one) == {"art_4": 1, "art_5": 1}


def test_confirming_what_is_likely(one, lead):
    version = make.publish(
        one.task,
        FIRST.replace(
            "进行定期巡查，发现违规停放的，应当劝阻", "每天巡查一遍，发现违规停放充电的，及时劝阻并报告"
        ),
    )
    likely = lineage.lineage(version).likely
    assert likely == ["art_2"]
    assert verbs.confirm(lead, version, [*likely, "art_1"]) == 1
    assert lineage.lineage(version).likely == []


def test_only_those_who_bring_drafts_decide(one):
    version = make.publish(one.task, MOVED)
    for actor in (make.member(one.office, Role.CLERK), make.member(make.office())):
        with pytest.raises(NotAllowed):
            verbs.decide(actor, version, "art_5", ["art_1"])
    with pytest.raises(Refusal):
        verbs.decide(make.member(one.office), version, "art_5", ["art_99"])
    assert all(row.batch == 0 for row in links.into(version.id))


def test_a_new_article_is_said_to_be_new_once_and_what_was_linked_to_it_waits(one, lead):
    make.remark(one, "三百米太远", eid="art_3")
    version = make.publish(one.task, SECOND)
    assert counts(version, one) == {"art_4": 1}
    for _time in range(2):
        verbs.decide_new(lead, version, "art_4")
    found = lineage.lineage(version)
    assert [(k.old, k.relation, k.sure) for k in found.links if k.new == "art_4"] == [(None, "new", True)]
    assert "art_3" in found.waiting
    assert counts(version, one) == {}
    assert orphans(version, one) == ["三百米太远"]
    assert len([row for row in links.into(version.id) if row.batch]) == 1
    verbs.decide(lead, version, "art_3", ["art_4"])
    assert counts(version, one) == {"art_4": 1}
    assert not [k for k in lineage.lineage(version).links if k.new == "art_4" and k.old is None]
