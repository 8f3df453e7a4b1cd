"""A backup brings back everything: words, names, files; and never overwrites."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.services import backups
from deliberation.services.files import put_bytes
from deliberation.store import people
from deliberation.store import remarks as rows
from tests import databases, make


@pytest.fixture
def lively(app):
    office = make.office()
    one = make.consultation(office, slug="bikes")
    make.remark(one, "备份里要有我")
    make.person(office, "张三丰")
    put_bytes(b"a scan")
    return one


def test_backup_and_restore(app, lively, tmp_path):
    archive = tmp_path / "all.backup"
    assert backups.backup(archive) == archive.stat().st_size
    assert archive.stat().st_mode & 0o077 == 0
    other = tmp_path / "elsewhere"
    backups.restore(archive, other)
    twin = databases.application(f"sqlite:///{other / 'yishiting.db'}", other)
    with twin.app_context():
        assert [r.text for r in rows.all_of(1)] == ["备份里要有我"]
        assert any(m.person.name == "张三丰" for m in people.members(1))
        databases.let_go()
    assert [
        p.read_bytes() for p in (other / "files").rglob("*") if p.is_file() and len(p.read_bytes()) < 20
    ] == [b"a scan"]


def test_neither_overwrites(app, lively, tmp_path):
    archive = tmp_path / "all.backup"
    backups.backup(archive)
    with pytest.raises(Refusal):
        backups.backup(archive)
    with pytest.raises(Refusal):
        backups.restore(archive, tmp_path)


def test_a_broken_archive_changes_nothing(app, lively, tmp_path):
    archive = tmp_path / "all.backup"
    backups.backup(archive)
    (tmp_path / "cut").write_bytes(archive.read_bytes()[:-200])
    other = tmp_path / "elsewhere"
    with pytest.raises(Refusal):
        backups.restore(tmp_path / "cut", other)
    assert not (other / "yishiting.db").exists()
    assert not list(tmp_path.glob(".elsewhere*"))
