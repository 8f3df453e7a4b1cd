"""The worker: drains the outbox into the search index, batch by batch, until told to stop."""

import threading
from collections.abc import Callable

PAUSE = 1.0


def work(drain: Callable[[], int], stop: threading.Event, *, once: bool = False) -> int:
    """Drain until the event is set; returns how many errands were done. With `once`, until the outbox is empty."""
    done = 0
    while not stop.is_set():
        some = drain()
        done += some
        if some:
            continue
        if once:
            break
        stop.wait(PAUSE)
    return done
