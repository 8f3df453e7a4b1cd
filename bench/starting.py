"""Goal 10: how long the server takes to start, and the memory it holds at rest and after load, beside a bare Flask."""

from pathlib import Path
from statistics import median

from bench.client import Connection, crowd, visit
from bench.common import LEAST_REPEATS, Goal, Row, at_most_seconds
from bench.serving import serving

MB = 1024 * 1024
LOAD = ("/c/full/text", "/c/full/", "/c/full/at/art_1", "/c/full/say?at=art_1", "/c/long/text", "/", "/c/")


def _at_most_mb(limit: int) -> Goal:
    return Goal(f"≤ {limit} MB", lambda ours, _control: ours <= limit * MB)


def _mb(size: float) -> str:
    return f"{size / MB:.0f} MB"


def starting(folder: Path) -> list[Row]:
    """Starting by turns with the control; memory of the last start."""
    took: dict[str, list[float]] = {"ours": [], "bare": []}
    rest: dict[str, list[int]] = {"ours": [], "bare": []}
    after: dict[str, int] = {}
    for turn in range(LEAST_REPEATS):
        for kind in ("ours", "bare"):
            with serving(folder, kind) as server:
                first = Connection(server.port)
                first.get("/")
                first.close()
                took[kind].append(server.started_in)
                rest[kind].append(server.resident())
                if turn == LEAST_REPEATS - 1:
                    for path in LOAD if kind == "ours" else ("/",):
                        crowd(server.port, 4, 25, visit(path))
                    after[kind] = server.resident()
    return [
        Row("10 start, until it listens", median(took["ours"]), median(took["bare"]), at_most_seconds(1.5)),
        Row(
            "10 memory at rest, one page served",
            median(rest["ours"]),
            median(rest["bare"]),
            _at_most_mb(90),
            _mb,
        ),
        Row("10 memory after 700 pages", after["ours"], after["bare"], _at_most_mb(140), _mb),
    ]
