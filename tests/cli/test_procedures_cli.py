"""`flask procedures`: the shape others rely on, the refusals, and the English of every sentence."""

import ast
import json
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from deliberation.cli.procedures import procedures
from deliberation.formats.procedures_read import FOLDER, shipped

HOUSE = FOLDER.parent


def run(*words):
    return CliRunner().invoke(procedures, [str(word) for word in words])


def judge(name, due, present, votes_for, against=0, abstain=0, *more):
    return run(
        "judge", name, "--due", due, "--present", present, "--for", votes_for, "--against", against,
        "--abstain", abstain, *more,
    )  # fmt: skip


def test_list():
    lines = [line.split("\t") for line in run("list").stdout.splitlines()]
    assert [line[0] for line in lines] == list(shipped())
    assert [line[0] for line in lines if line[1] == "on"] == ["symposium", "council_9x"]
    assert ["villagers_assembly", "off", "村民会议"] in lines


def test_judge_json():
    answer = judge("villagers_rep_assembly", 61, 45, 24, 15, 4, "--json")
    said = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert {k: said[k] for k in ("quorum_met", "carried", "needs_present", "needs_for")} == {
        "quorum_met": True, "carried": True, "needs_present": 41, "needs_for": 23,
    }  # fmt: skip
    assert "应到61，实到45，赞成24；需超过22.5，即至少23" in said["words"]
    assert said["basis"] == "村民委员会组织法第三十条（2026-01-01文本）"


@pytest.mark.parametrize(
    ("name", "numbers", "quorum_met", "carried"),
    [
        ("party_members_assembly", (30, 20, 15), True, False),
        ("party_members_assembly", (30, 20, 16), True, True),
        ("party_members_assembly", (30, 19, 19), False, None),
        ("villagers_assembly", (100, 50, 50), False, None),
        ("villagers_assembly", (100, 51, 26), True, True),
        ("residents_assembly", (10, 6, 3), True, False),
        ("council_9x", (12, 12, 12), True, None),
        ("symposium", (12, 12, 12), None, None),
        ("four_deliberations", (30, 20, 11), True, True),
    ],
)
def test_what_carries(name, numbers, quorum_met, carried):
    said = json.loads(judge(name, *numbers, 0, 0, "--json").stdout)
    assert (said["quorum_met"], said["carried"]) == (quorum_met, carried)


def test_ways():
    said = json.loads(judge("villagers_assembly", 90, 59, 59, 0, 0, "--way", "households", "--json").stdout)
    assert (said["quorum_met"], said["needs_present"]) == (False, 60)
    assert "共90户" in said["words"]


def test_words_for_people():
    lines = judge("council_9x", 12, 10, 8).stdout.splitlines()
    assert "未填本地议事规则，只列数字，不作结论" in lines
    assert not [line for line in lines if "通过" in line]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("judge", "nobody"), "没有“nobody”这一程序"),
        (("judge", "council_9x", "--due", "3", "--present", "3"), "请写明赞成票数"),
        (("judge", "council_9x", "--due", "3", "--present", "4", "--for", "1"), "实到 4 多于应到 3"),
        (
            ("judge", "council_9x", "--due", "3", "--present", "3", "--for", "2", "--against", "2"),
            "共 4，多于实到 3",
        ),
        (("judge", "council_9x", "--due", "3", "--present", "3", "--for", "-1"), "不能小于零"),
        (("judge", "council_9x", "--due", "-3", "--present", "-3", "--for", "0"), "不能小于零"),
        (
            ("judge", "council_9x", "--due", "3", "--present", "3", "--for", "1", "--way", "x"),
            "可选：members",
        ),
        (
            ("judge", "council_9x", "--due", "3", "--present", "3", "--for", "1", "--whole", "2"),
            "全体 2 少于应到 3",
        ),
    ],
)
def test_refusals_are_one_plain_line(words, reason):
    answer = run(*words)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert reason in answer.stderr


MODULES = [HOUSE / "domain" / f"{name}.py" for name in (
    "quorum", "rolls", "ballots", "voting", "tally_words", "paper_counts", "hand_counts", "attitudes", "seats",
    "transitions", "matters", "vote_states", "calendar", "procedures",
)] + [HOUSE / "formats" / "ics.py", HOUSE / "cli" / "procedures.py"]  # fmt: skip


def english():
    found = {}
    for path in (HOUSE / "locale" / "en").glob("*.po"):
        with path.open("rb") as file:
            found |= {m.id: m.string for m in read_po(file, locale="en") if m.id}
    return found


def marked(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
            yield node.args[0].value


def data_words(plain):
    """Every Chinese string of a data file, whatever key it stands under."""
    if isinstance(plain, str):
        if any("一" <= character <= "鿿" for character in plain):
            yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from data_words(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from data_words(value)


def test_every_sentence_has_its_english_with_the_same_parameters():
    catalogue = english()
    said = {msgid for path in MODULES for msgid in marked(path)}
    said |= {
        word
        for path in FOLDER.glob("*.toml")
        if path.stem != "holidays"
        for word in data_words(tomllib.loads(path.read_text("utf-8")))
    }
    assert len(said) > 250
    assert not sorted(said - set(catalogue))
    for msgid, msgstr in ((msgid, catalogue[msgid]) for msgid in said):
        parameters = {piece.split(")s")[0] for piece in msgstr.split("%(")[1:]}
        assert parameters <= {piece.split(")s")[0] for piece in msgid.split("%(")[1:]}, msgid
        assert not any("一" <= character <= "鿿" for character in msgstr), msgid


def test_names_are_the_same_in_both_places():
    for procedure in shipped().values():
        assert english()[procedure.name] == procedure.name_en
