"""`remarks group`: every id once, refusals in one line, nothing written."""

import json

import pytest
from click.testing import CliRunner

from deliberation.cli.grouping import group_remarks, joins

LINES = [
    {"id": "a", "eid": "art_12", "attitude": "amend", "text": "楼道内不得充电。"},
    {"id": 7, "article": "art_12__para_2", "attitude": "amend", "text": "建议楼道内不得充电！"},
    {"id": "c", "eid": "art_12", "attitude": "amend", "text": "楼道内可以充电。"},
    {"id": "d", "eid": None, "attitude": None, "text": "写得好"},
]


def run(tmp_path, written, *options):
    file = tmp_path / "remarks.jsonl"
    file.write_bytes(written if isinstance(written, bytes) else written.encode())
    return CliRunner().invoke(group_remarks, [str(file), *options])


def jsonl(lines):
    return "\ufeff" + "\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"


def test_json(tmp_path):
    result = run(tmp_path, jsonl(LINES), "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert [found["members"] for found in said["groups"]] == [["a", 7]]
    assert set(said["groups"][0]) == {"members", "shared", "differ", "score"}
    assert "充电" in "".join(said["groups"][0]["shared"])
    assert said["single"] == ["c", "d"]


def test_words(tmp_path):
    result = run(tmp_path, jsonl(LINES))
    assert result.exit_code == 0
    assert "建议楼道内不得充电！" in result.stdout
    assert "1 组，另有 2 条" in result.stdout


def test_an_empty_file_has_no_groups(tmp_path):
    assert json.loads(run(tmp_path, "", "--json").stdout) == {"groups": [], "single": []}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{", "第 1 行不是 JSON"),
        (jsonl(LINES) + "[1]", "第 6 行不是 JSON"),
        ("[" * 100_000, "第 1 行不是 JSON"),
        ('{"eid": "art_1", "text": "甲"}', "缺少“id”"),
        ('{"id": true, "eid": "art_1", "text": "甲"}', "缺少“id”"),
        ('{"id": "1", "eid": "art_1", "text": 5}', "缺少文字"),
        ('{"id": "1", "text": "甲"}', "没有写明哪一条"),
        ('{"id": "1", "eid": "art_1", "attitude": 3, "text": "甲"}', "attitude"),
        (jsonl([LINES[0], LINES[0]]), "出现了两次"),
        ("楼道".encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_refusals(tmp_path, written, said):
    result = run(tmp_path, written, "--json")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_missing_file(tmp_path):
    result = CliRunner().invoke(group_remarks, [str(tmp_path / "none.jsonl")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "读不到文件" in result.stderr


def test_it_joins_the_remarks_commands():
    assert joins == [("remarks", group_remarks)]
