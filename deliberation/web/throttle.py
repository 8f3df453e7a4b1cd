"""Not too fast: a window of an hour a visitor, kept in memory; no third-party puzzle, no tracking."""

import time
from collections import deque
from ipaddress import IPv4Address, IPv6Network, ip_address
from threading import Lock

from flask import current_app, request

from deliberation.domain.errors import Refusal, _
from deliberation.services.actors import Actor

HOUR = 3600.0
MOST_SEEN = 50_000
_seen: dict[tuple[str, str], deque[float]] = {}
_lock = Lock()


class TooFast(Refusal):
    """More requests than a person makes (429)."""

    status = 429


def slow_down(actor: Actor, what: str = "remark", *, times: int = 1) -> None:
    """Count one more; refuse whoever has sent more in the hour than so many times what the setting allows.

    People signed in write as much as they wish; at guessing codes they are slowed like everyone.
    """
    if actor.person is not None and what == "remark":
        return
    most = times * int(current_app.config["REMARKS_PER_HOUR"])
    mark = (what, neighbourhood(request.remote_addr or ""))
    now = time.monotonic()
    with _lock:
        seen = _seen.setdefault(mark, deque())
        while seen and now - seen[0] > HOUR:
            seen.popleft()
        if len(seen) >= most:
            raise TooFast(_("这一小时里从这里提交的已经很多了。请过一会儿再试，或请工作人员代为记录。"))
        seen.append(now)
        if len(_seen) > MOST_SEEN:
            _forget_oldest()


def _forget_oldest() -> None:
    """Make room: whoever has been quiet longest is forgotten, never everyone at once."""
    for mark in sorted(_seen, key=lambda one: _seen[one][-1] if _seen[one] else 0.0)[: MOST_SEEN // 2]:
        del _seen[mark]


def neighbourhood(address: str) -> str:
    """What one household has: an IPv4 address, or the /64 of an IPv6 address (who has one has 2^64)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), 64), strict=False).network_address)
