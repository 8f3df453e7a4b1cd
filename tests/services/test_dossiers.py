"""The dossier from rows: complete, verifiable, the public edition without names and without what was not released."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from deliberation.domain.dossier_counts import count_up
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.quantities import quantity
from deliberation.domain.remarks import Origin
from deliberation.domain.report import report
from deliberation.domain.roles import Role
from deliberation.domain.summary_table import count_lines
from deliberation.services import dossiers, minutes, remarks, suggestions, votes
from deliberation.services.actors import GUEST
from deliberation.store import log
from deliberation.store import meetings as meeting_rows
from tests import make, make_dossiers, make_hall, make_versions, make_votes

VERIFY = Path(__file__).parents[2] / "verify.py"
CANARY_NAME, CANARY_PHONE = "欧阳金雀", "13955550123"


@pytest.fixture
def one(app):
    return make.consultation(make.office())


def entered(one, text="我不会打字", **more):
    origin = Origin(channel="paper", said_by=CANARY_NAME, contact=CANARY_PHONE, category="居民代表")
    return remarks.record_remark(make.OPERATOR, one, make.words(text, **more), origin).remark


def verified(folder):
    return subprocess.run([sys.executable, VERIFY, folder], capture_output=True, text=True).returncode


def lines(folder):
    return [json.loads(line) for line in (folder / "remarks.jsonl").read_text("utf-8").splitlines()]


def built(one, tmp_path, edition="public", actor=make.OPERATOR):
    out = tmp_path / edition
    return out, dossiers.build(actor, one, out, edition)


def filled(one):
    """Remarks of every fate: merged, minority, annexed, withdrawn, late, released."""
    author = make.member(one.office, Role.PANEL, category="法律专业")
    a, b = entered(one, "三百米太远"), make.remark(one, "二百米\n合适", author)
    remarks.release_remark(make.OPERATOR, b, show=True)
    c = make.remark(one, "保留三百米", attitude="oppose")
    gone = make.remark(one, "收回去的话", author)
    remarks.withdraw_remark(author, gone)
    make.remark(one, "总体很好", eid="", place="whole", attitude="support")
    with make.later(days=11):
        make.remark(one, "来晚了")
    made = make_dossiers.suggestion(one, a, b, at="art_3__para_1")
    suggestions.merge_remarks(make.OPERATOR, made, [c], "minority")
    suggestions.annex_waiting(make.OPERATOR, one)


def test_a_public_edition_verifies_and_any_change_of_words_does_not(one, tmp_path):
    filled(one)
    out, manifest = built(one, tmp_path)
    assert verified(out) == 0
    rows = lines(out)
    assert [row["text"] for row in rows] == [None, "二百米\n合适", None, None, None, None]
    assert all(
        row["text"] is not None or (row["sha256"], row["salt"], row["wording"]) == (None, None, None)
        for row in rows
    )
    raw = (out / "remarks.jsonl").read_text("utf-8")
    (out / "remarks.jsonl").write_text(raw.replace("合适", "合意"), "utf-8")
    assert verified(out) == 1
    assert manifest.sealed is False


def test_a_change_with_sums_mended_is_still_seen(one, tmp_path):
    import hashlib

    filled(one)
    out, _manifest = built(one, tmp_path)
    path, listed = out / "remarks.jsonl", out / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("合适", "合意"), "utf-8")
    rows = lines(out)
    rows[1]["sha256"] = hashlib.sha256(rows[1]["text"].encode()).hexdigest()
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    manifest = json.loads(listed.read_text("utf-8"))
    manifest["files"]["remarks.jsonl"] = hashlib.sha256(path.read_bytes()).hexdigest()
    listed.write_text(json.dumps(manifest), "utf-8")
    assert verified(out) == 1


def test_the_restricted_edition_has_the_words_and_the_names(one, tmp_path):
    filled(one)
    out, manifest = built(one, tmp_path, "restricted")
    assert verified(out) == 0
    assert [row["text"] for row in lines(out)] == [
        "三百米太远",
        "二百米\n合适",
        "保留三百米",
        None,
        "总体很好",
        "来晚了",
    ]
    with zipfile.ZipFile(out / "report.docx") as package:
        document = package.read("word/document.xml").decode()
    assert CANARY_NAME in document
    assert CANARY_PHONE in document
    assert manifest.edition == "restricted"


def test_no_name_and_no_phone_in_any_byte_of_the_public_edition(one, tmp_path):
    filled(one)
    out, _manifest = built(one, tmp_path)
    for path in out.rglob("*"):
        if path.suffix in {".docx", ".xlsx"}:
            with zipfile.ZipFile(path) as package:
                raw = b"".join(package.read(name) for name in package.namelist())
        else:
            raw = path.read_bytes() if path.is_file() else b""
        for secret in (CANARY_NAME, CANARY_PHONE, "三百米太远", "收回去的话"):
            assert secret.encode() not in raw, path.name


def test_counts_have_one_meaning(one):
    filled(one)
    made = dossiers.dossier_of(one, "restricted", make.now())
    counts = made.counts
    assert (counts.remarks, counts.late, counts.withdrawn, counts.suggestions) == (4, 1, 1, 1)
    assert sum(t.count for t in counts.by_end) == counts.remarks
    assert {t.code: t.count for t in counts.by_end} == {"merged": 3, "annex": 1}
    assert len(made.remarks) == len(list(made.remarks)) == 6
    assert {row.place: (row.support, row.amend, row.oppose, row.no_view) for row in made.attitudes} == {
        "总体意见": (1, 0, 0, 0),
        "第三条": (0, 2, 1, 0),
    }


@pytest.mark.parametrize("edition", ["public", "restricted"])
def test_what_is_counted_while_reading_is_what_the_rows_say(one, edition):
    filled(one)
    made = dossiers.dossier_of(one, edition, make.now())
    counting = [row for row in made.remarks if row.withheld not in {"withdrawn", "replaced"}]
    on_time = counting[:-1]  # the last one came late
    assert len(on_time) == made.counts.remarks > 0
    again = count_up(on_time)
    for name in ("articles", "by_channel", "by_category", "by_attitude", "by_end", "withheld"):
        assert getattr(again, name) == getattr(made.counts, name), name


def test_a_suggestion_as_the_report_has_it(one):
    filled(one)
    row = dossiers.dossier_of(one, "public", make.now()).suggestions[0]
    assert (row.n, row.place, row.article) == (1, "第三条第一款", "第三条")
    assert row.draft_text.startswith("住宅小区应当设置")
    assert (row.backing.remarks, row.backing.base, row.backing.opposed) == (2, 3, 1)
    assert {t.label: t.count for t in row.backing.categories} == {"居民代表": 1, "法律专业": 1}
    assert [view.backing.remarks for view in row.others] == [1]
    assert "保留三百米" not in row.others[0].text
    assert "保留三百米" in dossiers.dossier_of(one, "restricted", make.now()).suggestions[0].others[0].text


def test_the_points_of_a_split_remark_say_where_they_went_and_the_minority_is_in_every_format(one, tmp_path):
    from docx import Document
    from python_calamine import CalamineWorkbook

    from deliberation.domain.points import Span
    from deliberation.services import points

    remark = make.remark(one, "三百米太远。要有雨棚。路灯也要。")
    remarks.release_remark(make.OPERATOR, remark, show=True)
    spans = [Span("text", 0, 6), Span("text", 6, 11), Span("text", 11, 16)]
    first, second, _third = points.split_remark(make.OPERATOR, remark, spans, "")
    made = make_dossiers.suggestion(one, at="art_3__para_1")
    suggestions.merge_remarks(make.OPERATOR, made, [], "part", [first])
    suggestions.merge_remarks(
        make.OPERATOR, make_dossiers.suggestion(one, title="建雨棚"), [], "part", [second]
    )
    other = make.remark(one, "老城区没有空地，保留三百米", attitude="oppose")
    remarks.release_remark(make.OPERATOR, other, show=True)
    suggestions.merge_remarks(make.OPERATOR, made, [other], "minority")
    out, _manifest = built(one, tmp_path)
    row = next(iter(dossiers.dossier_of(one, "public", make.now()).remarks))
    assert (row.end, row.end_reason) == ("merged", "第1点归入建议1；第2点归入建议2；第3点照附原文")
    paper = Document(str(out / "report.docx"))
    cells = "".join(cell.text for table in paper.tables for line in table.rows for cell in line.cells)
    sheets = CalamineWorkbook.from_path(str(out / "table.xlsx"))
    table = "".join(
        str(cell)
        for name in sheets.sheet_names
        for line in sheets.get_sheet_by_name(name).to_python()
        for cell in line
    )
    plain = (out / "report.md").read_text("utf-8")
    for written in ("".join(p.text for p in paper.paragraphs) + cells, table, plain):
        assert "老城区没有空地，保留三百米" in written
        assert "三百米太远。" in written
    assert "另有1条意见提出" in plain


def test_what_the_office_writes_of_a_minority_is_printed(one):
    other = make.remark(one, "保留三百米", attitude="oppose")
    made = make_dossiers.suggestion(one, make.remark(one), dissent="用地不足，建议保留三百米")
    suggestions.merge_remarks(make.OPERATOR, made, [other], "minority")
    row = dossiers.dossier_of(one, "public", make.now()).suggestions[0]
    assert row.others[0].text == "用地不足，建议保留三百米"


def test_suggestions_stand_in_article_order_and_keep_their_numbers(one):
    for at in ("after:art_3", "art_3__para_1", "whole", "art_1"):
        make_dossiers.suggestion(one, at=at, kind="whole" if at == "whole" else "addition")
    made = dossiers.dossier_of(one, "public", make.now())
    assert [(row.n, row.place) for row in made.suggestions] == [
        (3, "总体意见"), (4, "第一条"), (2, "第三条第一款"), (1, "在第三条后增加一条"),
    ]  # fmt: skip
    assert [point.text[:10] for point in made.general] == ["把服务半径改为二百米"]


def test_many_remarks_are_read_in_batches(one, monkeypatch):
    from deliberation.store import dossiers as rows

    monkeypatch.setattr(rows, "BATCH", 3)
    for n in range(10):
        make.remark(one, f"第{n}条")
    made = dossiers.dossier_of(one, "restricted", make.now())
    assert [row.text for row in made.remarks] == [f"第{n}条" for n in range(10)]
    assert made.counts.remarks == 10


def test_meetings_minutes_and_who_came(one):
    panel = make_hall.panel(one.office, 5)
    meeting = make_hall.meeting(one, panel, "open")
    from deliberation.services import attendance, meetings

    attendance.arrive(make.OPERATOR, meeting, [1, 2, 3])
    make_hall.line(meeting, "这句不公开")
    meetings.end_meeting(make.OPERATOR, meeting)
    minutes.draft_minutes(make.OPERATOR, meeting)
    made = dossiers.dossier_of(one, "restricted", make.now())
    assert (made.meetings[0].due, made.meetings[0].present, made.counts.meetings) == (5, 3, 1)
    assert [(t.label, t.count) for t in made.panel] == [("居民", 3), ("法律专业", 2)]
    assert made.minutes[0].speeches[0].text == "这句不公开"
    assert made.minutes[0].present[0].name == "专家1"
    public = dossiers.dossier_of(one, "public", make.now())
    assert public.minutes[0].speeches[0].text is None
    assert public.minutes[0].present[0].shown == "居民"
    assert meeting_rows.latest_minutes(meeting.id).body["speeches"][0]["text"] == "这句不公开"


def test_it_says_preview_while_remarks_come_in_and_sample_always(one):
    assert dossiers.dossier_of(one, "public", make.now()).mark == "预览"
    one.phase = "consolidating"
    assert dossiers.dossier_of(one, "public", make.now()).mark == ""
    one.sample = True
    assert dossiers.dossier_of(one, "public", make.now()).mark == "示例"


def test_who_may_build_what(one, tmp_path):
    clerk, lead = make.member(one.office, Role.CLERK), make.member(one.office)
    for nobody in (GUEST, make.member(one.office, Role.PANEL), make.member(make.office())):
        with pytest.raises(NotAllowed):
            dossiers.build(nobody, one, tmp_path / "x")
    with pytest.raises(NotAllowed):
        dossiers.build(clerk, one, tmp_path / "x", "restricted")
    size = log.head(one.log_id).size
    assert not (tmp_path / "x").exists()
    dossiers.build(lead, one, tmp_path / "x", "restricted")
    assert log.head(one.log_id).size == size + 1
    assert [(leaf.act, leaf.number) for leaf, _ in log.doings(one.log_id, 1)] == [
        ("build-dossier", "restricted")
    ]


def test_a_full_folder_is_refused_and_nothing_is_logged(one, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    size = log.head(one.log_id).size
    with pytest.raises(Refusal):
        dossiers.build(make.OPERATOR, one, tmp_path / "full")
    assert log.head(one.log_id).size == size
    with pytest.raises(Refusal):
        dossiers.build(make.OPERATOR, one, tmp_path / "new", "secret")


def test_a_consultation_nobody_spoke_in_still_has_its_dossier(app, tmp_path):
    one = make.consultation(make.office(), phase="preparing")
    out, manifest = built(one, tmp_path)
    assert verified(out) == 0
    assert manifest.counts["remarks"] == 0


def test_the_head_covers_exactly_the_leaves_in_the_folder(one, tmp_path):
    filled(one)
    out, manifest = built(one, tmp_path)
    size = len((out / "leaves.txt").read_text("ascii").splitlines())
    assert manifest.head.splitlines()[1] == str(size)
    assert size == log.head(one.log_id).size
    assert manifest.head.splitlines()[0].endswith("/sha256-ed25519")


def test_the_same_rows_at_the_same_instant_are_equal(one):
    filled(one)
    at = make.now()
    first, second = (dossiers.dossier_of(one, "public", at) for _ in range(2))
    assert list(first.remarks) == list(second.remarks)
    assert list(first.leaves) == list(second.leaves)
    assert replace(first, remarks=(), leaves=()) == replace(second, remarks=(), leaves=())


def test_votes_with_their_arithmetic_and_what_they_chose(app):
    one, _panel, meeting = make_votes.panel_hall(5, 4, rule=True)
    about = make_dossiers.suggestion(one, make.remark(one))
    vote = make_votes.opened(make_votes.on_suggestion(meeting, about))
    make_votes.all_cast(vote, ["for", "for", "for", "against"])
    votes.close_vote(make.OPERATOR, vote)
    made = dossiers.dossier_of(one, "public", make.now())
    row = made.votes[0]
    assert (row.due, row.present, row.in_favour, row.against, row.carried, row.suggestion) == (
        5,
        4,
        3,
        1,
        True,
        1,
    )
    assert "即至少" in row.words
    assert sum(part.in_favour for part in row.by_category) == 3
    assert made.suggestions[0].forwarded is True
    assert made.counts.votes == 1


def test_without_the_offices_rule_there_are_numbers_and_no_outcome(app):
    one, _panel, meeting = make_votes.panel_hall(5, 4)
    about = make_dossiers.suggestion(one)
    vote = make_votes.opened(make_votes.on_suggestion(meeting, about))
    make_votes.all_cast(vote, ["for", "for", "for"])
    votes.close_vote(make.OPERATOR, vote)
    made = dossiers.dossier_of(one, "public", make.now())
    assert (made.votes[0].carried, made.suggestions[0].forwarded) == (None, None)


@pytest.mark.parametrize(
    ("relation", "attitudes", "opposed"),
    [
        ("alike", ("support",) * 5, 0),
        ("part", ("support",) * 5, None),
        ("alike", ("support",) * 4 + ("oppose",), None),
    ],
)
def test_one_mind_is_said_only_where_all_are(one, relation, attitudes, opposed):
    said = [make.remark(one, f"第{n}条", attitude=attitude) for n, attitude in enumerate(attitudes)]
    make_dossiers.suggestion(one, *said, relation=relation)
    row = dossiers.dossier_of(one, "public", make.now()).suggestions[0]
    assert (row.backing.base, row.backing.opposed) == (5, opposed)
    assert quantity(row.backing).word == ("all" if opposed == 0 else "most")


def test_no_one_mind_beside_another_view_that_is_written_down(one):
    said = [make.remark(one, f"第{n}条") for n in range(5)]
    make_dossiers.suggestion(one, *said, dissent="物业认为不必改")
    made = dossiers.dossier_of(one, "public", make.now())
    words = [speak(block.text, chinese) for block in report(made)]
    assert any(text.startswith("多数意见（5条中的5条）提出") for text in words)
    assert any(text.startswith("另有意见提出，物业认为不必改") for text in words)
    assert not any("无不同意见" in text for text in words)


def test_a_public_edition_does_not_claim_words_it_leaves_out(one):
    filled(one)
    said = dict(count_lines(dossiers.dossier_of(one, "public", make.now())))["意见原文"]
    assert said == "4条，本版逐字收入1条，其余只列编号和条款位置"
    assert (
        dict(count_lines(dossiers.dossier_of(one, "restricted", make.now())))["意见原文"]
        == "4条，逐字收入本报告附件"
    )


def test_a_slug_never_takes_the_name_of_an_offices_log(app):
    office = make.office()
    assert make.consultation(office, slug="office-1").log.origin != office.log.origin
    assert make.consultation(make.office(), slug="office/1").log.origin != office.log.origin


def test_what_was_said_of_an_earlier_text_goes_with_its_words_not_with_the_number(app):
    """第二条 became 第三条, a new 第二条 came, 第四条 is gone: the report says each where it stands now."""
    one = make.consultation(make.office(), make_versions.FIRST)
    patrol = make.remark(one, "巡查要每天", eid="art_2")
    make.remark(one, "平台不用建", eid="art_4")
    moved = make_dossiers.suggestion(one, patrol, at="art_2", title="每天巡查")
    gone = make_dossiers.suggestion(one, at="art_4", title="不建平台")
    make.publish(one.task, make_versions.SECOND)
    make.remark(one, "预留车位好", eid="art_2")
    fresh = make_dossiers.suggestion(one, at="art_2", title="写明比例")
    made = dossiers.dossier_of(one, "restricted", make.now())
    rows = [(row.n, row.article, row.eid) for row in made.suggestions]
    assert rows == [
        (fresh.number, "第二条", "art_2"), (moved.number, "第三条", "art_3"), (gone.number, "原第四条", None),
    ]  # fmt: skip
    assert {row.n: row.backing.base for row in made.suggestions} == {
        fresh.number: 1, moved.number: 1, gone.number: None,
    }  # fmt: skip
    said = {row.text: (row.article, row.place, row.version, row.eid) for row in made.remarks}
    assert said == {
        "巡查要每天": ("第三条", "第三条", 1, "art_2"), "平台不用建": ("原第四条", "原第四条", 1, "art_4"),
        "预留车位好": ("第二条", "第二条", 2, "art_2"),
    }  # fmt: skip
