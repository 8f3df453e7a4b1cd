"""The controls: what the same work costs with nothing but Flask, SQLite and a compiled template.

A page's control asks one SELECT (or two) and fills a compiled Jinja template with the rows; everything around the rows is
cut from our own page, so that both send the same bytes (checked before anything is measured). A post's control inserts
a row, raises a counter and commits with full sync. Nothing else: no session, no CSRF, no policy, no log, no languages.
"""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, render_template, request

STEM = "/c/{slug}/at/"
ROWS = """
SELECT p.eid, p.kind, p.number, p.heading, p.html, COALESCE(c.remarks, 0) FROM provision p
LEFT JOIN article_count c ON c.provision_id = p.id AND c.consultation_id = (SELECT id FROM consultation WHERE slug = :slug)
WHERE p.article_id IS NULL AND p.version_id = (
  SELECT v.id FROM version v JOIN consultation o ON o.task_id = v.task_id WHERE o.slug = :slug)
ORDER BY p.position"""
REMARKS = """
SELECT text, category FROM remark WHERE consultation_id = (SELECT id FROM consultation WHERE slug = :slug)
AND article_eid = :eid AND state = 'current' AND late = 0 AND released_at IS NOT NULL ORDER BY number LIMIT 3"""
LAW = """{% for eid, kind, number, heading, html, remarks in law %}{% if kind == "chapter" %}\
<h2 class="chap" id="{{ eid }}" lang="zh-Hans">{{ number }}{% if heading %}　{{ heading }}{% endif %}</h2>
{% else %}<div class="para" id="{{ eid }}"><div class="law" lang="zh-Hans">{{ html | safe }}</div><p class="beside">\
<a href="{{ stem }}{{ eid }}"><span lang="zh-Hans">{{ heading or number }}</span>\
{% if remarks %} · 意见 {{ remarks }} 条{% endif %}</a></p></div>
{% endif %}{% endfor %}"""
CONTENTS = """{% for eid, kind, number, heading, html, remarks in rows %}{% if kind == "chapter" %}\
{% if not loop.first %}</ol>{% endif %}<p class="chap" lang="zh-Hans">{{ number }}　{{ heading }}</p><ol>{% else %}\
<li><a href="{{ stem }}{{ eid }}"{% if eid == here %} aria-current="page"{% endif %}><span lang="zh-Hans">{{ number }}</span>\
<span lang="zh-Hans">{{ heading or "" }}</span><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
<rect width="{{ '%.1f' | format(100 * remarks / most) }}" height="8"/></svg><span class="c"><span aria-hidden="true">{{ remarks }}\
</span><span class="off">，意见 {{ remarks }} 条</span></span></a></li>{% endif %}{% endfor %}</ol>"""
SAYS = """{% for text, category in says %}<li class="say"><blockquote class="keep" lang="zh-Hans">{{ text }}</blockquote>\
<p class="who"><span class="tag ochre" data-sign="△">建议修改</span><span>{{ category }} · 网上</span></p></li>{% endfor %}"""
REGIONS = {  # how each region of rows begins and ends in our page
    "law": ('<h2 class="chap"', "</section>", LAW),
    "contents": ('<p class="chap"', "</nav></details>", CONTENTS),
    "says": ('<li class="say', "</ul>", SAYS),
}


def cut(page: str, regions: Sequence[str]) -> str:
    """A template: our page with its regions of rows, in their order, replaced by loops."""
    out, at = [], 0
    for name in regions:
        begins, ends, loop = REGIONS[name]
        start = page.index(begins, at)
        out += ["{% raw %}", page[at:start], "{% endraw %}", loop]
        at = page.index(ends, start)
    return "".join([*out, "{% raw %}", page[at:], "{% endraw %}"])


def application(database: Path, folder: Path) -> Flask:
    """Pages of the templates in `folder`, rows of our database, posts into a database of its own."""
    app = Flask("bench.controls", template_folder=str(folder.resolve()))
    held = threading.local()
    _rows(app, database, held)
    _posts(app, folder / "posts.db", held)
    return app


def _connection(held: threading.local, name: str, path: Path) -> sqlite3.Connection:
    found = getattr(held, name, None)
    if found is None:
        found = sqlite3.connect(path, isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            found.execute(f"PRAGMA {pragma}")
        setattr(held, name, found)
    return found


def _rows(app: Flask, database: Path, held: threading.local) -> None:
    @app.get("/rows/<name>/<slug>")
    def rows(name: str, slug: str) -> str:
        found = _connection(held, "read", database).execute(ROWS, {"slug": slug}).fetchall()
        given: dict[str, Any] = {
            "rows": found,
            "stem": STEM.format(slug=slug),
            "here": request.args.get("here", ""),
        }
        given["most"] = max((row[5] for row in found), default=0) or 1
        chapters = [at for at, row in enumerate(found) if row[1] == "chapter"]
        given["law"] = found[: chapters[1]] if "opening" in request.args else found
        if given["here"]:
            asked = {"slug": slug, "eid": given["here"]}
            given["says"] = _connection(held, "read", database).execute(REMARKS, asked).fetchall()
        return render_template(f"{name}.html", **given)

    @app.get("/bytes/<name>")
    def sent(name: str) -> Any:
        kept = (
            held.__dict__.setdefault(name, None)
            or (Path(app.template_folder or "") / f"{name}.txt").read_bytes()
        )
        held.__dict__[name] = kept
        answer = Response(kept, mimetype="text/html")
        answer.set_etag(name)
        return answer.make_conditional(request.environ)


def _posts(app: Flask, path: Path, held: threading.local) -> None:
    if not path.exists():
        with sqlite3.connect(path) as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute(
                "CREATE TABLE remark (id INTEGER PRIMARY KEY, key TEXT UNIQUE, eid TEXT, text TEXT, at TEXT)"
            )
            made.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, remarks INTEGER)")
            made.execute("INSERT INTO counter VALUES (1, 0)")

    @app.post("/posts")
    def post() -> Any:
        connection = _connection(held, "write", path)
        connection.execute("BEGIN IMMEDIATE")
        given = (request.form["key"], request.form["eid"], request.form["text"])
        connection.execute("INSERT INTO remark (key, eid, text, at) VALUES (?, ?, ?, datetime('now'))", given)
        connection.execute("UPDATE counter SET remarks = remarks + 1 WHERE id = 1")
        connection.execute("COMMIT")
        return redirect("/done")
