"""`make bench`: the table of goals, each beside its control. `python -m bench 1 3 7` measures only these goals."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import exports, pages, posts, reading, search, seeding, starting, statements
from bench.client import Connection
from bench.common import Row, calibration, once, spell, table
from bench.serving import Server, serving

GOALS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "13")
READING: dict[str, Callable[[Server], list[Row]]] = {
    "1": pages.uncached, "2": pages.kept, "3": pages.any_count, "4": pages.large, "6": pages.article,
}  # fmt: skip


class Bench:
    """What has been measured so far: rows, faults (goals missed are no faults, lost posts are), the machine's pace."""

    def __init__(self, folder: Path, goals: list[str]) -> None:
        self.folder, self.goals = folder, goals
        self.rows: list[Row] = []
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.loops = [calibration()]

    def run(self) -> None:
        """Everything asked for, part by part."""
        self._say("making 100,000 remarks")
        tokens = seeding.prepare(self.folder)
        if "5" in self.goals:
            self._say("5")
            rows, self.notes = statements.counts(self.folder, tokens)
            self.rows += rows
        if "13" in self.goals:
            self._say("13")
            self.rows += reading.rows()
        if "10" in self.goals:
            self._say("10")
            self.rows += starting.starting(self.folder)
        if {*READING, "7"} & set(self.goals):
            self._with_server()

    def _with_server(self) -> None:
        with serving(self.folder, "ours") as server:
            connection = Connection(server.port)
            pages.cut_controls(self.folder, lambda path: connection.get(path).body.decode())
            connection.close()
        with serving(self.folder) as server:
            self.faults += [f"not the same bytes: {words}" for words in pages.differences(server)]
            for goal in (goal for goal in self.goals if goal in READING):
                self._say(goal)
                try:
                    self.rows += READING[goal](server)
                except (OSError, RuntimeError) as fault:  # the other goals are measured all the same
                    self.faults.append(f"{goal}: {fault!r}")
            if "7" in self.goals:
                self._say("7")
                rows, wrong = posts.posting(server, self.folder)
                self.rows += rows
                self.faults += wrong
                self.notes += (
                    []
                    if wrong
                    else ["7: every answered post stands in the database once, no gap, none locked"]
                )

    def _say(self, part: str) -> None:
        sys.stderr.write(f"{part} …\n")
        self.loops.append(calibration())


def main(asked: list[str]) -> int:
    """Measure and print; 1 where something was found wrong (not where a goal is missed)."""
    goals = asked or list(GOALS)
    with tempfile.TemporaryDirectory(prefix="yst-bench-") as folder:
        bench = Bench(Path(folder), goals)
        taken = once(bench.run)
    bench.rows.sort(key=lambda row: int(row.work.split()[0]))
    loops = f"calibration loop: {spell(min(bench.loops))} to {spell(max(bench.loops))} while measuring"
    print(f"\n{loops}; {taken:.0f} s in all\n\n{table(bench.rows)}\n")
    print("".join(f"- {note}\n" for note in bench.notes) + "".join(f"! {fault}\n" for fault in bench.faults))
    measured = [row.met for row in bench.rows if row.met is not None]
    print(f"{measured.count(False)} of {len(measured)} figures short of their goal")
    if "8" in goals:
        search.main(100_000)
    if "9" in goals:
        exports.main([10_000, 100_000])
    return 1 if bench.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
