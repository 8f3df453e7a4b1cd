"""The way up through the verbs: who may approve, what is frozen at submission, what comes back, notes of the panel."""

import io
from datetime import timedelta

import docx
import pytest

from deliberation.clock import local
from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import consultations, dossiers, remarks, reports, sending
from deliberation.services.files import Upload, read
from deliberation.services.sending import Papers
from deliberation.store import consultations as held
from deliberation.store import log, people
from deliberation.store import reports as rows
from deliberation.store.db import db
from tests import make, make_dossiers
from tests.racing import race

PDF = Upload(b"%PDF-1.4 signed", "sheet.pdf")


def today():
    return local(make.now()).date()


@pytest.fixture
def one(app):
    made = make.consultation(make.office())
    make.remark(made, "三百米太远")
    make_dossiers.suggestion(made)
    consultations.move_phase(make.OPERATOR, made, "consolidating")
    return made


@pytest.fixture
def lead(one):
    return make.member(one.office, Role.LIAISON)


@pytest.fixture
def chief(one):
    return make.member(one.office, Role.RESPONSIBLE, "郑负责")


def facts(**more):
    return {
        "by_when": today() + timedelta(days=3), "approved_by": "郑负责", "approved_on": today(), "how": "sheet", "unreviewed": "没有专家团",
        "reason": "改两处", "stamped_on": today(), "seal_of": "联系点", "copies": "2", "stamped_by": "林见青",
        "submitted_on": today(), "manner": "paper", "addressee": "法工委", "unstamped": "便函", "returned_on": today(),
    } | more  # fmt: skip


def go(actor, report, to, papers=Papers(), **more):
    wanted = {name: facts(**more)[name] for name in reports.facts_needed(report, to)}
    return reports.move(actor, report, to, wanted, papers)


def approved(lead, one):
    report = reports.begin(lead, one)
    return go(lead, report, "approved", Papers(sheet=PDF))


def final(report_bytes, old="太远", new="过远"):
    document = docx.Document(io.BytesIO(report_bytes))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return Upload(out.getvalue(), "定稿.docx")


def test_on_the_screen_only_the_responsible_approves_and_in_their_own_name(one, lead, chief):
    report = reports.begin(lead, one)
    go(lead, report, "reviewing")
    with pytest.raises(NotAllowed):
        go(lead, report, "approved", how="screen")
    assert report.state == "reviewing"
    go(chief, report, "approved", how="screen", approved_by="别人")
    steps = rows.steps([report.id])[report.id]
    assert steps[-1].facts["approved_by"] == "郑负责"


def test_on_paper_the_signed_sheet_must_be_there(one, lead):
    report = reports.begin(lead, one)
    with pytest.raises(Refusal) as refused:
        go(lead, report, "approved")
    assert refused.value.field == "sheet"
    with pytest.raises(Refusal):
        go(lead, report, "approved", Papers(sheet=Upload(b"MZ", "virus.exe")))
    assert report.state == "drafting"
    go(lead, report, "approved", Papers(sheet=PDF))
    assert read(rows.steps([report.id])[report.id][-1].sheet) == PDF.data


def test_submission_freezes_ours_beside_what_was_really_sent(one, lead):
    report = approved(lead, one)
    go(lead, report, "stamped")
    ours = sending.made_here(one)
    sent = final(ours, "二百米", "一百五十米")
    go(lead, report, "submitted", Papers(final=sent, scan=PDF))
    assert one.phase == "reported"
    assert read(report.final) == sent.data
    assert read(report.scan) == PDF.data
    found = sending.compared(report)
    assert [d.kind for d, _runs in found.differences] == ["changed"] * len(found.differences)
    assert found.differences
    assert all("一百五十米" in d.theirs and "二百米" in d.ours for d, _runs in found.differences)
    assert "关于第三条" in found.differences[0][0].under


def test_what_is_unchanged_has_no_difference(one, lead):
    report = approved(lead, one)
    go(lead, report, "submitted", Papers(final=final(sending.made_here(one), "没有这样的字", "")))
    assert sending.compared(report).differences == []


def test_a_bad_or_foreign_document_changes_nothing(one, lead):
    report = approved(lead, one)
    other = docx.Document()
    for n in range(30):
        other.add_paragraph(f"这是另一件事的通知第{n}段，与报告无关。")
    out = io.BytesIO()
    other.save(out)
    bad = [
        Upload(out.getvalue(), "通知.docx"),
        Upload(b"PK\x03\x04broken", "坏.docx"),
        Upload(b"plain", "a.txt"),
        Upload(PDF.data, "x.docx"),
    ]
    for upload in bad:
        with pytest.raises(Refusal) as refused:
            go(lead, report, "submitted", Papers(final=upload))
        assert refused.value.field == "final", upload.name
    assert (report.state, report.final, one.phase) == ("approved", None, "consolidating")


