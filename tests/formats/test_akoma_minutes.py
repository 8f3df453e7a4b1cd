"""Minutes as an Akoma Ntoso debate: strict, complete, and never more open than the edition they come from."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from deliberation.domain.dossier_sittings import MeetingRow, Minutes, Person, Speech, VoteRow
from deliberation.domain.dossier_words import WITHHELD
from deliberation.formats.akoma import AkomaMeta
from deliberation.formats.akoma_minutes import Recount, write_minutes
from tests.formats.test_akoma import NS, assert_valid

HE = Person(label="居民代表1号", category="居民代表", name="何某")
LI = Person(label="专家团成员3号", category="专家团")
AT = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
VOTE = VoteRow("是否建议增设充电桩", due=61, present=45, in_favour=24, against=15, abstain=4, not_voted=2,
               carried=True, words="需超过22.5，即至少23")  # fmt: skip
MINUTES = Minutes(
    meeting=MeetingRow("某街道座谈会", place="社区活动室", starts_at=AT, convenor=HE, due=61, present=45),
    agenda=("听取草案说明", "逐条讨论"),
    present=(HE, LI),
    on_leave=(Person(label="居民代表9号"),),
    speeches=(
        Speech(HE, "楼道里不能充电，\n可是楼下没有桩。", place="第十二条", at=AT),
        Speech(LI, None, withheld="not_released"),
    ),
    agreed=("建议第十二条增加一款",),
    on=date(2026, 3, 5),
)


def made(minutes: Minutes = MINUTES, votes=(VOTE,), recounts=(), **given) -> etree._Element:
    return assert_valid(write_minutes(minutes, votes, recounts, **given))


def test_speeches_have_their_speaker_and_capacity():
    root = made()
    first, second = root.findall(".//a:speech", NS)
    person = root.find(f".//a:TLCPerson[@eId='{first.get('by')[1:]}']", NS)
    role = root.find(f".//a:TLCRole[@eId='{first.get('as')[1:]}']", NS)
    assert (person.get("showAs"), role.get("showAs")) == ("何某", "居民代表")
    assert [p.text for p in first.findall("a:p", NS)] == ["楼道里不能充电，", "可是楼下没有桩。"]
    assert (first.findtext("a:heading", namespaces=NS), first.get("startTime")) == (
        "第十二条",
        "2026-03-04T06:30:00+00:00",
    )
    assert [p.text for p in second.findall("a:p", NS)] == [f"（{WITHHELD['not_released']}）"]


def test_a_person_without_a_name_stays_without():
    anonymous = replace(HE, name=None)
    meeting = replace(MINUTES.meeting, convenor=anonymous)
    public = replace(
        MINUTES, meeting=meeting, present=(anonymous, LI), speeches=(Speech(anonymous, "同意。"),)
    )
    written = write_minutes(public, (VOTE,))
    assert_valid(written)
    assert "何某" not in written.decode()
    assert "居民代表1号" in written.decode()


def test_the_counts_stand_in_the_analysis():
    root = made(recounts=(Recount(0, 25, 14, 4),))
    (meeting, vote) = root.findall(".//a:parliamentary/a:quorumVerification", NS)
    assert [q.find("a:quorum", NS).get("value") for q in (meeting, vote)] == ["61", "61"]
    voting = root.find(".//a:parliamentary/a:voting", NS)
    counts = {c.get("refersTo"): c.get("value") for c in voting}
    assert counts == {"#for": "24", "#against": "15", "#abstain": "4", "#not_voted": "2"}
    assert (voting.get("outcome"), voting.get("href")) == ("#carried", "#vote_1")
    assert "是否建议增设充电桩" in root.find(".//a:p[@eId='vote_1']", NS).text
    recount = root.find(".//a:recount", NS)
    assert (recount.get("href"), [c.get("value") for c in recount]) == ("#voting_1", ["25", "14", "4"])


def test_every_reference_inside_has_its_target():
    root = made(recounts=(Recount(0, 25, 14, 4),))
    eids = {e.get("eId") for e in root.iter() if e.get("eId")}
    for element in root.iter():
        for name in ("by", "as", "refersTo", "outcome", "source", "href"):
            value = element.get(name, "")
            assert not value.startswith("#") or value[1:] in eids, (element.tag, name, value)


@pytest.mark.parametrize("carried", [True, False, None])
def test_a_vote_nobody_may_judge_says_so(carried):
    root = made(votes=(replace(VOTE, carried=carried),))
    outcome = root.find(".//a:voting", NS).get("outcome")
    assert outcome == {True: "#carried", False: "#lost", None: "#undecided"}[carried]


def test_minutes_of_almost_nothing_validate_too():
    bare = Minutes(meeting=MeetingRow("座谈会"))
    root = made(bare, votes=())
    assert root.find(".//a:parliamentary", NS) is None
    assert root.find(".//a:speech", NS) is None


def test_the_address_is_that_of_a_debate_and_the_bytes_are_the_same():
    meta = AkomaMeta(slug="talk-3", date="2026-03-04", region="220104", subtype="minutes")
    root = made(meta=meta)
    assert (
        root.find(".//a:FRBRWork/a:FRBRuri", NS).get("value") == "/akn/cn-220104/debate/minutes/2026/talk-3"
    )
    assert write_minutes(MINUTES, (VOTE,)) == write_minutes(MINUTES, (VOTE,))
