"""Templates compile, find what they import, and hold nothing a strict content policy would block."""

import re

import pytest
from jinja2 import nodes

from deliberation.cli import words

ROOT = words.TEMPLATES
ALL = sorted(ROOT.rglob("*.html"))
STATIC = ROOT.parent / "static"
TAG = re.compile(r"<[a-zA-Z][^>]*>", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class Anything(dict):
    """Filters and tests the app adds are known to the app; here any name will do."""

    def get(self, name, default=None):
        return super().get(name, default) or (lambda *a, **k: "")

    def __contains__(self, name):
        return True


def environment():
    env = words.environment()
    env.filters, env.tests = Anything(env.filters), Anything(env.tests)
    return env


def name_of(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return environment().parse(path.read_text("utf-8"))


def markup(path):
    """The page's own tags: comments away, expressions blanked."""
    return TAG.findall(JINJA.sub("…", COMMENT.sub("", path.read_text("utf-8"))))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_compiles(path):
    environment().compile(path.read_text("utf-8"), name=name_of(path))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_what_it_imports_is_there(path):
    for node in tree(path).find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        target = getattr(node, "template", None)
        if not isinstance(target, nodes.Const):
            continue
        other = ROOT / target.value
        assert other.is_file(), f"line {node.lineno}: {target.value}"
        if isinstance(node, nodes.FromImport):
            there = {m.name for m in tree(other).find_all(nodes.Macro)} | {
                i[1] if isinstance(i, tuple) else i
                for n in tree(other).find_all(nodes.FromImport)
                for i in n.names
            }
            wanted = {n[0] if isinstance(n, tuple) else n for n in node.names}
            assert wanted <= there, f"line {node.lineno}: {target.value} has no {wanted - there}"


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nothing_the_policy_blocks(path):
    for tag in markup(path):
        inside = re.sub(r'"[^"]*"|\'[^\']*\'', '""', tag)
        assert not re.search(r"\sstyle\s*=", inside), f"inline style: {tag}"
        assert not re.search(r"\son[a-z]+\s*=", inside), f"inline handler: {tag}"
        assert "javascript:" not in tag, tag
        assert not re.search(r'(?:src|href|action|srcset|data)\s*=\s*["\'](?:https?:)?//', tag), (
            f"third party: {tag}"
        )
        if tag.startswith("<script"):
            assert " src=" in tag, f"inline script: {tag}"
        assert not tag.startswith(("<style", "<iframe", "<object", "<embed", "<base")), tag


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_forms_that_change_something_carry_the_token(path):
    text = COMMENT.sub("", path.read_text("utf-8"))
    for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL | re.IGNORECASE):
        assert re.search(r"csrf_token|hidden\(|hidden_tag", form), form[:120]


@pytest.mark.parametrize("path", [p for p in ALL if p.parent.name == "_ui"], ids=name_of)
def test_a_macro_file_says_how_it_is_used(path):
    assert path.read_text("utf-8").startswith("{#")


def test_every_static_file_named_is_there():
    wrong = []
    for path in ALL:
        for name in re.findall(r"url_for\('static',\s*filename='([^'~]+)'\)", path.read_text("utf-8")):
            if not (STATIC / name).is_file():
                wrong.append(f"{name_of(path)}: {name}")
    assert not wrong, wrong


def test_classes_used_by_macros_are_styled():
    """A class that no sheet and no script knows is a slip of the pen."""
    sheets = " ".join(p.read_text("utf-8") for p in (STATIC / "css").glob("*.css"))
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets)) | {"none", "switches", "r-main", "links", "next"}
    used = {}
    for path in ALL:
        text = COMMENT.sub("", path.read_text("utf-8"))
        for value in re.findall(r'class="([^"{}]*)"', text):
            for one in value.split():
                used.setdefault(one, name_of(path))
    unknown = {one: where for one, where in used.items() if one not in known}
    assert not unknown, unknown


def test_the_forbidden_is_seen(tmp_path):
    page = tmp_path / "a.html"
    page.write_text('<p style="x">{{ "<b onclick=1>" }}</p>', "utf-8")
    assert [t for t in markup(page) if "style" in t]
    with pytest.raises(AssertionError, match="inline style"):
        test_nothing_the_policy_blocks(page)
