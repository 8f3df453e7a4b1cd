"""ETags for pages that are the same for everyone who has no account."""

import hashlib

from flask import current_app, g, request
from werkzeug.wrappers import Response


def conditional(body: str) -> Response:
    """The page with a strong ETag, and 304 where the browser has it; only for visitors without an account."""
    sent = body.encode()
    response = current_app.response_class(sent, mimetype="text/html")
    if "visitor" in g and g.visitor.person is not None:
        return response
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Language"
    response.set_etag(hashlib.blake2b(sent, digest_size=16).hexdigest())
    return response.make_conditional(request.environ)
