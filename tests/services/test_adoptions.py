"""疑似采纳: only what a suggestion changes counts, at the article it is linked to; a person's finding holds, the newest first."""

import pytest

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.domain.suggestions import Proposal, Spot
from deliberation.services import adoptions, drafts, suggestions
from deliberation.store import adoptions as rows
from tests import make
from tests.make_versions import FIRST, SECOND


@pytest.fixture
def one(app):
    return make.consultation(make.office(), FIRST, slug="bikes")


def suggest(one, eid, wording, kind="wording", place="article"):
    proposal = Proposal("改一改", kind, wording)
    return suggestions.make_suggestion(
        make.member(one.office), one, Spot(place, eid), proposal, key=make.key()
    )


def come_out(one):
    lead = make.member(one.office)
    version = drafts.import_draft(lead, one.task, drafts.Brought(pasted=SECOND), "公布文本")
    return drafts.publish_draft(lead, version)


def test_what_was_taken_over_is_listed_first_with_its_words(one):
    taken = suggest(one, "art_3__para_1", "住宅小区应当设置集中充电设施，服务半径一般不超过二百米。")
    not_taken = suggest(one, "art_2", "物业服务人应当对共用部位进行每小时巡查，发现违规停放的，应当劝阻。")
    gone = suggest(one, "art_4", "", kind="deletion")
    added = suggest(one, "art_1", "鼓励为老年人、残疾人就近预留充电车位。", kind="addition", place="after")
    assert adoptions.promulgated(one) is None
    version = come_out(one)
    assert adoptions.promulgated(one).id == version.id
    found = {c.suggestion.id: c for c in adoptions.compared(one, version)}
    assert found[taken.id].likely
    assert found[taken.id].eid == "art_4__para_1"
    assert "二百" in "".join(found[taken.id].new[a:b] for a, b in found[taken.id].found.words)
    assert not found[not_taken.id].likely
    assert found[gone.id].gone or not found[gone.id].eid
    assert found[added.id].likely
    assert found[added.id].eid == "art_2"
    order = [c.suggestion.id for c in adoptions.compared(one, version)]
    assert order.index(taken.id) < order.index(not_taken.id)


def test_a_finding_is_recorded_and_the_newest_holds(one):
    taken = suggest(one, "art_3__para_1", "住宅小区应当设置集中充电设施，服务半径一般不超过二百米。")
    version = come_out(one)
    staff = make.member(one.office, Role.CLERK)
    for _time in range(2):
        adoptions.find(staff, taken, version, "adopted", eid="art_4", score=1.0)
    assert taken.outcome == "adopted"
    with pytest.raises(Refusal, match="理由"):
        adoptions.find(staff, taken, version, "not", eid="art_4")
    adoptions.find(staff, taken, version, "not", note="条文没有写进来")
    found = rows.of(taken.id)
    assert [row.outcome for row in found] == ["not", "adopted"]
    assert found[0].source == "公布文本对照"
    assert taken.outcome == "not"
    (shown,) = adoptions.compared(one, version)
    assert shown.finding.outcome == "not"


def test_others_do_not_judge(one):
    taken = suggest(one, "art_3", "改")
    version = come_out(one)
    for actor in (make.member(one.office, Role.PANEL), make.member(make.office())):
        with pytest.raises(NotAllowed):
            adoptions.find(actor, taken, version, "adopted")
    assert rows.of(taken.id) == []
