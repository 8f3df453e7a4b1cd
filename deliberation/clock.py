"""The one clock. Only the door (`services/acts.py`) reads it to change things; pages read it to say how long is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")  # one zone since 1992, no summer time
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This instant, aware, UTC."""
    return _pretended.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same instant as a clock on a wall in China shows it."""
    return moment.astimezone(CHINA)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be another instant inside the block: for the sample, which seeds a past, and for tests."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
