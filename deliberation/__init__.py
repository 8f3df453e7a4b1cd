"""议事厅: legislative consultation and deliberation, from a spoken remark to an article of law."""

from pathlib import Path

from flask import Flask

from deliberation.settings import ROOT, Settings, load

__version__ = "0.1.0"


def create_app(settings: Settings | None = None) -> Flask:
    """Put the house together: settings, store, search, web, cli, in that order."""
    settings = settings or load()
    settings.folder.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "deliberation",
        root_path=str(ROOT),
        instance_path=str(settings.folder.resolve()),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update({name.upper(): getattr(settings, name) for name in Settings.__dataclass_fields__})
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_NAME="yst",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _store(app, settings)
    _search(app, settings)
    from deliberation import cli, web

    web.init(app)
    cli.init(app)
    return app


def _store(app: Flask, settings: Settings) -> None:
    from flask_migrate import Migrate

    from deliberation.keys.columns import Cipher
    from deliberation.store import columns, rows
    from deliberation.store.db import db, engine_options

    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database)
    columns.use(Cipher(bytes.fromhex(settings.column_key)))
    assert rows.NOUNS
    db.init_app(app)
    Migrate(app, db, directory=str(Path(__file__).parent / "store" / "migrations"), render_as_batch=True)


def _search(app: Flask, settings: Settings) -> None:
    app.extensions["index_folder"] = settings.folder / "index"
