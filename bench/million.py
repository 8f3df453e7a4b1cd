"""Goal 11: a million remarks: importing, JSON lines, the dossier without its volumes. Takes many minutes; by hand only.

    python -m bench.million [COUNT]

The rows are put in as `bench.seeding` does; the import is measured on a table of its own.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from bench import seeding
from bench.common import calibration, spell
from bench.exports import _memory

IMPORTED = 20_000


def main(count: int) -> None:
    """Print what each part took and how far memory rose."""
    print(f"calibration loop {spell(calibration())}", flush=True)
    with tempfile.TemporaryDirectory(prefix="yst-million-") as folder:
        start = time.perf_counter()
        seeding.prepare(Path(folder), count)
        print(f"seeded {count:,} in {time.perf_counter() - start:.0f} s", flush=True)
        with seeding.application(Path(folder)).app_context():
            _imports()
            _dossier(Path(folder))


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
    start = time.perf_counter()
    report = remark_imports.import_remarks(
        seeding.OPERATOR, one, table, Reading({"place": 0, "text": 1, "attitude": 2})
    )
    took = time.perf_counter() - start
    print(
        f"imported {report.added:,} in {took:.1f} s: {report.added / took:,.0f} a second with the log",
        flush=True,
    )


def _dossier(folder: Path) -> None:
    from deliberation.formats.writing import WRITERS
    from deliberation.services import dossiers
    from deliberation.store import consultations

    one = consultations.by_slug("full")
    assert one is not None
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    start = time.perf_counter()
    made = dossiers.dossier_of(one, "restricted", one.made_at)
    _told("gathered", start, before)
    for name in ("remarks.jsonl", "remarks.csv", "table.xlsx", "report.docx", "report.md"):
        before = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        start = time.perf_counter()
        with (folder / name).open("wb") as target:
            WRITERS[name](made, target)
        _told(f"{name} {(folder / name).stat().st_size / 1e6:.0f} MB", start, before)
    start = time.perf_counter()
    with (folder / "plain.jsonl").open("wb") as target:
        for kept in made.remarks.kept():
            target.write(json.dumps([str(value) for value in kept], ensure_ascii=False).encode() + b"\n")
    _told("control: plain json lines", start, before)
    start = time.perf_counter()
    with (folder / "leaves.txt").open("w") as text:
        text.writelines(made.leaves)
    _told("leaves.txt", start, before)


def _told(what: str, start: float, before: int) -> None:
    grown = max(0, _memory("VmHWM") - before) / 1e6
    print(f"{what}: {time.perf_counter() - start:.1f} s, memory up {grown:.0f} MB", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
