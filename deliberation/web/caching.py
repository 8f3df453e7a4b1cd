"""ETags for pages that are the same for everyone who has no account."""

import hashlib

from flask import g, make_response, request
from werkzeug.wrappers import Response


def conditional(body: str) -> Response:
    """The page with a strong ETag, and 304 where the browser has it; only for visitors without an account."""
    response = make_response(body)
    if "visitor" in g and g.visitor.person is not None:
        return response
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Language"
    response.set_etag(hashlib.blake2b(body.encode(), digest_size=16).hexdigest())
    return response.make_conditional(request.environ)
