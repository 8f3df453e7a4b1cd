"""Sealing: who may, what must have an end, the same bytes on another day in another process, what changed since."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.formats.archive import zip_beside
from deliberation.services import (
    consultations,
    dossiers,
    editions,
    remarks,
    sealing,
    shelf,
    suggestions,
    vault,
)
from deliberation.services.files import path_of
from deliberation.store import editions as rows
from deliberation.store import log
from deliberation.store.db import db
from tests import make, make_dossiers
from tests.racing import race

ROOT = Path(__file__).parents[2]
CANARY = "欧阳金雀"


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """Typesetting is tested elsewhere and takes its time."""
    from deliberation.formats import dossier_folder

    def missing(*_args, **_given):
        raise Refusal("没有字体")

    monkeypatch.setattr(dossier_folder.official_pdf, "write", missing)


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    a = make.recorded(make.OPERATOR, found, "三百米太远", said_by=CANARY)
    b = make.remark(found, "二百米\n合适")
    remarks.release_remark(make.OPERATOR, b, show=True)
    make_dossiers.suggestion(found, a, b)
    consultations.move_phase(make.OPERATOR, found, "consolidating")
    return found


def verify(folder):
    return subprocess.run(
        [sys.executable, ROOT / "verify.py", folder], capture_output=True, text=True, check=False
    )


def everything(folder):
    found = {
        path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return found | {Path("ZIP"): zip_beside(folder).read_bytes()}


def test_both_editions_are_sealed_and_verify(one, tmp_path):
    row = editions.seal(make.OPERATOR, one)
    assert (row.number, row.remarks, row.suggestions) == (1, 2, 1)
    for edition in ("public", "restricted"):
        editions.rebuild(row, tmp_path / edition, edition)
        done = verify(tmp_path / edition)
        assert done.returncode == 0, done.stdout
        assert "sealed" in done.stdout
        assert "not sealed" not in done.stdout
        manifest = json.loads((tmp_path / edition / "manifest.json").read_text("utf-8"))
        assert (manifest["sealed"], manifest["edition"], manifest["edition_number"]) == (True, edition, 1)
    assert CANARY in (tmp_path / "restricted" / "report.md").read_text("utf-8")
    assert not [name for name, raw in everything(tmp_path / "public").items() if CANARY.encode() in raw]


def test_a_seal_that_was_tampered_with_is_false(one, tmp_path):
    editions.rebuild(editions.seal(make.OPERATOR, one), tmp_path / "out")
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"withdrawn": 0', '"withdrawn": 1'), "utf-8")
    assert verify(tmp_path / "out").returncode == 1


def test_the_same_bytes_in_another_process_on_another_day_after_everything_changed(app, one, tmp_path):
    row = editions.seal(make.OPERATOR, one)
    editions.rebuild(row, tmp_path / "first", "restricted")
    made = one.id
    make.remark(one, "后来的话", make.member(one.office, Role.PANEL))
    suggestions.reword_suggestion(
        make.OPERATOR, suggestions.suggestions.by_number(made, 1), make_dossiers.proposal("全改了"), 1
    )
    again = subprocess.run(
        [sys.executable, "-c", PROCESS, app.config["INSTANCE"], "restricted", tmp_path / "again"],
        capture_output=True, text=True, cwd=ROOT, env=_environment(app), check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert everything(tmp_path / "again") == everything(tmp_path / "first")


def _environment(app):
    """The same installation for another process, in another zone, with another hash seed."""
    keys = {
        f"YISHITING_{name}": app.config[name]
        for name in ("SECRET_KEY", "COLUMN_KEY", "RECEIPT_KEY", "SIGNING_KEY")
    }
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    return {
        **os.environ, **keys, "YISHITING_DATABASE_URL": str(address), "TZ": "America/Lima", "PYTHONHASHSEED": "7",
    }  # fmt: skip


PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from deliberation import clock, create_app
from deliberation.domain.errors import Refusal
from deliberation.formats import dossier_folder
from deliberation.services import editions
from deliberation.settings import load
from deliberation.store import consultations

def missing(*a, **k):
    raise Refusal("没有字体")

dossier_folder.official_pdf.write = missing
with create_app(load(instance=sys.argv[1])).app_context(), clock.pretend(datetime(2031, 1, 2, tzinfo=UTC)):
    editions.rebuild(editions.last_sealed(consultations.by_slug("bikes")), Path(sys.argv[3]), sys.argv[2])
"""


