"""A table between two pages: read once, kept sealed on disk for a day, known by a name only its uploader is given."""

import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app

from deliberation.domain.columns import Table
from deliberation.domain.errors import NotFound, Said, _
from deliberation.services.actors import Actor
from deliberation.services.remark_imports import Refused, Report
from deliberation.store.columns import cipher
from deliberation.store.consultations import Consultation

DAY = 24 * 3600
PLACE = "staged.table"


@dataclass(frozen=True)
class Staged:
    """A table on its way in: what it was called, its digest, and the report once it was taken in."""

    token: str
    name: str
    digest: str
    table: Table
    report: Report | None = None


def stage(actor: Actor, consultation: Consultation, table: Table, name: str, digest: str) -> str:
    """Keep a table for its uploader; returns its token. Tables older than a day go."""
    _sweep()
    token = secrets.token_urlsafe(24)
    body = {
        "by": actor.code, "consultation": consultation.id, "name": name[:200], "digest": digest,
        "header": table.header, "rows": table.rows, "lines": table.lines, "sheet": table.sheet,
        "cautions": [_plain(one) for one in table.cautions],
    }  # fmt: skip
    _write(token, body)
    return token


def staged(actor: Actor, consultation: Consultation, token: str) -> Staged:
    """The table behind a token, to the one who brought it, in the consultation it was brought to."""
    body = _read(token)
    if body is None or body["by"] != actor.code or body["consultation"] != consultation.id:
        raise NotFound(_("这个表已经不在了（只留一天）。请重新上传一次，已经导入的不会重复。"))
    table = Table(
        tuple(body["header"]), tuple(map(tuple, body["rows"])), tuple(body["lines"]), body["sheet"],
        cautions=tuple(_said(one) for one in body["cautions"]),
    )  # fmt: skip
    return Staged(token, body["name"], body["digest"], table, _report(body.get("report")))


def finish(one: Staged, report: Report) -> None:
    """Keep what came of it beside the table, for the page that shows it."""
    body = _read(one.token)
    if body is None:
        return
    body["report"] = {
        "added": report.added, "there": report.there, "first": report.first, "last": report.last,
        "refused": [[row.line, row.text, [_plain(why) for why in row.why]] for row in report.refused],
    }  # fmt: skip
    _write(one.token, body)


def _report(kept: Any) -> Report | None:
    if kept is None:
        return None
    refused = [Refused(line, text, tuple(map(_said, why))) for line, text, why in kept["refused"]]
    return Report(kept["added"], kept["there"], refused, kept["first"], kept["last"])


def _plain(said: Said) -> list[Any]:
    return [said.msgid, {name: str(value) for name, value in said.params.items()}]


def _said(kept: list[Any]) -> Said:
    return Said(kept[0], **kept[1])


def _folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / "staged"


def _path(token: str) -> Path | None:
    plain = token.replace("-", "").replace("_", "")
    return _folder() / token if plain.isascii() and plain.isalnum() and len(token) == 32 else None


def _write(token: str, body: dict[str, Any]) -> None:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealed = cipher().seal(json.dumps(body, ensure_ascii=False), place=PLACE)
    temporary = folder / f".{token}.new"
    temporary.write_bytes(sealed)
    temporary.rename(folder / token)


def _read(token: str) -> dict[str, Any] | None:
    path = _path(token)
    if path is None or not path.exists():
        return None
    return dict(json.loads(cipher().open(path.read_bytes(), place=PLACE)))


def _sweep() -> None:
    """Remove what is older than a day."""
    folder = _folder()
    if not folder.exists():
        return
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > DAY:
            path.unlink(missing_ok=True)
