"""The one place for settings: the environment, then `instance/settings.toml`, which the first start writes."""

import json
import os
import secrets
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from deliberation.store.lane import lane

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "YISHITING_"


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between installations; each has one line in the README."""

    instance: str = str(ROOT / "instance")
    secret_key: str = ""
    column_key: str = ""
    receipt_key: str = ""
    signing_key: str = ""
    database_url: str = ""
    site_name: str = "议事厅"
    public_url: str = ""
    https: bool = False
    proxies: int = 0
    max_upload_mb: int = 32
    max_remark_characters: int = 10_000
    session_hours: int = 12
    remarks_per_hour: int = 30
    fonts: str = ""
    threads: int = 4

    @property
    def folder(self) -> Path:
        """Where the embedded database, the files and the index live."""
        return Path(self.instance)

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy."""
        if not self.database_url:
            return f"sqlite:///{self.folder / 'yishiting.db'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)


GENERATED = ("secret_key", "column_key", "receipt_key", "signing_key")


def load(**given: object) -> Settings:
    """Settings from arguments, else the environment, else the file; missing keys are generated and kept in the file."""
    chosen = dict(given)
    for field in fields(Settings):
        raw = os.environ.get(PREFIX + field.name.upper())
        if raw is not None:
            chosen.setdefault(field.name, _typed(raw, field.type))
    path = Path(str(chosen.get("instance", Settings.instance))) / "settings.toml"
    settings = _with(chosen, _read(path))
    if all(getattr(settings, name) for name in GENERATED):
        return settings
    path.parent.mkdir(parents=True, exist_ok=True)
    # server and worker start at once: one makes the keys, both use them
    with lane(path.with_suffix(".lock")):
        kept = _read(path)
        settings = _with(chosen, kept)
        missing = {name: secrets.token_hex(32) for name in GENERATED if not getattr(settings, name)}
        if missing:
            _write(path, {**kept, **missing})
    return replace(settings, **missing)  # type: ignore[arg-type]


def _with(chosen: dict[str, object], kept: dict[str, object]) -> Settings:
    """What was chosen, else what the file keeps, else the default; an empty key counts as not chosen."""
    known = {field.name for field in fields(Settings)}
    given = {name: value for name, value in chosen.items() if value or name not in GENERATED}
    return replace(Settings(), **{n: v for n, v in kept.items() if n in known} | given)  # type: ignore[arg-type]


def _typed(raw: str, kind: object) -> object:
    if kind is bool:
        return raw.strip().lower() in {"1", "true", "yes", "on"}
    return int(raw) if kind is int else raw


def _read(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    return tomllib.loads(path.read_text("utf-8"))


def _write(path: Path, values: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (
        "# Written at the first start. Keep the keys: without them names and receipts cannot be read again.\n"
    )
    for name, value in values.items():
        shown = (
            str(value).lower()
            if isinstance(value, bool)
            else value
            if isinstance(value, int)
            else json.dumps(str(value), ensure_ascii=False)
        )
        text += f"{name} = {shown}\n"
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    temporary.rename(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
