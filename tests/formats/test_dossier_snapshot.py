"""A sealed edition rebuilt from its snapshot has the same bytes."""

from dataclasses import replace

import pytest

from deliberation.domain.dossier import Signature
from deliberation.domain.dossier_editions import for_public
from deliberation.domain.errors import Refusal
from deliberation.domain.provisions import Draft, Node
from deliberation.formats.archive import zip_beside
from deliberation.formats.dossier_folder import write_dossier
from deliberation.formats.dossier_snapshot import read_snapshot, write_snapshot
from tests.formats.sample_dossier import dossier, remark

PARAGRAPH = Node("paragraph", eid="art_1__para_1", text="为了安全，制定本条例。")
DRAFT = Draft("示例条例", body=(Node("article", "第一条", "1", "art_1", children=(PARAGRAPH,)),))


def kept(value, folder):
    path = folder / "edition.jsonl"
    with path.open("wb") as target:
        write_snapshot(value, target)
    return path


@pytest.mark.parametrize(
    "value",
    [
        dossier(),
        dossier(0, 0),
        for_public(dossier(5, 2)),
        dossier(3, 1, draft=DRAFT, signature=Signature(red_head=True)),
    ],
    ids=["restricted", "empty", "public", "draft"],
)
def test_what_comes_back_is_equal(value, tmp_path):
    back = read_snapshot(kept(value, tmp_path))
    assert list(back.remarks) == list(value.remarks)
    assert len(back.remarks) == len(value.remarks)
    assert list(back.leaves) == list(value.leaves)
    assert replace(back, remarks=(), leaves=()) == replace(value, remarks=(), leaves=())


def test_the_public_edition_is_kept_beside_the_restricted_one(tmp_path):
    value = dossier(4, 1)
    path = tmp_path / "edition.jsonl"
    with path.open("wb") as target:
        write_snapshot(value, target, replace(for_public(value), office="公开版的话"))
    back = read_snapshot(path, public=True)
    assert back.office == "公开版的话"
    assert list(back.remarks) == list(for_public(value).remarks)
    assert [row.author.name for row in read_snapshot(path).remarks] == [
        row.author.name for row in value.remarks
    ]


def test_the_rebuilt_edition_has_the_same_bytes(tmp_path):
    value = dossier(12, 3, draft=DRAFT)
    first = write_dossier(value, tmp_path / "first")
    again = write_dossier(read_snapshot(kept(value, tmp_path)), tmp_path / "again")
    assert again == first
    assert zip_beside(tmp_path / "again").read_bytes() == zip_beside(tmp_path / "first").read_bytes()


def test_hostile_words_come_back(tmp_path):
    words = '\u2028\u2029\u0085\n\t\u202e😀\ufeff"\\'
    back = read_snapshot(kept(replace(dossier(0, 0), remarks=(remark(1, text=words),)), tmp_path))
    assert [row.text for row in back.remarks] == [words]
    assert remark(1, text=words) in back.remarks


def test_an_older_snapshot_lacks_a_field_and_takes_its_default(tmp_path):
    path = kept(dossier(1, 1), tmp_path)
    text = path.read_text("utf-8").replace(',"mark":""', "").replace('"end_reason":"",', "")
    assert '"mark"' not in text
    path.write_text(text, "utf-8", newline="\n")
    back = read_snapshot(path)
    assert back.mark == ""
    assert list(back.remarks) == list(dossier(1, 1).remarks)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]\n", "not json", '{"form":"dossier/9","remarks":0,"dossier":{}}\n']
)
def test_a_damaged_file_is_refused(tmp_path, text):
    path = tmp_path / "edition.jsonl"
    path.write_text(text)
    with pytest.raises(Refusal, match="edition.jsonl"):
        read_snapshot(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match="gone.jsonl"):
        read_snapshot(tmp_path / "gone.jsonl")
