"""The one place that shows a refusal: its sentence, its status, a way on."""

import errno
import shutil
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import BadHost, HTTPException

from deliberation.domain.errors import Refusal, Said, _
from deliberation.services.actors import GUEST
from deliberation.store.db import db
from deliberation.web.languages import say

NEVER_SHOWN = {"csrf_token", "key", "password", "old", "new", "again", "code", "login"}
WORTH_KEEPING = 12
"""Characters: what is longer was written, not chosen."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LEFT = 1024 * 1024


def init(app: Flask) -> None:
    """Show refusals as pages."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    for fault in (OperationalError, InterfaceError, NoConnection):
        app.register_error_handler(fault, _busy)
    app.register_error_handler(OSError, _no_file)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(OverflowError, _unfit)
    app.register_error_handler(500, _broken)


def _page(code: int, sentences: list[Said] | None = None, onward: list[tuple[str, str]] | None = None) -> Any:
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        words = [say(s) for s in sentences or []] or [_house_words(code)]
        return {"error": " ".join(words), "status": code}, code
    given = {"code": code, "sentences": sentences or [], "onward": onward or [], "typed": _typed(code)}
    try:
        return render_template("errors/refused.html", **given), code
    except SQLAlchemyError:
        _alone()
        return render_template("errors/refused.html", **given), code


def _house_words(code: int) -> str:
    """What the page would say of this status when nobody said anything better."""
    words: Any = current_app.jinja_env.get_template("errors/words.html").module
    return str(words.words_of(code)).strip()


def _typed(code: int) -> list[str]:
    """What was written into the form that could not be taken, to copy from; never a secret."""
    if request.method != "POST" or code == 413:
        return []
    return [
        value
        for name, value in request.form.items(multi=True)
        if name not in NEVER_SHOWN and (name == "text" or len(value) > WORTH_KEEPING) and value.strip()
    ]


def _alone() -> None:
    """The database does not answer: a page that asks it nothing."""
    g.visitor, g.held, g.duties = GUEST, [], []
    g.pop("office", None)


def _refused(refusal: Refusal) -> Any:
    onward = [(gettext("登录"), url_for("people.sign_in"))] if refusal.status == 401 else _way_back()
    return _page(refusal.status, [refusal.said], onward)


def _way_back() -> list[tuple[str, str]]:
    """The page where the button was pressed, when it is one of this site's."""
    came = urlsplit(request.referrer or "")
    if request.method != "POST" or came.netloc != request.host or came.path == request.path:
        return []
    return [(gettext("返回上一页"), came.path + (f"?{came.query}" if came.query else ""))]


def _stale(error: CSRFError) -> Any:
    return _page(400)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400 or isinstance(error, BadHost):  # under an impossible name no page has an address
        return error
    shown = current_app.make_response(_page(code))
    methods = getattr(error, "valid_methods", None)
    if methods:
        shown.headers["Allow"] = ", ".join(sorted(methods))
    return shown


def _busy(error: SQLAlchemyError) -> Any:
    current_app.logger.exception("the database did not answer")
    _let_go()
    return _full() if _is_full(error) else _page(503)


def _let_go() -> None:
    try:
        db.session.rollback()
    except SQLAlchemyError:
        _alone()


def _is_full(error: SQLAlchemyError) -> bool:
    """Whether the disk is why: SQLITE_FULL, class 53100 of PostgreSQL, or an I/O error with nothing left."""
    cause = getattr(error, "orig", None)
    words = str(cause or error).lower()
    if "is full" in words or "no space left" in words or getattr(cause, "sqlstate", None) == "53100":
        return True
    if "disk i/o error" not in words and "unable to open" not in words:
        return False
    return shutil.disk_usage(current_app.config["INSTANCE"]).free < LEFT


def _full() -> Any:
    return _page(507, [Said(_("磁盘满了，这次没有存上。您写的请先抄下来，并请联络员通知管理员。"))])


def _no_file(error: OSError) -> Any:
    current_app.logger.exception("a file could not be read or written")
    return _full() if error.errno in FULL else _page(500)


def _unfit(error: Exception) -> Any:
    """A value the database has no room for: no such page, or a form with something no field holds."""
    current_app.logger.exception("a value did not fit")
    _let_go()
    if request.method != "POST":
        return _page(404)
    return _page(422, [Said(_("有一栏的内容太长，或者有看不见的字符，没有存上。请改好再提交。"))])


def _broken(error: Exception) -> Any:
    return _page(500)
