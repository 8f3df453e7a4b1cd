"""The dossier's folder: whole or not there, sums true, the ZIP the same, the same bytes twice, nothing of a person."""

import hashlib
import io
import json
import os
import zipfile
from dataclasses import replace

import pytest

from deliberation.domain.dossier_editions import for_public
from deliberation.domain.errors import Refusal
from deliberation.domain.provisions import Draft, Node
from deliberation.formats import official_fonts, remarks_jsonl
from deliberation.formats.archive import names, zip_beside
from deliberation.formats.dossier_folder import write_dossier
from deliberation.formats.writing import WRITERS
from tests.formats.sample_dossier import dossier, remark

ALWAYS = {
    "report.docx",
    "table.xlsx",
    "report.md",
    "remarks.jsonl",
    "minutes/01.akn.xml",
    "minutes/01.docx",
    "minutes/02.akn.xml",
    "minutes/02.docx",
    "leaves.txt",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("dossier") / "out"
    return out, write_dossier(dossier(), out)


def test_every_file_is_there_or_left_out_with_a_reason(built):
    out, manifest = built
    assert set(manifest.files) >= ALWAYS
    assert "report.pdf" in {*manifest.files, *manifest.left_out}
    assert manifest.left_out["draft.akn.xml"] == "没有草案文本，未生成结构文件。"
    assert set(names(out)) == {*manifest.files, "manifest.json"}


def test_sums_are_true_and_the_manifest_is_what_was_returned(built):
    out, manifest = built
    written = json.loads((out / "manifest.json").read_text("utf-8"))
    assert written["files"] == {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in manifest.files
    }
    assert set(written) == {
        "files",
        "counts",
        "head",
        "key",
        "sealed",
        "edition",
        "edition_number",
        "about",
        "sources",
        "left_out",
    }
    assert written["edition"] == "restricted"
    assert written["counts"]["remarks"] == 40
    assert written["head"] == dossier().head


def test_the_counts_are_those_of_the_lines(built):
    out, manifest = built
    lines = (out / "remarks.jsonl").read_text("utf-8").splitlines()
    assert manifest.counts["remarks"] == len(lines)
    for key, field in (("by_channel", "channel"), ("by_attitude", "attitude")):
        found = [json.loads(line)[field] for line in lines]
        assert manifest.counts[key] == {code: found.count(code) for code in set(found)}


def test_the_zip_is_the_folder(built):
    out, _manifest = built
    with zipfile.ZipFile(zip_beside(out)) as archive:
        assert archive.namelist() == sorted(names(out))
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            assert archive.read(name) == (out / name).read_bytes()


def test_same_dossier_same_bytes_everywhere(built, tmp_path):
    out, manifest = built
    again = write_dossier(dossier(), tmp_path / "again")
    assert again == manifest
    assert zip_beside(tmp_path / "again").read_bytes() == zip_beside(out).read_bytes()


def test_an_empty_folder_will_do(tmp_path):
    (tmp_path / "out").mkdir()
    write_dossier(dossier(1, 1), tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").exists()


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(Refusal, match="已有内容"):
        write_dossier(dossier(1, 1), out)
    assert names(tmp_path) == ["out/mine.txt"]


def test_a_file_or_a_zip_of_that_name_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refusal):
        write_dossier(dossier(1, 1), tmp_path / "file")
    (tmp_path / "out.zip").write_text("mine")
    with pytest.raises(Refusal, match="已存在"):
        write_dossier(dossier(1, 1), tmp_path / "out")
    assert names(tmp_path) == ["file", "out.zip"]


class Enough(Exception):
    pass


@pytest.mark.parametrize("at", ["report.docx", "table.xlsx", "minutes/01.docx", "leaves.txt"])
def test_cancelled_leaves_nothing(tmp_path, at):
    def progress(name):
        if name == at:
            raise Enough

    with pytest.raises(Enough):
        write_dossier(dossier(3, 1), tmp_path / "out", progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def full_disk(_dossier, target):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(WRITERS, "table.xlsx", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_dossier(dossier(3, 1), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_the_zip_leaves_nothing(tmp_path, monkeypatch):
    from deliberation.formats import archive

    def full_disk(_folder, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "write_zip", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_dossier(dossier(1, 1), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_left_is_cleared_and_a_running_one_is_not(tmp_path):
    ours, dead, other = (tmp_path / f".out.part-{n}" for n in (os.getpid(), 2**22 + 7, os.getppid()))
    for left in (ours, dead, other):
        left.mkdir()
        (left / "half").write_text("half")
    (tmp_path / f".out.zip.part-{2**22 + 7}").write_text("half")
    (tmp_path / ".another.part-1").mkdir()
    write_dossier(dossier(1, 1), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [other.name, ".another.part-1", "out", "out.zip"]
    )


def test_a_missing_font_is_said_and_the_rest_is_built(tmp_path, monkeypatch):
    monkeypatch.setattr(
        official_fonts, "_families", lambda _folder: frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})
    )
    manifest = write_dossier(dossier(2, 1), tmp_path / "out")
    assert manifest.left_out["report.pdf"].startswith("缺少字体：仿宋_GB2312、楷体_GB2312，未生成PDF。")
    assert "texlive-lang-chinese" in manifest.left_out["report.pdf"]
    assert "report.pdf" not in names(tmp_path / "out")
    assert set(manifest.files) >= ALWAYS


def test_the_draft_goes_along_where_there_is_one(tmp_path):
    article = Node(
        "article",
        "第一条",
        "1",
        "art_1",
        children=(Node("paragraph", eid="art_1__para_1", text="为了安全，制定本条例。"),),
    )
    manifest = write_dossier(dossier(1, 1, draft=Draft("示例条例", body=(article,))), tmp_path / "out")
    assert "draft.akn.xml" in manifest.files
    assert "制定本条例" in (tmp_path / "out" / "draft.akn.xml").read_text("utf-8")


def test_a_seal_stands_beside_the_manifest_that_it_seals(built, tmp_path):
    _out, manifest = built
    sealed = write_dossier(dossier(seal="seal of the edition\n"), tmp_path / "out")
    assert sealed == manifest
    assert (tmp_path / "out" / "seal.txt").read_text("utf-8") == "seal of the edition\n"


def test_volumes_hold_every_original_once(tmp_path, monkeypatch):
    from deliberation.domain import annexes
    from deliberation.formats import official_docx

    monkeypatch.setattr(annexes, "VOLUME", 10)
    monkeypatch.setattr(official_docx, "VOLUME", 10)
    manifest = write_dossier(dossier(25, 1), tmp_path / "out")
    volumes = [name for name in manifest.files if name.startswith("originals/") and name.endswith(".docx")]
    assert volumes == ["originals/0001.docx", "originals/0002.docx", "originals/0003.docx"]
    text = "".join(document(tmp_path / "out" / name) for name in volumes)
    assert all(text.count(remark(n).number) == 1 for n in range(1, 26))


def document(path):
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


CANARY = "金丝雀"


def everything(path):
    """Every byte of a file as text, what is zipped or deflated in it too."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    if data.startswith(b"%PDF"):
        import pypdf

        reader = pypdf.PdfReader(io.BytesIO(data))
        return str(reader.metadata) + "".join(page.extract_text() for page in reader.pages)
    return data.decode("utf-8", "replace")


def test_the_public_edition_holds_nobody_in_any_file(tmp_path):
    """A public edition is stripped once more on its way out, whatever was handed over."""
    from tests.domain.test_dossier_editions import planted

    leaky = replace(planted(), edition="public")
    write_dossier(leaky, tmp_path / "out")
    for name in names(tmp_path / "out"):
        assert CANARY not in everything(tmp_path / "out" / name), name
    write_dossier(replace(leaky, edition="restricted"), tmp_path / "inside")
    assert CANARY in everything(tmp_path / "inside" / "report.docx")


def test_jsonl_has_exactly_the_fields_in_order():
    line = json.loads(remarks_jsonl.line(remark(5)))
    assert list(line) == [
        "number", "version", "version_digest", "eid", "quote", "attitude", "text", "wording", "reason", "sha256", "leaf",
        "salt", "channel", "origin", "category", "made_at", "suggestions", "outcome",
        "place",
    ]  # fmt: skip
    assert line["made_at"] == "2026-06-08T06:00:00Z"
    assert line["suggestions"] == [6]


def test_withheld_rows_keep_their_leaf_in_jsonl():
    row = next(iter(for_public(replace(dossier(0, 0), remarks=(remark(2, withheld="redacted"),))).remarks))
    line = json.loads(remarks_jsonl.line(row))
    assert [line[key] for key in ("text", "wording", "reason", "sha256", "salt")] == [None] * 5
    assert (line["leaf"], line["number"]) == (621, "2026-03-0002")


def test_above_two_thousand_the_originals_are_volumes_of_both_kinds(tmp_path, monkeypatch):
    from deliberation.domain import annexes
    from deliberation.formats import dossier_folder, official_docx, official_pdf

    for module in (annexes, official_docx, official_pdf, dossier_folder):
        monkeypatch.setattr(module, "VOLUME", 10, raising=False)
    manifest = write_dossier(dossier(25, 1), tmp_path / "out")
    made = {*manifest.files, *manifest.left_out}
    assert {f"originals/{n:04d}.docx" for n in (1, 2, 3)} <= set(manifest.files)
    assert "originals/0001.pdf" in made
    if "report.pdf" in manifest.files:
        assert {f"originals/{n:04d}.pdf" for n in (1, 2, 3)} <= set(manifest.files)
    monkeypatch.setattr(dossier_folder, "MOST_PDF", 2)
    manifest = write_dossier(dossier(25, 1), tmp_path / "more")
    assert "originals/0001.pdf" in manifest.left_out


def test_a_missing_font_is_said_once_and_the_rest_is_built(tmp_path, monkeypatch):
    from deliberation.formats import official_fonts

    monkeypatch.setattr(official_fonts, "_families", lambda _folder: frozenset())
    manifest = write_dossier(dossier(4, 1), tmp_path / "out")
    assert "缺少字体：仿宋_GB2312" in manifest.left_out["report.pdf"]
    assert "apt-get install" in manifest.left_out["report.pdf"]
    assert {"report.docx", "table.xlsx", "remarks.jsonl", "remarks.csv"} <= set(manifest.files)
