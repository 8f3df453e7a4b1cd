"""Every setting and every command stands in the README; both READMEs begin with the two commands."""

from dataclasses import fields
from pathlib import Path

import click

from deliberation.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_in_the_readme():
    missing = [f.name.upper() for f in fields(Settings) if f"`{f.name.upper()}`" not in README]
    assert not missing, missing


def test_every_command_is_in_the_readme(app):
    missing = []
    for name, command in app.cli.commands.items():
        if name in {"run", "shell", "routes", "db"}:
            continue
        row = next((line for line in README.splitlines() if f"`flask {name}" in line), None)
        if row is None:
            missing.append(name)
            continue
        inner = command.commands if isinstance(command, click.Group) else {}
        missing += [f"{name} {sub}" for sub in inner if f"`{sub}" not in row]
    assert not missing, missing


def test_every_make_target_is_in_the_readme():
    phony = next(
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith(".PHONY")
    )
    missing = [t for t in phony.split()[1:] if t not in README]
    assert [t for t in missing if t not in {"help", "setup-dev"}] == []


def test_both_begin_with_the_two_commands():
    for name in ("README.md", "README.zh-CN.md"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        assert any(line.startswith("make run") for line in lines[:10])
        assert any(line.startswith("make test") for line in lines[:10])


def test_nothing_names_the_workplace():
    """The project speaks of itself alone."""
    words = ["/" + "work/", "pypi" + ".org", "npmjs" + ".org", "deb." + "debian.org"]
    wrong = []
    for path in ROOT.rglob("*"):
        kept = path.is_file() and not any(
            p in {".git", ".venv", "instance", "__pycache__"} or p.endswith("_cache") or p == ".hypothesis"
            for p in path.parts
        )
        if kept and path.stat().st_size < 2_000_000:
            text = path.read_bytes().decode("utf-8", "ignore")
            wrong += [f"{path.relative_to(ROOT)}: {w}" for w in words if w in text]
    assert not wrong, wrong
