"""What a sealing leaves behind that was refused, failed or was killed: nothing that anybody could take for an edition."""

import os
import time
from pathlib import Path

import pytest

from deliberation.domain.errors import Conflict
from deliberation.services import editions, shelf, vault, workshop
from deliberation.services.files import path_of
from tests import make
from tests.services.test_editions import no_pdf as no_pdf
from tests.services.test_editions import one as one


def kept(app):
    return {path.name for path in (Path(app.config["INSTANCE"]) / "files").rglob("*") if path.is_file()}


def left(one):
    return [path.name for path in shelf.folder_of(one).iterdir() if path.name.startswith(".")]


def test_a_sealing_that_gave_way_keeps_no_files(app, one, monkeypatch):
    before = kept(app)
    monkeypatch.setattr(editions.standstill, "moved", lambda _stood: True)
    with pytest.raises(Conflict):
        editions.seal(make.OPERATOR, one)
    assert (kept(app), left(one)) == (before, [])


def test_a_full_disk_in_the_middle_of_keeping_is_cleared_by_the_next(app, one, monkeypatch):
    before, real = kept(app), vault.put

    def full(source, noted):
        if source.name == "public.zip":
            raise OSError(28, "No space left on device")
        return real(source, noted)

    monkeypatch.setattr(vault, "put", full)
    with pytest.raises(OSError, match="No space"):
        editions.seal(make.OPERATOR, one)
    assert not [path for name in left(one) for path in (shelf.folder_of(one) / name).rglob("*.zip")]
    monkeypatch.setattr(vault, "put", real)
    row = editions.seal(make.OPERATOR, one)
    aged(one)
    workshop.clear(shelf.folder_of(one))
    assert kept(app) - before == {row.snapshot, row.public_files, row.restricted_files}
    assert left(one) == []


def aged(one):
    """As if an hour had passed since."""
    for name in left(one):
        os.utime(shelf.folder_of(one) / name, (time.time() - 3600,) * 2)


def test_what_a_killed_one_left_goes_and_what_somebody_works_in_stays(app, one):
    row = editions.seal(make.OPERATOR, one)
    folder = shelf.folder_of(one)
    dead, young = folder / ".sealing-dead", folder / ".sealing-young"
    for each in (dead, young):
        each.mkdir()
        (each / "lock").touch()
        (each / "snapshot").write_text("名单")
    digests = workshop.keep(dead, ("snapshot",))
    (dead / "kept").open("a").write(f"{row.snapshot}\n")
    with workshop.workshop(one) as busy:
        aged(one)
        os.utime(young)
        workshop.clear(folder)
        assert (dead.exists(), young.exists(), busy.exists()) == (False, True, True)
    assert not path_of(digests["snapshot"]).exists()
    assert path_of(row.snapshot).exists()


def test_a_build_that_lost_a_file_is_not_shown_and_nothing_breaks(one):
    number = shelf.order(make.OPERATOR, one, "public")
    folder = shelf.folder_of(one) / f"{number:08d}-public"
    assert [built.state for built in shelf.shelf(one)] == ["ready"]
    (folder / "report.md").unlink()
    assert list(shelf.shelf(one)) == []
    assert shelf.file_of(one, number, "public", "report.md") is None
    (folder / "manifest.json").write_text("{")
    assert list(shelf.shelf(one)) == []


def test_a_zip_without_its_folder_is_cleared_by_the_next_build(one):
    number = shelf.order(make.OPERATOR, one, "public")
    stray = shelf.folder_of(one) / f"{number - 1:08d}-restricted.zip"
    stray.write_bytes(b"PK of a build that was killed")
    again = shelf.order(make.OPERATOR, one, "public")
    assert not stray.exists()
    assert [built.number for built in shelf.shelf(one)] == [again, number]
