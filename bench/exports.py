"""Goal 9: exports of 10,000 and 100,000 remarks beside plain writers fed by the same statement; the memory they take.

    python -m bench.exports [COUNT…]

Ours is what a dossier writes, read from the database while it is written. The control reads the same rows by the same
statement and writes as many cells or paragraphs with nothing in between: csv.writer, XlsxWriter in constant memory,
paragraphs put into the zip. Each turn is a process of its own, so that memory can be told.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import seeding
from bench.common import Row, at_most_times, report

LIMITS = {"csv": 2.0, "xlsx": 1.5, "docx": 2.0, "jsonl": 2.0}
MEMORY = 16 * 1024 * 1024
TURNS = 5


def main(counts: list[int]) -> int:
    """Print the table of every format and count; how many goals were missed."""
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="yst-bench-") as folder:
            seeding.prepare(Path(folder), count)
            for kind in LIMITS:
                rows += _rows(Path(folder), kind, count)
    return report("9 exports", rows)


def _rows(folder: Path, kind: str, count: int) -> Iterator[Row]:
    taken: dict[str, list[dict[str, float]]] = {"ours": [], "control": []}
    for turn in range(TURNS if count <= 10_000 else 3):
        for who in ("ours", "control") if turn % 2 == 0 else ("control", "ours"):
            taken[who].append(_apart(folder, kind, who))
    ours, control = (median(each["seconds"] for each in taken[who]) for who in ("ours", "control"))
    grown = median(each["grown"] for each in taken["ours"])
    yield Row(f"9 {kind} of {count:,}", ours, control, at_most_times(LIMITS[kind]))
    yield Row(
        f"9 {kind} of {count:,}: memory over 16 MB",
        grown / MEMORY,
        1,
        at_most_times(1),
        told=lambda x: f"{x * 16:.0f} MB",
    )


def _apart(folder: Path, kind: str, who: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench.exports", "one", str(folder), kind, who],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def one(folder: str, kind: str, who: str) -> None:
    """One turn: seconds and how far the peak of memory rose."""
    from deliberation.services import dossiers
    from deliberation.store import consultations

    with seeding.application(Path(folder)).app_context(), tempfile.TemporaryFile() as target:
        found = consultations.by_slug("full")
        assert found is not None
        made = dossiers.dossier_of(found, "restricted", found.made_at)
        work = OURS[kind] if who == "ours" else CONTROL[kind]
        next(iter(made.remarks))
        before = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        start = perf_counter()
        work(made, target)
        print(json.dumps({"seconds": perf_counter() - start, "grown": max(0, _memory("VmHWM") - before)}))


def _memory(what: str) -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) * 1024


def _ours(name: str) -> Callable:
    def work(made, target) -> None:
        from deliberation.formats.writing import WRITERS

        WRITERS[name](made, target)

    return work


def _volumes(made, target) -> None:
    from deliberation.domain.annexes import volumes
    from deliberation.formats import official_docx

    source = iter(made.remarks)
    for number in range(1, volumes(len(made.remarks)) + 1 or 2):
        official_docx.write_volume(made, number, source, target)


def _plain(made) -> Iterator[list[str]]:
    """The same rows by the same statement, nothing looked up, as many cells."""
    for kept in made.remarks.kept():
        values = [
            kept.number,
            kept.eid,
            kept.serial,
            kept.quote,
            kept.attitude,
            kept.text,
            kept.wording,
            kept.reason,
        ]
        values += [
            kept.channel,
            kept.origin,
            kept.category,
            kept.author,
            kept.phone,
            kept.made_at,
            kept.leaf_index,
        ]
        values += [kept.sha256, kept.salt.hex(), kept.place, kept.state, kept.ending, kept.article_eid]
        yield ["" if value is None else str(value) for value in values]


def _csv(made, target) -> None:
    text = io.TextIOWrapper(target, "utf-8", newline="")
    csv.writer(text).writerows(_plain(made))
    text.detach()


def _xlsx(made, target) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for at, row in enumerate(_plain(made)):
        for column, value in enumerate(row):
            sheet.write_string(at, column, value, cell)
    book.close()


def _docx(made, target) -> None:
    """Three paragraphs a remark, put into the zip as they come."""
    from xml.sax.saxutils import escape

    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as out,
    ):
        for row in _plain(made):
            for words in (f"{row[0]} {row[17]} {row[4]}", row[5], f"{row[10]} {row[8]} {row[13]}"):
                out.write(f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'.encode())


def _jsonl(made, target) -> None:
    for row in _plain(made):
        target.write(json.dumps(dict(enumerate(row)), ensure_ascii=False).encode() + b"\n")


OURS = {
    "csv": _ours("remarks.csv"),
    "xlsx": _ours("table.xlsx"),
    "docx": _volumes,
    "jsonl": _ours("remarks.jsonl"),
}
CONTROL = {"csv": _csv, "xlsx": _xlsx, "docx": _docx, "jsonl": _jsonl}

if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(*sys.argv[2:5])
    else:
        sys.exit(1 if main([int(each) for each in sys.argv[1:]] or [10_000, 100_000]) else 0)
