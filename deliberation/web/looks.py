"""How this browser likes pages: language, elder view, contrast; kept in plain cookies, nothing else."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.web.pages import page
from deliberation.web.safe import onward

bp = Blueprint("looks", __name__)
CHOICES = {"lang": {"zh", "en"}, "elder": {"0", "1"}, "contrast": {"normal", "more"}}
YEAR = 365 * 24 * 3600


@page(bp, "/looks/<what>/<value>", Act.VISIT)
def choose(what: str, value: str) -> Response:
    """Keep a choice and go back to where the visitor was."""
    if value not in CHOICES.get(what, ()):
        raise NotFound(_("没有这个选项。"))
    response = redirect(onward(request.args.get("next")))
    response.set_cookie(what, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response
