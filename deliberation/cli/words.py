"""`flask words missing`: every Chinese sentence of the code and the pages that has no English yet; reads files only."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

HOUSE = Path(__file__).resolve().parents[1]
TEMPLATES = HOUSE.parent / "templates"
LOCALE = HOUSE / "locale" / "en"
MARKS = {"_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "pgettext", "npgettext"}
SAYINGS = {"Said", "Refusal"}  # and whatever class is a kind of Refusal
SHOWN_ONLY_TO_TESTS = "specimen"  # the style guide, in Chinese only


@dataclass(frozen=True, order=True)
class Sentence:
    """One msgid and where it stands: file:line."""

    msgid: str
    where: str


def chinese(text: str) -> bool:
    """True if a Chinese character (not only punctuation) stands in the text."""
    return any("\u3400" <= c <= "\u9fff" for c in text)


def needs_english(text: str) -> bool:
    """True if the text would look foreign on an English page: Chinese characters or full-width marks."""
    return any("\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in text)


def code_files() -> list[Path]:
    """Every module of the house."""
    return sorted(HOUSE.rglob("*.py"))


def kinds_of_refusal(trees: list[ast.Module]) -> set[str]:
    """Said, Refusal and the names of all classes that descend from it."""
    names = set(SAYINGS)
    bases = {
        node.name: {b.id for b in node.bases if isinstance(b, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, above in bases.items() if above & (names - {"Said"}) and name not in names}:
        names |= more
    return names


def in_code() -> Iterator[Sentence]:
    """Sentences marked in Python: _("…"), ngettext("…", "…", n), Said("…"), any refusal's first argument."""
    parsed = [(path, ast.parse(path.read_text("utf-8"))) for path in code_files()]
    said = kinds_of_refusal([tree for _path, tree in parsed])
    for path, tree in parsed:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _marked(node, said, f"{path.relative_to(HOUSE.parent)}:{node.lineno}")


def _marked(call: ast.Call, said: set[str], where: str) -> Iterator[Sentence]:
    name = (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )
    count = 2 if name in {"ngettext", "lazy_ngettext"} else 1 if name in MARKS | said else 0
    for arg in call.args[:count]:
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
            if needs_english(arg.value):
                yield Sentence(arg.value, where)
        elif isinstance(arg, ast.JoinedStr):
            raise click.ClickException(f"{where}: a sentence may not be an f-string; use %(name)s")


def template_files() -> list[Path]:
    """Every template people see."""
    return [p for p in sorted(TEMPLATES.rglob("*.html")) if not p.name.startswith(SHOWN_ONLY_TO_TESTS)]


def environment() -> Environment:
    """Enough of Jinja to read a template's tree, whatever filters and tests the app adds."""
    return Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def in_templates() -> Iterator[Sentence]:
    """Sentences in {% trans %}, _() and gettext()."""
    for path, _tree, marked, _loose in _read_templates():
        for const in marked:
            if needs_english(const.value):
                yield Sentence(const.value, f"{path.relative_to(HOUSE.parent)}:{const.lineno}")


def unmarked() -> Iterator[Sentence]:
    """Chinese words of a template outside any mark: nobody could translate them."""
    for path, tree, _marked_ones, loose in _read_templates():
        where = path.relative_to(HOUSE.parent)
        yield from (Sentence(c.value, f"{where}:{c.lineno}") for c in loose if chinese(c.value))
        for data in tree.find_all(nodes.TemplateData):
            if chinese(data.data.replace("中文", "")):
                yield Sentence(data.data.strip(), f"{where}:{data.lineno}")


def _read_templates() -> Iterator[tuple[Path, nodes.Template, list[nodes.Const], list[nodes.Const]]]:
    env = environment()
    for path in template_files():
        tree = env.parse(path.read_text("utf-8"))
        calls = [
            c for c in tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name) and c.node.name in MARKS
        ]
        marked = [
            arg
            for c in calls
            for arg in c.args
            if isinstance(arg, nodes.Const) and isinstance(arg.value, str)
        ]
        known = {id(const) for const in marked}
        loose = [c for c in tree.find_all(nodes.Const) if isinstance(c.value, str) and id(c) not in known]
        yield path, tree, marked, loose


def catalogues() -> dict[str, dict[str, str]]:
    """msgid → {file name: English}, from every catalogue; the singular stands for a plural."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if not message.id or message.fuzzy:
                    continue
                ids = (message.id,) if isinstance(message.id, str) else message.id
                texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                for n, msgid in enumerate(ids):
                    found.setdefault(msgid, {})[path.name] = texts[min(n, len(texts) - 1)] if texts else ""
    return found


def missing() -> list[Sentence]:
    """Sentences without English, in the order of where they stand."""
    known = {msgid for msgid, texts in catalogues().items() if any(t.strip() for t in texts.values())}
    wanted = {*in_code(), *in_templates()}
    return sorted((s for s in wanted if s.msgid not in known), key=lambda s: (s.where, s.msgid))


@click.group("words")
def words() -> None:
    """The sentences people see, and their English."""


@words.command("missing")
def _missing() -> None:
    """List sentences that have no English, and Chinese in a template that nobody marked."""
    for kind, sentences in (("no English", missing()), ("not marked", list(unmarked()))):
        for sentence in sentences:
            click.echo(f"{sentence.where}\t{kind}\t{sentence.msgid}")


commands = [words]
