"""Goal 7: posting remarks, durable, by 1, 4, 8 and 16 clients at once; then every answer is looked for in the database.

A client is a guest's browser: it opens the form once (cookie, CSRF), then posts remarks under keys of its own. Ours
checks text, CSRF, session and policy, and writes remark, counters, leaf and errand in one transaction; the control
inserts a row, raises a counter and commits with full sync.
"""

import re
import sqlite3
from collections import Counter
from pathlib import Path
from statistics import median

from bench.client import Ask, Connection, crowd
from bench.common import LEAST_REPEATS, Row, at_least_share, at_most_seconds, percentile
from bench.serving import Server

CROWDS = (1, 4, 8, 16)
POSTS = 192  # of all clients together in one turn
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
ARTICLES = 100


class Told:
    """What the server said it had kept: the keys of the posts it answered with a redirect; and what else it said."""

    def __init__(self) -> None:
        self.turn = 0
        self.ours: list[str] = []
        self.control: list[str] = []
        self.faults: Counter[str] = Counter()


def _fields(key: str, number: int) -> dict[str, str]:
    eid = f"art_{number % ARTICLES + 1}"
    return {
        "key": key, "eid": eid, "place": "article", "attitude": "amend", "quote": "", "wording": "", "reason": "",
        "category": "居民", "text": f"我们小区的意见 {key}：充电桩太少，费用没有公示，建议写得再明白一些。",
    }  # fmt: skip


def _ours(told: Told, tokens: dict[Connection, str]) -> tuple[Ask, Ask]:
    def open_form(connection: Connection, _number: int) -> None:
        found = TOKEN.search(connection.get("/c/posts/say?at=art_3").body)
        assert found is not None
        tokens[connection] = found[1].decode()

    def post(connection: Connection, number: int) -> None:
        key = f"bench-{told.turn:06d}-{number:06d}"
        answer = connection.post("/c/posts/say", {**_fields(key, number), "csrf_token": tokens[connection]})
        if answer.status == 302 and "/receipts/" in answer.header("Location"):
            told.ours.append(key)
        else:
            told.faults[f"{answer.status}: {answer.body[:2000].decode('utf-8', 'replace')[-80:]}"] += 1

    return open_form, post


def _control(told: Told) -> Ask:
    def post(connection: Connection, number: int) -> None:
        key = f"bench-{told.turn:06d}-{number:06d}"
        answer = connection.post("/control/posts", _fields(key, number))
        if answer.status == 302:
            told.control.append(key)
        else:
            told.faults[f"control {answer.status}"] += 1

    return post


def posting(server: Server, folder: Path) -> tuple[list[Row], list[str]]:
    """The rows of goal 7, and what was found wrong afterwards (nothing lost, nothing locked, no gap)."""
    told = Told()
    rows: list[Row] = []
    for clients in CROWDS:
        rows += _with(server, clients, told)
    return rows, wrong(folder / "yishiting.db", folder / "controls" / "posts.db", told)


def _with(server: Server, clients: int, told: Told) -> list[Row]:
    each = POSTS // clients
    walls: dict[str, list[float]] = {"ours": [], "control": []}
    waits: list[float] = []
    for turn in range(LEAST_REPEATS + 1):
        for name in ("ours", "control") if turn % 2 == 0 else ("control", "ours"):
            told.turn += 1
            tokens: dict[Connection, str] = {}
            before, ask = _ours(told, tokens) if name == "ours" else (None, _control(told))
            wall, taken = crowd(server.port, clients, each, ask, before)
            if turn:  # the first turn warms up
                walls[name].append(wall / (each * clients))
                waits += taken if name == "ours" else []
    many = f"{clients} client{'s' if clients > 1 else ''}"
    rows = [
        Row(f"7 post a remark, {many}", median(walls["ours"]), median(walls["control"]), at_least_share(0.30))
    ]
    goal = at_most_seconds(0.5) if clients == CROWDS[-1] else None
    return [*rows, Row(f"7 post a remark, {many}: p99 of {len(waits)}", percentile(waits, 0.99), 0, goal)]


def wrong(database: Path, control: Path, told: Told) -> list[str]:
    """Every answered post is there exactly once, nothing else is, every log and serial is without gaps, counters agree."""
    with sqlite3.connect(database) as rows:
        found = [key for (key,) in rows.execute("SELECT key FROM remark WHERE key LIKE 'bench-%'")]
        one, serial, count = rows.execute(
            "SELECT id, remark_serial, remark_count FROM consultation WHERE slug = 'posts'"
        ).fetchone()
        numbers = [
            n
            for (n,) in rows.execute("SELECT number FROM remark WHERE consultation_id = ? ORDER BY 1", (one,))
        ]
        counted = rows.execute(
            "SELECT SUM(remarks) FROM article_count WHERE consultation_id = ?", (one,)
        ).fetchone()[0]
        gaps = rows.execute(
            "SELECT l.origin FROM log l LEFT JOIN leaf f ON f.log_id = l.id GROUP BY l.id "
            'HAVING COUNT(f.id) <> l.size OR COALESCE(MAX(f."index") + 1, 0) <> l.size'
        ).fetchall()
        leafless = rows.execute(
            "SELECT COUNT(*) FROM remark r JOIN consultation c ON c.id = r.consultation_id LEFT JOIN leaf f "
            "ON f.log_id = c.log_id AND f.\"index\" = r.leaf_index AND f.kind = 'remark' WHERE f.id IS NULL"
        ).fetchone()[0]
    with sqlite3.connect(control) as rows:
        theirs = [key for (key,) in rows.execute("SELECT key FROM remark")]
    said = [f"{count} × {fault}" for fault, count in told.faults.items()]
    checks = (
        ("answered, not in the database", Counter(told.ours) - Counter(found)),
        ("in the database, not answered", Counter(found) - Counter(told.ours)),
        ("control: answered, not in its database", Counter(told.control) - Counter(theirs)),
        ("logs with gaps", gaps),
        ("remarks without their leaf", leafless),
        ("numbers with gaps", numbers != list(range(1, len(numbers) + 1)) or serial != len(numbers)),
        ("counters that disagree", not len(numbers) == count == counted),
    )
    return said + [f"{name}: {found}" for name, found in checks if found]