def test_another_drafts_report_is_told_by_its_name(one, lead):
    other = make.consultation(one.office, make.DRAFT.replace("电动自行车充电安全管理规定", "养犬管理条例"))
    make.recorded(make.OPERATOR, other)
    report = approved(lead, one)
    with pytest.raises(Refusal, match="养犬管理条例") as refused:
        go(lead, report, "submitted", Papers(final=Upload(sending.made_here(other), "别的.docx")))
    assert refused.value.field == "final"
    assert (report.state, report.sent_at, one.phase) == ("approved", None, "consolidating")
    named = final(sending.made_here(one), "（草案）", "（草案修改稿）")
    go(lead, report, "submitted", Papers(final=named))
    assert report.final is not None


def test_what_came_later_is_kept_once_and_never_exchanged(one, lead):
    report = approved(lead, one)
    with pytest.raises(Refusal):
        reports.bring_back(lead, report, Papers(scan=PDF))
    go(lead, report, "submitted")
    reports.bring_back(lead, report, Papers(scan=PDF))
    reports.bring_back(lead, report, Papers(scan=PDF))
    with pytest.raises(Conflict):
        reports.bring_back(lead, report, Papers(scan=Upload(b"%PDF-1.4 other", "b.pdf")))
    assert read(report.scan) == PDF.data


def test_returned_and_sent_again_then_a_supplement(one, lead):
    report = approved(lead, one)
    go(lead, report, "submitted", Papers(scan=PDF))
    went_up, first = report.sent_at, report.ours.digest
    go(lead, report, "returned")
    assert one.phase == "consolidating"
    go(lead, report, "drafting")
    go(lead, report, "approved", Papers(sheet=PDF))
    go(lead, report, "submitted")
    assert report.scan is None
    (before,) = rows.earlier([report.id])[report.id]
    assert (before.sent_at, before.ours.digest, before.final) == (went_up, first, None)
    assert read(before.scan) == PDF.data
    again = reports.begin(lead, one)
    assert (again.round, again.state, one.phase) == (2, "drafting", "consolidating")
    assert reports.begin(lead, one).id == again.id


def test_reporting_is_never_blocked_only_archiving_waits(one, lead):
    report = approved(lead, one)
    go(lead, report, "submitted")
    with pytest.raises(Refusal) as refused:
        consultations.move_phase(lead, one, "archived")
    assert refused.value.said.params["n"] == 1
    consultations.move_phase(lead, one, "consolidating")
    from deliberation.store.remarks import all_of

    remarks.settle_remark(lead, all_of(one.id)[0], "annex")
    consultations.move_phase(lead, one, "reported")
    consultations.move_phase(lead, one, "archived")
    assert one.phase == "archived"


def test_anothers_step_is_not_overrun(one, lead):
    report = reports.begin(lead, one)
    go(lead, report, "reviewing")
    with pytest.raises(Conflict):
        reports.move(lead, report, "drafting", {"reason": "x"}, seen="drafting")
    assert report.state == "reviewing"


def test_the_panel_says_once_what_it_says_and_only_while_it_is_asked(one, lead):
    expert = make.member(one.office, Role.PANEL)
    report = reports.begin(lead, one)
    key = make.key()
    with pytest.raises(Refusal):
        reports.say(expert, report, "改一改", 1, key)
    go(lead, report, "reviewing")
    first = reports.say(expert, report, "改一改", 1, key)
    assert reports.say(expert, report, "改一改", 1, key).id == first.id
    with pytest.raises(Refusal):
        reports.say(expert, report, "改", 99, make.key())
    with pytest.raises(NotAllowed):
        reports.say(make.member(make.office(), Role.PANEL), report, "改", None, make.key())
    reports.answer(lead, first, "已改")
    assert [(n.text, n.answer) for n in rows.notes(report.id)] == [("改一改", "已改")]
    with pytest.raises(NotAllowed):
        reports.answer(expert, first, "我自己答")


def test_what_was_answered_before_the_submission_is_kept_as_it_was(one, lead):
    expert = make.member(one.office, Role.PANEL)
    report = reports.begin(lead, one)
    go(lead, report, "reviewing")
    told, left = (reports.say(expert, report, words, None, make.key()) for words in ("改一改", "再想想"))
    reports.answer(lead, told, "已改")
    go(lead, report, "approved", Papers(sheet=PDF))
    reports.answer(lead, told, "已照改")
    go(lead, report, "submitted")
    for note in (told, left):
        with pytest.raises(Refusal, match="不能再改"):
            reports.answer(lead, note, "后来编的")
    go(lead, report, "returned")
    go(lead, report, "drafting")
    with pytest.raises(Refusal):
        reports.answer(lead, told, "退回以后编的")
    go(lead, report, "reviewing")
    anew = reports.say(expert, report, "退回以后又看", None, make.key())
    reports.answer(lead, anew, "好")
    assert [n.answer for n in rows.notes(report.id)] == ["已照改", "", "好"]


