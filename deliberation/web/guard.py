"""What holds for every request: CSRF, strict text, headers, the proxy in front."""

from flask import Flask, g, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from deliberation.domain.verbatim import form_utf8

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
csrf = CSRFProtect()


def init(app: Flask) -> None:
    """Guard an application."""
    if app.config["PROXIES"]:
        n = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.before_request(_strict_text)
    csrf.init_app(app)
    app.after_request(_headers)


def _strict_text() -> None:
    """A form's bytes are UTF-8 or refused; Werkzeug would quietly turn bad bytes into other text."""
    if request.mimetype == "application/x-www-form-urlencoded" and request.method == "POST":
        form_utf8(request.get_data(cache=True))


def _headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint != "static":
        headers.setdefault(
            "Cache-Control", "no-store" if "visitor" in g and g.visitor.person else "private, no-cache"
        )
    return response
