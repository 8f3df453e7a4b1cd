"""`flask dossiers build` and `flask log`: what they print, what they refuse, what they find out."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from deliberation.store.db import db
from tests import make, make_dossiers

VERIFY = Path(__file__).parents[2] / "verify.py"


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    make_dossiers.suggestion(found, make.remark(found, "三百米太远"))
    return found


def run(app, *words):
    return app.test_cli_runner().invoke(args=list(words))


def test_build_makes_folder_and_zip(app, one, tmp_path):
    done = run(app, "dossiers", "build", "bikes", "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert done.stdout.split("\t")[1:3] == ["1", "1"]
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "report.docx",
        "table.xlsx",
        "report.md",
        "remarks.jsonl",
        "draft.akn.xml",
        "leaves.txt",
        "manifest.json",
    } <= there
    assert (tmp_path / "out.zip").is_file()
    assert subprocess.run([sys.executable, VERIFY, tmp_path / "out"], capture_output=True).returncode == 0


def test_the_restricted_edition_says_so(app, one, tmp_path):
    run(app, "dossiers", "build", "bikes", "--out", str(tmp_path / "out"), "--edition", "restricted")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (manifest["edition"], manifest["sealed"]) == ("restricted", False)


@pytest.mark.parametrize("words", [["build", "nothing"], ["build", "bikes", "--sealed"]])
def test_refusals_are_one_line_and_exit_2(app, one, tmp_path, words):
    done = run(app, "dossiers", *words, "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_seal_and_build_the_sealed_edition(app, one, tmp_path):
    refused = run(app, "dossiers", "seal", "bikes")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    run(app, "consultations", "close", "bikes")
    done = run(app, "dossiers", "seal", "bikes")
    assert done.exit_code == 0, done.output
    number, public, restricted = done.stdout.strip().split("\t")
    for edition, digest in (("public", public), ("restricted", restricted)):
        out = tmp_path / edition
        run(app, "dossiers", "build", "bikes", "--sealed", "--out", str(out), "--edition", edition)
        assert hashlib.sha256((out / "manifest.json").read_bytes()).hexdigest() == digest
        assert subprocess.run([sys.executable, VERIFY, out], capture_output=True).returncode == 0
    assert number == "1"


def test_a_full_folder_is_left_alone(app, one, tmp_path):
    (tmp_path / "mine").write_text("mine")
    done = run(app, "dossiers", "build", "bikes", "--out", str(tmp_path))
    assert done.exit_code == 2
    assert [path.name for path in tmp_path.iterdir() if path.name == "manifest.json"] == []


def test_the_head_and_the_leaves(app, one):
    head, leaves = run(app, "log", "head", "bikes").stdout, run(app, "log", "leaves", "bikes").stdout
    assert head.splitlines()[0].endswith("/bikes/sha256-ed25519")
    assert head.splitlines()[1] == str(len(leaves.splitlines()))
    assert leaves.splitlines()[0].startswith("0 move-phase consultation bikes ")


def test_verify_sees_words_changed_behind_the_log(app, one):
    assert run(app, "log", "verify").exit_code == 0
    db.session.execute(db.text("UPDATE remark SET text = '三百米很好'"))
    done = run(app, "log", "verify")
    assert done.exit_code == 1
    assert "0001" in done.stderr