def test_nothing_is_archived_while_a_remark_has_no_end(one):
    make.remark(one, "没有去处", make.member(one.office, Role.PANEL))
    late = one.log.size
    with make.later(days=-1), pytest.raises(Refusal, match="1 条意见没有去处"):
        editions.seal(make.OPERATOR, one)
    assert log.head_size(one.log_id) == late
    assert rows.of_consultation(one.id) == []
    suggestions.annex_waiting(make.OPERATOR, one)
    assert editions.seal(make.OPERATOR, one).number == 1


def test_who_may_seal_and_when(app, one):
    strangers = (
        make.member(one.office, Role.CLERK),
        make.member(one.office, Role.PANEL),
        make.member(make.office()),
    )
    for nobody in strangers:
        with pytest.raises(NotAllowed):
            editions.seal(nobody, one)
    lead = make.member(one.office, Role.RESPONSIBLE)
    row = editions.seal(lead, one)
    assert row.by_id == lead.person.id
    assert [(leaf.act, leaf.kind, leaf.number) for leaf, _content in log.doings(one.log_id, 3)][::-1] == [
        ("seal-dossier", "dossier", "1-restricted"),
        ("seal-dossier", "dossier", "1-public"),
        ("seal-dossier", "dossier", "1"),
    ]
    other = make.consultation(make.office())
    with pytest.raises(NotAllowed):
        editions.seal(make.OPERATOR, other)


def test_a_later_edition_says_what_changed(one, tmp_path):
    editions.seal(make.OPERATOR, one)
    first, second = (
        suggestions.suggestions.by_number(one.id, 1),
        make_dossiers.suggestion(one, title="增设换电柜"),
    )
    suggestions.reword_suggestion(make.OPERATOR, first, make_dossiers.proposal("改为一百五十米"), 1)
    said = make.recorded(make.OPERATOR, one, "我还想说一句", said_by=CANARY)
    suggestions.merge_remarks(make.OPERATOR, second, [said])
    row = editions.seal(make.OPERATOR, one)
    text = " ".join(editions.dossier_of(row, "public").changes)
    assert row.number == 2
    assert "新增建议1条：第2号（第三条）增设换电柜" in text
    assert "第1号（第三条）建议要点：原为“把服务半径改为二百米”，现为“改为一百五十米”" in text
    assert f"新收入意见原文1条：编号{said.public_number}" in text
    assert "建议由1变为2" in text
    assert "我还想说一句" not in text
    editions.rebuild(row, tmp_path / "two")
    assert verify(tmp_path / "two").returncode == 0
    assert "补充报告" in (tmp_path / "two" / "report.md").read_text("utf-8")
    assert "五、与上一版的不同" in (tmp_path / "two" / "report.md").read_text("utf-8")
    suggestions.drop_suggestion(make.OPERATOR, second)
    suggestions.annex_waiting(make.OPERATOR, one)
    text = " ".join(editions.dossier_of(editions.seal(make.OPERATOR, one), "public").changes)
    assert "不再列入建议1条：第2号" in text


def test_what_comes_while_it_is_sealed_is_not_left_out(one, monkeypatch):
    """A remark in the middle of the first attempt: all is made anew with it in."""
    make_really, extra = editions._make, []

    def interrupted(*given):
        made = make_really(*given)
        if not extra:
            extra.append(make.recorded(make.OPERATOR, one, "正在归档时来的"))
            suggestions.merge_remarks(make.OPERATOR, suggestions.suggestions.by_number(one.id, 1), extra)
        return made

    monkeypatch.setattr(editions, "_make", interrupted)
    row = editions.seal(make.OPERATOR, one)
    assert row.remarks == 3
    assert len(rows.of_consultation(one.id)) == 1


def test_without_rest_it_gives_up_and_nothing_is_changed(one, monkeypatch):
    make_really = editions._make

    def interrupted(*given):
        made = make_really(*given)
        suggestions.merge_remarks(
            make.OPERATOR, suggestions.suggestions.by_number(one.id, 1), [make.recorded(make.OPERATOR, one)]
        )
        return made

    monkeypatch.setattr(editions, "_make", interrupted)
    with pytest.raises(Conflict):
        editions.seal(make.OPERATOR, one)
    assert rows.of_consultation(one.id) == []
    assert not list(shelf.folder_of(one).iterdir())


