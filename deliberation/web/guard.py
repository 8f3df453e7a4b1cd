"""What holds for every request: CSRF, strict text, headers, the proxy in front."""

from flask import Flask, current_app, g, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.verbatim import form_utf8

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
MOST_FIELDS = 10_000
HIGHEST = 2**31 - 1
SECRET = {"remarks.given", "remarks.receipt", "people.invitation", "minutes_papers.linked"}
csrf = CSRFProtect()


def init(app: Flask) -> None:
    """Guard an application."""
    if app.config["PROXIES"]:
        n = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.before_request(_sound_address)
    app.before_request(_strict_text)
    csrf.init_app(app)
    app.after_request(_headers)


def _sound_address() -> None:
    """Numbers no row can have and characters no row can hold name nothing."""
    for word in (request.view_args or {}).values():
        if (isinstance(word, int) and word > HIGHEST) or (isinstance(word, str) and "\0" in word):
            raise NotFound(_("没有这个页面，可能是地址抄错了。请从首页再找一找。"))


def _strict_text() -> None:
    """A form's bytes are UTF-8 or refused; Werkzeug would quietly turn bad bytes into other text."""
    if request.method != "POST":
        return
    if request.mimetype == "application/x-www-form-urlencoded":
        _not_too_much()
        form_utf8(request.get_data(cache=True))
    elif request.mimetype == "multipart/form-data":
        for name, value in request.form.items(multi=True):
            if "\ufffd" in value:
                raise Refusal(_("收到的文字里有乱码（U+FFFD），不能当作原话保存。请改好再提交。"), field=name)


def _not_too_much() -> None:
    """Before the text is taken apart: its size, then how many fields it has; else 413."""
    if (request.content_length or 0) > current_app.config["MAX_FORM_MEMORY_SIZE"]:
        raise RequestEntityTooLarge
    if request.get_data(cache=True).count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


def _headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store" if _is_personal() else "private, no-cache")
    return response


def _is_personal() -> bool:
    """Shown to one person only: nothing of it stays in the browser's store, for the next one at this machine."""
    known = "visitor" in g and g.visitor.person is not None
    return known or request.method == "POST" or request.endpoint in SECRET
