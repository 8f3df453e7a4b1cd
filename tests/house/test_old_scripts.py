"""Scripts keep to what Chromium 86 can do over plain http: syntax to ES2020, names from a list, fallbacks where a secure page is needed.

The list is chromium86.txt; a script's own names are its own.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
SIZE = 300

TOO_NEW_SYNTAX = {
    r"\?\?=|\|\|=|&&=": "logical assignment (85, ES2021)",
    r"(?<![\w$])#[a-zA-Z_]\w*": "private member",
    r"\bstatic\s*\{": "static block (94)",
    r"\bawait\s+import\b|^\s*await\b": "await at the top (89)",
    r"\bimport\s*\(|^\s*import\s|^\s*export\s": "modules: pages load plain scripts",
    r"\beval\s*\(|\bnew\s+Function\b": "code from text: the content policy blocks it",
    r"\.innerHTML\b|\.outerHTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b": "markup from text",
    r"\.style\.cssText\b|setAttribute\(\s*['\"]style": "inline style: the content policy blocks it",
    r"https?://(?!www\.w3\.org/)": "third party",
}
NEED_SECURE_PAGE = ("subtle", "clipboard", "serviceWorker", "caches", "mediaDevices", "randomUUID", "storage")


def has():
    """The lists of chromium86.txt: section → names."""
    lists, words = {}, set()
    for line in (Path(__file__).parent / "chromium86.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            words = lists.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    return lists


HAS = has()
NAMES = HAS["names"]


def bare(script):
    """The script without comments, words in quotes and patterns; what stands in ${…} of a template goes with it."""
    return re.sub(
        r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`"
        r"|(?<=[=(,:!&|?{};\n])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/[gimsuy]*",
        lambda m: " " if m.group().startswith("/*") or m.group().startswith("//") else '""',
        script,
        flags=re.DOTALL,
    )


def own_names(text):
    """What the script itself defines: keys, methods, properties it sets."""
    before = r"(?:^|[{,;}])\s*(?:async\s+|static\s+|get\s+|set\s+)*"
    return (
        set(re.findall(r"([A-Za-z_$][\w$]*)\s*:", text))
        | set(re.findall(r"\.([A-Za-z_$][\w$]*)\s*=(?!=)", text))
        | set(re.findall(before + r"([A-Za-z_$][\w$]*)\s*\([^)]*\)\s*\{", text, re.MULTILINE))
    )


def faults_of(script):
    """What an old browser, a plain http page or the content policy would not take."""
    whole = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", " ", script, flags=re.DOTALL)
    text = bare(script)
    for pattern, why in TOO_NEW_SYNTAX.items():
        if re.search(pattern, whole if "http" in pattern or "style" in pattern else text, re.MULTILINE):
            yield why
    own = own_names(text)
    for name in set(re.findall(r"\.([A-Za-z_$][\w$]*)", re.sub(r"\.\.\.|dataset\.\w+", " ", text))):
        if name in NEED_SECURE_PAGE:
            if not re.search(
                rf"(?:if|&&|\?|!|return)[^\n;]*\.{name}\b|\?\.{name}|{name}\?\.|in\s+(?:navigator|window)",
                text,
            ):
                yield f".{name} without asking whether it is there (plain http has none)"
        elif name not in NAMES and name not in own:
            yield f".{name}: not on the list of what Chromium 86 has"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_script(path):
    text = path.read_text("utf-8")
    wrong = sorted(faults_of(text))
    assert not wrong, "\n".join(wrong)
    assert text.startswith("/*"), "one line that says what this script adds"
    assert len(text.splitlines()) <= SIZE


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_words_come_from_the_page(path):
    """A script speaks the page's language: its sentences stand in data- attributes, put there by the server."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", " ", path.read_text("utf-8"), flags=re.DOTALL)
    quoted = re.findall(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`", text)
    wrong = [q for q in quoted if re.search("[\u4e00-\u9fff]{2}", q)]
    assert not wrong, wrong


@pytest.mark.parametrize(
    "script",
    [
        "a ||= 1;", "class A { #x = 1 }", "x.at(-1);", "structuredClone; y.replaceAll('a', 'b');", "import x from 'y';",
        "navigator.clipboard.writeText(x);", "const k = crypto.randomUUID();", "el.innerHTML = x;", "fetch('https://cdn.example/x');",
        "list.toSorted();", "Object.hasOwn(a, b);", "el.setAttribute('style', 'color:red');",
    ],
)  # fmt: skip
def test_what_is_too_new_is_seen(script):
    assert list(faults_of(script))


@pytest.mark.parametrize(
    "script",
    [
        "const b = a?.length ?? 0;", "if (navigator.clipboard) { go(); }", "/* x.at(1) */ var u = 'x.at(1)';",
        "var own = { at(n) { return n; } }; own.at(1);", "p.textContent = t.replace(/\\.at(x)/g, '');",
    ],
)  # fmt: skip
def test_what_is_old_enough_is_allowed(script):
    assert not [f for f in faults_of(script) if f.startswith(".at:") or "secure" in f or "http" in f]
