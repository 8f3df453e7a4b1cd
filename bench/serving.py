"""The server under test, in a process of its own: waitress with the threads `make run` gives it, on loopback.

`both`: ours, and the controls under /control, through the same server. `ours`, `bare`: one alone, for starting and memory.
"""

import gc
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Server:
    """A server that answers: its port, its process, and the seconds until it listened."""

    port: int
    process: int
    started_in: float

    def resident(self) -> int:
        """Bytes of memory it holds now."""
        for line in Path(f"/proc/{self.process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("no VmRSS")


@contextmanager
def serving(folder: Path, kind: str = "both") -> Iterator[Server]:
    """Start a server over a prepared folder and stop it afterwards."""
    start = perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "bench.serving", str(folder), kind],
        stdout=subprocess.PIPE, cwd=HERE, text=True, env={**os.environ, "PYTHONPATH": str(HERE)},
    )  # fmt: skip
    try:
        assert run.stdout is not None
        port = int(run.stdout.readline() or 0)
        yield Server(port, run.pid, perf_counter() - start)
    finally:
        run.send_signal(signal.SIGTERM)
        try:
            run.wait(10)
        except subprocess.TimeoutExpired:
            run.kill()


def _application(folder: Path, kind: str):
    if kind == "bare":
        from flask import Flask

        app = Flask("bare")
        app.add_url_rule("/", view_func=lambda: "bare")
        return app, 4
    from bench import seeding

    app = seeding.application(folder)
    threads = app.config["THREADS"]
    if kind == "ours":
        return app, threads
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    from bench import controls

    return DispatcherMiddleware(app, {
        "/control": controls.application(folder / "yishiting.db", folder / "controls")
    }), threads  # fmt: skip


def main() -> None:
    """Serve until told to stop; the port stands on the first line written."""
    from waitress import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is what is measured

    app, threads = _application(Path(sys.argv[1]), sys.argv[2])
    server = create_server(
        app, host="127.0.0.1", port=0, threads=threads, ident=None, clear_untrusted_proxy_headers=True
    )
    gc.collect()
    gc.freeze()  # as `make run` does
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
