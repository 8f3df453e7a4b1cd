"""Identity across versions: what was said stands where its words stand, never where its number is; published text stays."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.services import drafts
from deliberation.store import drafts as rows
from deliberation.store import links, quotes, remarks
from deliberation.store.db import db
from deliberation.store.drafts import Immutable
from tests import make
from tests.make_versions import FIRST, SECOND


@pytest.fixture
def one(app):
    return make.consultation(make.office(), FIRST, slug="bikes")


def second(one, text=SECOND):
    return make.publish(one.task, text)


def standing(version, eid):
    """(from eid, to eid, exact) of what an earlier provision became."""
    first = links.published(version.task_id)[0]
    row = links.of(version.id, [(first.id, rows.at(first.id, eid).uid)])
    (found,) = row.values()
    return found.to_eid, found.exact


def counts(version, one):
    return {row.eid: row.remarks for row in rows.contents(version.id, one.id) if row.remarks}


def test_remarks_follow_their_article_and_not_its_number(one):
    make.remark(one, "巡查要每天", eid="art_2")
    make.remark(one, "三百米太远", eid="art_3__para_1", quote="服务半径一般不超过三百米")
    make.remark(one, "断电装置好", eid="art_3__para_2__point_2")
    make.remark(one, "平台不用建", eid="art_4", quote="信息平台")
    version = second(one)
    assert standing(version, "art_2") == ("art_3", True)
    assert standing(version, "art_3__para_1") == ("art_4__para_1", True)
    assert standing(version, "art_3__para_2__point_2") == ("art_4__para_2__point_1", True)
    assert counts(version, one) == {"art_3": 1, "art_4": 2}
    lost = remarks.answer(quotes.orphans(one.id, version.id))
    assert [r.text for r in lost] == ["平台不用建"]


def test_a_provision_keeps_its_name_and_a_new_one_gets_its_own(one):
    first = rows.current(one.task_id)
    version = second(one)
    for old, new in (
        ("art_2", "art_3"),
        ("art_3", "art_4"),
        ("art_5", "art_5"),
        ("art_3__para_2", "art_4__para_2"),
    ):
        before, after = rows.at(first.id, old), rows.at(version.id, new)
        assert (before.uid, before.wid) == (after.uid, after.wid)
    fresh = rows.at(version.id, "art_2")
    assert fresh.uid not in {row.uid for row in rows.provisions(first.id)}
    wids = [row.wid for row in rows.provisions(version.id)]
    assert len(set(wids)) == len(wids)


def test_links_are_kept_as_rows_and_name_every_article(one):
    version = second(one)
    found = links.into(version.id)
    assert {row.decided for row in found} == {"machine"}
    first = {row.uid for row in rows.provisions(links.published(one.task_id)[0].id) if row.kind == "article"}
    assert first <= {row.from_uid for row in found}
    relations = {row.relation for row in found}
    assert {"same", "renumbered", "new", "deleted"} <= relations


def test_what_was_said_is_never_rewritten(one):
    said = make.remark(one, "三百米太远", eid="art_3__para_1")
    before = (said.version_id, said.uid, said.eid, said.stood)
    second(one)
    db.session.expire_all()
    again = remarks.get(said.id)
    assert (again.version_id, again.uid, again.eid, again.stood) == before


def test_a_remark_on_the_new_version_stands_there_and_an_old_one_leaves_both_counters(one):
    actor = make.member(one.office)
    said = make.remark(one, "三百米太远", actor=actor, eid="art_3")
    version = second(one)
    new = make.remark(one, "二百米正好", eid="art_4")
    assert new.version_id == version.id
    assert counts(version, one) == {"art_4": 2}
    from deliberation.services.remarks import withdraw_remark

    withdraw_remark(actor, said)
    assert counts(version, one) == {"art_4": 1}
    assert counts(links.published(one.task_id)[0], one) == {}


def test_three_versions_carry_on_from_one_another(one):
    make.remark(one, "三百米太远", eid="art_3__para_1")
    second(one)
    third = make.publish(
        one.task, SECOND.replace("第二条　鼓励", "第二条　本市鼓励").replace("二百米", "一百米")
    )
    assert standing(third, "art_3__para_1") == ("art_4__para_1", True)
    assert counts(third, one) == {"art_4": 1}


def test_a_quotation_is_sought_only_where_its_article_is(one):
    make.remark(one, "改了几个字", eid="art_3", quote="服务半径一般不超过三百米")
    make.remark(one, "在别处", eid="art_2", quote="对共用部位进行定期巡查")
    version = make.publish(
        one.task, SECOND.replace("对共用部位进行定期巡查，发现违规停放的", "每天走一遍，发现违规停放和充电的")
    )
    lost = quotes.lost(version.id, [r.id for r in remarks.all_of(one.id)])
    stands = {r.text for r in remarks.all_of(one.id) if r.id not in lost}
    assert "改了几个字" in stands


@pytest.mark.parametrize(
    ("field", "value"), [("text", "改"), ("title", "改"), ("digest", "0"), ("stage", "改")]
)
def test_a_published_version_does_not_change(one, field, value):
    version = rows.current(one.task_id)
    setattr(version, field, value)
    with pytest.raises(Immutable):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("field", ["uid", "eid", "text", "html", "number"])
def test_a_published_provision_does_not_change(one, field):
    row = rows.at(rows.current(one.task_id).id, "art_3")
    setattr(row, field, "改")
    with pytest.raises(Immutable):
        db.session.flush()
    db.session.rollback()


def test_an_older_text_is_not_published_after_a_newer_one(one):
    lead = make.member(one.office)
    older = drafts.import_draft(lead, one.task, drafts.Brought(pasted=SECOND))
    second(one)
    with pytest.raises(Refusal, match="比它新的一稿"):
        drafts.publish_draft(lead, older)
