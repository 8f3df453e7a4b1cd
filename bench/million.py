"""Goal 11: a million remarks: importing, JSON lines, the dossier without its volumes; some ten minutes on two cores, by hand only.

    python -m bench.million [COUNT]

The rows are put in as `bench.seeding` does; the import is measured on a table of its own. Two processes then write the
dossier's long files side by side, as two people who order both editions would have it.
"""

import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import seeding
from bench.common import calibration, spell
from bench.exports import CONTROL, _memory

IMPORTED = 20_000
PARTS = (("table.xlsx", "leaves"), ("remarks.jsonl", "control", "report.docx", "report.md"))


def main(count: int) -> None:
    """Print what each part took and how far memory rose."""
    print(f"calibration loop {spell(calibration())}", flush=True)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="yst-million-") as folder:
        seeding.prepare(Path(folder), count)
        size = sum(file.stat().st_size for file in Path(folder).glob("*.db*")) / 1e6
        print(f"seeded {count:,} in {time.perf_counter() - begun:.0f} s, {size:.0f} MB", flush=True)
        with seeding.application(Path(folder)).app_context():
            _imports()
        start = time.perf_counter()
        works = [
            subprocess.Popen([sys.executable, "-m", "bench.million", "part", folder, *names])  # noqa: S603 - our own module
            for names in PARTS
        ]
        failed = [work.wait() for work in works]
        print(f"the dossier's long files in {time.perf_counter() - start:.0f} s", flush=True)
    print(f"{time.perf_counter() - begun:.0f} s in all, calibration loop {spell(calibration())}", flush=True)
    if any(failed):
        sys.exit(1)


def _imports() -> None:
    from deliberation.domain.columns import Table
    from deliberation.services import remark_imports
    from deliberation.services.remark_imports import Reading
    from deliberation.store import consultations

    one = consultations.by_slug("posts")
    assert one is not None
    rows = tuple(
        (f"第{seeding.numeral(n % 100 + 1)}条", f"第{n}条意见：充电设施太远。", "建议修改")
        for n in range(IMPORTED)
    )
    table = Table(("条款位置", "意见", "态度"), rows, tuple(range(2, len(rows) + 2)))
    start, used = time.perf_counter(), time.process_time()
    report = remark_imports.import_remarks(
        seeding.OPERATOR, one, table, Reading({"place": 0, "text": 1, "attitude": 2})
    )
    took, used = time.perf_counter() - start, time.process_time() - used
    plain = _plainly(one.id, one.log_id)
    print(
        f"imported {report.added:,} in {took:.1f} s ({used:.1f} s of processor time): {report.added / took:,.0f} a second "
        f"with the log; the same rows put in as they are {plain:.1f} s: {took / plain:.2f} ×; calibration loop {spell(calibration())}",
        flush=True,
    )


def _plainly(consultation: int, log: int) -> float:
    """Seconds of the control: the finished rows of the same tables into an empty file, by sqlite3 alone, 1,000 remarks a commit."""
    from deliberation.store.db import db

    db.session.remove()
    file = db.engine.url.database
    assert file is not None
    with sqlite3.connect(file) as made, tempfile.TemporaryDirectory(prefix="yst-plain-") as folder:
        schema = made.execute(
            "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        which = {
            "leaf": f"log_id = {log}", "leaf_content": f"leaf_id IN (SELECT id FROM leaf WHERE log_id = {log})",
            "remark": f"consultation_id = {consultation}", "outbox": "kind = 'remark'",
        }  # fmt: skip
        rows = {
            name: made.execute(f"SELECT * FROM {name} WHERE {where}").fetchall()[:IMPORTED]
            for name, where in which.items()
        }  # noqa: S608
        target = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            target.execute(f"PRAGMA {pragma}")
        for (sql,) in schema:
            target.execute(sql)
        start = time.perf_counter()
        for first in range(0, IMPORTED, 1_000):
            target.execute("BEGIN IMMEDIATE")
            for name, all_of in rows.items():
                some = all_of[first : first + 1_000]
                target.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(some[0]))})", some)  # noqa: S608
            target.execute("COMMIT")
        took = time.perf_counter() - start
        target.close()
    return took


def part(folder: Path, names: list[str]) -> None:
    """Gather the dossier and write some of its files."""
    from deliberation.services import dossiers
    from deliberation.store import consultations

    with seeding.application(folder).app_context():
        one = consultations.by_slug("full")
        assert one is not None
        with _Told("gathered"):
            made = dossiers.dossier_of(one, "restricted", one.made_at)
        for name in names:
            with _Told(name) as told:
                _write(made, name, folder / name)
            told.says(f"{(folder / name).stat().st_size / 1e6:.0f} MB")


def _write(made, name: str, file: Path) -> None:  # type: ignore[no-untyped-def]
    from deliberation.formats.writing import WRITERS

    with file.open("wb") as target:
        if name == "leaves":
            target.writelines(line.encode() for line in made.leaves)
        elif name == "control":
            CONTROL["jsonl"](made, target)
        else:
            WRITERS[name](made, target)


class _Told:
    """Says what a piece of work took and how far memory rose."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> "_Told":
        self.before = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        self.start, self.used = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *fault: object) -> None:
        took, used = time.perf_counter() - self.start, time.process_time() - self.used
        grown = max(0, _memory("VmHWM") - self.before) / 1e6
        self.says(f"{took:.0f} s, {used:.0f} s of processor time, memory up {grown:.0f} MB")

    def says(self, words: str) -> None:
        print(f"{self.what}: {words}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["part"]:
        part(Path(sys.argv[2]), sys.argv[3:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
