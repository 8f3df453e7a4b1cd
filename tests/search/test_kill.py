"""kill -9 in the middle of a step loses nothing that was acknowledged, once redone from the outbox."""

import os
import random
import signal
import time

from deliberation.search import Entry, open_index

BATCH, KILLS = 5, 20


def outbox(number):
    return Entry("remark", str(number), "ebike", "", f"第{number}号意见", ("public",), at="2026-03-01")


def work(folder, acknowledgements):
    """The worker's loop: from the last outbox id on, a batch at a time, saying after each how far it is."""
    index = open_index(folder)
    while True:
        first = index.last() + 1
        index.put([outbox(n) for n in range(first, first + BATCH)], first + BATCH - 1)
        os.write(acknowledgements, f"{first + BATCH - 1}\n".encode())


def killed_after(folder, seconds):
    """The highest outbox id a worker acknowledged before it was killed (0: none)."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(folder, writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was still at work"
    with os.fdopen(reading) as said:
        return max([0, *map(int, said.read().split())])


def test_nothing_acknowledged_is_lost(tmp_path):
    folder = tmp_path / "index"
    chance = random.Random(20)
    acknowledged = 0
    for _ in range(KILLS):
        acknowledged = max(acknowledged, killed_after(folder, 0.02 + chance.random() * 0.25))
        index = open_index(folder)
        reached = index.last()
        assert reached >= acknowledged
        assert reached % BATCH == 0, "whole batches only"
        assert index.find("意见", {"public"}).total == reached
        index.close()
    assert acknowledged > KILLS, "the test did something"
    index = open_index(folder)
    index.put([outbox(n) for n in range(reached + 1, reached + 4)], reached + 3)
    numbers = [
        int(hit.entry.id)
        for page in range(1, reached + 4)
        for hit in index.find("号", {"public"}, page=page, size=500).hits
        if page <= (reached + 3) // 500 + 1
    ]
    assert sorted(numbers) == list(range(1, reached + 4))
    assert not [name for name in os.listdir(folder) if name.endswith(".new")]
    assert not [name for _, _, names in os.walk(folder) for name in names if ".toc." in name]


def test_a_killed_rebuild_leaves_the_old_index(tmp_path):
    folder = tmp_path / "index"
    open_index(folder).put([outbox(n) for n in range(1, 11)], 10)
    child = os.fork()
    if not child:

        def entries():
            yield outbox(1)
            os.kill(os.getpid(), signal.SIGKILL)

        open_index(folder).rebuild(entries(), 99)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    index = open_index(folder)
    assert (index.last(), index.find("意见", {"public"}).total) == (10, 10)
    assert index.rebuild((outbox(n) for n in range(1, 4)), 12) == 3
    assert (index.last(), index.find("意见", {"public"}).total) == (12, 3)
    assert len([f for f in folder.iterdir() if f.is_dir()]) == 1
