"""`make harness`: the long fault runs. Killed processes, racing votes, changed dossiers; each prints what it saw.

About an hour on two cores. Exit 0 where nothing was lost, doubled or wrongly accepted.
"""

import os
import subprocess
import sys

RUNS = (
    ("1,000 kill -9 of a process that posts", {"YISHITING_KILLS": "1000"}, ["-m", "pytest", "tests/services/test_durability.py", "-q"]),
    ("1,000 lines on two devices over 20 cuts and restarts", {"YISHITING_HALL_LINES": "1000", "YISHITING_HALL_CUTS": "20"}, ["-m", "pytest", "tests/browser/test_offline_long.py", "-q", "-s"]),
    ("500 races of closing against casting, 32 processes on one seat", {}, ["-m", "bench.races"]),
    ("100,000 changes to a dossier or receipt", {"MUTATIONS": "100000"}, ["-m", "pytest", "tests/test_verify.py", "-q", "-k", "single_mutation"]),
)  # fmt: skip


def main() -> int:
    """Run them one after another; how many failed."""
    failed = 0
    for what, settings, words in RUNS:
        print(what, flush=True)
        failed += (
            subprocess.run([sys.executable, *words], env={**os.environ, **settings}, check=False).returncode
            != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
