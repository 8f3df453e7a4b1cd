"""Every download goes through web/downloads.py: a Chinese name set by hand is no Latin-1 header, and a real server stops at it."""

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from deliberation.web.downloads import disposition
from tests.house.test_floors import nodes

HOUSE = Path(__file__).resolve().parents[2] / "deliberation"
BY_HAND = {"send_file", "send_from_directory"}


def by_hand(nodes):
    """Lines that give a file its name themselves."""
    for node in nodes:
        header = isinstance(node, ast.Constant) and str(node.value).casefold() == "content-disposition"
        named = getattr(node, "id", getattr(node, "attr", None))
        if header or named in BY_HAND:
            yield node.lineno


def test_no_view_names_a_download_itself():
    wrong = [
        f"{path.relative_to(HOUSE)}:{line}"
        for path in sorted(HOUSE.rglob("*.py"))
        if path.relative_to(HOUSE).parts != ("web", "downloads.py")
        for line in by_hand(nodes(path))
    ]
    assert not wrong, wrong


def test_one_who_does_is_found():
    text = 'r.headers["content-disposition"] = name\nflask.send_file(f)\nsend_file(g)'
    assert list(by_hand(ast.walk(ast.parse(text)))) == [1, 2, 3]


@given(st.text(max_size=200))
def test_any_name_is_a_header(name):
    made = disposition(name)
    assert made.encode("ascii")
    assert not set(made) & set("\r\n\0/\\")
    assert made.count('"') == 2