def text_of(data):
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("times", [1, 9])
def test_what_is_frozen_is_what_the_door_saw(one, lead, monkeypatch, times):
    """Somebody adds a suggestion between the reading and the door, once or without rest."""
    report, really, said = approved(lead, one), dossiers.dossier_of, []

    def moving(*given):
        made = really(*given)
        if len(said) < times and not db.session.info.get("act_is_open"):
            said.append(f"改到第{len(said) + 1}回")
            make_dossiers.suggestion(one, title=said[-1])
        return made

    monkeypatch.setattr(dossiers, "dossier_of", moving)
    go(lead, report, "submitted")
    monkeypatch.setattr(dossiers, "dossier_of", really)
    assert len(said) == (1 if times == 1 else 2)
    frozen, now = text_of(read(report.ours)), text_of(sending.made_here(one))
    assert (
        frozen.split(one.log.origin)[0] == now.split(one.log.origin)[0]
    )  # the log itself has grown by this very step
    assert all(words in frozen for words in said)


def test_a_new_text_published_between_the_readings_is_in_what_is_frozen(one, lead, monkeypatch):
    report, really, done = approved(lead, one), dossiers.dossier_of, []

    def moving(*given):
        made = really(*given)
        if not done:
            done.append(make.publish(one.task, make.DRAFT.replace("充电安全管理规定", "充电安全管理办法")))
        return made

    monkeypatch.setattr(dossiers, "dossier_of", moving)
    go(lead, report, "submitted")
    assert "充电安全管理办法" in text_of(read(report.ours))


def test_changing_while_submitting_in_other_processes(one, lead, database_url, tmp_path):
    """Four word suggestions while a fifth submits: what is frozen holds exactly the suggestions logged before it."""
    report = approved(lead, one)
    report_id, person_id, one_id = report.id, lead.person.id, one.id

    def work(n):
        if n == 0:
            found = rows.get(report_id)
            go(make.Member(people.get(person_id)), found, "submitted")
            return "sent"
        try:
            make_dossiers.suggestion(held.get(one_id), title=f"第{n}人添的")
        except (Refusal, NotAllowed) as late:
            return type(late).__name__
        return "added"

    answers = race(database_url, tmp_path, 5, work)
    db.session.rollback()
    assert answers[0] == "sent", answers
    acts = [leaf.act for leaf in log.leaves(one.log_id)]
    after_sending = len(acts) - 1 - acts[::-1].index("move-report")
    before = acts[:after_sending].count("make-suggestion") - 1  # the one that was there
    frozen = text_of(read(rows.get(report_id).ours))
    assert sum(f"第{n}人添的" in frozen for n in range(1, 5)) == before


def test_another_offices_report_of_the_same_draft_is_told_by_who_signed_it(one, lead):
    other = make.consultation(make.office("石桥街道联系点"))
    make.recorded(make.OPERATOR, other)
    report = approved(lead, one)
    with pytest.raises(Refusal, match="石桥街道联系点") as refused:
        go(lead, report, "submitted", Papers(final=Upload(sending.made_here(other), "别的.docx")))
    assert (refused.value.field, report.state, report.sent_at) == ("final", "approved", None)
    both = final(sending.made_here(one), "附件：", "石桥街道联系点")
    assert sending.differences(one, sending.made_here(one), both).differences, "signed by both is ours"


@pytest.mark.parametrize(
    ("data", "word"), [(b"", "空"), ("改好的报告".encode(), "请用 .docx"), (b"PK\x03\x04x", "损坏")]
)
def test_what_is_no_document_is_said_as_it_is(one, lead, data, word):
    report = approved(lead, one)
    with pytest.raises(Refusal, match=word) as refused:
        go(lead, report, "submitted", Papers(final=Upload(data, "定稿.docx")))
    assert (refused.value.field, report.state) == ("final", "approved")


def test_a_files_name_is_kept_as_it_can_be_seen(one, lead):
    report = approved(lead, one)
    go(
        lead,
        report,
        "submitted",
        Papers(scan=Upload(PDF.data, "..\\a\x00\ud800\u202efdp.\ufffe第 1\u3000稿.pdf")),
    )
    assert report.scan.name == "afdp.第 1 稿.pdf"
