"""Pages and JSON, thin: blueprints found by file, one guard for all of them."""

import importlib
import pkgutil

from flask import Flask

from deliberation.web.context import init as init_context
from deliberation.web.errors import init as init_errors
from deliberation.web.guard import init as init_guard


def init(app: Flask) -> None:
    """Register every blueprint of this floor, the guard, the error pages and what templates may use."""
    init_guard(app)
    init_context(app)
    init_errors(app)
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        bp = getattr(module, "bp", None)
        if bp is not None:
            app.register_blueprint(bp)
