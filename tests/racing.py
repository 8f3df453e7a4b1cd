"""Many processes at one database at the same instant: each has an application of its own, all begin at one barrier."""

import multiprocessing
import queue
import traceback

from tests import databases

PATIENCE = 120


def _child(url, folder, n, barrier, job, answers):
    made = databases.application(url, folder)
    try:
        with made.app_context():
            databases.db.session.connection()
            databases.db.session.rollback()
            barrier.wait(PATIENCE)
            answers.put((n, job(n)))
            databases.let_go()
    except BaseException as fault:  # told to the parent, whatever it is
        answers.put((n, f"{type(fault).__name__}: {fault}\n{traceback.format_exc()}"))


def race(url, folder, many, job):
    """What `job(n)` answered in each of so many processes begun together, in order of n; a fault is its text."""
    databases.let_go()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(many), fork.Queue()
    runners = [
        fork.Process(target=_child, args=(url, folder, n, barrier, job, answers), daemon=True)
        for n in range(many)
    ]
    for one in runners:
        one.start()
    found = {}
    try:
        for _ in runners:
            n, answer = answers.get(timeout=PATIENCE)
            found[n] = answer
    except queue.Empty:
        raise AssertionError(f"{many - len(found)} of {many} never answered") from None
    finally:
        for one in runners:
            one.join(5)
            if one.is_alive():
                one.kill()
    return [found[n] for n in range(many)]
