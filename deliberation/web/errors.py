"""The one place that shows a refusal: its sentence, its status, a way on."""

from typing import Any

from flask import Flask, current_app, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from deliberation.domain.errors import Refusal, Said, _
from deliberation.web.languages import say


def init(app: Flask) -> None:
    """Show refusals as pages."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(500, _broken)


def _page(code: int, sentences: list[Said] | None = None, onward: list[tuple[str, str]] | None = None) -> Any:
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        words = [say(s) for s in sentences or []]
        return {"error": " ".join(words), "status": code}, code
    return render_template(
        "errors/refused.html", code=code, sentences=sentences or [], onward=onward or []
    ), code


def _refused(refusal: Refusal) -> Any:
    onward = [(gettext("登录"), url_for("people.sign_in"))] if refusal.status == 401 else []
    return _page(refusal.status, [refusal.said], onward)


def _stale(error: CSRFError) -> Any:
    return _page(400)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    return _page(code)


def _busy(error: OperationalError) -> Any:
    current_app.logger.exception("the database did not answer")
    full = "full" in str(error.orig).lower()
    said = Said(_("磁盘满了，这次没有存上。您写的请先抄下来，并请联络员通知管理员。")) if full else None
    return _page(507 if full else 503, [said] if said else None)


def _broken(error: Exception) -> Any:
    return _page(500)
