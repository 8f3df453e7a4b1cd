"""A page declares itself in one line: address, act, thing. Nothing is shown or done that the policy does not allow."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotAllowed, NotFound, Refusal, _
from deliberation.domain.permissions import allows, why_not
from deliberation.domain.standing import Standing
from deliberation.services.standing import standing
from deliberation.web.visitor import duties, held, visitor

View = Callable[..., Any]
READS = {
    "Consultation": Act.READ_CONSULTATION, "Remark": Act.READ_REMARK, "Meeting": Act.READ_MEETING,
    "Council": Act.READ_COUNCIL, "Matter": Act.READ_COUNCIL, "Vote": Act.READ_VOTE, "Office": Act.READ_OFFICE,
    "Task": Act.READ_TASK, "Version": Act.READ_TASK, "Suggestion": Act.READ_STAFF, "Line": Act.READ_MEETING,
    "Referral": Act.READ_REFERRALS, "Report": Act.READ_STAFF, "ReviewNote": Act.READ_STAFF,
    "HallEntry": Act.READ_MEETING, "HallFile": Act.READ_MEETING, "Membership": Act.READ_OFFICE,
}  # fmt: skip


def page(
    bp: Blueprint,
    rule: str,
    act: Act,
    *,
    about: View | None = None,
    methods: tuple[str, ...] = ("GET",),
    **options: Any,
):
    """Register a view under an address, an act, and perhaps the thing it is about.

    `about` takes the address's words it names and returns the thing or None (404); the view receives the thing and the
    remaining words. A refusal raised while a form is sent is shown in that form, with what was typed.
    """
    words = tuple(inspect.signature(about).parameters) if about else ()

    def declare(view: View) -> View:
        @wraps(view)
        def run(**given: Any) -> Any:
            things = [_thing(about, {w: given.pop(w) for w in words})] if about else []
            turned_away = permit(act, things[0] if things else None)
            if turned_away is not None:
                return turned_away
            return _answer(view, things, given)

        run.act = act  # type: ignore[attr-defined]
        bp.route(rule, methods=list(methods), **options)(run)
        return run

    return declare


def _answer(view: View, things: list[Any], given: dict[str, Any]) -> Any:
    try:
        return view(*things, **given)
    except Refusal as refusal:
        if request.method != "POST" or "form" not in g or refusal.status not in {409, 422}:
            raise
        g.refusal = refusal
        return view(*things, **given)


def _thing(about: View, words: dict[str, Any]) -> Any:
    found = about(**words)
    if found is None:
        raise NotFound(_("没有这个页面，可能是地址抄错了。请从首页再找一找。"))
    return found


def stands(thing: Any = None) -> Standing:
    """Where the visitor stands towards a thing; while a page is only read, it is asked once a thing."""
    number = getattr(thing, "id", None)
    if request.method != "GET" or (thing is not None and number is None):
        return standing(visitor(), thing, held=held(), duties=duties())
    asked: dict[tuple[str, int | None], Standing] = g.setdefault("stood", {})
    key = (type(thing).__name__, number)
    if key not in asked:
        asked[key] = standing(visitor(), thing, held=held(), duties=duties())
    return asked[key]


def may(act: Act, thing: Any = None) -> bool:
    """Whether the visitor may do this to the thing: for showing or leaving out a button."""
    return allows(act, stands(thing))


def permit(act: Act, thing: Any) -> Response | None:
    """Let the visitor pass, send a guest to sign in, or refuse: 404 for what is not theirs to know of, else 403."""
    where = stands(thing)
    if allows(act, where):
        return None
    reading = READS.get(type(thing).__name__)
    if reading is not None and not allows(reading, where):
        g.pop("office", None)  # not even whose it is
    if reading is not None and reading is not act and not allows(reading, where) and where.known:
        raise NotFound(_("没有这个页面，可能是地址抄错了。请从首页再找一找。"))
    if not where.known and request.method == "GET":
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    if reading is not None and not allows(reading, where):
        raise NotFound(_("没有这个页面，可能是地址抄错了。请从首页再找一找。"))
    raise NotAllowed.of(why_not(act, where))
