"""`flask remarks import`: exactly once, one plain line and exit 2 where refused, the empty form."""

import pytest

from deliberation.store import remarks as rows
from tests import make

TABLE = "编号,条款,态度,意见\n1,第三条,建议修改,三百米太远\n2,第九十九条,赞成,没有这一条\n"


@pytest.fixture
def one(app):
    return make.consultation(make.office(), slug="bikes")


def run(app, *words):
    return app.test_cli_runner().invoke(args=["remarks", "import", *map(str, words)])


def test_a_table_comes_in_once(app, one, tmp_path):
    file = tmp_path / "意见.csv"
    file.write_text(TABLE, "utf-8")
    first = run(app, file, "--consultation", "bikes")
    assert (first.exit_code, first.stdout) == (0, "added\t1\nthere\t0\nrefused\t1\n")
    assert first.stderr.startswith("refused\t3\t")
    assert run(app, file, "--consultation", "bikes").stdout == "added\t0\nthere\t1\nrefused\t1\n"
    made = rows.all_of(one.id)
    assert [(r.text, r.eid, r.channel) for r in made] == [("三百米太远", "art_3", "other_system")]


def test_gb18030_and_jsonl_too(app, one, tmp_path):
    (tmp_path / "a.csv").write_bytes(TABLE.encode("gb18030"))
    (tmp_path / "b.jsonl").write_text(
        '{"id": "j1", "eid": "art_3__para_1", "attitude": "amend", "text": "a\\r\\nb"}\n', "utf-8"
    )
    assert run(app, tmp_path / "a.csv", "--consultation", "bikes").exit_code == 0
    assert run(app, tmp_path / "b.jsonl", "--consultation", "bikes").exit_code == 0
    assert [r.text for r in rows.all_of(one.id)] == ["三百米太远", "a\nb"]


@pytest.mark.parametrize(
    ("name", "data", "slug"),
    [
        ("没有.csv", None, "bikes"),
        ("空.csv", b"", "bikes"),
        ("头.csv", "条款,意见\n".encode(), "bikes"),
        ("坏.xlsx", b"not a spreadsheet", "bikes"),
        ("名单.csv", "姓名,电话\n王,1\n".encode(), "bikes"),
        ("好.csv", TABLE.encode(), "nowhere"),
    ],
)
def test_refusals_are_one_line_and_change_nothing(app, one, tmp_path, name, data, slug):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    answer = run(app, tmp_path / name, "--consultation", slug)
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert rows.all_of(one.id) == []


def test_the_empty_form(app, one, tmp_path):
    assert run(app, "--template", tmp_path / "表.xlsx").exit_code == 0
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")
    assert run(app).exit_code == 2


def test_grouping_is_under_the_same_name(app):
    assert app.test_cli_runner().invoke(args=["remarks", "group", "--help"]).exit_code == 0
