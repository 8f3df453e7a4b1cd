"""Round the minutes: corrections from a phone, by account and by link; settled by the clerk; revisions compared; XML."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import minutes
from deliberation.services import minutes_corrections as verbs
from deliberation.services.actors import ByLink
from deliberation.store import meetings as rows
from deliberation.store import minutes_corrections as kept
from tests import make, make_hall
from tests.make import OPERATOR
from tests.web.browsing import Browser
from tests.web.test_meetings import browser


def in_correction(app, days=3):
    from datetime import timedelta

    meeting = make_hall.hall()
    make_hall.line(meeting, "三百米太远，三十米合适", number=1)
    make_hall.line(meeting, "同意前面说的", number=2)
    from deliberation.services import meetings

    meetings.end_meeting(OPERATOR, meeting)
    minutes.draft_minutes(OPERATOR, meeting)
    minutes.save_minutes(OPERATOR, meeting, 1, minutes.Edited(agreed=("缩短距离",)), "convenor")
    until = make_hall.today() + timedelta(days=days)
    minutes.save_minutes(
        OPERATOR, meeting, 2, minutes.Edited(agreed=("缩短服务距离",), correct_until=until), "correction"
    )
    return meeting


def proposal(text="是三十米，不是三百米", **more):
    return verbs.Proposal(more.pop("key", None) or make.key(), text, **more)


def attended(meeting, nth=0):
    return rows.attendance(meeting.id)[nth].person


def final(meeting, base=3):
    return minutes.save_minutes(OPERATOR, meeting, base, minutes.Edited(all_agree=True), "final")


def test_somebody_present_proposes_and_sees_what_became_of_it(app):
    meeting = in_correction(app)
    make.account(meeting.office, attended(meeting), "zj1")
    b = Browser(app).sign_in("zj1").open(f"/meetings/{meeting.id}/minutes")
    assert b.says("到会的人可以提出更正")
    b.open(f"/meetings/{meeting.id}/minutes/corrections").submit(422, text="")
    b.submit(text="是三十米，不是三百米", line="1", said_by=None)
    row = kept.of_meeting(meeting.id)[0]
    assert (row.said_by, row.person_id, row.line, row.revision) == (
        attended(meeting).name,
        attended(meeting).id,
        1,
        3,
    )
    with pytest.raises(Refusal, match="还有 1 条没有处理"):
        final(meeting)
    clerk = browser(app, meeting.office, role=Role.CLERK)
    clerk.open(f"/meetings/{meeting.id}/minutes/edit")
    assert clerk.says("是三十米，不是三百米")
    clerk.open(f"/minutes/corrections/{row.id}").submit(422, outcome="not", answer="")
    assert clerk.says("请写明原因")
    clerk.submit(outcome="not", answer="录音里是三百米")
    assert b.open(f"/meetings/{meeting.id}/minutes").says("录音里是三百米")
    final(meeting)
    b.open(f"/meetings/{meeting.id}/minutes/corrections").submit(422, text="再改一句", line="0")
    assert b.says("已经定稿")
    assert len(kept.of_meeting(meeting.id)) == 1


def test_the_link_needs_no_account_opens_only_in_the_window_and_only_this_meeting(app):
    meeting = in_correction(app)
    other = in_correction(app)
    clerk = browser(app, meeting.office, role=Role.CLERK).open(f"/meetings/{meeting.id}/minutes")
    token = verbs.link_of(meeting)
    assert f"/minutes/{token}" in clerk.page.html
    guest = Browser(app).open(f"/minutes/{token}")
    assert guest.response.headers["Cache-Control"] == "no-store"
    guest.submit(text="应为三十米", line="1", said_by=attended(meeting, 1).name)
    row = kept.of_meeting(meeting.id)[0]
    assert (row.said_by, row.by_id) == (attended(meeting, 1).name, None)
    assert guest.says("等记录人处理")
    guest.submit(422, text="我没到会", line="1", said_by="路人甲")
    for wrong in (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        f"{other.id}-{token.partition('-')[2]}",
        "x",
        "1-",
    ):
        guest.open(f"/minutes/{wrong}", status=404)
    with pytest.raises(NotAllowed):
        verbs.propose(ByLink(meeting.id), other, proposal(said_by=attended(other).name))
    verbs.settle(OPERATOR, row, "taken")
    final(meeting)
    guest.open(f"/minutes/{token}", status=404)


def test_the_window_closes_by_itself_and_retries_are_one(app):
    meeting = in_correction(app, days=1)
    key, name = make.key(), attended(meeting).name
    first = verbs.propose(OPERATOR, meeting, proposal(key=key, said_by=name))
    assert verbs.propose(OPERATOR, meeting, proposal(key=key, said_by=name)).id == first.id
    with make.later(days=3), pytest.raises(Refusal, match="不在更正期"):
        verbs.propose(OPERATOR, meeting, proposal(said_by=name))
    for wrong in ({"line": 99, "said_by": name}, {"said_by": "没到会的人"}, {"text": " ", "said_by": name}):
        with pytest.raises(Refusal):
            verbs.propose(OPERATOR, meeting, proposal(**wrong))
    verbs.settle(OPERATOR, first, "partly", "只改了数字")
    with pytest.raises(Conflict):
        verbs.settle(OPERATOR, first, "taken")
    assert len(kept.of_meeting(meeting.id)) == 1


def test_nobody_who_was_not_there_or_from_another_office_proposes_or_settles(app):
    meeting = in_correction(app)
    row = verbs.propose(OPERATOR, meeting, proposal(said_by=attended(meeting).name))
    stranger = make.member(make.office(), Role.LIAISON)
    for actor in (make.GUEST, stranger):
        with pytest.raises(NotAllowed):
            verbs.propose(actor, meeting, proposal(said_by=attended(meeting).name))
        with pytest.raises(NotAllowed):
            verbs.settle(actor, row, "taken")
    assert kept.get(row.id).outcome == ""


def test_minutes_are_not_edited_after_they_are_signed_through_the_pages_either(app):
    meeting = in_correction(app)
    clerk = browser(app, meeting.office, role=Role.LIAISON).open(f"/meetings/{meeting.id}/minutes/edit")
    form = {
        g["name"]: g.get("value", "")
        for _t, g in clerk.form(having="agreed")["fields"]
        if g.get("type") != "radio"
    }
    final(meeting)
    was = [one.body for one in rows.minutes(meeting.id)]
    answer = clerk.post(
        f"/meetings/{meeting.id}/minutes/edit", {**form, "to": "correction", "agreed": "改过的"}
    )
    assert answer.status_code == 422
    assert "已经定稿" in answer.get_data(as_text=True)
    assert [one.body for one in rows.minutes(meeting.id)] == was


def test_two_revisions_beside_one_another_word_by_word_for_staff_only(app):
    meeting = in_correction(app)
    clerk = browser(app, meeting.office, role=Role.CLERK).open(f"/meetings/{meeting.id}/minutes")
    clerk.open(f"/meetings/{meeting.id}/minutes/compare?old=2&new=3")
    assert "<ins>服务</ins>" in clerk.page.html
    assert not clerk.says("三百米太远"), "what was not changed is left out"
    clerk.open(f"/meetings/{meeting.id}/minutes/compare?old=2&new=9", status=404)
    make.account(meeting.office, attended(meeting), "zj1")
    Browser(app).sign_in("zj1").open(f"/meetings/{meeting.id}/minutes/compare?old=2&new=3", status=404)


def test_the_minutes_as_akoma_ntoso_are_valid(app, shared):
    from lxml import etree

    meeting = in_correction(app)
    clerk = browser(app, meeting.office, role=Role.CLERK).open(f"/meetings/{meeting.id}/minutes.akn.xml")
    made = etree.fromstring(clerk.response.data)
    assert made.tag.endswith("akomaNtoso")
    assert "三百米太远，三十米合适" in clerk.response.data.decode()
    schema = next(iter(sorted((shared / "schemas").rglob("akomantoso30.xsd"))), None)
    if schema is not None:
        etree.XMLSchema(etree.parse(str(schema))).assertValid(made)


def test_the_pages_in_english(app):
    meeting = in_correction(app)
    row = verbs.propose(OPERATOR, meeting, proposal(said_by=attended(meeting).name))
    b = browser(app, meeting.office, role=Role.CLERK, lang="en")
    for page in ("minutes", "minutes/corrections", "minutes/compare?old=1&new=3", "minutes/edit"):
        b.open(f"/meetings/{meeting.id}/{page}")
        assert "更正期" not in b.page.text
    b.open(f"/minutes/corrections/{row.id}")
