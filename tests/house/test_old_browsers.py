"""Style sheets keep to what Chromium 86 can do (Windows 7, 360, UOS); newer things stand under @supports.

The lists stand in chromium86.txt.
Later ones, seen by measuring: `inset`, `margin-inline`, `text-underline-offset` 87, `:is`, `aspect-ratio` 88,
`accent-color` 93, `align-items: start` in flex 93, container queries and `:has` 105, `::details-content` 131.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))


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
PROPERTIES = HAS["properties"]
BESIDE = {
    "print-color-adjust": "-webkit-print-color-adjust"
}  # allowed where the older name stands in the same rule
FUNCTIONS = HAS["functions"]
PSEUDO = HAS["pseudo"]
AT_RULES = {"media", "supports", "page", "font-face", "keyframes", "charset"}
KNOWN_MEDIA = re.compile(
    r"^(?:\s|,|and|not|only|screen|print|all|"
    r"\((?:min|max)-(?:width|height)\s*:[^)]*\)|\(orientation\s*:[^)]*\)|\(prefers-reduced-motion\s*:[^)]*\)|"
    r"\((?:any-)?(?:hover|pointer)\s*:[^)]*\))*$"
)
UNITS = re.compile(r"(?<![\w#.-])-?\d*\.?\d+([a-zA-Z]+)\b")
OLD_UNITS = HAS["old_units"]


def bare(css):
    return re.sub(r"/\*.*?\*/", " ", css, flags=re.DOTALL)


def blocks(css, above=()):
    """Every (at-rules above, prelude, body) of a sheet, innermost bodies only."""
    at = 0
    while (start := css.find("{", at)) != -1:
        prelude = css[at:start].split(";")[-1].strip()
        depth, end = 1, start + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        body = css[start + 1 : end - 1]
        if "{" in body:
            yield from blocks(body, (*above, prelude))
        else:
            yield above, prelude, body
        at = end


def exempt(above):
    """Under @supports, or under a media question an old browser answers with no."""
    return any(
        a.startswith("@supports") or (a.startswith("@media") and not KNOWN_MEDIA.match(a[6:].strip().lower()))
        for a in above
    )


def faults_of(css):
    """What Chromium 86 would not understand in a sheet."""
    for above, prelude, body in blocks(bare(css)):
        for rule in (*above, prelude):
            name = re.match(r"@([\w-]+)", rule)
            if name and name.group(1) not in AT_RULES:
                yield f"@{name.group(1)}"
        if exempt(above):
            continue
        if not prelude.startswith("@"):
            yield from (f"{prelude}: {p}" for p in pseudos(prelude) if p not in PSEUDO)
            if re.search(r":not\([^()]*,", prelude):
                yield f"{prelude}: a list in :not()"
        yield from (f"{prelude}: {fault}" for fault in declarations(body))


def pseudos(selector):
    return re.findall(r"::?([a-zA-Z-]+)", re.sub(r"\[[^\]]*\]", "", selector))


def declarations(body):
    pairs = [d.split(":", 1) for d in re.split(r";(?![^(]*\))", body) if ":" in d]
    names = {name.strip() for name, _value in pairs}
    flex = any(n.strip() == "display" and "flex" in v for n, v in pairs)
    for name, value in ((n.strip(), v.strip()) for n, v in pairs):
        if not name.startswith("--") and name not in PROPERTIES and BESIDE.get(name) not in names:
            yield name
        plain = re.sub(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)", "", value)
        yield from (f"{name}: {f}()" for f in re.findall(r"([a-zA-Z-]+)\(", plain) if f not in FUNCTIONS)
        yield from (f"{name}: unit {u}" for u in UNITS.findall(plain) if u.lower() not in OLD_UNITS)
        if (
            flex
            and name in {"align-items", "justify-content", "align-content"}
            and plain.split()[0] in {"start", "end"}
        ):
            yield f"{name}: {plain} in flex"


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_sheet(path):
    wrong = list(faults_of(path.read_text("utf-8")))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_colours_and_sizes_are_tokens(path):
    """Only tokens.css names colours; white, black and print greys are paper and ink of printed things."""
    if path.name == "tokens.css":
        return
    found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", bare(path.read_text("utf-8"))))
    assert found <= {"#fff", "#000", "#999", "#857c6c"}, found


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_every_token_used_is_defined(path):
    text = bare(path.read_text("utf-8"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", " ".join(bare(p.read_text("utf-8")) for p in SHEETS)))
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= defined
    assert len(path.read_text("utf-8").splitlines()) <= 300
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", text)


@pytest.mark.parametrize(
    "css",
    [
        "a { inset: 0 }", "a { margin-inline: 1px }", "a:is(b, c) { top: 0 }", "a:has(b) { top: 0 }",
        "a { aspect-ratio: 1 }", "a { width: 3cqi }", "@container (width > 3rem) { a { top: 0 } }", "a:not(b, c) { top: 0 }",
        "a { display: flex; align-items: start }", "a { color: color-mix(in srgb, red, blue) }", "a { height: 100dvh }",
        "a { text-underline-offset: 2px }", "@layer x { a { top: 0 } }", "p { print-color-adjust: exact }",
    ],
)  # fmt: skip
def test_what_is_too_new_is_seen(css):
    assert list(faults_of(css))


@pytest.mark.parametrize(
    "css",
    [
        "@supports (inset: 0) { a { inset: 0 } }", "@media (prefers-contrast: more) { a { accent-color: red } }",
        "a { -webkit-print-color-adjust: exact; print-color-adjust: exact }", "a { display: grid; align-items: start }",
        "@supports selector(:has(*)) { @media (min-width: 9rem) { a:has(b) { top: 0 } } }", "a { --x: 3cqi-free }",
    ],
)  # fmt: skip
def test_what_is_kept_apart_is_allowed(css):
    assert not [f for f in faults_of(css) if "unit" not in f]
