"""Imports point down, libraries stay on their floor, files and functions stay small."""

import ast
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "deliberation"
MAY_IMPORT = {
    "domain": set(),
    "formats": {"domain"},
    "store": {"domain"},
    "search": {"domain"},
    "keys": set(),
    "services": {"domain", "formats", "store", "search", "keys"},
    "web": {"domain", "services", "store", "search"},
    "cli": {"domain", "formats", "services", "store", "search", "sample"},
    "sample": {"domain", "services", "store"},
}
ONLY_ON = {
    "docx": "formats", "lxml": "formats", "markdown_it": "formats", "nh3": "formats", "xlsxwriter": "formats",
    "python_calamine": "formats", "segno": "formats", "pypdf": "formats", "typst": "formats",
    "whoosh": "search", "argon2": "keys", "cryptography": "keys", "pyotp": "keys",
    "wtforms": "web", "flask_wtf": "web",
}  # fmt: skip
STDLIB_ONLY = {"domain"}
MAX_FILE, MAX_FUNCTION = 300, 40


@cache
def nodes(path):
    """Every node of a module, parsed once for all the tests that ask."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def modules():
    return sorted(p for p in HOUSE.rglob("*.py") if "versions" not in p.parts)


def imports(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            if node.module == "deliberation":
                yield from (f"deliberation.{alias.name}" for alias in node.names)


def test_imports_point_down():
    wrong = []
    for path in modules():
        parts = path.relative_to(HOUSE).parts
        floor = parts[0]
        if floor not in MAY_IMPORT or len(parts) < 2:
            continue
        for name in imports(path):
            root, _, rest = name.partition(".")
            if root == "deliberation" and rest:
                other = rest.split(".")[0]
                if other != floor and other in MAY_IMPORT and other not in MAY_IMPORT[floor]:
                    wrong.append(f"{path.relative_to(HOUSE)} imports {name}")
            elif root in ONLY_ON and ONLY_ON[root] != floor:
                wrong.append(f"{path.relative_to(HOUSE)} imports {name}, which lives in {ONLY_ON[root]}")
    assert not wrong, "\n".join(wrong)


def test_relative_imports_are_not_used():
    wrong = [
        str(p) for p in modules() for node in nodes(p) if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not wrong, wrong


def test_domain_is_standard_library_only():
    import sys

    wrong = []
    for path in (HOUSE / "domain").rglob("*.py"):
        for name in imports(path):
            root = name.split(".")[0]
            if root != "deliberation" and root not in sys.stdlib_module_names:
                wrong.append(f"{path.name}: {name}")
            if root in {"datetime", "time", "random", "secrets", "os", "pathlib", "io"} and root not in {
                "datetime"
            }:
                wrong.append(f"{path.name}: {name} (no clock, chance or file in domain)")
    assert not wrong, "\n".join(wrong)


def calls(path, attribute):
    for node in nodes(path):
        if isinstance(node, ast.Call):
            f = node.func
            if (isinstance(f, ast.Attribute) and f.attr == attribute) or (
                isinstance(f, ast.Name) and f.id == attribute
            ):
                yield node.lineno


def test_select_only_in_store():
    wrong = [
        f"{p.relative_to(HOUSE)}:{line}"
        for p in modules()
        if p.relative_to(HOUSE).parts[0] != "store"
        for line in calls(p, "select")
    ]
    assert not wrong, wrong


def test_transactions_open_only_in_acts():
    wrong = [
        f"{p.relative_to(HOUSE)}:{line}"
        for p in modules()
        if p.relative_to(HOUSE).parts not in {("services", "acts.py"), ("store", "db.py")}
        and p.relative_to(HOUSE).parts[0] in {"services", "web", "cli", "store", "sample"}
        for line in calls(p, "commit")
    ]
    assert not wrong, wrong


def test_request_only_in_web():
    wrong = []
    for p in modules():
        if p.relative_to(HOUSE).parts[0] == "web":
            continue
        for node in nodes(p):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                wrong += [str(p) for a in node.names if a.name in {"request", "session", "g"}]
    assert not wrong, wrong


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_small(path):
    text = path.read_text("utf-8")
    lines = text.splitlines()
    assert len(lines) <= MAX_FILE, f"{len(lines)} lines; a second noun in there?"
    tree = ast.parse(text)
    if lines:
        assert ast.get_docstring(tree), "one line that says what this module is"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= MAX_FUNCTION, f"{node.name} has {length} lines"


def test_templates_are_small():
    root = HOUSE.parent / "templates"
    wrong = [
        f"{p}: {n}"
        for p in root.rglob("*")
        if p.is_file() and (n := len(p.read_text("utf-8").splitlines())) > 100
    ]
    assert not wrong, wrong
