"""`flask drafts parse`: JSON, text, Akoma Ntoso on stdout; one plain line and exit 2 when refused; no database."""

import json

import pytest
from click.testing import CliRunner

from deliberation.cli.drafts import drafts

LAW = "××市示例条例（草案）\n第一条【目的】为了示例。\n第三条 本条例自公布之日起施行。\n"


@pytest.fixture
def law(tmp_path):
    path = tmp_path / "law.txt"
    path.write_text(LAW, "utf-8")
    return path


def run(*words):
    return CliRunner().invoke(drafts, ["parse", *map(str, words)])


def test_json(law):
    result = run(law, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["title"], told["stage"], told["counts"]["article"]) == ("××市示例条例", "（草案）", 2)
    assert [(w["code"], w["line"]) for w in told["warnings"]] == [("number_gap", 3)]


def test_text_is_what_the_digest_is_of(law):
    import hashlib

    told = run(law, "--text").stdout
    assert told.splitlines() == [
        "××市示例条例",
        "（草案）",
        "第一条　【目的】　为了示例。",
        "第三条　本条例自公布之日起施行。",
    ]
    assert hashlib.sha256(told.encode()).hexdigest() == json.loads(run(law, "--json").stdout)["digest"]


def test_akoma_ntoso(law):
    told = run(law, "--akn").stdout
    assert "akomaNtoso" in told
    assert 'eId="art_3"' in told


def test_outline_and_warnings(law):
    result = run(law)
    assert "art_1\t第一条" in result.stdout
    assert "number_gap" in result.stderr


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_refused_in_one_line(tmp_path, data):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    result = run(path, "--json")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_no_such_file(tmp_path):
    result = run(tmp_path / "nothing.docx")
    assert (result.exit_code, result.stderr.strip()) == (2, "没有这个文件：nothing.docx")