def test_a_text_published_between_the_readings_is_in_the_edition(one, monkeypatch):
    really, done = editions._make, []

    def interrupted(*given):
        made = really(*given)
        if not done:
            done.append(make.publish(one.task, make.DRAFT.replace("充电安全管理规定", "充电安全管理办法")))
        return made

    monkeypatch.setattr(editions, "_make", interrupted)
    row = editions.seal(make.OPERATOR, one)
    assert "管理办法" in editions.dossier_of(row, "public").title
    assert len(rows.of_consultation(one.id)) == 1


def test_of_many_who_seal_at_the_same_instant_one_does_and_the_others_are_told(one, database_url, tmp_path):
    one_id = one.id

    def work(_n):
        try:
            sealing.order(make.OPERATOR, consultations.consultations.get(one_id), 1)
        except Conflict as told:
            return str(told.said.msgid)
        return "sealed"

    answers = race(database_url, tmp_path, 3, work)
    db.session.rollback()
    assert answers.count("sealed") == 1, answers
    assert all(answer == "sealed" or "刚才别人已经归档了第" in answer for answer in answers), answers
    assert [row.number for row in rows.of_consultation(one_id)] == [1]


def test_who_looked_at_an_older_edition_seals_nothing(one):
    sealing.order(make.OPERATOR, one, 1)
    with pytest.raises(Conflict, match="第 1 版"):
        sealing.order(make.OPERATOR, one, 1)
    sealing.order(make.OPERATOR, one, 2)
    assert [row.number for row in rows.of_consultation(one.id)] == [2, 1]


def test_another_version_of_the_writers_gives_back_the_files_as_they_were(one, tmp_path, monkeypatch):
    row = editions.seal(make.OPERATOR, one)
    editions.rebuild(row, tmp_path / "first")
    from deliberation.formats import writing

    monkeypatch.setitem(writing.WRITERS, "report.md", lambda _dossier, target: target.write(b"newer words"))
    editions.rebuild(row, tmp_path / "again")
    assert everything(tmp_path / "again") == everything(tmp_path / "first")
    assert verify(tmp_path / "again").returncode == 0


def test_kept_files_lie_sealed_and_damage_is_said(one, tmp_path):
    row = editions.seal(make.OPERATOR, one)
    for digest in (row.snapshot, row.public_files, row.restricted_files):
        raw = path_of(digest).read_bytes()
        assert CANARY.encode() not in raw
        assert raw[:2] != b"PK"
        assert raw.startswith(b"YB1")
    path = path_of(row.snapshot)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(Refusal, match="备份"):
        editions.rebuild(row, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    shutil.rmtree(path.parent)
    with pytest.raises(Refusal, match="备份"):
        editions.rebuild(row, tmp_path / "out")


def test_a_preview_after_sealing_is_a_preview(one, tmp_path):
    editions.seal(make.OPERATOR, one)
    dossiers.build(make.OPERATOR, one, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (manifest["sealed"], manifest["edition_number"]) == (False, 0)
    assert not (tmp_path / "out" / "seal.txt").exists()


def test_a_kept_file_of_several_pieces_comes_back(app, tmp_path):
    data = os.urandom(3 * (1 << 20) + 5)
    (tmp_path / "a").write_bytes(data)
    digest = vault.put(tmp_path / "a")
    vault.copy_out(digest, "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == data
    path = path_of(digest)
    path.write_bytes(path.read_bytes()[: -(1 << 20)])
    with pytest.raises(Refusal):
        vault.copy_out(digest, "a", tmp_path / "c")
    assert not (tmp_path / "c").exists()


def test_sealed_again_without_a_change_says_that_nothing_changed(one):
    editions.seal(make.OPERATOR, one)
    row = editions.seal(make.OPERATOR, one)
    assert editions.dossier_of(row, "public").changes == (
        "本版为第2版，以下与第1版比较。建议、意见、表决和会议纪要都没有变化。",
    )
    first = suggestions.suggestions.by_number(one.id, 1)
    suggestions.reword_suggestion(
        make.OPERATOR,
        first,
        make_dossiers.proposal("把服务半径改为二百米", dissent="物业认为不必改"),
        first.revision,
    )
    text = " ".join(editions.dossier_of(editions.seal(make.OPERATOR, one), "public").changes)
    assert "第1号（第三条）：不同意见的写法有改动。" in text
