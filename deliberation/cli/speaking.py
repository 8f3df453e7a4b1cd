"""How every command refuses: one line, exit 2."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.store import consultations
from deliberation.store.consultations import Consultation


def plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a Refusal into one plain line on stderr and exit 2."""

    @wraps(command)
    def run(*args: Any, **given: Any) -> Any:
        try:
            return command(*args, **given)
        except Refusal as refusal:
            click.echo(str(refusal.said), err=True)
            raise SystemExit(2) from None

    return run


def consultation(slug: str) -> Consultation:
    """The consultation with this address, or a refusal."""
    found = consultations.by_slug(slug)
    if found is None:
        raise NotFound(_("没有地址为“%(slug)s”的征求意见。用 flask consultations list 看有哪些。"), slug=slug)
    return found
