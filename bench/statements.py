"""Goal 5: how many SQL statements a page asks, counted; every page that can be reached by GET, small and large.

BEGIN and ROLLBACK are not counted (they cost SQLite next to nothing); everything else is, also what a page asks to find
out who is looking. Pages with words in their address that are not known here are named, so that nobody thinks them counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

from bench import seeding
from bench.common import Goal, Row

LIMITS = {"anonymous": 8, "panel": 12, "liaison": 12}
SIZES = ("blank", "full", "long")
WORDS = {"eid": "art_1", "number": "1", "token": "none"}
SKIPPED = {"static"}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside the block."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK", "PRAGMA")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def addresses(app: Flask) -> tuple[list[str], list[str]]:
    """Every address that can be asked for, and the rules whose words are not known here."""
    found, unknown = [], []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in SKIPPED:
            continue
        given = {
            word: WORDS.get(word, "1") for word in rule.arguments if word in WORDS or word.endswith("_id")
        }
        if rule.arguments - given.keys() - {"slug"}:
            unknown.append(rule.rule)
            continue
        for slug in SIZES if "slug" in rule.arguments else ("",):
            found.append(_built(rule, {**given, "slug": slug}))
    return found, sorted(set(unknown))


def _built(rule: Rule, given: dict[str, str]) -> str:
    address = rule.rule
    for part in rule.arguments:
        for written in (f"<{part}>", f"<int:{part}>", f"<path:{part}>", f"<string:{part}>"):
            address = address.replace(written, given[part])
    return address


def counts(folder: Path, tokens: dict[str, str]) -> tuple[list[Row], list[str]]:
    """The most statements of any page for each kind of visitor, and the pages over the limit."""
    app = seeding.application(folder)
    pages, unknown = addresses(app)
    rows, notes, reached = [], [], set()
    for who, limit in LIMITS.items():
        most, seen = ("", 0), 0
        for address in pages:
            status, asked = _ask(app, address, tokens.get(who))
            seen += status == 200
            reached |= {address} if status == 200 else set()
            if status == 200 and asked > most[1]:
                most = (address, asked)
            if status >= 500 or (status == 200 and asked > limit):
                notes.append(f"{who}: {address} → {status}, {asked} statements")
        goal = _at_most(limit)
        rows.append(Row(f"5 statements, {who}, most of {seen} pages: {most[0]}", most[1], 0, goal, _plain))
    shut = len(pages) - len(reached)
    notes.append(
        f"5: {len(reached)} addresses counted; {shut} answered nobody with a page, {len(unknown)} have words not known here"
    )
    return rows, notes


def _at_most(limit: int) -> Goal:
    return Goal(f"≤ {limit}", lambda ours, _control: ours <= limit)


def _plain(count: float) -> str:
    return f"{count:g}"


def _ask(app: Flask, address: str, token: str | None) -> tuple[int, int]:
    client = app.test_client()
    if token:
        with client.session_transaction() as kept:
            kept["token"] = token
    client.get(address)  # what is loaded once is loaded
    with counted() as sent:
        answer = client.get(address)
        answer.close()
    return answer.status_code, len(sent)
