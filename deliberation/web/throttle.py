"""Not too fast: a window of an hour a visitor, kept in memory; no third-party puzzle, no tracking."""

import time
from collections import deque
from threading import Lock

from flask import current_app, request

from deliberation.domain.errors import Refusal, _
from deliberation.services.actors import Actor

HOUR = 3600.0
_seen: dict[tuple[str, str], deque[float]] = {}
_lock = Lock()


class TooFast(Refusal):
    """More requests than a person makes (429)."""

    status = 429


def slow_down(actor: Actor, what: str = "remark") -> None:
    """Count one more; refuse a guest who has sent more in the hour than the setting allows. People signed in are not slowed."""
    if actor.person is not None:
        return
    most = int(current_app.config["REMARKS_PER_HOUR"])
    mark = (what, request.remote_addr or "")
    now = time.monotonic()
    with _lock:
        times = _seen.setdefault(mark, deque())
        while times and now - times[0] > HOUR:
            times.popleft()
        if len(times) >= most:
            raise TooFast(_("这一小时里从这里提交的已经很多了。请过一会儿再试，或请工作人员代为记录。"))
        times.append(now)
        if len(_seen) > 50_000:
            _seen.clear()
