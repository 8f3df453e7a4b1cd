"""Goals 1, 2, 3, 4 and 6: reading pages, each beside its control, through one server, turn by turn."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import controls
from bench.client import Ask, Connection, crowd, visit
from bench.common import LEAST_REPEATS, Row, at_least_share, at_most_times
from bench.serving import Server

ASKS = 12  # questions of one client in one turn
TURNS = 9
CROWD = 4
UNKEPT = "fresh=1"  # an address with a question is rendered each time, never taken from the kept pages


@dataclass(frozen=True)
class Pair:
    """A page of ours and its control: where each is, and which regions of rows the control fills."""

    name: str
    ours: str
    control: str
    regions: tuple[str, ...]


PAGES = (
    Pair("text", f"/c/full/text?{UNKEPT}", "/control/rows/text/full", ("law",)),
    Pair("front", f"/c/full/?{UNKEPT}", "/control/rows/front/full?opening=1", ("contents", "law")),
    Pair(
        "article", f"/c/full/at/art_1?{UNKEPT}", "/control/rows/article/full?here=art_1", ("contents", "says")
    ),
    Pair("long", f"/c/long/text?{UNKEPT}", "/control/rows/long/long", ("law",)),
)


def cut_controls(folder: Path, page: Callable[[str], str]) -> None:
    """Write the controls' templates, cut from our pages as `page` fetches them."""
    (folder / "controls").mkdir(exist_ok=True)
    for pair in PAGES:
        made = controls.cut(page(pair.ours), pair.regions)
        (folder / "controls" / f"{pair.name}.html").write_text(made, "utf-8")
    (folder / "controls" / "kept.txt").write_text(page("/c/full/text"), "utf-8")


def differences(server: Server) -> list[str]:
    """Pages whose control does not send the same bytes."""
    connection = Connection(server.port)
    wrong = []
    for pair in PAGES:
        ours, control = connection.get(pair.ours).body, connection.get(pair.control).body
        if ours != control:
            at = next((n for n, (a, b) in enumerate(zip(ours, control, strict=False)) if a != b), 0)
            wrong.append(f"{pair.name}: ours {len(ours)} bytes, control {len(control)}, first other at {at}: "
                         f"{ours[at - 40 : at + 60].decode('utf-8', 'replace')!r} / "
                         f"{control[at - 40 : at + 60].decode('utf-8', 'replace')!r}")  # fmt: skip
    connection.close()
    return wrong


def p50s(server: Server, paths: dict[str, str], asks: int = ASKS) -> dict[str, float]:
    """Median seconds an answer takes one client, of the medians of each turn.

    Each turn is a fresh connection that asks for each page by turns, so that a busy machine slows all of them alike.
    """
    asked = {name: visit(path) for name, path in paths.items()}
    found: dict[str, list[float]] = {name: [] for name in paths}
    for turn in range(LEAST_REPEATS + 1):
        taken: dict[str, list[float]] = {name: [] for name in paths}
        connection = Connection(server.port)
        for ask in range(asks):
            for name in paths if ask % 2 == 0 else reversed(paths):
                start = perf_counter()
                asked[name](connection, ask)
                taken[name].append(perf_counter() - start)
        connection.close()
        if turn:  # the first warms up
            for name, each in taken.items():
                found[name].append(median(each))
    return {name: median(each) for name, each in found.items()}


def rates(
    server: Server, asked: dict[str, Ask], clients: int = CROWD, asks: int = ASKS, turns: int = TURNS
) -> dict[str, float]:
    """Seconds of the server a page (the inverse of the throughput), median of the turns, several clients at once."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(turns + 1):
        for name in asked if turn % 2 == 0 else reversed(asked):
            wall, _taken = crowd(server.port, clients, asks, asked[name])
            if turn:
                found[name].append(wall / (clients * asks))
    return {name: median(each) for name, each in found.items()}


def uncached(server: Server) -> list[Row]:
    """Goal 1, on both pages that show a whole draft: its text, and its contents with the first chapter."""
    rows = []
    for pair in PAGES[:2]:
        both = {"ours": pair.ours, "control": pair.control}
        rate, p50 = rates(server, {name: visit(path) for name, path in both.items()}), p50s(server, both)
        name = f"1 draft of 100 articles, {pair.name}"
        rows.append(
            Row(f"{name}: a page, {CROWD} clients", rate["ours"], rate["control"], at_least_share(0.40))
        )
        rows.append(Row(f"{name}: p50, one client", p50["ours"], p50["control"], at_most_times(3)))
    return rows


def kept(server: Server) -> list[Row]:
    """Goal 2: the same page kept, and the 304, beside Flask sending the same bytes and a 304."""
    connection = Connection(server.port)
    tag = connection.get("/c/full/text").header("ETag")
    theirs = connection.get("/control/bytes/kept").header("ETag")
    connection.close()
    whole = rates(server, {"ours": visit("/c/full/text"), "control": visit("/control/bytes/kept")})
    none = rates(server, {
        "ours": visit("/c/full/text", 304, If_None_Match=tag),
        "control": visit("/control/bytes/kept", 304, If_None_Match=theirs),
    })  # fmt: skip
    return [
        Row("2 the same, kept: 200", whole["ours"], whole["control"], at_least_share(0.60)),
        Row("2 the same, kept: 304", none["ours"], none["control"], at_least_share(0.60)),
    ]


def any_count(server: Server) -> list[Row]:
    """Goal 3: the same draft at 0 and at 100,000 remarks."""
    rows = []
    for name, path in (("text", "text"), ("front", ""), ("an article", "at/art_3")):
        p50 = p50s(
            server, {"ours": f"/c/full/{path}?{UNKEPT}", "control": f"/c/blank/{path}?{UNKEPT}"}, asks=24
        )
        rows.append(
            Row(
                f"3 {name} at 100,000 remarks, beside 0: p50",
                p50["ours"],
                p50["control"],
                at_most_times(1.15),
            )
        )
    return rows


def large(server: Server) -> list[Row]:
    """Goal 4: the first view of 1,260 articles beside goal 1's page; its whole text beside one SELECT and a template."""
    first = p50s(server, {"ours": f"/c/long/?{UNKEPT}", "control": f"/c/full/text?{UNKEPT}"}, asks=8)
    whole = rates(server, {"ours": visit(PAGES[3].ours), "control": visit(PAGES[3].control)}, asks=3, turns=5)
    return [
        Row(
            "4 1,260 articles, first view beside goal 1's: p50",
            first["ours"],
            first["control"],
            at_most_times(2),
        ),
        Row("4 1,260 articles, whole text: a page", whole["ours"], whole["control"], at_least_share(0.50)),
    ]


def article(server: Server) -> list[Row]:
    """Goal 6: an article with 50 remarks shown, beside two SELECTs and a template."""
    pair = PAGES[2]
    rate = rates(server, {"ours": visit(pair.ours), "control": visit(pair.control)})
    return [Row("6 article with 50 remarks: a page", rate["ours"], rate["control"], at_least_share(0.35))]
